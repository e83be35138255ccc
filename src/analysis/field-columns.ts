import type { LogRecord } from '../model/log-entry.ts';
import { indexOfKey } from './log-stretch.ts';
import { type NotableField, notableFields } from './notable-fields.ts';

/** A field that most lines have and that varies: worth a column of its own. */
export type FieldColumn = {
	readonly name: string;
	/** What stands over it: the last part of the name, which says most, without the unit that its values have. */
	readonly heading: string;
	/** Characters of the longest value that was seen, within bounds. */
	readonly width: number;
	/** Figures stand at the right. */
	readonly right: boolean;
};

/** So many lines tell what the others look like. */
const sampled = 200;
/** A column is for what stands in most lines. */
const leastShare = 0.6;
const mostColumns = 4;
const [narrowest, widest] = [3, 24];
/** All of them together leave most of the row to the message. */
const widestTogether = 56;

const known = new WeakMap<readonly LogRecord[], readonly FieldColumn[]>();

/** The columns that were found last, and one of the lines they were found for. */
let last: { readonly columns: readonly FieldColumn[]; readonly key: string; readonly lines: number } | undefined;

/**
 * The columns for these lines, found once for each set of them from a sample. Lines that are read on or followed keep the
 * columns they have until there are twice as many: what is being read must not move.
 */
export function fieldColumns(records: readonly LogRecord[]): readonly FieldColumn[] {
	const before = known.get(records);
	if (before !== undefined) return before;
	const kept = last !== undefined && isGrown(records, last) ? last : undefined;
	const columns = kept?.columns ?? columnsOf(sampleOf(records));
	known.set(records, columns);
	const key = records[records.length >> 1]?.key;
	if (key !== undefined) last = { columns, key, lines: kept?.lines ?? records.length };
	return columns;
}

const isGrown = (records: readonly LogRecord[], { key, lines }: { readonly key: string; readonly lines: number }) =>
	records.length >= lines && records.length < 2 * lines && indexOfKey(records, key) >= 0;

function sampleOf(records: readonly LogRecord[]): readonly LogRecord[] {
	const step = Math.max(1, records.length / sampled);
	const count = Math.min(records.length, sampled);
	return Array.from({ length: count }, (_, index) => records[Math.floor(index * step)]).filter(
		record => record !== undefined,
	);
}

type Seen = { lines: number; figures: number; places: number; readonly widths: number[]; readonly values: Set<string> };

function columnsOf(sample: readonly LogRecord[]): readonly FieldColumn[] {
	if (sample.length < 3) return [];
	const seen = new Map<string, Seen>();
	for (const record of sample) {
		for (const [place, { name, value }] of notableFields(record).filter(isColumnar).entries()) {
			const field = seen.get(name) ?? { lines: 0, figures: 0, places: 0, widths: [], values: new Set() };
			seen.set(name, field);
			field.lines++;
			field.places += place;
			field.widths.push(value.length);
			if (/^-?[\d.]/.test(value)) field.figures++;
			field.values.add(value);
		}
	}
	const columns = [...seen]
		.filter(([, { lines, values }]) => lines >= sample.length * leastShare && values.size > 1)
		.sort(([, a], [, b]) => a.places / a.lines - b.places / b.lines)
		.map(([name, { lines, figures, widths }]) => columnOf(name, usualWidth(widths), figures > lines / 2))
		.filter(({ width }) => width <= widest)
		.slice(0, mostColumns);
	let room = widestTogether;
	return columns.filter(({ width }) => {
		room -= width + 1;
		return room >= 0;
	});
}

/** Wide enough for a short heading as well. */
function columnOf(name: string, width: number, right: boolean): FieldColumn {
	const heading = name
		.slice(name.lastIndexOf('.') + 1)
		.replace(/_(?:ms|millis|milliseconds|us|ns|s|sec|seconds)$/i, '');
	return { name, heading, width: Math.max(width, Math.min(heading.length, longestHeading)), right };
}

const longestHeading = 8;

/** Errors and IDs say what no column could hold. */
const isColumnar = ({ weight, name }: NotableField): boolean =>
	(weight !== 'error' || name !== 'err') && weight !== 'id';

/** Wide enough for nineteen of twenty values. */
function usualWidth(widths: readonly number[]): number {
	const sorted = widths.toSorted((a, b) => a - b);
	return Math.max(narrowest, sorted[Math.floor((sorted.length - 1) * 0.95)] ?? 0);
}
