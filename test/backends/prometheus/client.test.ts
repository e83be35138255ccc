import { describe, expect, expectTypeOf, test } from 'vitest';
import { createPrometheus, type Prometheus } from '../../../src/backends/prometheus/client.ts';
import type { MetricsSource } from '../../../src/investigation/ports.ts';
import { type Asked, answering, askingNow, failureLine, httpOver, type Reply } from '../../helpers/replay.ts';

const range = { from: 1_795_335_069_000, to: 1_795_336_569_500 };

/** A client whose server answers every question like this. */
function clientOf(answer: (asked: Asked) => Reply) {
	const { dispatcher, asked } = answering(answer);
	return { prometheus: createPrometheus(httpOver('prometheus', dispatcher)), asked, asking: askingNow() };
}

const success = (data: unknown, more: object = {}): Reply => ({
	status: 200,
	json: { status: 'success', data, ...more },
});

/** `POST /api/v1/query query=up`. */
const drawn = ({ method, path, parameters }: Asked): string =>
	[method, path, ...[...parameters].map(pair => pair.join('='))].join(' ');

test('the client satisfies the port of the investigation', () => {
	expectTypeOf<Prometheus>().toExtend<MetricsSource>();
});

describe('how it asks', () => {
	const { signal, record } = askingNow();
	const asking = { signal, record };
	const vector = success({ resultType: 'vector', result: [] });
	const matrix = success({ resultType: 'matrix', result: [] });
	const none = success([]);
	const cases: readonly (readonly [what: string, ask: (client: Prometheus) => unknown, answer: Reply, sent: string])[] =
		[
			['now', client => client.query('up', undefined, asking), vector, 'POST /api/v1/query query=up stats=true'],
			[
				'at an instant',
				client => client.query('up', 1_795_335_069_537, asking),
				vector,
				'POST /api/v1/query query=up time=1795335069.537 stats=true',
			],
			[
				'a range',
				client => client.queryRange('up', { ...range, step: 500 }, asking),
				matrix,
				'POST /api/v1/query_range query=up start=1795335069 end=1795336569.5 step=0.5 stats=true',
			],
			[
				'series, one more than wanted',
				client => client.series(['{a="b"}', 'up'], range, 10, asking),
				none,
				'POST /api/v1/series match[]={a="b"} match[]=up start=1795335069 end=1795336569.5 limit=11',
			],
			[
				'label names',
				client => client.labelNames(['up'], range, asking),
				none,
				'POST /api/v1/labels match[]=up start=1795335069 end=1795336569.5',
			],
			[
				'label values',
				client => client.labelValues('http_route', [], range, 50, asking),
				none,
				'GET /api/v1/label/http_route/values start=1795335069 end=1795336569.5 limit=50',
			],
			[
				'values of a dotted label',
				client => client.labelValues('http.route', [], range, 50, asking),
				none,
				'GET /api/v1/label/http.route/values start=1795335069 end=1795336569.5 limit=50',
			],
			[
				'values of a label that a path cannot carry',
				client => client.labelValues('0a/b_ü', [], range, 50, asking),
				none,
				'GET /api/v1/label/U___30_a_2f_b___fc_/values start=1795335069 end=1795336569.5 limit=50',
			],
			[
				'the status of the storage, by the names that Prometheus and VictoriaMetrics have for the limit',
				client => client.tsdbStatus(20, asking),
				{ status: 200, json: { status: 'success', data: {} } },
				'GET /api/v1/status/tsdb limit=20 topN=20',
			],
			[
				'exemplars',
				client => client.exemplars('up', range, asking),
				none,
				'POST /api/v1/query_exemplars query=up start=1795335069 end=1795336569.5',
			],
			['rules', client => client.rules(asking), success({ groups: [{ name: 'g', rules: [] }] }), 'GET /api/v1/rules'],
		];

	test.each(cases)('%s', async (_, ask, answer, sent) => {
		const { prometheus, asked } = clientOf(() => answer);
		await ask(prometheus);
		expect(asked.map(drawn)).toEqual([sent]);
	});

	test('by URL from then on, when the server takes no forms', async () => {
		const { prometheus, asked, asking } = clientOf(({ method }) => (method === 'GET' ? vector : { status: 405 }));
		await prometheus.query('a', undefined, asking);
		await prometheus.query('b', undefined, asking);
		expect(asked.map(drawn)).toEqual([
			'POST /api/v1/query query=a stats=true',
			'GET /api/v1/query query=a stats=true',
			'GET /api/v1/query query=b stats=true',
		]);
		expect(asking.records.map(({ method, outcome }) => `${method} ${outcome}`)).toEqual([
			'POST 405',
			'GET 200',
			'GET 200',
		]);
	});
});

describe('what it understands', () => {
	test('every value that Go prints', async () => {
		const texts = ['0', '1e-07', '1e+21', '-1.5', 'NaN', '+Inf', '-Inf'];
		const values = texts.map((text, at) => [at, text]);
		const { prometheus, asking } = clientOf(() => success({ resultType: 'matrix', result: [{ metric: {}, values }] }));
		const { value } = await prometheus.queryRange('x', { ...range, step: 1000 }, asking);
		expect(value).toEqual([
			{
				labels: {},
				times: [0, 1000, 2000, 3000, 4000, 5000, 6000],
				values: [0, 1e-7, 1e21, -1.5, Number.NaN, Infinity, -Infinity],
			},
		]);
	});

	test('native histograms are left out, and it says so', async () => {
		const histogram = [1, { count: '3', sum: '4' }];
		const { prometheus, asking } = clientOf(({ path }) =>
			path.endsWith('range')
				? success({
						resultType: 'matrix',
						result: [
							{ metric: { a: '1' }, histograms: [histogram] },
							{ metric: { a: '2' }, values: [[1, '5']], histograms: [histogram] },
						],
					})
				: success({ resultType: 'vector', result: [{ metric: {}, histogram }] }),
		);
		expect(await prometheus.queryRange('x', { ...range, step: 1000 }, asking)).toEqual({
			value: [{ labels: { a: '2' }, times: [1000], values: [5] }],
			notes: [{ kind: 'partial', text: '2 native histograms are left out.' }],
		});
		expect(await prometheus.query('x', undefined, asking)).toEqual({
			value: [],
			notes: [{ kind: 'partial', text: '1 native histogram is left out.' }],
		});
	});

	test('a range where an instant was asked, and the other way round', async () => {
		const result = [
			{
				metric: {},
				values: [
					[1, '5'],
					[2, '6'],
				],
			},
		];
		const { prometheus, asking } = clientOf(({ path }) =>
			success(path.endsWith('range') ? { resultType: 'scalar', result: [1, '5'] } : { resultType: 'matrix', result }),
		);
		expect(await prometheus.query('x[5m]', undefined, asking)).toEqual({
			value: [{ labels: {}, at: 2000, value: 6 }],
			notes: [{ kind: 'info', text: 'The query gives ranges; the last value of each is here.' }],
		});
		expect(await prometheus.queryRange('x', { ...range, step: 1000 }, asking)).toEqual({
			value: [],
			notes: [{ kind: 'warning', text: 'The query gives no range.' }],
		});
	});

	test('a text', async () => {
		const { prometheus, asking } = clientOf(() => success({ resultType: 'string', result: [1, 'hello'] }));
		expect(await prometheus.query('"hello"', undefined, asking)).toEqual({
			value: [],
			notes: [{ kind: 'warning', text: 'The query gives a text, not a number.' }],
		});
	});

	test('warnings, infos and partial answers become notes', async () => {
		const { prometheus, asking } = clientOf(() =>
			success(['a'], {
				warnings: [
					'results truncated due to limit',
					'store b is away',
					'PromQL warning: quantile value should be between 0 and 1',
				],
				infos: ['metric might not be a counter'],
				isPartial: true,
			}),
		);
		expect((await prometheus.labelNames([], range, asking)).notes).toEqual([
			{ kind: 'partial', text: 'A part of the storage did not answer.' },
			{ kind: 'partial', text: 'results truncated due to limit' },
			{ kind: 'partial', text: 'store b is away' },
			{ kind: 'warning', text: 'PromQL warning: quantile value should be between 0 and 1' },
			{ kind: 'info', text: 'metric might not be a counter' },
		]);
	});

	test('a cut of the series is noted once, whoever cut', async () => {
		const { prometheus, asking } = clientOf(() =>
			success([{ a: '1' }, { a: '2' }, { a: '3' }], { warnings: ['results truncated due to limit'] }),
		);
		expect(await prometheus.series(['x'], range, 2, asking)).toEqual({
			value: [{ a: '1' }, { a: '2' }],
			notes: [{ kind: 'partial', text: 'There are more than these 2 series.' }],
		});
		expect((await prometheus.series(['x'], range, 5, asking)).notes).toEqual([
			{ kind: 'partial', text: 'results truncated due to limit' },
		]);
	});

	test('a sample of values is no larger than wanted, and that it is a sample needs no note', async () => {
		const { prometheus, asking } = clientOf(() =>
			success(['a', 'b', 'c'], { warnings: ['results truncated due to limit'] }),
		);
		expect(await prometheus.labelValues('x', [], range, 2, asking)).toEqual({ value: ['a', 'b'], notes: [] });
	});

	test('no exemplars: 204, null, an empty list', async () => {
		const replies: readonly Reply[] = [{ status: 204 }, success(null), success([])];
		for (const reply of replies) {
			const { prometheus, asking } = clientOf(() => reply);
			expect(await prometheus.exemplars('1 + 1', range, asking)).toEqual({ value: [], notes: [] });
		}
	});

	test('an empty answer to a query is no answer', async () => {
		const { prometheus, asking } = clientOf(() => ({ status: 200 }));
		expect(await prometheus.query('up', undefined, asking).catch(failureLine)).toContain('answered nothing (200)');
	});
});

describe('rules', () => {
	const rule = { type: 'alerting', name: 'Slow', query: 'p99 > 1', duration: 90 };
	const ask = async (rules: readonly unknown[]) => {
		const { prometheus, asking } = clientOf(() => success({ groups: [{ name: 'g', rules }] }));
		return prometheus.rules(asking);
	};

	test('what other rulers leave out, or write as null', async () => {
		expect(
			await ask([
				{ ...rule, alerts: null, lastError: '' },
				{ type: 'recording', name: 'r' },
			]),
		).toEqual({
			value: [
				{
					name: 'Slow',
					group: 'g',
					expression: 'p99 > 1',
					holdFor: 90_000,
					labels: {},
					annotations: {},
					health: 'unknown',
					active: [],
				},
			],
			notes: [],
		});
	});

	test('alerts in the spelling of Prometheus, vmalert and Grafana', async () => {
		const alerts = [
			{ state: 'firing', activeAt: '2026-11-22T08:33:29.597473371+02:00', value: '+Inf' },
			{ state: 'pending', activeAt: '0001-01-01T00:00:00Z', value: '1e+00' },
			{ state: 'inactive', value: '0' },
			{ state: 'Alerting', activeAt: null, value: '' },
			{ state: 'Normal (NoData)', activeAt: null, value: '' },
			{ state: 'recovering', value: "[ var='A' value=1 ]" },
		];
		const { value } = await ask([{ ...rule, alerts }]);
		expect(value[0]?.active.map(({ state, activeAt, value }) => [state, activeAt, value])).toEqual([
			['firing', Date.UTC(2026, 10, 22, 6, 33, 29, 597), Infinity],
			['pending', undefined, 1],
			['firing', undefined, Number.NaN],
			['recovering', undefined, Number.NaN],
		]);
	});

	test('one that cannot be read does not hide the others', async () => {
		const { value, notes } = await ask([rule, { type: 'alerting' }, { ...rule, alerts: [{ state: 'firing' }, 7] }]);
		expect(value.map(({ active }) => active.length)).toEqual([0, 1]);
		expect(notes).toEqual([
			{ kind: 'partial', text: '1 rule could not be read and is left out.' },
			{ kind: 'partial', text: '1 alert could not be read and is left out.' },
		]);
	});

	test('a group without rules, as vmalert writes it, hides no other', async () => {
		const groups = [
			{ name: 'empty', rules: null },
			{ name: 'g', rules: [rule] },
		];
		const { prometheus, asking } = clientOf(() => success({ groups }));
		expect((await prometheus.rules(asking)).value.map(({ group }) => group)).toEqual(['g']);
	});

	test('when none can be read, the answer is of another shape', async () => {
		expect(await ask([{ type: 'alerting', name: 'x' }]).catch(failureLine)).toBe(
			'wrong-shape: Prometheus at backend.example:9090 answered JSON that is not what the API of Prometheus says: data.groups[0].rules[0].query is missing. Check that the URL in --prometheus-url is that of Prometheus.',
		);
	});
});
