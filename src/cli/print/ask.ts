import type { Investigator } from '../../app/store.ts';
import type { Panes } from '../../investigation/board.ts';
import type { Note } from '../../model/answer.ts';
import { type Failure, failureOf, sentenceOf } from '../../model/failure.ts';
import { idle, lastOf } from '../../model/loadable.ts';
import type { Place } from '../../model/place.ts';
import { exitCodes } from '../exit-codes.ts';

/** What one kind of place needs before it can be asked. */
export type Question<P extends Place, Findings extends Panes> = {
	/** The findings before anything was asked. */
	readonly nothing: Findings;
	/** The pane that the place is asked for: without it there is no answer, whatever else came. */
	readonly main: (place: P) => keyof Findings & string;
	/** What is missing without that a note or a failure tells: a sentence each. */
	readonly missing?: (place: P, findings: Findings) => readonly string[];
};

export type Asked<Findings extends Panes> = { readonly findings: Findings; readonly gaps: Gaps };

/** Puts a question, and hands over what was found when the last part of it is answered. */
export type Ask = <P extends Place, Findings extends Panes>(
	place: P,
	question: Question<P, Findings>,
) => Promise<Asked<Findings>>;

export const askWith =
	(investigate: Investigator, signal: AbortSignal): Ask =>
	async <P extends Place, Findings extends Panes>(place: P, { nothing, main, missing }: Question<P, Findings>) => {
		let findings: Panes = nothing;
		const publish = (found: Panes) => {
			findings = found;
		};
		await investigate(place, nothing, publish, { signal, record: () => {} });
		const found = findings as Findings;
		const gaps = gapsOf(findings, main(place));
		return { findings: found, gaps: { ...gaps, partial: [...gaps.partial, ...(missing?.(place, found) ?? [])] } };
	};

/** What a print has to confess: what failed, and what was answered in part. */
export type Gaps = {
	readonly failures: readonly Failure[];
	readonly partial: readonly string[];
	/** What was asked for was answered. */
	readonly answered: boolean;
};

/** Neither Alertmanager nor Prometheus could say what fires. */
export class NoAnswer extends Error {
	readonly gaps: Gaps;
	constructor(gaps: Gaps) {
		super('No backend could answer.');
		this.gaps = gaps;
	}
}

/**
 * A backend that nobody configured is missing only where the place is about what it would have said: what the others
 * say beside that is a gift.
 */
function gapsOf(findings: Panes, main: string): Gaps {
	const panes = Object.values(findings);
	const failures = panes.flatMap(pane => (pane.status === 'failed' ? [pane.failure] : []));
	const notes = panes.flatMap(pane => lastOf(pane)?.notes ?? []);
	const asked = findings[main] ?? idle;
	const answered = lastOf(asked) !== undefined;
	const lacksBackend = !answered && asked.status === 'failed' && isAbsence(asked.failure);
	return {
		failures: distinct(lacksBackend ? failures : failures.filter(failure => !isAbsence(failure)), sentenceOf),
		partial: [...new Set(notes.filter(isGap).map(({ text }) => text))],
		answered,
	};
}

/** A server that warns of an answer does not vouch for all of it. */
export const isGap = ({ kind }: Note): boolean => kind !== 'info';

const isAbsence = ({ kind }: Failure): boolean => kind === 'not-configured';

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
	...withoutEchoes(failures).map(failure => withoutKeys(sentenceOf(failure))),
	...partial.map(text =>
		withoutKeys(`${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`),
	),
];

/** That a backend was asked no more is no news beside why. */
const withoutEchoes = (failures: readonly Failure[]): readonly Failure[] =>
	failures.filter(
		({ kind, backend }) =>
			kind !== 'resting' || !failures.some(other => other.backend === backend && other.kind !== 'resting'),
	);

/** What is printed once has no key `R`: whoever reads it asks again with the same command. */
export const withoutKeys = (sentence: string): string =>
	sentence
		.replaceAll('$ allows as much again for this incident; ', 'More is allowed by the profile: ')
		.replaceAll(/It is asked again in (\d+ s); R tries now\./g, 'Run it again in $1.')
		.replaceAll(/([Pp])ress R\b(?: to (?:ask|try) again)?/g, (_, first: string) =>
			first === 'P' ? 'Run it again' : 'run it again',
		);

/** Answered, exactly when there is no gap to tell of. */
export function exitCodeOf({ failures, partial, answered }: Gaps): number {
	if (!answered && failures.some(({ kind }) => kind === 'too-much')) return exitCodes.wrongUsage;
	if (!answered && failures.length > 0 && !failures.every(({ kind }) => kind === 'over-budget'))
		return exitCodes.unanswered;
	return failures.length + partial.length > 0 ? exitCodes.partly : exitCodes.answered;
}

export const isCancelled = (error: unknown): boolean => failureOf(error).kind === 'cancelled';
