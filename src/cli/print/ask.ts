import type { Investigator } from '../../app/store.ts';
import type { Panes } from '../../investigation/board.ts';
import { type Failure, failureOf, sentenceOf } from '../../model/failure.ts';
import { lastOf } from '../../model/loadable.ts';
import type { Place } from '../../model/place.ts';

/** The findings of a place after the last question was answered. */
export async function askOnce<Findings extends Panes>(
	place: Place,
	nothing: Findings,
	investigate: Investigator,
	signal: AbortSignal,
): Promise<Findings> {
	let findings: Panes = nothing;
	const publish = (found: Panes) => {
		findings = found;
	};
	await investigate(place, nothing, publish, { signal, record: () => {} });
	return findings as Findings;
}

/** What a print has to confess: what failed, and what was answered in part. */
export type Gaps = {
	readonly failures: readonly Failure[];
	readonly partial: readonly string[];
	/** Something was answered. */
	readonly answered: boolean;
};

export function gapsOf(findings: Panes): Gaps {
	const panes = Object.values(findings);
	const failures = panes.flatMap(pane => (pane.status === 'failed' ? [pane.failure] : []));
	const notes = panes.flatMap(pane => lastOf(pane)?.notes ?? []);
	return {
		failures: distinct(failures, sentenceOf),
		partial: [...new Set(notes.filter(({ kind }) => kind === 'partial').map(({ text }) => text))],
		answered: panes.some(pane => lastOf(pane) !== undefined),
	};
}

export const mergedGaps = (gaps: readonly Gaps[]): Gaps => ({
	failures: distinct(
		gaps.flatMap(({ failures }) => failures),
		sentenceOf,
	),
	partial: [...new Set(gaps.flatMap(({ partial }) => partial))],
	answered: gaps.some(({ answered }) => answered),
});

const distinct = <Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] => [
	...new Map(items.map(item => [keyOf(item), item])).values(),
];

/** What must be said on stderr, a sentence a line. */
export const gapSentences = ({ failures, partial }: Gaps): readonly string[] => [
	...failures.map(sentenceOf),
	...partial.map(text => (text.endsWith('.') ? text : `${text}.`)),
];

/** 0 answered, 3 no backend could answer, 4 answered in part. */
export function exitCodeOf({ failures, partial, answered }: Gaps): number {
	if (failures.length > 0) return answered ? 4 : 3;
	return partial.length > 0 ? 4 : 0;
}

/** An interrupted print is neither. */
export const interrupted = 130;

export const isCancelled = (error: unknown): boolean => failureOf(error).kind === 'cancelled';
