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

/** The rows that the tree of a record takes where there is room for so many. */
export function treeHeight(record: LogRecord, room: number, props: { readonly state: LogsState }): number {
	const tree = treeOfRecord(record, props);
	return tree === undefined ? 0 : Math.min(rowsIn(tree), Math.max(1, room));
}

/** The furthest that the tree of a record can be scrolled in a list of this height. */
export function furthestScroll(record: LogRecord, height: number, props: { readonly state: LogsState }): number {
	const tree = treeOfRecord(record, props);
	return tree === undefined ? 0 : Math.max(0, rowsIn(tree) - Math.max(1, height - 1));
}

/** Column in which trees begin: under the time, so that deep ones have room. */
const indented = 3;

/** Which rows of a tree are on show: those to which the operator scrolled, the first ones, or the last ones. */
export type TreePart = 'scrolled' | 'first' | 'last';

/** As many rows of a tree as fit; the last one says how many follow. */
export function paintTree(surface: Surface, record: LogRecord, part: TreePart, props: LogsViewProps): void {
	const { height } = surface;
	const tree = treeOfRecord(record, props);
	if (tree === undefined || height === 0) return;
	const { theme, state } = props;
	const furthest = Math.max(0, rowsIn(tree) - height);
	const scrolled = state.details ? 0 : Math.min(state.detailScroll, furthest);
	const from = { scrolled, first: 0, last: furthest }[part];
	const below = rowsIn(tree) - from - height;
	const left = `${tree.rest} more rows, in the details`;
	const rows = [
		...tree.rows.slice(from, from + height).map(row => rowSegments(row, theme)),
		...(tree.rest > 0 ? [[segment(left, theme.style('dim'))]] : []),
	];
	rows.slice(0, height).forEach((row, y) => {
		surface.put(1, y, theme.glyph('vertical'), theme.style('dim'));
		paintSegments(surface, indented, y, row, theme.glyph('ellipsis'));
	});
	if (below <= 0) return;
	const more = ` ${below} more ${below === 1 ? 'row' : 'rows'}${part === 'scrolled' ? ': J K' : ''} `;
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
