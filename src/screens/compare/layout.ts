import { wrapText } from '../../widgets/wrap.ts';
import type { Size } from '../screen.ts';
import type { CompareLook, CompareState } from './state.ts';
import { headSentence, onlySideOf, sampleWords } from './words.ts';

/** A stretch of rows over the whole width. */
export type Rows = { readonly y: number; readonly height: number };

/**
 *     sentence
 *     what it is made of
 *     ruler, flame graph
 *     what its width means
 *     heading, table
 *     ──────────────────
 *     path of the row under the cursor
 */
export type CompareLayout = {
	readonly sentence: readonly string[];
	readonly sample: readonly string[];
	readonly flame: Rows;
	/** What the width of the bars means. */
	readonly meaning: Rows;
	readonly table: Rows;
	readonly strip: Rows;
};

/** Rows that are worth their heading; where there is no room for both, the one in which the keys move is on show. */
const leastTable = 4;
const leastFlame = 4;
const stripRows = 2;

export function layoutOf({ width, height }: Size, look: CompareLook, focus: CompareState['focus']): CompareLayout {
	const { comparison, mean } = look;
	const sentence = wrapText(headSentence(comparison), width).slice(0, 3);
	const sample = wrapText(sampleWords(comparison), width).slice(0, 3);
	const top = sentence.length + sample.length;
	const strip = { y: height - stripRows, height: stripRows };
	const room = Math.max(0, height - top - stripRows);
	// A ruler above the bars.
	const wanted = mean.rows.length + 1;
	const parts = { sentence, sample, strip };
	const none = { y: strip.y, height: 0 };
	const whole = { y: top, height: room };
	// Without a slow request nothing has a width.
	if (onlySideOf(comparison) === 'usual') return { ...parts, flame: none, meaning: none, table: whole };
	if (room < leastFlame + 1 + leastTable) {
		if (focus === 'table') return { ...parts, flame: none, meaning: none, table: whole };
		const flame = { ...whole, height: Math.min(Math.max(0, room - 1), wanted) };
		return { ...parts, flame, meaning: below(flame), table: none };
	}
	const flame = { y: top, height: Math.min(wanted, Math.max(leastFlame, Math.ceil(room / 2))) };
	const meaning = below(flame);
	const y = meaning.y + meaning.height;
	return { ...parts, flame, meaning, table: { y, height: strip.y - y } };
}

const below = ({ y, height }: Rows): Rows => ({ y: y + height, height: 1 });

/** Rows of the table that are on show, without its heading. */
export const tableRows = ({ table }: CompareLayout): number => Math.max(0, table.height - 1);
