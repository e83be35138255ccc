import { describe, expect, test } from 'vitest';
import { investigateService } from '../../src/investigation/service.ts';
import { noServiceFindings, type ServiceFindings } from '../../src/investigation/service-findings.ts';
import { answer } from '../../src/model/answer.ts';
import { lastValueOf } from '../../src/model/loadable.ts';
import type { ServicePlace } from '../../src/model/place.ts';
import type { Exemplar, Grid, Series } from '../../src/model/series.ts';
import { hour, live, minute } from '../../src/model/time.ts';
import { managedOf, noon, ruleOf } from '../helpers/alert-drawing.ts';
import { askingNow } from '../helpers/replay.ts';
import { createRounds, type GivenSources, refused } from '../helpers/rounds.ts';
import { seriesFromText } from '../helpers/series-from-text.ts';

const place: ServicePlace = { kind: 'service', service: 'till', window: live(hour) };
const now = noon + 10 * minute;

const sel = '{service="till"}';
const existing = seriesFromText(`
	http_requests_total{service="till",route="{/pay,/refund}",status="{200,500}"}
	http_request_duration_ms_count{service="till",route="/pay"}
	http_request_duration_ms_bucket{service="till",route="/pay",le="+Inf"}`);
const series = async () => answer(existing);

const flat = (value: number) => async (_: string, grid: Grid) => {
	const line: Series = { labels: {}, times: [grid.from, grid.to], values: [value, value] };
	return answer([line]);
};

async function findingsOf(
	given: GivenSources,
	at: ServicePlace = place,
	previous: ServiceFindings = noServiceFindings,
) {
	const { sources, run } = createRounds(given);
	let last = previous;
	const publish = (findings: ServiceFindings) => {
		last = findings;
	};
	const rounds = await run(investigateService(at, { sources, now: () => now }, previous, publish, askingNow()));
	return { rounds, last };
}

const rule = ruleOf(
	'TillSlow',
	'histogram_quantile(0.99, sum by (le, service) (rate(http_request_duration_ms_bucket{service="till"}[2m]))) > 750',
	[{ service: 'till', severity: 'page' }],
);

describe('the panels of a service', () => {
	test('two round trips without an alert, eight questions and then the exemplars', async () => {
		const { rounds, last } = await findingsOf({ metrics: { series, queryRange: flat(2) } });
		const duration = `sum by (le) (rate(http_request_duration_ms_bucket${sel}[1m]))`;
		const failed = 'http_requests_total{service="till",status=~"5.."}';
		expect(rounds).toEqual([
			['series'],
			[
				`queryRange sum(rate(http_requests_total${sel}[1m]))`,
				`queryRange (sum(rate(${failed}[1m])) or vector(0)) / sum(rate(http_requests_total${sel}[1m]))`,
				`queryRange histogram_quantile(0.5, ${duration}) / 1000`,
				`queryRange histogram_quantile(0.95, ${duration}) / 1000`,
				`queryRange histogram_quantile(0.99, ${duration}) / 1000`,
				`query topk(50, sum by (route) (rate(http_requests_total${sel}[1m])))`,
				`query topk(50, sum by (route) (rate(${failed}[1m])))`,
				`query topk(50, histogram_quantile(0.99, sum by (le, route) (rate(http_request_duration_ms_bucket${sel}[1m]))) / 1000)`,
			],
			[`exemplars http_request_duration_ms_bucket${sel}`],
			[
				...[0, 1, 4].map(index => rounds[1]?.[index]),
				'series',
				'search { resource.service.name = "till" && status = error }',
				'search { duration >= 2000ms && resource.service.name = "till" }',
			],
		]);
		expect(lastValueOf(last.alert)).toBeUndefined();
		expect(lastValueOf(last.duration)).toMatchObject({
			unit: 'seconds',
			averagedOver: minute,
			grid: { from: now - hour, to: now, step: 30_000 },
			lines: [{ name: 'p50' }, { name: 'p95' }, { name: 'p99', series: { values: [2, 2] } }],
		});
		const { alertmanager, signal, neighbours, resources, classes, heat, ladder, ...panels } = last;
		expect(Object.values(panels).map(({ status }) => status)).toEqual(Array(10).fill('loaded'));
		expect([alertmanager, signal, neighbours, resources, classes, heat, ladder].map(({ status }) => status)).toEqual(
			Array(7).fill('idle'),
		);
	});

	test('three with an alert, whose limit, moment and range they carry', async () => {
		const startsAt = noon + 2 * minute;
		const alerts = async () => answer([managedOf('TillSlow', { service: 'till', severity: 'page' }, { startsAt })]);
		const given = { metrics: { series, rules: async () => answer([rule]), queryRange: flat(2) }, alerts: { alerts } };
		const { rounds, last } = await findingsOf(given, { ...place, alert: 'TillSlow' });
		expect(rounds.map(round => round.length)).toEqual([2, 1, 8, 1, 6]);
		expect(lastValueOf(last.alert)?.name).toBe('TillSlow');
		expect(last.alertmanager).toMatchObject({ status: 'loaded', value: (await alerts()).value });
		expect(lastValueOf(last.duration)).toMatchObject({
			averagedOver: 2 * minute,
			threshold: { operator: '>', value: 0.75, line: 'p99' },
			firedAt: startsAt,
		});
		expect(lastValueOf(last.rate)).not.toHaveProperty('threshold');
		expect(lastValueOf(last.target)).toMatchObject({ reason: "The alert's own expression reads these series." });
	});

	test('the limit of a whole service is not that of one of its routes', async () => {
		const given = { metrics: { series, rules: async () => answer([rule]), queryRange: flat(2) } };
		const { last } = await findingsOf(given, { ...place, alert: 'TillSlow', route: '/pay' });
		expect(lastValueOf(last.alert)?.name).toBe('TillSlow');
		expect(lastValueOf(last.duration)?.lines).not.toEqual([]);
		expect(lastValueOf(last.duration)).not.toHaveProperty('threshold');
	});

	test('an alert seen by one backend only is alert enough; one that is gone is said to be', async () => {
		const metrics = { series, queryRange: flat(2), rules: async () => answer([rule]) };
		const given = { metrics, alerts: { alerts: refused('alertmanager') } };
		const { last } = await findingsOf(given, { ...place, alert: 'TillSlow' });
		expect(lastValueOf(last.alert)?.from).toEqual(['prometheus']);
		expect(last.alertmanager.status).toBe('failed');
		const { last: unsure } = await findingsOf(given, { ...place, alert: 'Other' });
		expect(unsure.alert).toMatchObject({ status: 'loaded', value: undefined, notes: [{ kind: 'partial' }] });
		const { last: gone } = await findingsOf({ metrics }, { ...place, alert: 'Other' });
		expect(gone.alert).toMatchObject({ status: 'loaded', value: undefined, notes: [{ kind: 'info' }] });
	});

	test('the limit of a rule on another family is not drawn', async () => {
		const other = ruleOf(
			'TillSpansSlow',
			'histogram_quantile(0.99, sum by (le, service) (rate(traces_spanmetrics_latency_bucket{service="till"}[2m]))) > 1',
			[{ service: 'till' }],
		);
		const metrics = { series, queryRange: flat(2), rules: async () => answer([other]) };
		const { last } = await findingsOf({ metrics }, { ...place, alert: 'TillSpansSlow' });
		expect(lastValueOf(last.target)).toMatchObject({ convention: 'Prometheus client library, HTTP' });
		expect(lastValueOf(last.duration)).not.toHaveProperty('threshold');
		const errors = ruleOf(
			'TillSpansFail',
			'sum(rate(traces_spanmetrics_calls_total{service="till",status_code="STATUS_CODE_ERROR"}[2m])) / sum(rate(traces_spanmetrics_calls_total{service="till"}[2m])) > 0.1',
			[{ service: 'till' }],
		);
		const failing = await findingsOf(
			{ metrics: { ...metrics, rules: async () => answer([errors]) } },
			{ ...place, alert: 'TillSpansFail' },
		);
		expect(lastValueOf(failing.last.errors)).not.toHaveProperty('threshold');
	});

	test('a route restricts the panels and not the break-down by route', async () => {
		const { rounds } = await findingsOf({ metrics: { series, queryRange: flat(2) } }, { ...place, route: '/pay' });
		expect(rounds[1]?.[0]).toBe('queryRange sum(rate(http_requests_total{service="till",route="/pay"}[1m]))');
		expect(rounds[1]?.[5]).toBe(`query topk(50, sum by (route) (rate(http_requests_total${sel}[1m])))`);
		const { rounds: byPod } = await findingsOf(
			{ metrics: { series, queryRange: flat(2) } },
			{ ...place, route: '/pay', by: 'pod' },
		);
		expect(byPod[1]?.[5]).toBe(
			'query topk(50, sum by (pod) (rate(http_requests_total{service="till",route="/pay"}[1m])))',
		);
	});

	test('rows: most failures first, then the busiest, the rest summed', async () => {
		const rates = Array.from({ length: 10 }, (_, index) => ({
			labels: { route: `/r${index}` },
			at: now,
			value: 10 - index,
		}));
		const query = async (promql: string) =>
			answer(
				promql.includes('status=~')
					? [{ labels: { route: '/r9' }, at: now, value: 0.5 }]
					: promql.includes('quantile')
						? []
						: rates,
			);
		const { last } = await findingsOf({ metrics: { series, queryRange: flat(2), query } });
		const breakdown = lastValueOf(last.routes);
		expect(breakdown?.rows.map(({ value }) => value)).toEqual(['/r9', '/r0', '/r1', '/r2', '/r3', '/r4', '/r5', '/r6']);
		expect(breakdown?.rows[0]).toEqual({ value: '/r9', rate: 1, errors: 0.5, p99: Number.NaN });
		expect(breakdown?.others).toEqual({ value: 'others', rate: 5, errors: 0, p99: Number.NaN });
	});

	test('no failures are told only of who would be in the list of the failing', async () => {
		const of = (route: string, value: number) => ({ labels: { route }, at: now, value });
		const failing = Array.from({ length: 50 }, (_, index) => of(`/f${index}`, 1));
		const query = async (promql: string) =>
			answer(promql.includes('status=~') ? failing : promql.includes('quantile') ? [] : [of('/busy?token=a1', 9)]);
		const { last } = await findingsOf({ metrics: { series, queryRange: flat(2), query } });
		expect(lastValueOf(last.routes)?.rows).toEqual([
			{ value: '/busy?token=[redacted token]', rate: 9, errors: Number.NaN, p99: Number.NaN },
		]);
	});

	test('exemplars have a trace, are in seconds, and the slowest comes first', async () => {
		const exemplar = (value: number, labels: Exemplar['labels']): Exemplar => ({
			labels,
			seriesLabels: {},
			at: noon,
			value,
		});
		const exemplars = async () =>
			answer([exemplar(20, { trace_id: 'a' }), exemplar(2000, { traceID: 'b' }), exemplar(9000, {})]);
		const { last } = await findingsOf({ metrics: { series, queryRange: flat(2), exemplars } });
		expect(lastValueOf(last.exemplars)?.map(({ value }) => value)).toEqual([2, 0.02]);
	});
});

describe('when something is missing', () => {
	test('a service without metrics is no failure: what was looked for, and what is near', async () => {
		const query = async () =>
			answer(seriesFromText('http_requests_total{app="tills"}').map(labels => ({ labels, at: now, value: 1 })));
		const { rounds, last } = await findingsOf({ metrics: { query } });
		expect(rounds).toHaveLength(3);
		expect(rounds[1]?.[0]).toMatch(/^query topk\(1000, count by \(__name__, service_name/);
		expect(lastValueOf(last.target)).toEqual({
			kind: 'missing',
			looked: expect.stringContaining('name till in this window; looked in service_name, '),
			next: 'Go to one of the services that have such metrics, or widen the window.',
			near: [{ label: 'app', value: 'tills', convention: 'Prometheus client library, HTTP' }],
		});
		expect(last.rate.status).toBe('idle');
	});

	test('the figure of an alert whose metric is of nothing known is asked in the same round', async () => {
		const stale = ruleOf('TillStale', 'time() - till_last_success_timestamp_seconds > 86400', [{ job: 'till' }]);
		const given = { metrics: { rules: async () => answer([stale]), queryRange: flat(90_000) } };
		const { rounds, last } = await findingsOf(given, { ...place, alert: 'TillStale' });
		expect(rounds.map(round => round.length)).toEqual([2, 1, 3, 2]);
		expect(rounds[2]?.[2]).toBe('queryRange time() - till_last_success_timestamp_seconds');
		expect(lastValueOf(last.target)?.kind).toBe('missing');
		expect(lastValueOf(last.signal)).toMatchObject({
			unit: 'seconds',
			threshold: { operator: '>', value: 86_400 },
			series: { values: [90_000, 90_000] },
			beyond: true,
		});
		const elsewhere = await findingsOf(given, { ...place, service: 'fares', alert: 'TillStale' });
		expect(lastValueOf(elsewhere.last.signal)).toBeUndefined();
		expect(elsewhere.rounds[2]).toHaveLength(2);
	});

	test('a service of which no request is counted is told of by its queue, and leads to its resources', async () => {
		const lag = seriesFromText('kafka_consumergroup_lag{consumergroup="till",topic="sales"}');
		const waiting = async (selectors: readonly string[]) =>
			answer(selectors.some(text => text.includes('kminion_') && text.includes('consumergroup="till"')) ? lag : []);
		const { rounds, last } = await findingsOf({ metrics: { series: waiting } });
		expect(rounds.map(round => round.length)).toEqual([1, 2, 2]);
		expect(lastValueOf(last.target)).toMatchObject({
			kind: 'missing',
			looked: expect.stringMatching(
				/^In this window no requests of till are counted .* There is: Kafka consumer lag\.$/,
			),
			next: 'See its resources: tab here, --view resources on the command line.',
		});
	});

	test('when the range held no two samples it is asked once more over five minutes', async () => {
		const queryRange = (query: string, grid: Grid) =>
			query.includes('[5m]') ? flat(2)(query, grid) : Promise.resolve(answer([]));
		const { rounds, last } = await findingsOf({ metrics: { series, queryRange } });
		expect(rounds).toHaveLength(6);
		expect(lastValueOf(last.rate)).toMatchObject({ averagedOver: 5 * minute, lines: [{ name: 'requests' }] });
		const { last: never } = await findingsOf({ metrics: { series } });
		expect(lastValueOf(never.rate)?.empty).toBe(
			'http_requests_total has no two samples within any step of this window.',
		);
	});

	test('no label for failures and no histogram are said in the panels', async () => {
		const bare = async () => answer(seriesFromText('http_requests_total{service="till"}'));
		const { rounds, last } = await findingsOf(
			{ metrics: { series: bare, queryRange: flat(2) } },
			{ ...place, route: '/pay' },
		);
		expect(rounds[1]).toHaveLength(1);
		expect(lastValueOf(last.errors)?.empty).toBe('No label of http_requests_total tells failed requests.');
		expect(lastValueOf(last.duration)?.empty).toBe('There is no duration histogram beside http_requests_total.');
		expect(lastValueOf(last.routes)).toMatchObject({ rows: [], queries: [] });
		expect(last.target).toMatchObject({
			notes: [{ kind: 'partial', text: 'No label tells routes apart: these are all routes, not /pay alone.' }],
		});
	});

	test('a panel that fails leaves the others alone', async () => {
		const queryRange = (query: string, grid: Grid) =>
			query.includes('or vector') ? refused('prometheus')() : flat(2)(query, grid);
		const { last } = await findingsOf({ metrics: { series, queryRange } });
		expect([last.rate.status, last.errors.status, last.duration.status]).toEqual(['loaded', 'failed', 'loaded']);
	});

	test('a target is taken to hold for five minutes', async () => {
		const { last: before } = await findingsOf({ metrics: { series, queryRange: flat(2) } });
		const { rounds } = await findingsOf(
			{ metrics: { series: refused('prometheus'), queryRange: flat(2) } },
			place,
			before,
		);
		expect(rounds[0]).toHaveLength(8);
	});

	test('Prometheus missing altogether is said once, in the pane that asked first', async () => {
		const { last } = await findingsOf({ metrics: { series: refused('prometheus') } });
		expect(last.target).toMatchObject({ status: 'failed', failure: { kind: 'refused' } });
		expect(last.rate.status).toBe('idle');
	});
});
