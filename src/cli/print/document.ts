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
export function textOf(blocks: readonly Block[], width: number): string {
	return `${blocks.map(block => textLines(block, width).join('\n')).join('\n\n')}\n`;
}

function textLines(block: Block, width: number): readonly string[] {
	switch (block.kind) {
		case 'heading':
			return [block.text.toUpperCase()];
		case 'paragraph':
			return wrapText(block.text, width);
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
	const widths = columns.map((_, index) => Math.max(...all.map(row => widthOf(row[index] ?? ''))));
	return all.map(row =>
		fit(
			row
				.map((cell, index) => {
					const room = widths[index] ?? 0;
					return columns[index]?.align === 'right' ? padStart(cell, room) : padEnd(cell, room);
				})
				.join('  ')
				.trimEnd(),
			width,
		),
	);
}

/** The document in Markdown (CommonMark with tables). */
export function markdownOf(blocks: readonly Block[]): string {
	return `${blocks.map(markdownBlock).join('\n\n')}\n`;
}

function markdownBlock(block: Block): string {
	switch (block.kind) {
		case 'heading':
			return `## ${escaped(block.text)}`;
		case 'paragraph':
			return escaped(block.text);
		case 'verbatim':
			return fenced(block.lines.map(line => line.trimEnd()));
		case 'table':
			return [
				rowOf(block.columns.map(({ title }) => title)),
				rowOf(block.columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
				...block.rows.map(row => rowOf(row.map(escaped))),
			].join('\n');
	}
}

const rowOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Text that Markdown would read as markup, as text. */
const escaped = (text: string): string => text.replaceAll(/[\\`*_{}[\]<>|#]/g, '\\$&');

/** A fence longer than any in the lines. */
function fenced(lines: readonly string[]): string {
	const longest = Math.max(2, ...lines.flatMap(line => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
	const fence = '`'.repeat(longest + 1);
	return [fence, ...lines, fence].join('\n');
}
