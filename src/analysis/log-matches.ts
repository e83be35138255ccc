import type { LogRecord } from '../model/log-entry.ts';
import { type LineSearch, matchesLine } from './line-search.ts';

/** What a search has found among the lines that are held. */
export type LogMatches = {
	readonly search: string;
	/** The lines that are searched; other lines than those on show are not yet. */
	readonly records: readonly LogRecord[];
	/** Of each of them what is known: `unknown`, or one of the other verdicts. */
	readonly verdicts: Uint8Array;
	/** Where the matches stand among them, ascending. */
	readonly positions: Uint32Array;
	/** Lines of which a verdict is known. */
	readonly searched: number;
	/** Lines on which the expression took too long. */
	readonly skipped: number;
	/** Counts the searches of a place: another text or other lines make another one. */
	readonly serial: number;
};

const verdict = { unknown: 0, misses: 1, matches: 2, skipped: 3 } as const;

export const isSearched = ({ searched, records }: LogMatches): boolean => searched === records.length;

/** Searches lines one after another, on behind the last with the first, so that it can be interrupted between any two. */
export type LineSearcher = {
	readonly isDone: () => boolean;
	/** Tests the next line and tells how many characters it has. What throws has not been tested. */
	readonly step: () => number;
	/** Leaves the next line untested. */
	readonly skip: () => void;
	readonly matches: () => LogMatches;
};

type Searching = {
	readonly search: LineSearch;
	readonly records: readonly LogRecord[];
	/** The index of the line to begin with. */
	readonly from: number;
	/** What was known before, of any lines and any search. */
	readonly before?: LogMatches | undefined;
};

export function createLineSearcher({ search, records, from, before }: Searching): LineSearcher {
	const known = before?.search === search.text ? before : undefined;
	const verdicts = known === undefined ? new Uint8Array(records.length) : carriedOver(known, records);
	const serial = known?.records === records ? known.serial : (before?.serial ?? 0) + 1;
	let searched = verdicts.reduce((sum, each) => (each === verdict.unknown ? sum : sum + 1), 0);
	let at = Math.max(0, from);
	const seekUnknown = () => {
		if (searched === records.length) return;
		do at = at >= records.length - 1 ? 0 : at + 1;
		while (verdicts[at] !== verdict.unknown);
	};
	const settle = (told: number) => {
		verdicts[at] = told;
		searched++;
		seekUnknown();
	};
	at--;
	seekUnknown();
	return {
		isDone: () => searched === records.length,
		step: () => {
			const record = records[at];
			if (record === undefined) return 0;
			settle(matchesLine(search, record) ? verdict.matches : verdict.misses);
			return record.entry.line.length;
		},
		skip: () => settle(verdict.skipped),
		matches: () => ({ search: search.text, records, ...foundIn(verdicts), searched, serial }),
	};
}

function foundIn(all: Uint8Array): Pick<LogMatches, 'verdicts' | 'positions' | 'skipped'> {
	const verdicts = all.slice();
	const positions = new Uint32Array(verdicts.length);
	let [count, skipped] = [0, 0];
	for (let index = 0; index < verdicts.length; index++) {
		if (verdicts[index] === verdict.matches) positions[count++] = index;
		else if (verdicts[index] === verdict.skipped) skipped++;
	}
	return { verdicts, positions: positions.slice(0, count), skipped };
}

/** The verdicts on those of the lines that were searched before. Both lists are in time order and share their records. */
function carriedOver({ records: old, verdicts: told }: LogMatches, records: readonly LogRecord[]): Uint8Array {
	const verdicts = new Uint8Array(records.length);
	let from = 0;
	for (let index = 0; index < records.length; index++) {
		const record = records[index];
		if (record === undefined) break;
		let candidate = old[from];
		while (candidate !== undefined && candidate !== record && candidate.entry.at < record.entry.at) {
			candidate = old[++from];
		}
		if (candidate === record) verdicts[index] = told[from++] ?? verdict.unknown;
	}
	return verdicts;
}

/** How many of the positions are smaller: where among them this one stands or would stand. */
function rankOf(positions: Uint32Array, index: number): number {
	let [low, high] = [0, positions.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((positions[middle] ?? 0) < index) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Which match the line at this index is, counted from 1; 0 when it is none. */
export function matchNumber({ positions }: LogMatches, index: number): number {
	const rank = rankOf(positions, index);
	return positions[rank] === index ? rank + 1 : 0;
}

/** Where to look for a match from a line on; `here`: the line itself will do. */
export type Seek = { readonly direction: 1 | -1; readonly here?: true };

/**
 * The index of the nearest match, round the ends once all is searched. `undefined`: none is known yet, or there is none
 * but the line itself.
 */
export function soughtMatch(matches: LogMatches, index: number, { direction, here }: Seek): number | undefined {
	const { positions } = matches;
	const rank = rankOf(positions, index);
	const isMatch = positions[rank] === index;
	if (here && isMatch) return index;
	const next = direction === 1 ? positions[isMatch ? rank + 1 : rank] : positions[rank - 1];
	if (next !== undefined) return next;
	const round = direction === 1 ? positions[0] : positions.at(-1);
	return isSearched(matches) && round !== index ? round : undefined;
}
