import { sanitize, sanitizeLines } from '../../terminal/sanitize.ts';
import { fit, padEnd, padStart, widthOf } from '../../terminal/width.ts';
import { wrapText } from '../../widgets/wrap.ts';

/** What is printed, before it is text or Markdown. */
export type Block =
	| { readonly kind: 'heading'; readonly text: string }
	| { readonly kind: 'paragraph'; readonly text: string }
	| { readonly kind: 'table'; readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[] }
	/** Lines whose columns matter: charts, flame graphs, log lines. */
	| { readonly kind: 'verbatim'; readonly lines: readonly string[] };

export type Column = { readonly title: string; readonly align?: 'left' | 'right' };

export const heading = (text: string): Block => ({ kind: 'heading', text });
export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
export const verbatim = (lines: readonly string[]): Block => ({ kind: 'verbatim', lines });
export const table = (columns: readonly Column[], rows: readonly (readonly string[])[]): Block => ({
	kind: 'table',
	columns,
	rows,
});

/** The document for a terminal or a pager of so many columns; no colours, no control characters. */
export const textOf = (blocks: readonly Block[], width: number): string =>
	joined(blocks, block => textLines(cleaned(block), width));

/** Blocks with an empty line between them; nothing at all when there are none. */
const joined = (blocks: readonly Block[], linesOf: (block: Block) => readonly string[]): string =>
	blocks.length === 0 ? '' : `${blocks.map(block => linesOf(block).join('\n')).join('\n\n')}\n`;

/** The block without what would drive a terminal; before anything is measured, because such characters have no width. */
function cleaned(block: Block): Block {
	switch (block.kind) {
		case 'heading':
			return heading(sanitize(block.text));
		case 'paragraph':
			return paragraph(sanitizeLines(block.text).join('\n'));
		case 'verbatim':
			return verbatim(block.lines.map(line => sanitize(line)));
		case 'table':
			return table(
				block.columns.map(column => ({ ...column, title: sanitize(column.title) })),
				block.rows.map(row => row.map(cell => sanitize(cell))),
			);
	}
}

function textLines(block: Block, width: number): readonly string[] {
	switch (block.kind) {
		case 'heading':
			return [block.text, '-'.repeat(widthOf(block.text))];
		case 'paragraph':
			return block.text.split('\n').flatMap(line => wrapText(line, width));
		case 'verbatim':
			return block.lines.map(line => line.trimEnd());
		case 'table':
			return tableLines(block.columns, block.rows, width);
	}
}

function tableLines(
	columns: readonly Column[],
	rows: readonly (readonly string[])[],
	width: number,
): readonly string[] {
	const all = [columns.map(({ title }) => title), ...rows];
	const wanted = columns.map((_, index) => all.reduce((most, row) => Math.max(most, widthOf(row[index] ?? '')), 0));
	const widths = fittedWidths(columns, wanted, width);
	return all.map(row =>
		fit(
			row
				.map((cell, index) => {
					const room = widths[index] ?? 0;
					const text = widthOf(cell) > room ? fit(cell, room) : cell;
					return columns[index]?.align === 'right' ? padStart(text, room) : padEnd(text, room);
				})
				.join('  ')
				.trimEnd(),
			width,
		),
	);
}

/** A column of words that is cut leaves this much of them. */
const leastWords = 12;

/** Figures are worth more than the ends of words: where the columns are too wide together, the widest of words gives way. */
function fittedWidths(columns: readonly Column[], wanted: readonly number[], width: number): readonly number[] {
	const excess = wanted.reduce((sum, room) => sum + room, 2 * (columns.length - 1)) - width;
	const words = wanted.map((room, index) => (columns[index]?.align === 'right' ? 0 : room));
	const widest = words.indexOf(Math.max(...words));
	return excess <= 0
		? wanted
		: wanted.map((room, index) => (index === widest ? Math.max(Math.min(room, leastWords), room - excess) : room));
}

/** The document in Markdown (CommonMark with tables). */
export const markdownOf = (blocks: readonly Block[]): string => joined(blocks, block => markdownLines(cleaned(block)));

function markdownLines(block: Block): readonly string[] {
	switch (block.kind) {
		case 'heading':
			return [`## ${escaped(block.text)}`];
		case 'paragraph':
			return block.text.split('\n').map(line => escapedStart(escaped(line)));
		case 'verbatim':
			return fenced(block.lines.map(line => line.trimEnd()));
		case 'table':
			return [
				rowOf(block.columns.map(({ title }) => escaped(title))),
				rowOf(block.columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
				...block.rows.map(row => rowOf(row.map(escaped))),
			];
	}
}

const rowOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Text that Markdown would read as markup, as text: CommonMark's inline marks, tables and strike-through. */
const escaped = (text: string): string => text.replaceAll(/[\\`*_{}[\]<>|#~&!]/g, '\\$&');

/** A line that would begin a list or underline a heading. */
const escapedStart = (line: string): string =>
	line.replace(/^(\s*)([-+=])/, '$1\\$2').replace(/^(\s*\d{1,9})([.)])(?=\s|$)/, '$1\\$2');

/** A fence longer than any in the lines. */
function fenced(lines: readonly string[]): readonly string[] {
	const longest = Math.max(2, ...lines.flatMap(line => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
	const fence = '`'.repeat(longest + 1);
	return [fence, ...lines, fence];
}
