import { type LogTree, type TreeRow, treeOf } from '../../analysis/log-tree.ts';
import type { LogRecord } from '../../model/log-entry.ts';
import type { Surface } from '../../terminal/surface.ts';
import { paintSegments, type Segment, segment } from '../../widgets/line.ts';
import type { Role, Theme } from '../../widgets/theme.ts';
import { clean } from './row-text.ts';
import type { LogsState } from './state.ts';
import type { LogsViewProps } from './view.tsx';

/** How many levels of the JSON in its texts a row is open to; `undefined` while it is closed. */
export const openedLevels = (key: string, { state }: { readonly state: LogsState }): number | undefined =>
	state.opened?.[key];

const treeOfRecord = ({ key, entry }: LogRecord, props: { readonly state: LogsState }): LogTree | undefined => {
	const levels = openedLevels(key, props);
	return levels === undefined ? undefined : treeOf(entry, levels);
};

/** Rows of the tree and the one that tells of the rows that were left out. */
const rowsIn = ({ rows, rest }: LogTree): number => rows.length + (rest > 0 ? 1 : 0);

/** The rows that the tree of a record takes: under the cursor what there is room for, elsewhere half of that. */
export function treeHeight(record: LogRecord, room: number, isChosen: boolean, props: LogsViewProps): number {
	const tree = treeOfRecord(record, props);
	if (tree === undefined) return 0;
	return Math.min(rowsIn(tree), Math.max(1, isChosen ? room : Math.floor(room / 2)));
}

/** The furthest that the tree of a record can be scrolled in a list of this height. */
export function furthestScroll(record: LogRecord, height: number, props: { readonly state: LogsState }): number {
	const tree = treeOfRecord(record, props);
	return tree === undefined ? 0 : Math.max(0, rowsIn(tree) - Math.max(1, height - 1));
}

/** Column in which trees begin: under the time, so that deep ones have room. */
const left = 3;

/** The rows of a tree, from where the operator scrolled it on; the last one says how many follow. */
export function paintTree(
	surface: Surface,
	record: LogRecord,
	height: number,
	isChosen: boolean,
	props: LogsViewProps,
): void {
	const tree = treeOfRecord(record, props);
	if (tree === undefined || height === 0) return;
	const { theme, state } = props;
	const from = isChosen && !state.details ? Math.min(state.detailScroll, Math.max(0, rowsIn(tree) - height)) : 0;
	const below = rowsIn(tree) - from - height;
	const rows = tree.rows.slice(from, from + height).map(row => rowSegments(row, theme));
	const told = [
		...rows,
		...(tree.rest > 0 ? [[segment(`${tree.rest} more rows, in the details`, theme.style('dim'))]] : []),
	];
	told.slice(0, height).forEach((row, y) => {
		surface.put(1, y, theme.glyph('vertical'), theme.style('dim'));
		paintSegments(surface, left, y, row, theme.glyph('ellipsis'));
	});
	if (below <= 0) return;
	const more = ` ${below} more ${below === 1 ? 'row' : 'rows'}${isChosen ? ': J K' : ''} `;
	surface.put(Math.max(0, surface.width - more.length), height - 1, more, theme.style('dim'));
}

const roles: Readonly<Record<TreeRow['kind'], Role>> = {
	branch: 'dim',
	text: 'text',
	number: 'info',
	word: 'info',
	frame: 'dim',
};

function rowSegments({ indent, name, text, kind }: TreeRow, theme: Theme): readonly Segment[] {
	const value = segment(clean(text, theme), theme.style(roles[kind]));
	const start = segment('  '.repeat(indent));
	return name === undefined
		? [start, value]
		: [start, segment(clean(name, theme), theme.style('link')), segment('  '), value];
}
