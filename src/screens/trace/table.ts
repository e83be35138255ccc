import { formatShare } from '../../analysis/format.ts';
import type { TableBy, TableOrder, TableRow } from '../../analysis/span-table.ts';
import { formatSpanTime, oneLine } from '../../analysis/span-words.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, padStart, widthOf } from '../../terminal/width.ts';
import type { Role, Theme } from '../../widgets/theme.ts';
import { tableOf } from './listing.ts';
import type { Look, TraceState } from './state.ts';

export type TablePicture = {
	readonly look: Look;
	readonly state: TraceState;
	readonly top: number;
	readonly rows: number;
};

type Column = {
	readonly order: TableOrder;
	readonly title: string;
	readonly width: number;
	readonly cell: (row: TableRow, look: Look) => string;
};

const path: Column = {
	order: 'path',
	title: 'on path',
	width: 10,
	cell: ({ critical }, { reading }) => (critical === 0 ? '0 %' : formatShare(critical / reading.spent.total)),
};
const self: Column = { order: 'self', title: 'self', width: 10, cell: row => formatSpanTime(row.self) };
const errors: Column = { order: 'errors', title: 'errors', width: 8, cell: row => String(row.errors) };
const longest = (title: string): Column => ({
	order: 'longest',
	title,
	width: 10,
	cell: row => formatSpanTime(row.longest),
});
const count: Column = { order: 'count', title: 'spans', width: 8, cell: row => String(row.count) };
const start: Column = { order: 'start', title: 'start', width: 10, cell: ({ node }) => formatSpanTime(node.start) };

const columns: Readonly<Record<TableBy, readonly Column[]>> = {
	span: [path, self, longest('took'), start, errors],
	operation: [path, self, longest('longest'), count, errors],
	service: [path, self, longest('longest'), count, errors],
};

/**
 * A row a span, an operation or a service; the figure that they are sorted by is marked:
 *
 *      operations               on path ▼      self   longest   spans  errors
 *     ▌payments pool.acquire       97.2 %       2 s       2 s       1     1 ✗
 */
export function paintTable(surface: Surface, { look, state, top, rows: room }: TablePicture, theme: Theme): void {
	const { by, order } = state.table;
	const table = tableOf(look, state);
	const shown = columnsIn(columns[by], surface.width, order);
	const figures = shown.reduce((sum, { width }) => sum + width, 0);
	const names = Math.min(surface.width - figures, 64);
	const counted = `${table.height} ${table.height === 1 ? by : `${by}s`}`;
	const heading = [
		`${counted}${look.zoom === undefined ? '' : ' in the zoom'}`,
		...(top > 0 ? [`${theme.glyph('up')} ${top}`] : []),
	].join('  ');
	surface.put(1, 0, fit(heading, names - 2, { ellipsis: theme.glyph('ellipsis') }), theme.style('dim'));
	let x = names;
	for (const column of shown) {
		const isSorted = column.order === order;
		const title = isSorted ? `${theme.glyph('down')} ${column.title}` : column.title;
		surface.put(x, 0, padStart(title, column.width), theme.style(isSorted ? 'strong' : 'dim'));
		x += column.width;
	}
	const selected = table.rowOf(look.selected);
	for (let index = 0; index < room; index++) {
		const row = table.at(top + index);
		if (row === undefined) break;
		const line = surface.within(0, index + 1, names + figures, 1);
		paintRow(line, row, { look, shown, names, isSelected: top + index === selected }, theme);
	}
	const below = table.height - top - room;
	const rest = `${theme.glyph('down')} ${below} more ${below === 1 ? 'row' : 'rows'}`;
	if (below > 0) surface.put(1, room + 1, rest, theme.style('dim'));
}

/** The figures that fit beside a name of 24 columns, the one that is sorted by among them. */
function columnsIn(all: readonly Column[], width: number, order: TableOrder): readonly Column[] {
	let room = width - 24;
	const first = all.filter(column => column.order === order);
	const kept = new Set<Column>();
	for (const column of [...first, ...all]) {
		if (kept.has(column) || column.width > room) continue;
		kept.add(column);
		room -= column.width;
	}
	return all.filter(column => kept.has(column));
}

type RowLook = {
	readonly look: Look;
	readonly shown: readonly Column[];
	readonly names: number;
	readonly isSelected: boolean;
};

function paintRow(surface: Surface, row: TableRow, { look, shown, names, isSelected }: RowLook, theme: Theme): void {
	const tone = toneOf(row, look);
	if (isSelected) surface.put(0, 0, theme.glyph('selection'), theme.style('strong'));
	const name = surface.within(1, 0, names - 2, 1);
	const ellipsis = theme.glyph('ellipsis');
	const service = fit(row.service, Math.max(8, Math.floor(name.width / 2)), { ellipsis });
	const x = name.put(0, 0, service, tone === 'dim' ? theme.style('dim') : theme.serviceStyle(row.service)) + 1;
	const operation = fit(oneLine(row.operation ?? ''), Math.max(0, name.width - x), { keep: 'end', ellipsis });
	const end = name.put(x, 0, operation, theme.style(tone));
	if (isSelected) name.restyle(0, 0, Math.max(x - 1, end), 1, theme.style('selectedBar'));
	let at = names;
	for (const column of shown) {
		paintFigure(surface.within(at, 0, column.width, 1), column.cell(row, look), {
			role: tone === 'dim' ? 'dim' : 'text',
			failed: column.order === 'errors' && row.errors > 0,
			theme,
		});
		at += column.width;
	}
}

type FigureLook = { readonly role: Role; readonly failed: boolean; readonly theme: Theme };

function paintFigure(surface: Surface, text: string, { role, failed, theme }: FigureLook): void {
	const shown = failed ? `${text} ${theme.glyph('error')}` : text === '0' ? theme.glyph('info') : text;
	const style = failed ? theme.style('error') : theme.style(text === '0' ? 'dim' : role);
	surface.put(surface.width - widthOf(shown), 0, shown, style);
}

/** Bright where the row stands for something that holds what is searched. */
function toneOf({ nodes }: TableRow, { matches }: Look): Role {
	if (matches === undefined) return 'text';
	return nodes.some(matches.has) ? 'match' : 'dim';
}
