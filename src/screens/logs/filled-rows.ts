import { widthOf } from '../../terminal/width.ts';
import { type Segment, widthOfSegments } from '../../widgets/line.ts';

const gap = '  ';
/** Less room than this says nothing. */
const fewestColumns = 10;

/**
 * Rows with remarks behind what stands in them, each on the first row that has room for it. One that fits nowhere runs on
 * from row to row between its words, and is cut on the last of those with any room; without any it is left out.
 */
export function filledRows(
	rows: readonly (readonly Segment[])[],
	remarks: readonly Segment[],
	width: number,
): readonly (readonly Segment[])[] {
	const filled = rows.map(row => [...row]);
	const roomOf = (row: readonly Segment[]): number =>
		width - widthOfSegments(row) - (row.length === 0 ? 0 : gap.length);
	const add = (row: Segment[], remark: Segment): void => {
		if (row.length > 0) row.push({ text: gap });
		row.push(remark);
	};
	for (const remark of remarks) {
		const roomy = filled.find(row => roomOf(row) >= widthOf(remark.text));
		if (roomy !== undefined) {
			add(roomy, remark);
			continue;
		}
		const left = filled.filter(row => roomOf(row) >= fewestColumns);
		let rest = remark.text;
		left.forEach((row, index) => {
			const text = index === left.length - 1 ? rest : wordsWithin(rest, roomOf(row));
			rest = rest.slice(text.length).trimStart();
			if (text !== '') add(row, { ...remark, text });
		});
	}
	return filled;
}

/** As many of the first words as have room. */
function wordsWithin(text: string, room: number): string {
	const words = text.split(' ');
	let taken = '';
	for (const word of words) {
		const more = taken === '' ? word : `${taken} ${word}`;
		if (widthOf(more) > room) break;
		taken = more;
	}
	return taken;
}
