import { nextGrouping } from '../../analysis/alert-groups.ts';
import { serviceOfAlert, servicePlaceOf } from '../../analysis/alert-service.ts';
import { inLightOf, logsPlaceOf } from '../../analysis/service-pivots.ts';
import type { AlertsFindings } from '../../investigation/alerts-findings.ts';
import type { Alert } from '../../model/alert.ts';
import { lastOf, lastValueOf } from '../../model/loadable.ts';
import type { AlertsPlace } from '../../model/place.ts';
import { movedCursor, movements } from '../../widgets/scroll.ts';
import { firstLine } from '../../widgets/scrolled-text.ts';
import { acknowledgeAlert, silenceAlert } from '../dialogs/alert-dialogs.ts';
import { correctionOf } from '../dialogs/correction-dialog.ts';
import { rungKeys } from '../rung-keys.ts';
import { ask, type Binding, copy, go, type Outcome, refuse, stay } from '../screen.ts';
import { detailLines } from './detail-lines.ts';
import { layoutOf } from './layout.ts';
import { type AlertRow, type AlertsShown, type AlertsState, cursorOf, rowsOf, selectedRow } from './state.ts';

type AlertsBinding = Binding<AlertsPlace, AlertsFindings, AlertsState>;

const move =
	(key: string) =>
	(shown: AlertsShown): Outcome<AlertsState> => {
		const rows = rowsOf(shown);
		const cursor = movedCursor(key, cursorOf(rows, shown.state), rows.length, layoutOf(shown, rows.length).list.height);
		const row = cursor === undefined ? undefined : rows[cursor];
		if (cursor === undefined || row === undefined) return refuse('There is no alert to move to.');
		return stay({ ...shown.state, selected: row.id, row: cursor, chosen: true, scroll: 0 });
	};

/** What a key does with the alert under the cursor. */
const onAlert =
	(run: (alert: Alert, shown: AlertsShown) => Outcome<AlertsState>) =>
	(shown: AlertsShown): Outcome<AlertsState> => {
		const row = selectedRow(shown);
		return row?.kind === 'alert' ? run(row.alert, shown) : refuse(whyNoAlert(shown) ?? noAlert);
	};

const noAlert = 'There is no alert under the cursor.';

/** The list is empty, or its filter lets nothing through. While nobody has answered, the keys are those of the answer. */
const whyNoRow = (shown: AlertsShown): string | undefined =>
	lastOf(shown.findings.alerts) !== undefined && selectedRow(shown) === undefined ? noAlert : undefined;

const whyNoAlert = (shown: AlertsShown): string | undefined =>
	selectedRow(shown)?.kind === 'group'
		? 'The cursor is on a group of alerts. Move it to one of them.'
		: whyNoRow(shown);

/** Of a group the head stays listed, so that the cursor stays where it is. */
function openOrClose({ group, open }: Extract<AlertRow, { readonly kind: 'group' }>, state: AlertsState) {
	const closed = open ? [...state.closed, group.key] : state.closed.filter(key => key !== group.key);
	return stay({ ...state, closed, selected: group.key, chosen: true });
}

const openPanels = onAlert((alert, { now, state }) => {
	const place = servicePlaceOf(alert, now);
	return place === undefined ? noService(alert) : go(place, { ...state, selected: alert.id, chosen: true });
});

/** The cursor stays on its alert; from the head of a group it goes to the first one in it. */
function regroup(shown: AlertsShown): Outcome<AlertsState> {
	const { state } = shown;
	const row = selectedRow(shown);
	const selected = row?.kind === 'group' ? row.group.alerts[0].id : row?.id;
	return stay({
		...state,
		grouping: nextGrouping(state.grouping),
		...(selected === undefined ? {} : { selected, chosen: true }),
	});
}

const scrollDetails =
	(by: number) =>
	(shown: AlertsShown): Outcome<AlertsState> => {
		const rows = rowsOf(shown);
		const row = rows[cursorOf(rows, shown.state)];
		if (row === undefined) return refuse(noAlert);
		const { width, height } = layoutOf(shown, rows.length).detail;
		const count = detailLines(row, shown, width).length;
		const from = firstLine(shown.state.scroll, count, height);
		const scroll = firstLine(Math.max(0, from + by), count, height);
		if (scroll !== from) return stay({ ...shown.state, scroll });
		return refuse(count <= height ? 'All that is told of it is on show.' : 'It goes no further.');
	};

const noService = (alert: Alert): Outcome<never> =>
	refuse(`Neither the expression, the labels nor the annotations of ${alert.name} name a service. Press c to name it.`);

export const alertsKeys: readonly AlertsBinding[] = [
	{
		keys: ['enter'],
		label: 'panels',
		help: 'Open the RED panels of the service that the alert is about; open or close a group.',
		idle: whyNoRow,
		footer: 1,
		labelNow: shown => {
			const row = selectedRow(shown);
			return row?.kind === 'group' ? (row.open ? 'close group' : 'open group') : 'panels';
		},
		run: shown => {
			const row = selectedRow(shown);
			return row?.kind === 'group' ? openOrClose(row, shown.state) : openPanels(shown);
		},
	},
	{
		keys: ['l'],
		label: 'logs',
		help: 'Open the logs of that service, skipping the panels.',
		idle: whyNoAlert,
		footer: 2,
		run: onAlert((alert, { now, state }) => {
			const place = servicePlaceOf(alert, now);
			return place === undefined
				? noService(alert)
				: go(inLightOf(logsPlaceOf(place), alert), { ...state, selected: alert.id });
		}),
	},
	{
		keys: ['r'],
		label: 'runbook',
		help: 'Copy the address of the runbook.',
		idle: whyNoAlert,
		footer: 3,
		run: onAlert(({ name, runbookUrl }) =>
			runbookUrl === undefined
				? refuse(`${name} has no runbook: no annotation runbook_url.`)
				: copy(runbookUrl, 'the address of the runbook'),
		),
	},
	{
		keys: ['d'],
		label: 'details',
		help: 'Show all labels, annotations and the expression of the alert.',
		idle: whyNoRow,
		footer: 4,
		run: ({ state }) => stay({ ...state, details: !state.details, scroll: 0 }),
	},
	{
		keys: ['S'],
		label: 'silence',
		help: 'Silence the alert: a dialog says what that mutes, and asks for how long and why.',
		idle: whyNoAlert,
		footer: 5,
		changes: true,
		run: onAlert((alert, { findings }) => silenceAlert(alert, findings)),
	},
	{
		keys: ['a'],
		label: 'ack',
		help: 'Acknowledge the alert: silence exactly it for 15 minutes, marked as such.',
		idle: whyNoAlert,
		footer: 6,
		changes: true,
		run: onAlert((alert, { findings }) => acknowledgeAlert(alert, findings)),
	},
	{
		keys: ['c'],
		label: 'correct',
		help: 'Say which service the alert is about, when it was taken for another; the profile keeps it.',
		run: onAlert(alert => ask(correctionOf(alert))),
	},
	{
		keys: ['v'],
		label: 'group',
		help: 'Group the alerts by service, by name, or not at all.',
		run: regroup,
	},
	{ keys: ['J'], label: 'details down', help: 'Scroll the details down.', run: scrollDetails(4) },
	{ keys: ['K'], label: 'details up', help: 'Scroll the details up.', run: scrollDetails(-4) },
	{
		keys: ['M'],
		label: 'meta alerts',
		help: 'Show or hide Watchdog, InfoInhibitor and their like.',
		run: ({ state }) => stay({ ...state, meta: !state.meta }),
	},
	{
		keys: ['y'],
		label: 'copy',
		help: 'Copy the alert as text.',
		run: onAlert(alert => copy(textOf(alert), `the alert ${alert.name}`)),
	},
	...rungKeys(
		[{ key: 'w', label: 'what fired', help: 'Where nothing fires: the service of what fired in the last 24 h.' }],
		({ findings }: AlertsShown) => lastValueOf(findings.ladder) ?? [],
	),
	...movements.map(movement => ({ ...movement, run: move(movement.keys[0]) })),
];

/** The alert as somebody would paste it into a chat. */
function textOf(alert: Alert): string {
	const labels = Object.entries(alert.labels).map(([name, value]) => `${name}="${value}"`);
	const service = serviceOfAlert(alert)?.service;
	return [
		`${alert.state} ${alert.severity} ${alert.name}${service === undefined ? '' : ` (${service})`}`,
		alert.summary,
		...(alert.runbookUrl === undefined ? [] : [`runbook ${alert.runbookUrl}`]),
		`{${labels.join(', ')}}`,
		...(alert.expression === undefined ? [] : [alert.expression]),
	].join('\n');
}
