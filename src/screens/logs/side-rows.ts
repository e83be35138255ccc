import type { FieldSummary, FieldValue } from '../../analysis/field-tally.ts';
import { isNewPattern, type LogDigest } from '../../analysis/log-digest.ts';
import type { LogPattern } from '../../analysis/log-patterns.ts';
import { isOfServerPattern } from '../../analysis/server-pattern.ts';
import type { ServerPattern } from '../../investigation/ports.ts';
import { lastValueOf } from '../../model/loadable.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import type { LogsShown, LogsState } from './state.ts';

/** What `tab` opens beside the lines. */
export const sidePanes = ['fields', 'patterns'] as const;

export type SideState = {
	readonly pane: (typeof sidePanes)[number];
	/** Keys move in the pane, not in the lines. */
	readonly focused: boolean;
	/** The row under its cursor, by identity, and on which row of the pane it stands. */
	readonly cursor?: string;
	readonly row?: number;
	/** Fields whose values are on show. */
	readonly open: readonly string[];
};

/** Whether keys go to the side pane. */
export const isInSide = ({ state }: Pick<LogsShown, 'state'>): boolean =>
	state.side?.focused === true && state.picked === undefined;

export const withoutSide = ({ side: _, ...rest }: LogsState): LogsState => rest;

export type SideRow =
	| { readonly kind: 'field'; readonly key: string; readonly field: FieldSummary; readonly isOpen: boolean }
	| { readonly kind: 'value'; readonly key: string; readonly field: FieldSummary; readonly value: FieldValue }
	| { readonly kind: 'others'; readonly key: string; readonly field: FieldSummary }
	| {
			readonly kind: 'pattern';
			readonly key: string;
			readonly pattern: LogPattern;
			readonly isNew: boolean;
			/** Lines of it over the whole window, by Loki. */
			readonly counted: number | undefined;
	  }
	/** A pattern of Loki's that none of the lines at hand is of. */
	| { readonly kind: 'server'; readonly key: string; readonly pattern: ServerPattern; readonly counted: number };

const noRows: readonly SideRow[] = [];

/** The rows of the open pane; none while nothing is known. */
export function sideRowsOf({ findings, state }: Pick<LogsShown, 'findings' | 'state'>): readonly SideRow[] {
	const digest = lastValueOf(findings.digest);
	if (state.side === undefined || digest === undefined) return noRows;
	if (state.side.pane === 'fields') return fieldRows(digest, state.side.open);
	return patternRows(digest, lastValueOf(findings.serverPatterns)?.patterns);
}

const fieldKey = ({ origin, name }: FieldSummary): string => `${origin} ${name}`;

const fieldRows = ({ fields: { fields } }: LogDigest, open: readonly string[]): readonly SideRow[] =>
	fields.flatMap((field): readonly SideRow[] => {
		const key = fieldKey(field);
		if (!open.includes(key)) return [{ kind: 'field', key, field, isOpen: false }];
		return [
			{ kind: 'field', key, field, isOpen: true },
			...field.values.map((value): SideRow => ({ kind: 'value', key: `${key}\n${value.value}`, field, value })),
			...(field.others === 0 ? [] : [{ kind: 'others', key: `${key}\n\n`, field } as const]),
		];
	});

type Known = { readonly server: readonly ServerPattern[] | undefined; readonly rows: readonly SideRow[] };
const known = new WeakMap<LogDigest, Known>();

/** Made once for each digest: every pattern of ours is compared with every one of Loki's. */
function patternRows(digest: LogDigest, server: readonly ServerPattern[] | undefined): readonly SideRow[] {
	const before = known.get(digest);
	if (before !== undefined && before.server === server) return before.rows;
	const counts = new Map((server ?? []).map(pattern => [pattern, sum(pattern.counts)]));
	const met = new Set<ServerPattern>();
	const ours = digest.patterns.map((pattern): SideRow => {
		const same = (server ?? []).filter(each => isOfServerPattern(pattern.sample.entry.line, each.pattern));
		for (const each of same) met.add(each);
		const counted = same.length === 0 ? undefined : sum(same.map(each => counts.get(each) ?? 0));
		return { kind: 'pattern', key: pattern.text, pattern, isNew: isNewPattern(pattern, digest.newSince), counted };
	});
	const theirs = [...counts]
		.filter(([pattern]) => !met.has(pattern))
		.sort(([, a], [, b]) => b - a)
		.map(
			([pattern, counted]): SideRow => ({
				kind: 'server',
				key: `loki ${pattern.level} ${pattern.pattern}`,
				pattern,
				counted,
			}),
		);
	const rows = [...ours, ...theirs];
	known.set(digest, { server, rows });
	return rows;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** The index of the row under the pane's cursor; −1 when it has no rows. */
export function sideCursorOf(rows: readonly SideRow[], { cursor }: SideState): number {
	const index = cursor === undefined ? 0 : rows.findIndex(({ key }) => key === cursor);
	return Math.min(Math.max(0, index), rows.length - 1);
}

/** The first row on show. */
export const sideOffsetOf = (rows: readonly SideRow[], side: SideState, height: number): number => {
	const cursor = sideCursorOf(rows, side);
	return offsetFor(cursor - (side.row ?? 0), cursor, rows.length, height);
};

/** The pane's cursor on another row, the pane scrolled no more than needed. */
export function sideMovedTo(state: LogsState, rows: readonly SideRow[], index: number, height: number): LogsState {
	const row = rows[index];
	if (state.side === undefined || row === undefined) return state;
	const offset = offsetFor(sideOffsetOf(rows, state.side, height), index, rows.length, height);
	return { ...state, side: { ...state.side, cursor: row.key, row: index - offset } };
}
