import { formatDuration, formatRate, formatShare } from '../../analysis/format.ts';
import type { Neighbour } from '../../analysis/neighbours.ts';
import type { Neighbours } from '../../investigation/service-neighbours.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, widthOf } from '../../terminal/width.ts';
import type { Role, Theme } from '../../widgets/theme.ts';

type Figure = {
	readonly title: string;
	readonly text: (neighbour: Neighbour) => string;
	readonly role?: (neighbour: Neighbour) => Role;
};

const seconds = (value: number): string => formatDuration(value * 1000);

const rate: Figure = { title: 'rate', text: neighbour => formatRate(neighbour.rate) };
/** Of calls that are too few to be among the busiest only the failures are known. */
const errors: Figure = {
	title: 'errors',
	text: ({ errors: share, failures }) =>
		Number.isNaN(share) && failures > 0 ? formatRate(failures) : formatShare(share),
	role: ({ failures, errors: share }) => (share > 0.01 || (Number.isNaN(share) && failures > 0) ? 'error' : 'text'),
};
const server: Figure = { title: 'p99', text: neighbour => seconds(neighbour.server) };
const client: Figure = { title: 'waited', text: neighbour => seconds(neighbour.client) };
const gap: Figure = { title: 'gap', text: neighbour => seconds(neighbour.gap) };

const figureWidth = 9;
const kindWidth = 10;
/** Below this there is no room for what the caller waited beside what the callee took. */
const roomy = 72;

export type NeighbourColumns = {
	readonly name: number;
	/** Where the figures begin. */
	readonly figures: number;
	readonly shown: readonly Figure[];
	readonly end: number;
};

/** The columns that there is room for and that any row has something in. */
export function neighbourColumns(width: number, { callers, callees }: Neighbours): NeighbourColumns {
	const rows = [...callers.rows, ...callees.rows];
	const bothEnds = rows.some(row => !Number.isNaN(row.server));
	const durations = bothEnds ? (width < roomy ? [server, gap] : [server, client, gap]) : [client];
	const shown = [rate, errors, ...durations];
	const figures = width - 1 - figureWidth * shown.length;
	return { name: figures - kindWidth - 2, figures, shown, end: width };
}

export function paintTitles(surface: Surface, y: number, columns: NeighbourColumns, theme: Theme): void {
	putFigures(surface, y, columns, ({ title }) => [title, 'dim'], theme);
}

/** `name  kind  rate  errors  p99  waited  gap` */
export function paintNeighbour(
	surface: Surface,
	y: number,
	row: Neighbour,
	columns: NeighbourColumns,
	theme: Theme,
): void {
	const name = row.name === '' ? '(not said)' : row.name;
	const style = row.service === undefined ? theme.style('text') : theme.serviceStyle(row.service);
	surface.put(1, y, fit(name, columns.name, { ellipsis: theme.glyph('ellipsis') }), style);
	surface.put(columns.name + 2, y, row.kind, theme.style('dim'));
	putFigures(surface, y, columns, figure => [figure.text(row), figure.role?.(row) ?? 'text'], theme);
}

function putFigures(
	surface: Surface,
	y: number,
	{ figures, shown }: NeighbourColumns,
	cellOf: (figure: Figure) => readonly [text: string, role: Role],
	theme: Theme,
): void {
	shown.forEach((figure, index) => {
		const [text, role] = cellOf(figure);
		surface.put(figures + (index + 1) * figureWidth - widthOf(text), y, text, theme.style(role));
	});
}
