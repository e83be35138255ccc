import { fit, widthOf } from '../terminal/width.ts';

/** Text in lines of at most `columns`, broken between words where it can be; a longer word is cut into pieces. */
export function wrapText(text: string, columns: number): readonly string[] {
	if (columns <= 0) return [];
	return text.split('\n').flatMap(line => wrapLine(line, columns));
}

function wrapLine(line: string, columns: number): readonly string[] {
	const lines: string[] = [];
	let current = '';
	for (const word of line.split(' ')) {
		const joined = current === '' ? word : `${current} ${word}`;
		if (widthOf(joined) <= columns) {
			current = joined;
			continue;
		}
		if (current !== '') lines.push(current);
		current = word;
		while (widthOf(current) > columns) {
			const piece = fit(current, columns, { ellipsis: '' });
			if (piece === '') return [...lines, current];
			lines.push(piece);
			current = current.slice(piece.length);
		}
	}
	return [...lines, current];
}
