import { type Grapheme, graphemesOf, widthOf } from './columns.ts';
import { sanitize } from './sanitize.ts';

export {
	type Columns,
	columnsOf,
	type Grapheme,
	graphemesOf,
	hidden,
	isWidthAgreed,
	longestGrapheme,
	widthOf,
} from './columns.ts';

export type FitOptions = {
	/** What must stay: a log line its start, an operation its end, an ID or a path both ends. */
	readonly keep?: 'start' | 'end' | 'middle' | 'ends';
	/** Stands for what was cut. */
	readonly ellipsis?: string;
};

/**
 * The text itself when it fits into so many columns; otherwise cut to them, with an ellipsis where something went. What is
 * cut is sanitised before, so that no half of an escape sequence is left to be shown as text.
 */
export function fit(text: string, columns: number, { keep = 'start', ellipsis = '…' }: FitOptions = {}): string {
	if (widthOf(text) <= columns) return text;
	const clean = sanitize(text);
	if (clean !== text) return fit(clean, columns, { keep, ellipsis });
	const graphemes = graphemesOf(text);
	const room = columns - widthOf(ellipsis);
	if (room < 0) return headOf(graphemes, columns);
	if (keep === 'start') return headOf(graphemes, room) + ellipsis;
	if (keep === 'end') return ellipsis + tailOf(graphemes, room);
	if (keep === 'ends')
		return headOf(graphemes, Math.ceil(room / 2)) + ellipsis + tailOf(graphemes, Math.floor(room / 2));
	return middleOf(graphemes, columns, ellipsis);
}

function middleOf(graphemes: readonly Grapheme[], columns: number, ellipsis: string): string {
	const room = columns - 2 * widthOf(ellipsis);
	if (room <= 0) return headOf(graphemes, columns);
	const spare = graphemes.reduce((sum, { columns }) => sum + columns, 0) - room;
	const before = headOf(graphemes, Math.floor(spare / 2));
	const rest = graphemes.slice(graphemesOf(before).length);
	return ellipsis + headOf(rest, room) + ellipsis;
}

/** As many graphemes from the start as fit. */
function headOf(graphemes: readonly Grapheme[], columns: number): string {
	let text = '';
	let left = columns;
	for (const grapheme of graphemes) {
		left -= grapheme.columns;
		if (left < 0) break;
		text += grapheme.text;
	}
	return text;
}

/** As many graphemes from the end as fit. */
function tailOf(graphemes: readonly Grapheme[], columns: number): string {
	let text = '';
	let left = columns;
	for (const grapheme of graphemes.toReversed()) {
		left -= grapheme.columns;
		if (left < 0) break;
		text = grapheme.text + text;
	}
	return text;
}

/** The text with spaces after it up to so many columns; a longer text is left as it is. */
export const padEnd = (text: string, columns: number): string =>
	text + ' '.repeat(Math.max(0, columns - widthOf(text)));

/** The text with spaces before it up to so many columns: for figures, which are aligned at their end. */
export const padStart = (text: string, columns: number): string =>
	' '.repeat(Math.max(0, columns - widthOf(text))) + text;
