import { sanitize } from '../../terminal/sanitize.ts';

/** A text of SVG with its baseline at `y`. `more` are further attributes, each after a blank. */
export const textAt = (x: number, y: number, text: string, more = ''): string =>
	`<text x="${x}" y="${y}"${more}>${escaped(text)}</text>`;

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Text of XML 1.0: without what would drive a terminal, and without the characters that no XML may hold (§2.2). */
export const escaped = (text: string): string =>
	sanitize(text)
		.toWellFormed()
		.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
		.replaceAll(/[&<>"']/g, character => entities[character] ?? character);
