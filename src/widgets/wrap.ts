import { graphemesOf, widthOf } from '../terminal/width.ts';

/**
 * Text in lines of at most `columns`, broken between words where it can be; a longer word is cut into pieces. Blanks at
 * the start of a line are dropped.
 */
export function wrapText(text: string, columns: number): readonly string[] {
	if (columns <= 0) return [];
	return text.split('\n').flatMap(line => wrapLine(line, columns));
}

/** Text in lines of at most `columns`, cut wherever they are full: nothing is dropped, blanks neither. */
export const cutText = (text: string, columns: number): readonly string[] =>
	columns <= 0 ? [] : text.split('\n').flatMap(line => piecesOf(line, columns));

function wrapLine(line: string, columns: number): readonly string[] {
	const [first = '', ...words] = line.replace(/^ +/, '').split(' ');
	const lines = piecesOf(first, columns);
	for (const word of words) {
		const current = lines.pop() ?? '';
		const joined = `${current} ${word}`;
		if (widthOf(joined) <= columns) lines.push(joined);
		else lines.push(...(current.trim() === '' ? [] : [current]), ...piecesOf(word, columns));
	}
	return lines;
}

/** A word in pieces that fit; a character wider than the line stands alone, for whoever paints it to cut. */
function piecesOf(word: string, columns: number): string[] {
	if (widthOf(word) <= columns) return [word];
	const pieces: string[] = [];
	let piece = '';
	let width = 0;
	for (const grapheme of graphemesOf(word)) {
		if (piece !== '' && width + grapheme.columns > columns) {
			pieces.push(piece);
			piece = '';
			width = 0;
		}
		piece += grapheme.text;
		width += grapheme.columns;
	}
	return [...pieces, piece];
}
