import { describe, expect, it } from 'vitest';
import { createPrometheus } from '../../../src/backends/prometheus/client.ts';
import { createAlerting } from '../../../src/demo/prometheus/alerting.ts';
import { prometheusRoutes } from '../../../src/demo/prometheus/routes.ts';
import { storyStorage } from '../../../src/demo/prometheus/storage.ts';
import { second } from '../../../src/model/time.ts';
import { createAsker, morning } from '../asked.ts';
import { recording } from '../recordings.ts';
import { httpTo, incident, now, shapeOf } from '../served.ts';

const ask = createAsker();
const base = 'http://prometheus.demo/api/v1';
const time = morning / 1000;

/** Below these keys stands data and not shape. */
const opaque = ['metric', 'labels', 'annotations', 'seriesLabels', 'data[]'];

const recorded = (name: string): { readonly status: number; readonly json: unknown } => {
	const { response } = recording('prometheus-3.5.3', name);
	return { status: response.status, json: response.json ?? response.text };
};

describe('an answer has the shape of the real one', () => {
	it.each([
		[
			'instant-rate',
			'/query',
			{ query: 'sum by (http_route) (rate(http_server_request_duration_seconds_count[2m]))', time },
		],
		[
			'range-rate',
			'/query_range',
			{ query: 'sum by (path) (rate(http_requests_total[2m]))', start: time - 600, end: time, step: 60 },
		],
		[
			'range-p99',
			'/query_range',
			{
				query: 'histogram_quantile(0.99, sum by (le) (rate(grpc_server_handling_seconds_bucket[2m])))',
				start: time - 600,
				end: time,
				step: 60,
			},
		],
		['buckets', '/query', { query: 'sum by (le) (increase(http_request_duration_seconds_bucket[5m]))', time }],
		['empty', '/query', { query: 'no_such_metric' }],
		['scalar', '/query', { query: '42' }],
		['range-inf', '/query', { query: '1 / vector(0)' }],
		[
			'exemplars',
			'/query_exemplars',
			{ query: 'http_server_request_duration_seconds_bucket', start: time - 600, end: time },
		],
		['rules', '/rules', { type: 'alert' }],
		['alerts', '/alerts', {}],
		['labels', '/labels', {}],
		['metric-names', '/label/__name__/values', {}],
		['series-edge', '/series', { 'match[]': '{service_name="concierge"}', start: time - 600, end: time }],
		['buildinfo', '/status/buildinfo', {}],
		['tsdb-status', '/status/tsdb', { limit: 10 }],
	] as const)('%s', (name, path, parameters) => {
		const real = recorded(name);
		const answered = ask(base + path, parameters);
		expect(answered.status).toBe(real.status);
		const withoutNames = (json: unknown): readonly string[] =>
			name === 'series-edge' ? shapeOf(json, ['data']) : shapeOf(json, opaque);
		expect(withoutNames(answered.json)).toEqual(withoutNames(real.json));
	});

	it.each([
		['error-parse', '/query', { query: 'sum(rate(' }],
		['error-range', '/query_range', { query: 'up', start: time - 30 * 86_400, end: time, step: 1 }],
		['error-404', '/nope', {}],
		['range-inf', '/query', { query: '1 / vector(0)', time: 1795336569.537 }],
		['empty', '/query', { query: 'no_such_metric' }],
	] as const)('%s, to the letter', (name, path, parameters) => {
		const { status, json } = ask(base + path, parameters);
		expect({ status, json }).toEqual(recorded(name));
	});
});

describe('what cannot be answered', () => {
	it.each([
		[
			'/query',
			{ query: 'up', time: 'noon' },
			400,
			'invalid parameter "time": cannot parse "noon" to a valid timestamp',
		],
		[
			'/query_range',
			{ query: 'up', start: 2, end: 1, step: 1 },
			400,
			'invalid parameter "end": end timestamp must not be before start time',
		],
		[
			'/query_range',
			{ query: 'up', start: 1, end: 2 },
			400,
			'invalid parameter "step": cannot parse "" to a valid duration',
		],
		[
			'/query_range',
			{ query: 'up', start: 1, end: 2, step: 0 },
			400,
			'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer',
		],
		[
			'/query_range',
			{ query: 'up[5m]', start: 1, end: 2, step: 1 },
			400,
			'invalid parameter "query": invalid expression type "range vector" for range query, must be Scalar or instant Vector',
		],
		['/series', {}, 400, 'no match[] parameter provided'],
		['/query', { query: 'deriv(up[5m])' }, 422, 'this demonstration server does not support the function deriv'],
		['/query', { query: 'max_over_time(up[1h:1m])' }, 422, 'this demonstration server does not support subqueries'],
	] as const)('%s %j', (path, parameters, status, error) => {
		const errorType = status === 422 ? 'execution' : 'bad_data';
		expect(ask(base + path, parameters)).toMatchObject({ status, json: { status: 'error', errorType, error } });
	});

	it('is a method that the path does not have', () => {
		expect(ask(`${base}/label/job/values`, {}, 'POST').status).toBe(405);
		expect(ask(`${base}/query`, { query: '1' }, 'POST').status).toBe(200);
	});

	it('is an exemplar of nothing', () => {
		expect(ask(`${base}/query_exemplars`, { query: '1' })).toMatchObject({ status: 204, json: '' });
	});

	it('is an exemplar of the future; it is there when the clock has come so far', () => {
		let clock = morning;
		const asker = createAsker({ now: () => clock });
		const latest = (): number => {
			const { json } = asker(`${base}/query_exemplars`, { query: 'http_server_request_duration_seconds_bucket' });
			const times = [...JSON.stringify(json).matchAll(/"timestamp":([\d.]+)/g)].map(([, at]) => Number(at) * 1000);
			return Math.max(...times);
		};
		expect(latest()).toBeLessThanOrEqual(morning);
		clock += 10 * second;
		expect(latest()).toBeGreaterThan(morning + 5 * second);
		expect(latest()).toBeLessThanOrEqual(clock);
	});

	it('is more than the limit, and a warning says so', () => {
		expect(ask(`${base}/series`, { 'match[]': 'up', limit: 2 })).toMatchObject({
			json: { data: [{}, {}], warnings: ['results truncated due to limit'] },
		});
	});
});

describe('the real client', () => {
	const { story } = incident;
	const storage = storyStorage(story, () => now);
	const alerting = createAlerting(story, storage, () => now);
	const route = prometheusRoutes({ story, alerting, now: () => now });
	const prometheus = createPrometheus(httpTo('prometheus', route));
	const asking = { signal: new AbortController().signal, record: () => undefined };
	const range = { from: now - 600 * second, to: now };

	it('reads the rules with their alerts', async () => {
		const { value, notes } = await prometheus.rules(asking);
		expect(notes).toEqual([]);
		expect(value.map(({ name }) => name)).toContain('ConciergeBookingErrors');
		const errors = value.find(({ name }) => name === 'ConciergeBookingErrors');
		expect(errors?.active).toMatchObject([{ state: 'firing', labels: { http_route: '/bookings' } }]);
	});

	it('reads what the storage is made of, as its series are', async () => {
		const { value } = await prometheus.tsdbStatus(500, asking);
		const series = alerting.storage.select([]).filter(each => each.isIn(story.beganAt, now));
		const having = (name: string) => series.flatMap(({ labels }) => labels[name] ?? []);
		expect(value.seriesByMetric.reduce((sum, { count }) => sum + count, 0)).toBe(value.series);
		expect(value.valuesByLabel.find(({ name }) => name === 'job')?.count).toBe(new Set(having('job')).size);
		expect(value.seriesByPair.find(({ name }) => name === 'service=berths')?.count).toBe(
			having('service').filter(each => each === 'berths').length,
		);
		const bytes = having('le').reduce((sum, each) => sum + each.length, 0);
		expect(value.bytesByLabel.find(({ name }) => name === 'le')?.count).toBe(bytes);
		expect((await prometheus.tsdbStatus(3, asking)).value.seriesByMetric).toEqual(value.seriesByMetric.slice(0, 3));
		await expect(prometheus.tsdbStatus(0, asking)).rejects.toThrow('limit must be a positive number');
	});

	it('reads samples, series, names and values', async () => {
		const up = await prometheus.query('up', now, asking);
		expect(up.value).toHaveLength(8);
		const grid = { from: now - 600 * second, to: now, step: 60 * second };
		const rates = await prometheus.queryRange('sum by (path) (rate(http_requests_total[2m]))', grid, asking);
		expect(rates.value.map(({ labels }) => labels.path)).toEqual([
			'/board',
			'/quotes',
			'/readings/{segment}',
			'/search',
		]);
		expect(rates.value[0]?.times).toHaveLength(11);
		const series = await prometheus.series(['{service="berths"}'], range, 500, asking);
		expect(series.value.some(({ grpc_method }) => grpc_method === 'Hold')).toBe(true);
		expect((await prometheus.labelNames(['up'], range, asking)).value).toEqual([
			'__name__',
			'instance',
			'job',
			'namespace',
		]);
		expect((await prometheus.labelValues('job', ['up'], range, 50, asking)).value).toContain('nightline/concierge');
	});

	it('reads exemplars that lead to slow requests of the story', async () => {
		const query = 'http_server_request_duration_seconds_bucket{http_route="/bookings",le="2.5"}';
		const { value } = await prometheus.exemplars(query, range, asking);
		expect(value.length).toBeGreaterThan(5);
		for (const exemplar of value) {
			const request = incident.requestOfTrace(exemplar.labels.trace_id ?? '');
			const [visit] = request?.outline.visits ?? [];
			expect(request?.route).toBe('/bookings');
			expect(exemplar.value).toBe((visit?.duration ?? 0) / 1e9);
			expect(exemplar.value).toBeGreaterThan(1);
		}
	});
});
