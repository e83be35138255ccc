import type { AlertSignal, AlertsFindings } from '../../../src/investigation/alerts-findings.ts';
import { noAlertsFindings } from '../../../src/investigation/alerts-findings.ts';
import type { Alert } from '../../../src/model/alert.ts';
import { answer } from '../../../src/model/answer.ts';
import { loaded } from '../../../src/model/loadable.ts';
import { day, hour, live, minute, rangeOf, second } from '../../../src/model/time.ts';
import { alerts } from '../../../src/screens/alerts/index.ts';
import { type AlertsShown, type AlertsState, initialState } from '../../../src/screens/alerts/state.ts';
import { paintAlerts } from '../../../src/screens/alerts/view.tsx';
import type { Outcome, Size } from '../../../src/screens/screen.ts';
import { createTheme, type Theme } from '../../../src/widgets/theme.ts';
import { frameOf } from '../../helpers/frame.ts';

export const noon = Date.UTC(2026, 4, 4, 12);
const place = { kind: 'alerts', window: live(hour) } as const;

export const alertOf = (name: string, change: Partial<Alert> = {}): Alert => ({
	id: `${name}@00000000`,
	name,
	severity: 'critical',
	state: 'firing',
	labels: { alertname: name, severity: 'critical', service: 'pier' },
	summary: `${name} fires`,
	annotations: { summary: `${name} fires` },
	since: noon - 12 * minute,
	silencedBy: [],
	inhibitedBy: [],
	receivers: [],
	from: ['prometheus', 'alertmanager'],
	...change,
});

/** Errors rise over the last quarter of the hour. */
export const risingErrors: AlertSignal = {
	query: 'sum(rate(http_requests_total{service="pier",code=~"5.."}[5m]))',
	unit: 'ratio',
	value: 0.247,
	threshold: { operator: '>', value: 0.05 },
	series: {
		labels: {},
		times: Array.from({ length: 61 }, (_, index) => noon - hour + index * minute),
		values: Array.from({ length: 61 }, (_, index) => (index < 46 ? 0 : Math.min(0.24, (index - 45) * 0.06))),
	},
	grid: { from: noon - hour, to: noon, step: minute },
	crossedAt: noon - 14 * minute,
	crossedBefore: false,
	peak: { at: noon - 5 * minute, value: 0.271 },
	beyond: true,
	trend: 'steady',
};

export const story: readonly Alert[] = [
	alertOf('PierErrors', {
		summary: '/berths on pier fails 24.7 % of requests',
		expression: 'sum(rate(http_requests_total{service="pier",route="/berths",code=~"5.."}[5m])) > 0.05',
		labels: { alertname: 'PierErrors', severity: 'critical', service: 'pier', route: '/berths' },
		runbookUrl: 'https://runbooks.example/pier-errors',
		receivers: ['pager'],
	}),
	alertOf('QuayLatency', { severity: 'warning', labels: { alertname: 'QuayLatency', service: 'quay' } }),
	alertOf('BuoyBacklog', { severity: 'warning', state: 'pending', since: noon - 90 * second, holdFor: 5 * minute }),
	alertOf('TideStale', { severity: 'info', state: 'silenced', since: noon - 2 * day, silencedBy: ['3f2a'] }),
	alertOf('Watchdog', { severity: 'none', labels: { alertname: 'Watchdog' } }),
];

export const found = (list: readonly Alert[] = story, change: Partial<AlertsFindings> = {}): AlertsFindings => ({
	...noAlertsFindings,
	alertmanager: loaded(answer([]), noon),
	rules: loaded(answer([]), noon),
	alerts: loaded(answer(list), noon),
	signals: loaded(answer(new Map([['PierErrors@00000000', risingErrors]])), noon),
	...change,
});

type Scene = {
	readonly findings?: AlertsFindings;
	readonly state?: Partial<AlertsState>;
	readonly size?: Size;
	readonly theme?: Theme;
	readonly now?: number;
	readonly timeFormat?: AlertsShown['timeFormat'];
};

export const shownAt = ({
	findings = found(),
	state,
	size = { width: 80, height: 20 },
	now = noon,
	timeFormat = 'utc',
}: Scene = {}) =>
	({
		place,
		findings,
		state: { ...initialState(place), ...state },
		range: rangeOf(place.window, noon),
		now,
		size,
		timeFormat,
	}) satisfies AlertsShown;

export const drawn = (scene: Scene = {}): string => {
	const shown = shownAt(scene);
	const theme = scene.theme ?? createTheme('none', true);
	return frameOf(shown.size.width, shown.size.height, surface => paintAlerts(surface, { ...shown, theme }))
		.split('\n')
		.map(line => line.trimEnd())
		.join('\n')
		.trimEnd();
};

export const headlineOf = (scene: Scene = {}): string => alerts.headline(shownAt(scene));

export function press(key: string, scene: Scene = {}): Outcome<AlertsState> {
	const binding = alerts.keys.find(({ keys }) => keys.includes(key));
	if (binding === undefined) throw new Error(`${key} is no key of the alerts`);
	return binding.run(shownAt(scene));
}
