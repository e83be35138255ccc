import { zoomed } from '../../analysis/window.ts';
import type { ServiceFindings } from '../../investigation/service-findings.ts';
import { sentenceOf } from '../../model/failure.ts';
import { lastOf, lastValueOf } from '../../model/loadable.ts';
import type { ServicePlace } from '../../model/place.ts';
import { axisColumns, columnAt, instantAt } from '../../widgets/chart-axis.ts';
import { movedCursor, movements } from '../../widgets/scroll.ts';
import { firstLine } from '../../widgets/scrolled-text.ts';
import { type Binding, copy, type Outcome, refuse, stay, turn } from '../screen.ts';
import { alertKeys } from './alert-keys.ts';
import { ladderKeys } from './ladder.ts';
import { layoutOf } from './layout.ts';
import { ofPanels, panelKeys } from './panel-keys.ts';
import {
	breakdownRows,
	rowCursor,
	type ServiceShown,
	type ServiceState,
	selectedRequest,
	tracedInTime,
	tracedRequests,
} from './state.ts';
import { traceKeys } from './trace-keys.ts';
import { nextView, viewAt } from './views.ts';

type ServiceBinding = Binding<ServicePlace, ServiceFindings, ServiceState>;
type Move = (shown: ServiceShown) => Outcome<ServiceState>;

const withoutCursor = ({ cursor: _, exemplar: __, ...state }: ServiceState): ServiceState => state;

/** Moves the time cursor by columns; from nowhere it begins at the newest column. */
const moveCursor =
	(by: number): Move =>
	shown => {
		const { state, range } = shown;
		const columns = layoutOf(shown).charts.width - axisColumns;
		const column = state.cursor === undefined ? columns : (columnAt(state.cursor, range, columns) ?? columns);
		const next = Math.max(0, Math.min(columns - 1, column + by));
		return stay({ ...withoutCursor(state), cursor: instantAt(next, range, columns) });
	};

const moveRow =
	(key: string): Move =>
	shown => {
		const rows = viewAt(shown).rows(shown);
		const cursor = movedCursor(key, rowCursor(rows, shown.state), rows.length, shown.size.height);
		const row = cursor === undefined ? undefined : rows[cursor];
		if (row === undefined) return refuse('There are no rows to move in.');
		return stay({ ...fromTheTop(shown.state), row: row.value });
	};

const fromTheTop = ({ scroll: _, ...state }: ServiceState): ServiceState => state;

/** Scrolls what is told in sentences, where some of it has no room. */
const scrollDetails =
	(by: number): Move =>
	shown => {
		const told = viewAt(shown).told?.(shown);
		if (told === undefined) return refuse('The details are not on show; d shows them.');
		const count = told.lines.length;
		const from = firstLine(shown.state.scroll ?? 0, count, told.height);
		const scroll = firstLine(Math.max(0, from + by), count, told.height);
		if (scroll !== from) return stay({ ...shown.state, scroll });
		return refuse(count <= told.height ? 'All of the details is on show.' : 'It goes no further.');
	};

/** Why there is no request to step to: there is none, or nobody has answered yet. */
function noRequests({ findings: { exemplars, slow } }: ServiceShown): string {
	if (exemplars.status === 'waiting' && lastOf(exemplars) === undefined) {
		return 'Prometheus is still being asked for exemplars.';
	}
	const none = 'These metrics carry no exemplars';
	if (slow.status === 'failed') return `${none}. ${sentenceOf(slow.failure)}`;
	if (lastOf(slow) !== undefined) return `${none}, and no slow or failing trace of this window was found.`;
	return slow.status === 'waiting' ? `${none}, and slow and failing traces are still being asked for.` : `${none}.`;
}

/** Steps through the requests that have a trace; the first step takes the slowest one. */
const stepExemplar =
	(by: 1 | -1): Move =>
	shown => {
		const requests = tracedInTime(shown);
		const [slowest] = tracedRequests(shown);
		const current = selectedRequest(shown);
		const next = current === undefined ? slowest : requests[requests.findIndex(({ key }) => key === current.key) + by];
		if (next === undefined) {
			return refuse(requests.length === 0 ? noRequests(shown) : 'There is no further exemplar.');
		}
		return stay({ ...shown.state, exemplar: next.key, cursor: next.at });
	};

const zoom =
	(direction: 'in' | 'out'): Move =>
	({ place, state, now }) => {
		const window = zoomed(place.window, direction, now, state.cursor);
		return window === place.window ? refuse('The window goes no further.') : turn({ ...place, window }, state);
	};

const onlyRoute: Move = shown => {
	const { place, state } = shown;
	if (place.route !== undefined) {
		const { route: _, ...whole } = place;
		return turn(whole, state);
	}
	const breakdown = lastValueOf(shown.findings.routes);
	const rows = breakdownRows(shown);
	const row = rows[rowCursor(rows, state)];
	if (row === undefined || row.value === '') return refuse('There is no route to keep to.');
	if (place.by !== undefined && breakdown?.by === place.by) {
		return refuse(`The break-down is by ${place.by}; only a route can be kept to.`);
	}
	return turn({ ...place, route: row.value }, state);
};

/** Another view of the same service; its rows are others, so the row under the cursor is let go. */
const turnView =
	(by: 1 | -1): Move =>
	shown => {
		const next = nextView(viewAt(shown), by);
		const { view: _, ...place } = shown.place;
		const { row: __, ...state } = fromTheTop(shown.state);
		return turn(next.name === 'panels' ? place : { ...place, view: next.name }, state);
	};

const copyPanels: Move = ({ findings }) => {
	const queries = [findings.rate, findings.errors, findings.duration].flatMap(
		panel => lastValueOf(panel)?.lines.map(({ query }) => query) ?? [],
	);
	return queries.length === 0 ? refuse('There is no query yet.') : copy(queries.join('\n'), 'the PromQL of the panels');
};

/** Neighbours are a list without an axis of time. */
const ofCharts = ({ place }: ServiceShown): string | undefined =>
	place.view === 'neighbours' ? 'There is no time axis here; tab leads to the panels.' : undefined;

export const serviceKeys: readonly ServiceBinding[] = [
	{
		keys: ['enter'],
		label: 'logs',
		labelNow: shown => viewAt(shown).openLabel(shown),
		help: 'Open the logs of the service round the time cursor; on an exemplar or a found trace, open it.',
		footer: 1,
		run: shown => viewAt(shown).open(shown),
	},
	{
		keys: ['tab'],
		label: 'resources',
		labelNow: shown => nextView(viewAt(shown), 1).name,
		help: 'The next view of the service: panels, resources, neighbours.',
		footer: 2,
		run: turnView(1),
	},
	{ keys: ['shift+tab'], label: 'view before', help: 'The view before.', run: turnView(-1) },
	{
		keys: ['h', 'left'],
		pair: 'l',
		label: 'cursor',
		help: 'Move the time cursor to the left.',
		idle: ofCharts,
		footer: 2,
		run: moveCursor(-1),
	},
	{
		keys: ['l', 'right'],
		label: 'cursor right',
		help: 'Move the time cursor to the right.',
		idle: ofCharts,
		run: moveCursor(1),
	},
	{
		keys: ['H'],
		label: 'cursor far left',
		help: 'Move the time cursor ten columns to the left.',
		idle: ofCharts,
		run: moveCursor(-10),
	},
	{
		keys: ['L'],
		label: 'cursor far right',
		help: 'Move the time cursor ten columns to the right.',
		idle: ofCharts,
		run: moveCursor(10),
	},
	{
		keys: ['x'],
		label: 'exemplar',
		help: 'Select the slowest exemplar, or found trace, then the next one; enter opens its trace.',
		footer: 3,
		idle: ofPanels,
		run: stepExemplar(1),
	},
	{
		keys: ['X'],
		label: 'previous exemplar',
		help: 'Select the previous exemplar.',
		idle: ofPanels,
		run: stepExemplar(-1),
	},
	...movements.map(movement => ({ ...movement, run: moveRow(movement.keys[0]) })),
	{
		keys: ['f'],
		label: 'one route',
		labelNow: ({ place }) => (place.route === undefined ? 'one route' : 'all routes'),
		help: 'Keep to the selected route, or show the whole service again.',
		footer: 4,
		idle: ofPanels,
		run: onlyRoute,
	},
	...panelKeys,
	...ladderKeys,
	...alertKeys,
	{ keys: ['+', '='], label: 'zoom in', help: 'Zoom in round the time cursor.', footer: 6, run: zoom('in') },
	{ keys: ['-', '_'], label: 'zoom out', help: 'Zoom out round the time cursor.', run: zoom('out') },
	{
		keys: ['d'],
		label: 'details',
		help: 'Show which metrics were chosen, why, and what else there was.',
		footer: 7,
		run: ({ state }) => stay({ ...fromTheTop(state), details: !state.details }),
	},
	{ keys: ['J'], label: 'details down', help: 'Scroll the details down.', run: scrollDetails(4) },
	{ keys: ['K'], label: 'details up', help: 'Scroll the details up.', run: scrollDetails(-4) },
	...traceKeys,
	{
		keys: ['y'],
		label: 'copy',
		help: 'Copy the PromQL of what is on show.',
		run: shown => viewAt(shown).copy?.(shown) ?? copyPanels(shown),
	},
];

/** `esc` first lets go of the exemplar and the time cursor. */
export const escapeService = ({ state }: ServiceShown): Outcome<ServiceState> | undefined =>
	state.cursor === undefined && state.exemplar === undefined ? undefined : stay(withoutCursor(state));
