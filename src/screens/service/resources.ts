import { expressionOfAlert } from '../../analysis/alert-expression.ts';
import { inLightOf, logsPlaceOf } from '../../analysis/service-pivots.ts';
import { readThreshold } from '../../analysis/thresholds.ts';
import type { ResourceRow } from '../../analysis/use-reading.ts';
import { aspectsOf } from '../../analysis/use-reading.ts';
import type { FoundResources } from '../../investigation/service-resources.ts';
import { lastValueOf, whyOld } from '../../model/loadable.ts';
import type { Milliseconds } from '../../model/time.ts';
import type { Surface } from '../../terminal/surface.ts';
import type { Marked } from '../../widgets/line.ts';
import { badgeOf, paintBadge, paintPaneState } from '../../widgets/pane-state.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import { paintScrolled, type ScrolledText, wrappedSentences } from '../../widgets/scrolled-text.ts';
import { paintSelected } from '../../widgets/selection.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { copy, go, type Outcome, refuse } from '../screen.ts';
import { ladderOf, paintLadder } from './ladder.ts';
import { firstAspect, instanceDetails, missingDetails, paintResourceChart, searchDetails } from './resource-detail.ts';
import { paintResourceRow, paintResourceTitles, resourceColumns } from './resource-list.ts';
import type { ServiceViewPart } from './service-view.ts';
import type { ServiceShown, ServiceState } from './state.ts';
import type { ServiceViewProps } from './view.tsx';

/** From this width on the charts stand beside the list. */
const wide = 132;
const listWidth = 100;
const besideX = listWidth + 2;
/** Rows for the chart below the list: title, plot, time axis, query. */
const chartRows = 10;

type ListedRow = ResourceRow & { readonly value: string };

/** The resources that the filter lets through, the worst first. */
const listedRows = ({ findings, state }: Pick<ServiceShown, 'findings' | 'state'>): readonly ListedRow[] => {
	const wanted = state.filter.toLowerCase();
	return (lastValueOf(findings.resources)?.rows ?? [])
		.filter(({ name, group }) => `${name} ${group}`.toLowerCase().includes(wanted))
		.map(row => ({ ...row, value: row.key }));
};

/** The row under the cursor: until it is moved that of the alert's own metric, else the worst. */
const selectedRow = (shown: Pick<ServiceShown, 'findings' | 'state'>): ListedRow | undefined => {
	const rows = listedRows(shown);
	return rows.find(({ value }) => value === shown.state.row) ?? alertedRow(rows, shown) ?? rows[0];
};

function alertedRow(rows: readonly ListedRow[], { findings }: Pick<ServiceShown, 'findings'>): ListedRow | undefined {
	const alert = lastValueOf(findings.alert);
	const metrics = ((alert && expressionOfAlert(alert))?.selectors ?? []).flatMap(({ metric }) => metric ?? []);
	return rows.find(row => queriesOf(row).some(query => metrics.some(metric => query.includes(`${metric}{`))));
}

/** What the service may run out of, each in a row, and the selected one over time. */
function paintResources(surface: Surface, props: ServiceViewProps): void {
	const { findings, theme, now, state } = props;
	if (paintPaneState(surface, findings.resources, { theme, now, whom: 'Prometheus' }) > 0) return;
	const resources = lastValueOf(findings.resources);
	if (resources === undefined) return;
	const row = selectedRow(props);
	if (row === undefined) {
		const y = paintSentence(surface, whyNone(props), props);
		paintLadder(surface.within(0, y, surface.width, surface.height - y), props);
	} else if (surface.width >= wide) {
		paintList(surface.within(0, 0, listWidth, surface.height), props);
		paintCharts(surface.within(besideX, 0, surface.width - besideX, surface.height), row, props);
	} else {
		const { width, height } = surface;
		const below = rowsBelow(props);
		paintList(surface.within(0, 0, width, height - below), props);
		const rest = surface.within(0, height - below + 1, width, below - 1);
		if (!state.details) paintResourceChart(rest, row, firstAspect(row), props);
	}
	const told = toldOf(props);
	if (told === undefined) return;
	const { x, y, height, lines } = told;
	paintScrolled(surface.within(x, y, surface.width - x, height), lines, state.scroll ?? 0, theme);
}

/** Rows for what stands below the list, and a blank one above it. */
function rowsBelow(shown: Pick<ServiceShown, 'findings' | 'state' | 'size'>): number {
	const { height } = shown.size;
	if (shown.state.details) return height - 3;
	return Math.max(Math.min(chartRows, Math.floor(height / 2)), height - listedRows(shown).length - 2);
}

type Told = ScrolledText & { readonly x: number; readonly y: number };

/** How the resources were found, and what was not: below the list or beside it, where the charts leave room. */
function toldOf(shown: ServiceShown): Told | undefined {
	const { size, state, findings } = shown;
	const resources = lastValueOf(findings.resources);
	if (resources === undefined) return undefined;
	const row = selectedRow(shown);
	const [x, y] =
		row === undefined
			? [0, wrapText(whyNone(shown), size.width).length + ladderOf(shown).length + 1]
			: size.width >= wide
				? [besideX, rowsOfCharts(row, shown)]
				: [0, size.height - rowsBelow(shown) + 1];
	if (row !== undefined && x === 0 && !state.details) return undefined;
	return { x, y, height: size.height - y, lines: wrappedSentences(wordsOn(row, resources, shown), size.width - x, 2) };
}

function wordsOn(
	row: ListedRow | undefined,
	resources: FoundResources,
	{ size, state }: Pick<ServiceShown, 'size' | 'state'>,
): readonly Marked[] {
	if (row === undefined) return missingDetails(resources);
	if (size.width < wide) return [...missingDetails(resources), ...instanceDetails(row)];
	return state.details ? missingDetails(resources) : [...instanceDetails(row), ...searchDetails(resources)];
}

/** Rows of each of the charts beside the list. */
const rowsOfChart = (row: ListedRow, { size, state }: Pick<ServiceShown, 'size' | 'state'>): number =>
	Math.min(14, Math.floor((size.height * (state.details ? 0.4 : 0.75)) / aspectsOf(row).length));

const rowsOfCharts = (row: ListedRow, shown: Pick<ServiceShown, 'size' | 'state'>): number =>
	aspectsOf(row).length * (rowsOfChart(row, shown) + 1);

/** Every figure of the resource, one chart under the other. */
function paintCharts(surface: Surface, row: ListedRow, props: ServiceViewProps): void {
	const rows = rowsOfChart(row, props);
	aspectsOf(row).forEach((aspect, index) => {
		paintResourceChart(surface.within(0, index * (rows + 1), surface.width, rows), row, aspect, props);
	});
}

function paintList(surface: Surface, props: ServiceViewProps): void {
	const { theme, range, findings, now } = props;
	const rows = listedRows(props);
	const columns = resourceColumns(surface.width);
	const room = surface.height - 1;
	const cursor = Math.max(
		0,
		rows.findIndex(({ value }) => value === selectedRow(props)?.value),
	);
	const offset = offsetFor(0, cursor, rows.length, room, 0);
	const shown = rows.slice(offset, offset + room);
	const said =
		shown.length < rows.length
			? ` ${offset + 1}-${offset + shown.length} of ${rows.length}`
			: ` ${rows.length} resources`;
	paintResourceTitles(surface, columns, said, theme);
	const badge = badgeOf(findings.resources, now);
	if (badge !== undefined) paintBadge(surface.within(columns.share, 0, surface.width - columns.share, 1), badge, theme);
	shown.forEach((row, index) => {
		paintResourceRow(surface, index + 1, row, { columns, range, theme });
		if (offset + index === cursor) paintSelected(surface, index + 1, surface.width, theme);
	});
}

const whyNone = ({ findings, state, place }: ServiceShown): string =>
	state.filter !== '' && (lastValueOf(findings.resources)?.rows.length ?? 0) > 0
		? `No resource has ${state.filter} in its name. / changes the filter.`
		: `Nothing tells of the resources of ${place.service} in this window. Widen the window, or see below what was looked for.`;

function paintSentence(surface: Surface, sentence: string, { theme }: ServiceViewProps): number {
	const lines = wrapText(sentence, surface.width);
	lines.forEach((line, y) => {
		surface.put(0, y, line, theme.style('text'));
	});
	return lines.length;
}

/** When the resource got into the trouble that it is in; `undefined` when it is in none. */
function troubledSince(row: ResourceRow): Milliseconds | undefined {
	const aspect = row.trouble[0];
	const figure = aspect === undefined ? undefined : row.figures[aspect];
	if (figure === undefined) return undefined;
	const [{ series, limit }] = figure.lines;
	const worry = aspect === 'utilization' ? figure.worry * (limit?.value ?? 1) : figure.worry;
	return readThreshold(series, { operator: '>', value: worry }).crossedAt;
}

/** The logs round the time cursor, or round the moment at which the resource got into its trouble. */
function openLogs(shown: ServiceShown): Outcome<ServiceState> {
	const row = selectedRow(shown);
	const at = shown.state.cursor ?? (row === undefined ? undefined : troubledSince(row));
	const place = inLightOf(logsPlaceOf(shown.place, at), lastValueOf(shown.findings.alert));
	return row === undefined ? go(place) : go(place, { ...shown.state, row: row.value });
}

const queriesOf = (row: ResourceRow): readonly string[] =>
	aspectsOf(row).flatMap(aspect => {
		const figure = row.figures[aspect];
		return figure === undefined ? [] : [figure.query, ...figure.limitQueries];
	});

/** USE of what the service runs on: utilization, saturation and errors of each resource, the worst first. */
export const resourcesView: ServiceViewPart = {
	name: 'resources',
	paint: paintResources,
	rows: listedRows,
	settle: shown => {
		const row = selectedRow(shown)?.value;
		return shown.state.row !== undefined || row === undefined ? shown.state : { ...shown.state, row };
	},
	openLabel: () => 'logs',
	open: openLogs,
	told: toldOf,
	whyOld: ({ findings }) => whyOld(findings.resources),
	copy: shown => {
		const row = selectedRow(shown);
		return row === undefined
			? refuse('There is no resource whose query could be copied.')
			: copy(queriesOf(row).join('\n'), `the PromQL of ${row.name}`);
	},
};
