import type { LogRecord } from '../model/log-entry.ts';
import { type Milliseconds, type Nanoseconds, type TimeRange, toMilliseconds } from '../model/time.ts';
import { createFieldTally, type FieldSummaries } from './field-tally.ts';
import { isAtLeast } from './log-level.ts';
import { createPatternMiner, type LogPattern } from './log-patterns.ts';
import { indexAt, type LogStretch } from './log-stretch.ts';

/** What many lines have in common: their fields, and what they say. */
export type LogDigest = {
	/** How many lines it speaks of by now, of how many it will, and how many are held. */
	readonly lines: number;
	readonly planned: number;
	readonly held: number;
	/** From the first of them to the last. */
	readonly range: TimeRange;
	readonly fields: FieldSummaries;
	/** The new ones first, of those the worst; then the commonest. */
	readonly patterns: readonly LogPattern[];
	/** Lines of patterns that were given up because there were too many. */
	readonly otherLines: number;
	/** A pattern without a line before this is new. */
	readonly newSince: NewSince;
};

/** When the alert began, where that is known and there are lines before it; else the middle of the lines. */
export type NewSince = { readonly at: Milliseconds; readonly why: 'alert' | 'middle' };

/** So many lines are taken apart at most: a second's work, and more than enough to know what is common. */
export const mostDigested = 20_000;

/**
 * The lines that are digested: the nearest to an instant, of the stretch without gaps. Before it only errors were read,
 * and what is only an error there would seem to be rarer than it is.
 */
export function digestedLines({ records, unread }: LogStretch, around: Nanoseconds | undefined): readonly LogRecord[] {
	const from = unread.older === undefined ? 0 : indexAt(records, unread.older);
	const count = records.length - from;
	if (count <= mostDigested) return from === 0 ? records : records.slice(from);
	const center = around === undefined ? records.length : indexAt(records, around);
	const first = Math.max(from, Math.min(records.length - mostDigested, center - mostDigested / 2));
	return records.slice(first, first + mostDigested);
}

export type Digester = {
	readonly add: (record: LogRecord) => void;
	readonly digest: () => LogDigest;
};

/** Digests lines one by one, so that it can be done in slices. `lines` are those that will be added, oldest first. */
export function createDigester(lines: readonly LogRecord[], held: number, alertAt?: Milliseconds): Digester {
	const [first, last] = [lines[0], lines.at(-1)];
	const range: TimeRange = {
		from: first === undefined ? 0 : toMilliseconds(first.entry.at),
		to: last === undefined ? 0 : toMilliseconds(last.entry.at),
	};
	const newSince = newSinceIn(range, alertAt);
	const miner = createPatternMiner(range);
	const tally = createFieldTally();
	let added = 0;
	return {
		add(record) {
			added++;
			miner.add(record);
			tally.add(record);
		},
		digest() {
			const { patterns, others } = miner.patterns();
			return {
				lines: added,
				planned: lines.length,
				held,
				range,
				fields: tally.fields(),
				patterns: patterns.toSorted(byNews(newSince)),
				otherLines: others,
				newSince,
			};
		},
	};
}

const newSinceIn = ({ from, to }: TimeRange, alertAt: Milliseconds | undefined): NewSince =>
	alertAt !== undefined && alertAt > from && alertAt <= to
		? { at: alertAt, why: 'alert' }
		: { at: from + (to - from) / 2, why: 'middle' };

export const isNewPattern = ({ first }: LogPattern, { at }: NewSince): boolean => first >= at;

const byNews =
	(since: NewSince) =>
	(a: LogPattern, b: LogPattern): number => {
		const [newA, newB] = [isNewPattern(a, since), isNewPattern(b, since)];
		if (newA !== newB) return newA ? -1 : 1;
		const isSameLevel = !newA || a.level === b.level;
		return isSameLevel ? b.lines - a.lines || (a.text < b.text ? -1 : 1) : isAtLeast(a.level, b.level) ? -1 : 1;
	};
