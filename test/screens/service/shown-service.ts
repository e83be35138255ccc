import type { FoundTarget, MissingTarget } from '../../../src/analysis/service-target.ts';
import { noServiceFindings, type Panel, type ServiceFindings } from '../../../src/investigation/service-findings.ts';
import { answer } from '../../../src/model/answer.ts';
import { loaded } from '../../../src/model/loadable.ts';
import type { ServicePlace } from '../../../src/model/place.ts';
import type { Exemplar, Series } from '../../../src/model/series.ts';
import { hour, live, minute, rangeOf, second } from '../../../src/model/time.ts';
import type { Outcome, Size } from '../../../src/screens/screen.ts';
import { service } from '../../../src/screens/service/index.ts';
import { initialState, type ServiceShown, type ServiceState } from '../../../src/screens/service/state.ts';
import { paintService } from '../../../src/screens/service/view.tsx';
import { createTheme, type Theme } from '../../../src/widgets/theme.ts';
import { frameOf } from '../../helpers/frame.ts';

export const noon = Date.UTC(2026, 4, 4, 12);
const grid = { from: noon - hour, to: noon, step: minute };
const firedAt = noon - 14 * minute;

/** One value a minute over the hour, by the minutes since its start. */
export const seriesOf = (value: (minutes: number) => number): Series => ({
	labels: {},
	times: Array.from({ length: 61 }, (_, index) => grid.from + index * minute),
	values: Array.from({ length: 61 }, (_, index) => value(index)),
});

const panelOf = (unit: Panel['unit'], lines: Readonly<Record<string, Series>>, change: Partial<Panel> = {}): Panel => ({
	unit,
	lines: Object.entries(lines).map(([name, series]) => ({ name, series, query: `query of ${name}` })),
	grid,
	averagedOver: 5 * minute,
	...change,
});

export const here = <Value>(value: Value) => loaded(answer(value), noon);

const rate = panelOf('per-second', { requests: seriesOf(minutes => 4 + (minutes % 5) / 10) }, { firedAt });
export const errors = panelOf(
	'ratio',
	{ errors: seriesOf(minutes => (minutes < 45 ? 0 : 0.24)) },
	{ firedAt, threshold: { operator: '>', value: 0.05 } },
);
const duration = panelOf(
	'seconds',
	{
		p50: seriesOf(() => 0.2),
		p95: seriesOf(minutes => (minutes < 45 ? 0.3 : 2)),
		p99: seriesOf(minutes => (minutes < 45 ? 0.4 : 2.4)),
	},
	{ firedAt },
);

export const exemplarAt = (at: number, value: number, trace: string): Exemplar => ({
	labels: { trace_id: trace },
	seriesLabels: {},
	at,
	value,
});

/** Slowest first, as they are found. */
export const slowest: readonly Exemplar[] = [
	exemplarAt(noon - 5 * minute, 2.9, '0af7651916cd43dd8448eb211c80319c'),
	exemplarAt(noon - 10 * minute, 2.5, '4bf92f3577b34da6a3ce929d0e0e4736'),
	exemplarAt(noon - 2 * minute, 2.1, 'b7ad6b71692033310000000000000001'),
];

const routes = {
	by: 'http_route',
	rows: [
		{ value: '/berths', rate: 3.3, errors: 0.192, p99: 2.45 },
		{ value: '/tides', rate: 8.45, errors: 0, p99: 0.218 },
		{ value: '/moorings/{id}', rate: 4.82, errors: 0, p99: 0.0467 },
		{ value: '', rate: 0.05, errors: Number.NaN, p99: Number.NaN },
	],
	others: { value: '', rate: 1.2, errors: 0, p99: Number.NaN },
	at: noon,
	queries: [],
};

export const target: FoundTarget = {
	kind: 'found',
	convention: 'OpenTelemetry HTTP server',
	family: 'otel-http',
	rateMetric: 'http_server_request_duration_seconds_count',
	duration: { base: 'http_server_request_duration_seconds', flavour: 'classic', unit: 'seconds', scale: 1 },
	matchers: [],
	selector: '{service_name="pier"}',
	errorMatcher: { name: 'http_response_status_code', operator: '=~', value: '5..' },
	routeLabel: 'http_route',
	reason: 'service_name names it.',
	others: [],
};

export const missing: MissingTarget = {
	kind: 'missing',
	looked: 'No request metrics name peer in this window.',
	next: 'Go to one of the services that have such metrics, or widen the window.',
	near: [
		{ label: 'service_name', value: 'pier', convention: 'OpenTelemetry HTTP server' },
		{ label: 'service', value: 'buoy', convention: 'gRPC server' },
	],
};

export const found = (change: Partial<ServiceFindings> = {}): ServiceFindings => ({
	...noServiceFindings,
	alert: here(undefined),
	target: here(target),
	rate: here(rate),
	errors: here(errors),
	duration: here(duration),
	routes: here(routes),
	exemplars: here(slowest),
	...change,
});

export const nowhere: ServiceFindings = { ...noServiceFindings, alert: here(undefined), target: here(missing) };

type Scene = {
	readonly place?: Partial<ServicePlace>;
	readonly findings?: ServiceFindings;
	readonly state?: Partial<ServiceState>;
	readonly size?: Size;
	readonly theme?: Theme;
	readonly now?: number;
};

export const shownAt = ({ place, findings = found(), state, size, now = noon }: Scene = {}): ServiceShown => {
	const whole: ServicePlace = { kind: 'service', service: 'pier', window: live(hour), ...place };
	return {
		place: whole,
		findings,
		state: { ...initialState(), ...state },
		range: rangeOf(whole.window, noon),
		now,
		size: size ?? { width: 80, height: 20 },
		timeFormat: 'utc',
	};
};

export const drawn = (scene: Scene = {}): string => {
	const shown = shownAt(scene);
	const theme = scene.theme ?? createTheme('none', true);
	return frameOf(shown.size.width, shown.size.height, surface => paintService(surface, { ...shown, theme }))
		.split('\n')
		.map(line => line.trimEnd())
		.join('\n')
		.trimEnd();
};

export const headlineOf = (scene: Scene = {}): string => service.headline(shownAt(scene));

export function press(key: string, scene: Scene = {}): Outcome<ServiceState> {
	const binding = service.keys.find(({ keys }) => keys.includes(key));
	if (binding === undefined) throw new Error(`${key} is no key of the service`);
	return binding.run(shownAt(scene));
}

/** The state after some keys that stay. */
export const pressed = (keys: readonly string[], scene: Scene = {}): ServiceState =>
	keys.reduce<ServiceState>(
		(state, key) => {
			const outcome = press(key, { ...scene, state });
			if (outcome.type !== 'stay') throw new Error(`${key} does not stay: ${JSON.stringify(outcome)}`);
			return outcome.state;
		},
		{ ...initialState(), ...scene.state },
	);

export const ago = (seconds: number): number => noon - seconds * second;
