import { expect, test } from 'vitest';
import { alertsOf, silencesOf } from '../../src/backends/alertmanager/to-model.ts';
import { distinctNames } from '../../src/backends/distinct-names.ts';
import * as loki from '../../src/backends/loki/to-model.ts';
import { once } from '../../src/backends/once.ts';
import * as prometheus from '../../src/backends/prometheus/to-model.ts';

const twice = <Item>(...items: readonly Item[]): Item[] => [...items, ...items];

const alert = (name: string) => ({
	fingerprint: '',
	labels: { alertname: name },
	annotations: {},
	startsAt: '2026-11-22T03:00:00Z',
	receivers: [],
	status: { state: 'active' },
});

const silence = (id: string) => ({
	id,
	status: { state: 'active' },
	matchers: [],
	startsAt: '2026-11-22T03:00:00Z',
	endsAt: '2026-11-22T04:00:00Z',
	createdBy: 'mira',
	comment: '',
});

const rule = { type: 'alerting', name: 'Slow', query: 'p99 > 1', labels: {}, annotations: {}, health: 'ok' } as const;
const group = (file: string) => ({ name: 'g', file, rules: { items: [rule], unreadable: 0 } });
const recording = { type: 'recording', name: 'job:up:sum', query: 'sum by (job) (up)', labels: {} } as const;
const recorded = { name: 'g', file: 'a.yaml', rules: { items: [recording], unreadable: 0 } };

const metric = (pod: string) => ({ pod });
const stream = { app: 'till' };

test.each<[what: string, items: readonly unknown[], count: number]>([
	['alerts', alertsOf({ items: twice(alert('A'), alert('B')), unreadable: 0 }).value, 2],
	['silences', silencesOf({ items: twice(silence('a')), unreadable: 0 }).value, 1],
	[
		'samples',
		prometheus.samplesOf({
			resultType: 'vector',
			result: twice({ metric: metric('a'), value: [1, '2'] }, { metric: metric('b'), value: [1, '2'] }),
		}).value,
		2,
	],
	[
		'series of figures',
		prometheus.seriesOf({ resultType: 'matrix', result: twice({ metric: metric('a'), values: [[1, '2']] }) }).value,
		1,
	],
	['label sets', prometheus.cutSeries(twice(metric('a'), metric('b')), 2).value, 2],
	[
		'series over lines',
		loki.seriesOf({ resultType: 'matrix', result: twice({ metric: metric('a'), values: [[1, '2']] }) }),
		1,
	],
	[
		'lines of one stream',
		loki.entriesOf(
			twice({
				stream,
				values: [
					['1', 'a'],
					['2', 'a'],
				],
			}),
		),
		2,
	],
	[
		'exemplars',
		prometheus.exemplarsOf(
			twice({ seriesLabels: metric('a'), exemplars: [{ labels: { trace_id: 'f' }, value: '2', timestamp: 1 }] }),
		),
		1,
	],
	['rules', prometheus.rulesOf({ groups: twice(group('/etc/rules/a.yaml'), group('/etc/rules/b.yaml')) }).value, 2],
	['rules that are recorded', prometheus.recordingsOf({ groups: twice(recorded) }).get('job:up:sum') ?? [], 1],
	['names', distinctNames(twice('pod', 'job')), 2],
])('%s that came twice count once', (_, items, count) => {
	expect(items).toHaveLength(count);
});

test('groups of one name, of which no file is told, may be several', () => {
	const { file: _, ...unfiled } = group('');
	expect(prometheus.rulesOf({ groups: twice(unfiled) }).value).toHaveLength(2);
});

test('names come in an order that does not change', () => {
	expect(distinctNames(['pod', 'app', 'job'])).toEqual(['app', 'job', 'pod']);
	expect(distinctNames(null)).toEqual([]);
});

test('lines that are alike within one stream are as many as they are', () => {
	expect(
		loki.entriesOf([
			{
				stream,
				values: [
					['1', 'a'],
					['1', 'a'],
				],
			},
		]),
	).toHaveLength(2);
});

test('the first stays, in its place', () => {
	const items = [
		{ key: 'b', at: 1 },
		{ key: 'a', at: 2 },
		{ key: 'b', at: 3 },
	];
	expect(once(items, ({ key }) => key)).toEqual(items.slice(0, 2));
	expect(once(items.slice(0, 2), ({ key }) => key)).toEqual(items.slice(0, 2));
});
