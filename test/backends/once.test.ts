import { expect, test } from 'vitest';
import { alertsOf, silencesOf } from '../../src/backends/alertmanager/to-model.ts';
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
])('%s that came twice count once', (_, items, count) => {
	expect(items).toHaveLength(count);
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
