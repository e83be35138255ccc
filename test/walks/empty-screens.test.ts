import { describe, expect, test } from 'vitest';
import { screenAt } from '../../src/app/screens.ts';
import { shownPlace } from '../../src/app/state.ts';
import type { LogsSource, MetricsSource, Sources, TracesSource } from '../../src/investigation/ports.ts';
import { answer } from '../../src/model/answer.ts';
import type { Labels } from '../../src/model/labels.ts';
import { minute, type TimeRange, toMilliseconds } from '../../src/model/time.ts';
import type { Trace, TraceSummary } from '../../src/model/trace.ts';
import { managedOf, ruleOf } from '../helpers/alert-drawing.ts';
import { lineAt, logStore } from '../helpers/log-store.ts';
import { operate } from '../helpers/operator.tsx';
import { seriesFromText } from '../helpers/series-from-text.ts';
import { epoch, traceFromText } from '../helpers/trace-from-text.ts';

const began = toMilliseconds(epoch);
const now = began + 20 * minute;
const id = '0af7651916cd43dd8448eb211c80319c';
const request = '7f3c2a10-1111-4222-8333-444455556666';
/** The two minutes round the beginning of the trace. */
const window = `--from ${began / 1000 - 60} --to ${began / 1000 + 60}`;
const till = { service_name: 'till' };
const edge = { service_name: 'edge' };
const at = (seconds: number) => began + seconds * 1000;

const drawn = traceFromText(`
	edge POST /pay :${'='.repeat(300)}
	  till pay     :          ${'='.repeat(200)}
`);
const traced: Trace = { id, spans: drawn.spans.map(span => ({ ...span, attributes: { 'request.id': request } })) };
const [, second] = drawn.spans;

const found = (more: Partial<TraceSummary> = {}): TraceSummary => ({
	id,
	rootService: 'till',
	rootName: 'GET /x',
	start: epoch,
	duration: 1_000_000n,
	matched: 1,
	services: [],
	...more,
});

/** Backends that have nothing but what a case gives them. */
type World = {
	readonly lines?: Parameters<typeof logStore>[0];
	readonly metrics?: Partial<MetricsSource>;
	readonly search?: (query: string, range: TimeRange) => boolean | TraceSummary;
	readonly trace?: TracesSource['trace'];
	readonly alerts?: Partial<Sources['alerts']>;
};

/** What is asked of them, with the limit where there is one. */
type Asked = { readonly what: string; readonly limit?: number };

function sourcesOf({ lines = [], metrics, search, trace, alerts }: World, asked: Asked[]): Sources {
	const nothing = async () => answer([]);
	const loki = logStore(lines).source;
	const logs: LogsSource = {
		...loki,
		logs: async (question, asking) => {
			asked.push({ what: question.logql, limit: question.limit });
			return loki.logs(question, asking);
		},
	};
	const heard =
		<Given extends unknown[], Value>(what: string, method: (...given: Given) => Promise<Value>) =>
		(...given: Given): Promise<Value> => {
			asked.push({ what });
			return method(...given);
		};
	return {
		logs,
		metrics: {
			rules: heard('rules', metrics?.rules ?? nothing),
			query: heard('query', metrics?.query ?? nothing),
			queryRange: heard('queryRange', metrics?.queryRange ?? nothing),
			queryHistograms: nothing,
			series: heard('series', metrics?.series ?? nothing),
			labelNames: nothing,
			labelValues: nothing,
			tsdbStatus: metrics?.tsdbStatus ?? (() => Promise.reject(new Error('nobody counts'))),
			exemplars: nothing,
		},
		alerts: {
			alerts: nothing,
			silences: nothing,
			createSilence: () => Promise.reject(new Error('nobody silences here')),
			expireSilence: () => Promise.reject(new Error('nobody silences here')),
			...alerts,
		},
		traces: {
			trace: trace ?? (async () => answer(undefined)),
			search: async (query, range, limit) => {
				asked.push({ what: query, limit });
				const given = search?.(query, range) ?? false;
				return answer(given === false ? [] : [given === true ? found() : given]);
			},
		},
	};
}

type Case = {
	/** The key of the rung that alone helps. */
	readonly key: string;
	readonly at: string;
	readonly world: World;
	/** How it is offered; `… (press w)` when absent. */
	readonly offers?: RegExp;
	/** What is on the screen once it was pressed. */
	readonly finds: RegExp;
	/** What of the keys that are offered are not of a question that was put. */
	readonly besides?: readonly string[];
};

const isLong = ({ from, to }: TimeRange) => to - from > 3_700_000;

const counted = seriesFromText('http_requests_total{service="till",route="{/pay,/refund}",status="200"}');
/** Requests where the query and the grid are so. */
const requestsWhere =
	(is: (query: string, grid: TimeRange) => boolean): MetricsSource['queryRange'] =>
	async (query, grid) =>
		answer(is(query, grid) ? [{ labels: {}, times: [grid.from, grid.to], values: [2, 2] }] : []);
const seriesOf =
	(all: readonly Labels[], is: (range: TimeRange) => boolean = () => true): MetricsSource['series'] =>
	async (_, range) =>
		answer(is(range) ? all : []);

const pairs = [{ name: 'pier_total', count: 7 }];
const status = {
	series: 7,
	labelPairs: 7,
	chunks: 7,
	from: began,
	to: now,
	seriesByMetric: pairs,
	valuesByLabel: [{ name: 'zone', count: 2 }],
	seriesByPair: [],
	bytesByLabel: [],
};
const counts = { tsdbStatus: async () => answer(status) };
const silence = {
	id: 's1',
	state: 'active',
	matchers: [{ name: 'alertname', operator: '=', value: 'PierErrors' }],
	createdBy: 'mira',
	comment: 'crane',
	startsAt: began,
	endsAt: now + minute,
} as const;

const oneAlert = { alerts: async () => answer([managedOf('PierErrors', { service: 'till' })]) };
const watchdog = { rules: async () => answer([ruleOf('Watchdog', 'vector(1)', [{}])]) };
const firedBefore = (name: string) => ({
	query: async (query: string) =>
		answer(
			query.includes('ALERTS')
				? [
						{
							labels: { __name__: 'ALERTS', alertname: name, alertstate: 'firing', service: 'till' },
							at: now,
							value: 1,
						},
					]
				: [],
		),
});

const conditions = 'traces --service till --operation "GET /x" --errors --slow 500ms --attribute span.zone=a';

const cases: Readonly<Record<string, readonly Case[]>> = {
	alerts: [
		{
			key: 'w',
			at: 'alerts',
			world: { metrics: firedBefore('PierErrors') },
			offers: /fired in the last 24 h: PierErrors; panels of till \(press w\)/,
			finds: /alerts › till\ntill +2026-11-21 03:31/,
		},
		{ key: 'escape', at: 'alerts quay', world: { alerts: oneAlert }, offers: /esc shows all/, finds: /PierErrors/ },
		{
			key: 'M',
			at: 'alerts',
			world: { metrics: watchdog },
			offers: /M shows meta alerts/,
			finds: /Watchdog/,
		},
	],
	service: [
		{
			key: 'w',
			at: 'service till',
			world: { metrics: { series: seriesOf(counted, isLong), queryRange: requestsWhere(() => true) } },
			finds: /RATE +2\/s/,
		},
		{
			key: 'w',
			at: 'service till',
			world: { metrics: { series: seriesOf(counted), queryRange: requestsWhere((_, grid) => isLong(grid)) } },
			finds: /RATE +2\/s/,
		},
		{
			key: 'w',
			at: 'service till --view resources',
			world: {
				metrics: {
					series: seriesOf(seriesFromText('process_open_fds{service="till"}\nprocess_max_fds{service="till"}'), isLong),
					queryRange: async (_, grid) => answer([{ labels: { smokejumper: '0' }, times: [grid.to], values: [2] }]),
				},
			},
			finds: /process open files +2/,
		},
		{
			key: 'w',
			at: 'service till --view neighbours',
			world: {
				metrics: {
					series: seriesOf(
						seriesFromText('traces_service_graph_request_total{client="edge",server="till"}'),
						({ from, to }) => to - from > 6 * minute,
					),
				},
			},
			finds: /CALLERS/,
		},
		{
			key: 'f',
			at: 'service till --route /none',
			world: { metrics: { series: seriesOf(counted), queryRange: requestsWhere(query => !query.includes('/none')) } },
			finds: /RATE +2\/s/,
		},
		{
			key: 'F',
			at: 'service till',
			world: {
				metrics: {
					series: seriesOf([
						...counted,
						...seriesFromText('http_server_request_duration_seconds_count{service_name="till",http_route="/pay"}'),
					]),
					query: async query =>
						answer(query.startsWith('count(http_requests_total') ? [{ labels: {}, at: now, value: 1 }] : []),
					queryRange: requestsWhere(query => query.includes('http_requests_total')),
				},
			},
			finds: /RATE +2\/s/,
		},
		{
			key: 'o',
			at: 'service till',
			world: { lines: [lineAt(now - minute, till, 'the till stands still')] },
			finds: /the till stands still/,
		},
		{ key: 'T', at: 'service till', world: { search: () => true }, finds: /GET \/x/ },
		{
			key: 'enter',
			at: 'service tll',
			world: {
				metrics: {
					query: async query =>
						answer(query.includes('topk(1000') ? counted.map(labels => ({ labels, at: now, value: 1 })) : []),
				},
			},
			offers: /till {2}\(service, /,
			finds: /› till\n/,
		},
	],
	logs: [
		{
			key: 'w',
			at: `logs --request ${request} ${window}`,
			world: { lines: [lineAt(at(-600), edge, `a ${request}`)] },
			finds: /a 7f3c/,
		},
		{
			key: 'i',
			at: `logs --trace ${id} ${window}`,
			world: { lines: [lineAt(at(1), edge, `a ${id.toUpperCase()}`)] },
			finds: /a 0AF7/,
		},
		{
			key: 'v',
			at: `logs --service till --level error ${window}`,
			world: { lines: [lineAt(at(1), till, 'level=info msg=quiet')] },
			finds: /quiet/,
		},
		{
			key: 'x',
			at: `logs --service till --grep nowhere ${window}`,
			world: { lines: [lineAt(at(1), till, 'quiet')] },
			finds: /quiet/,
		},
		{
			key: 'a',
			at: `logs --service pier --request ${request} ${window}`,
			world: { lines: [lineAt(at(1), edge, `a ${request}`)] },
			finds: /a 7f3c/,
		},
		{
			key: 'r',
			at: `logs --trace ${id} ${window}`,
			world: { lines: [lineAt(at(1), edge, `a ${request}`)], trace: async () => answer(traced) },
			finds: /a 7f3c/,
		},
		{
			key: 'b',
			at: `logs --trace ${id} --span ${second?.id} ${window}`,
			world: { lines: [lineAt(at(0.1), till, 'quiet')], trace: async () => answer(drawn) },
			finds: /quiet/,
		},
		{
			key: 'o',
			at: `logs --request ${request} ${window}`,
			world: { lines: [lineAt(at(1), edge, 'beside it', { wagon: request })] },
			finds: /beside it/,
		},
	],
	trace: [
		{
			key: 'L',
			at: `trace ${id} ${window}`,
			world: { lines: [lineAt(at(1), edge, `a ${id}`)] },
			offers: /1 log line has its ID \(press L\)/,
			finds: /a 0af7/,
		},
		{
			key: 'r',
			at: `trace ${id} ${window}`,
			world: {
				search: query => query.includes('request') && found({ id: '1'.repeat(32) }),
				trace: async asked => answer(asked.startsWith('111') ? drawn : undefined),
			},
			finds: /POST \/pay/,
		},
		{
			key: 'a',
			at: `trace ${id} ${window}`,
			world: { trace: async asked => answer(asked === id.slice(16) ? drawn : undefined) },
			finds: /POST \/pay/,
		},
		{
			key: 'w',
			at: `trace ${id} ${window}`,
			world: { lines: [lineAt(at(1), edge, `a ${id}`)] },
			offers: /w makes a waterfall of its log lines/,
			besides: ['L'],
			finds: /from logs/,
		},
	],
	traces: [
		{
			key: 'w',
			at: `${conditions} ${window}`,
			world: { search: (_, range) => range.to - range.from > 3 * minute },
			finds: /GET \/x/,
		},
		...(
			[
				['v', 'status'],
				['o', 'GET /x'],
				['d', 'uration'],
				['x', 'zone'],
			] as const
		).map(([key, without]) => ({
			key,
			at: `${conditions} ${window}`,
			world: { search: (query: string) => !query.includes(without) },
			finds: /1 of 1|1 trace/,
		})),
	],
	compare: [
		{
			key: 'w',
			at: `compare till --operation "GET /x" ${window}`,
			world: { search: (_, range) => range.to - range.from > 3 * minute || range.from < began - 5 * minute },
			finds: /03:01–03:21/,
		},
		{
			key: 'x',
			at: `compare till --operation "GET /x" --attribute span.zone=a ${window}`,
			world: { search: query => !query.includes('zone') },
			finds: /till GET \/x/,
		},
		{
			key: 'o',
			at: `compare till --operation "GET /y" ${window}`,
			world: { search: query => !query.includes('GET /y') },
			finds: /GET \/x/,
		},
	],
	silences: [
		{
			key: 'escape',
			at: 'silences quay',
			world: { alerts: { silences: async () => answer([silence]) } },
			offers: /esc shows all/,
			finds: /PierErrors: crane/,
		},
	],
	cardinality: [
		{ key: 'escape', at: 'cardinality quay', world: { metrics: counts }, offers: /esc\s+shows all/, finds: /zone/ },
		{
			key: 'tab',
			at: 'cardinality pier',
			world: { metrics: counts },
			offers: /tab {2}1 row of metrics \(press tab\)/,
			finds: /pier_total/,
		},
	],
};

const all = Object.entries(cases).flatMap(([screen, each]) => each.map(one => ({ screen, ...one })));

/** No rung asks for more than it takes to know that it is worth a key; only a place itself reads a page. */
const mostAsked = 40;
const mostOfRung = 101;
const page = 1000;

describe('an empty screen says why, and offers exactly what helps', () => {
	test.each(all)('$screen: $key at $at', async ({ key, at, world, offers, finds, besides = [] }) => {
		const asked: Asked[] = [];
		const operator = operate({ sources: sourcesOf(world, asked), now: () => now, at });
		await operator.sees(offers ?? new RegExp(`^.{0,4}${key} {2}.*\\(press ${key}\\)`, 'm'));
		const offered = [...operator.frame().matchAll(/\(press (\S+)\)/g)].map(([, name]) => name);
		expect(offered.filter(name => name !== key && !besides.includes(name ?? ''))).toEqual([]);
		expect(asked.length).toBeLessThanOrEqual(mostAsked);
		for (const { limit = 0 } of asked) expect(limit <= mostOfRung || limit === page, `${limit}`).toBe(true);
		operator.presses(key);
		await operator.sees(finds);
	});
});

test('no screen is without a ladder, and no rung without a world in which it alone helps', () => {
	for (const [kind, each] of Object.entries(cases)) {
		const operator = operate({ sources: sourcesOf({}, []), now: () => now, at: each[0]?.at ?? kind });
		const { rungs } = screenAt(shownPlace(operator.store.getState()));
		expect([...new Set(each.map(({ key }) => key))].sort()).toEqual([...rungs].sort());
		operator.store.close();
	}
});
