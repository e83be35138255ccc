import type { Block } from '../print/document.ts';
import { paragraph, verbatim } from '../print/document.ts';
import type { Choices, Goal } from './choices.ts';

/** What is printed of a place, and where its numbers lead, from 1 on. */
export type Page = { readonly blocks: readonly Block[]; readonly goals: readonly Goal[] };

/** A page is read from its end, as it scrolls by: the newest rows are enough at first. */
export const mostRows = 40;

/**
 * The blocks with a number before each row that leads on, and the other ways on below, which have the first numbers: those
 * are typed most. Of a long table only the newest rows are kept, unless `whole`.
 */
export function pageOf(blocks: readonly Block[], { rows, ways }: Choices, whole: boolean): Page {
	const isLong = !whole && rows.length > mostRows;
	const kept = isLong ? rows.slice(-mostRows) : rows;
	const numbered =
		rows.length === 0 ? blocks : withNumbers(blocks, { all: rows.length, kept: kept.length, first: ways.length + 1 });
	const listed = ways.map(({ words }, index) => `${String(index + 1).padStart(4)}  ${words}`);
	return {
		blocks: [
			...numbered,
			...(isLong ? [paragraph(`These are the last ${kept.length} of ${rows.length} rows. a prints all.`)] : []),
			...(listed.length === 0 ? [] : [verbatim(listed)]),
		],
		goals: [...ways.map(({ place }) => ({ place })), ...kept],
	};
}

/** The table that has as many rows as there are goals is the one that they are of. */
function withNumbers(
	blocks: readonly Block[],
	{ all, kept, first }: { readonly all: number; readonly kept: number; readonly first: number },
): readonly Block[] {
	const at = blocks.findIndex(block => block.kind === 'table' && block.rows.length === all);
	return blocks.map((block, index) =>
		index !== at || block.kind !== 'table'
			? block
			: {
					...block,
					columns: [{ title: '#', align: 'right' } as const, ...block.columns],
					rows: block.rows.slice(-kept).map((row, number) => [String(first + number), ...row]),
				},
	);
}
