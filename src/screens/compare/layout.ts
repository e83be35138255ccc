import { wrapText } from '../../widgets/wrap.ts';
import type { Size } from '../screen.ts';
import type { CompareLook } from './state.ts';
import { headSentence, sampleWords } from './words.ts';

/** A stretch of rows over the whole width. */
export type Rows = { readonly y: number; readonly height: number };

/**
 *     sentence
 *     what it is made of
 *     ruler, flame graph
 *
 *     heading, table
 *     ──────────────────
 *     path of the row under the cursor
 */
export type CompareLayout = {
	readonly sentence: readonly string[];
	readonly sample: readonly string[];
	readonly flame: Rows;
	readonly table: Rows;
	readonly strip: Rows;
};

/** Rows of the table that are worth its heading. */
const leastTable = 4;
const stripRows = 2;

export function layoutOf({ width, height }: Size, { comparison, mean }: CompareLook): CompareLayout {
	const sentence = wrapText(headSentence(comparison), width).slice(0, 3);
	const sample = wrapText(sampleWords(comparison), width).slice(0, 2);
	const top = sentence.length + sample.length;
	const strip = { y: height - stripRows, height: stripRows };
	const room = Math.max(0, height - top - stripRows);
	// A ruler above the bars, and a blank row below them.
	const wanted = mean.rows.length + 1;
	const most = Math.max(0, Math.min(room - leastTable - 1, Math.ceil(room / 2)));
	const flame = { y: top, height: Math.min(wanted, most) };
	const y = top + flame.height + 1;
	return { sentence, sample, flame, table: { y, height: Math.max(0, strip.y - y) }, strip };
}

/** Rows of the table that are on show, without its heading. */
export const tableRows = ({ table }: CompareLayout): number => Math.max(0, table.height - 1);
