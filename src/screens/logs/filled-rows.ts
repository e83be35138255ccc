import { widthOf } from '../../terminal/width.ts';
import { type Segment, widthOfSegments } from '../../widgets/line.ts';

const gap = '  ';

/**
 * Rows with remarks behind what stands in them, each on the first row that has room for it. One that fits nowhere runs on
 * from row to row between its words, and ends on the last.
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
		let rest = remark.text;
		filled.forEach((row, index) => {
			const room = roomOf(row);
			const text = index === filled.length - 1 ? rest : wordsWithin(rest, room);
			rest = rest.slice(text.length).trimStart();
			if (text !== '' && room > 0) add(row, { ...remark, text });
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
