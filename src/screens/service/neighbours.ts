import type { Neighbour, NeighbourKind } from '../../analysis/neighbours.ts';
import { promRange } from '../../analysis/promql-build.ts';
import { quoteWord } from '../../analysis/words.ts';
import type { Neighbours } from '../../investigation/service-neighbours.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit } from '../../terminal/width.ts';
import { badgeOf, paintPaneState } from '../../widgets/pane-state.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import { paintScrolled, type ScrolledText, wrappedSentences } from '../../widgets/scrolled-text.ts';
import { paintSelected } from '../../widgets/selection.ts';
import type { Theme } from '../../widgets/theme.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { copy, go, type Outcome, refuse } from '../screen.ts';
import { paintLadder } from './ladder.ts';
import { type NeighbourColumns, neighbourColumns, paintNeighbour, paintTitles } from './neighbour-columns.ts';
import { neighbourDetails } from './neighbour-details.ts';
import type { ServiceViewPart } from './service-view.ts';
import type { ServiceShown, ServiceState } from './state.ts';
import type { ServiceViewProps } from './view.tsx';

/** From this width on the details stand beside the list. */
const wide = 132;
const listWidth = 100;

type NeighbourRow = Neighbour & { readonly value: string };

/** A neighbour keeps its row from one refresh to the next by who it is and on which side. */
const identityOf = ({ direction, kind, name }: Neighbour): string => `${direction} ${kind} ${name}`;

/** Callers, then callees, that the filter lets through. */
function neighbourRows({ findings, state }: Pick<ServiceShown, 'findings' | 'state'>): readonly NeighbourRow[] {
	const { callers, callees } = lastValueOf(findings.neighbours) ?? {};
	const wanted = state.filter.toLowerCase();
	return [...(callers?.rows ?? []), ...(callees?.rows ?? [])]
		.filter(({ name }) => name.toLowerCase().includes(wanted))
		.map(neighbour => ({ ...neighbour, value: identityOf(neighbour) }));
}

/** The neighbour under the cursor, which begins at the worst of the callees: that is where a failure comes from. */
function selectedNeighbour(shown: Pick<ServiceShown, 'findings' | 'state'>): NeighbourRow | undefined {
	const rows = neighbourRows(shown);
	return (
		rows.find(({ value }) => value === shown.state.row) ??
		rows.find(({ direction }) => direction === 'callees') ??
		rows[0]
	);
}

/** Who asks the service above, whom it asks below, each with its RED in a line. */
function paintNeighbours(surface: Surface, props: ServiceViewProps): void {
	const { findings, theme, now, state } = props;
	const pane = findings.neighbours;
	if (paintPaneState(surface, pane, { theme, now, whom: 'Prometheus' }) > 0) return;
	const neighbours = lastValueOf(pane);
	if (neighbours === undefined) return;
	if (neighbours.source === undefined) {
		const y = putWrapped(surface, neighbours.remark ?? '', theme) + 1;
		paintLadder(surface.within(0, y, surface.width, surface.height - y), props);
		return;
	}
	const { width, height } = surface;
	const beside = width >= wide;
	const below = beside ? 0 : rowsBelow(props);
	paintList(surface.within(0, 0, beside ? listWidth : width, height - below), neighbours, props);
	const told = toldOf(props);
	if (told === undefined) return;
	const { x, y } = told;
	paintScrolled(surface.within(x, y, width - x, told.height), told.lines, state.scroll ?? 0, theme);
}

const rowsBelow = ({ state, size }: Pick<ServiceShown, 'state' | 'size'>): number =>
	state.details ? Math.floor(size.height / 2) : 0;

/** What the figures of the selected neighbour mean: beside the list, or below it when the details are wanted. */
function toldOf(shown: ServiceShown): (ScrolledText & { readonly x: number; readonly y: number }) | undefined {
	const { size, state, place } = shown;
	const neighbours = lastValueOf(shown.findings.neighbours);
	const selected = selectedNeighbour(shown);
	const beside = size.width >= wide;
	if (neighbours === undefined || selected === undefined || !(beside || state.details)) return undefined;
	const [x, y] = beside ? [listWidth + 2, 0] : [0, size.height - rowsBelow(shown) + 1];
	const lines = wrappedSentences(neighbourDetails(selected, neighbours, place.service), size.width - x);
	return { x, y, height: size.height - y, lines };
}

const putWrapped = (surface: Surface, text: string, theme: Theme): number => {
	const lines = wrapText(text, surface.width);
	lines.forEach((line, y) => {
		surface.put(0, y, line, theme.style('dim'));
	});
	return lines.length;
};

/** One row of the list: a heading, a neighbour, or why there is none. */
type ListLine =
	| { readonly kind: 'heading' | 'empty'; readonly text: string }
	| { readonly kind: 'row'; readonly row: NeighbourRow };

function listLines(neighbours: Neighbours, props: ServiceViewProps): readonly ListLine[] {
	const rows = neighbourRows(props);
	const into = props.theme.glyph('crumb');
	const { service } = props.place;
	const titles = { callers: `CALLERS ${into} ${service}`, callees: `CALLEES ${service} ${into}` };
	return (['callers', 'callees'] as const).flatMap((direction, index): readonly ListLine[] => {
		const own = rows.filter(row => row.direction === direction);
		const { total } = neighbours[direction];
		const count = own.length === total ? `  ${total}` : `  showing ${own.length} of ${total}`;
		const none = total > 0 ? `None has ${props.state.filter} in its name. / changes the filter.` : noneKnown[direction];
		return [
			...(index > 0 ? [{ kind: 'empty' as const, text: '' }] : []),
			{ kind: 'heading', text: `${titles[direction]}${total === 0 ? '' : count}` },
			...own.map(row => ({ kind: 'row' as const, row })),
			...(own.length === 0 ? [{ kind: 'empty' as const, text: none }] : []),
		];
	});
}

const noneKnown = { callers: 'Nobody is known to ask it.', callees: 'It is not known to ask anybody.' } as const;

function paintList(surface: Surface, neighbours: Neighbours, props: ServiceViewProps): void {
	const { theme, now } = props;
	const columns = neighbourColumns(surface.width, neighbours);
	const badge = badgeOf(props.findings.neighbours, now);
	const said = `${neighbours.source}, over ${promRange(neighbours.averagedOver)}`;
	surface.put(0, 0, fit(said, columns.figures - 1, { ellipsis: theme.glyph('ellipsis') }), theme.style('dim'));
	paintTitles(surface, 0, columns, theme);
	const remarks = [neighbours.remark ?? '', badge?.text ?? ''].filter(Boolean).join(' ');
	const top = 1 + (remarks === '' ? 0 : putWrapped(surface.within(0, 1, surface.width, 3), remarks, theme));
	const list = surface.within(0, top, surface.width, surface.height - top);
	const lines = listLines(neighbours, props);
	const selected = selectedNeighbour(props)?.value;
	const cursor = lines.findIndex(line => line.kind === 'row' && line.row.value === selected);
	const offset = offsetFor(0, Math.max(0, cursor), lines.length, list.height, 1);
	lines.slice(offset, offset + list.height).forEach((line, y) => {
		paintListLine(list, y, line, columns, theme);
		if (offset + y === cursor) paintSelected(list, y, columns.end, theme);
	});
}

function paintListLine(surface: Surface, y: number, line: ListLine, columns: NeighbourColumns, theme: Theme): void {
	if (line.kind === 'row') paintNeighbour(surface, y, line.row, columns, theme);
	else {
		const text = fit(line.text, surface.width, { ellipsis: theme.glyph('ellipsis') });
		surface.put(line.kind === 'heading' ? 0 : 1, y, text, theme.style(line.kind === 'heading' ? 'strong' : 'dim'));
	}
}

function openNeighbour(shown: ServiceShown): Outcome<ServiceState> {
	const selected = selectedNeighbour(shown);
	if (selected === undefined) return refuse('There is no neighbour to go to.');
	const { service, value } = selected;
	if (service === undefined) return refuse(whyNot(selected, shown.place.service));
	const place = { kind: 'service', service, view: 'neighbours', window: shown.place.window } as const;
	return go(place, { ...shown.state, row: value });
}

/** Why there is nothing to go to, and what could be tried. */
function whyNot({ name, kind, direction }: Neighbour, service: string): string {
	if (name === '') return 'These calls do not say whom they ask.';
	if (kind === 'operation') return `${name} is what ${service} calls its spans: they do not say whom they ask.`;
	if (kind === 'virtual' && direction === 'callers') {
		return `${name} stands for callers that send no spans: there is nothing to go to.`;
	}
	return `${name}${silentKinds[kind] ?? ''} sends no spans of its own. :service ${quoteWord(name)} looks for its metrics all the same.`;
}

const silentKinds: { readonly [Kind in NeighbourKind]?: string } = {
	database: ' is a database and',
	messaging: ' is a queue and',
};

/** Who calls the service and whom it calls; `enter` walks along the calls. */
export const neighboursView: ServiceViewPart = {
	name: 'neighbours',
	paint: paintNeighbours,
	rows: neighbourRows,
	settle: shown => {
		const row = selectedNeighbour(shown)?.value;
		return shown.state.row !== undefined || row === undefined ? shown.state : { ...shown.state, row };
	},
	openLabel: () => 'its neighbours',
	open: openNeighbour,
	told: toldOf,
	copy: ({ findings }) => {
		const { callers, callees } = lastValueOf(findings.neighbours) ?? {};
		const queries = [...(callers?.queries ?? []), ...(callees?.queries ?? [])];
		return queries.length === 0
			? refuse('There is no query yet.')
			: copy(queries.join('\n'), 'the PromQL of the neighbours');
	},
};
