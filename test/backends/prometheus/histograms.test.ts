import { describe, expect, test } from 'vitest';
import { createPrometheus } from '../../../src/backends/prometheus/client.ts';
import { answering, askingNow, failureLine, httpOver } from '../../helpers/replay.ts';

const grid = { from: 1_795_335_000_000, to: 1_795_335_060_000, step: 30_000 };

/** What is read of an answer with this result, and what was sent for it. */
async function read(result: unknown, resultType = 'matrix') {
	const { dispatcher, asked } = answering(() => ({
		status: 200,
		json: { status: 'success', data: { resultType, result } },
	}));
	const prometheus = createPrometheus(httpOver('prometheus', dispatcher));
	const found = await prometheus.queryHistograms('sum(rate(x[1m]))', grid, askingNow()).catch(failureLine);
	return { found, sent: asked.map(({ path, parameters }) => [path, ...parameters.values()].join(' ')) };
}

const bucket = [0, '0.5', '1', '0.25'];

describe('the native histograms of a range', () => {
	test('are asked like any range', async () => {
		expect((await read([])).sent).toEqual(['/api/v1/query_range sum(rate(x[1m])) 1795335000 1795335060 30 true']);
	});

	test('are read with their buckets, of which an empty one has none', async () => {
		const buckets = [[3, '-1e-128', '1e-128', '1'], bucket, [0, '1', '+Inf', '2.5e-01']];
		const { found } = await read([
			{
				metric: { job: 'till' },
				histograms: [
					[1_795_335_000, { count: '1.5', sum: '3', buckets }],
					[1_795_335_030.5, { count: '0', sum: '0' }],
				],
			},
		]);
		expect(found).toEqual({
			value: [
				{
					labels: { job: 'till' },
					times: [1_795_335_000_000, 1_795_335_030_500],
					histograms: [
						[
							{ above: -1e-128, upTo: 1e-128, count: 1 },
							{ above: 0.5, upTo: 1, count: 0.25 },
							{ above: 1, upTo: Number.POSITIVE_INFINITY, count: 0.25 },
						],
						[],
					],
				},
			],
			notes: [],
		});
	});

	test('numbers among them are left out, and it says so', async () => {
		const histograms = [[1_795_335_000, { count: '1', sum: '1', buckets: [bucket] }]];
		const values = [[1_795_335_030, '1']];
		expect(
			(
				await read([
					{ metric: {}, histograms, values },
					{ metric: {}, values },
				])
			).found,
		).toMatchObject({
			value: [{ times: [1_795_335_000_000] }],
			notes: [{ kind: 'partial', text: '2 series of numbers, where histograms were asked for, are left out.' }],
		});
		expect((await read([{ metric: {}, values }])).found).toMatchObject({
			value: [],
			notes: [{ kind: 'partial', text: '1 series of numbers, where histograms were asked for, is left out.' }],
		});
	});

	test.each<[name: string, point: unknown]>([
		['a bucket without a count', [1, { buckets: [[0, '1', '2']] }]],
		['a bucket of numbers', [1, { buckets: [[0, 1, 2, 3]] }]],
		['buckets without a list', [1, { buckets: 'many' }]],
		['more buckets than there can be', [1, { buckets: Array(10_241).fill(bucket) }]],
		['no histogram', [1, null]],
		['a number', [1, '5']],
		['no time', ['now', { buckets: [] }]],
		['nothing', null],
	])('%s is none of them', async (_, point) => {
		expect((await read([{ metric: {}, histograms: [point] }])).found).toMatch(
			/^wrong-shape: .*data\.result\[0\]\.histograms\[0\] holds an unexpected value/,
		);
	});

	test('nor is what is no range', async () => {
		expect((await read([], 'vector')).found).toMatch(/^wrong-shape: .*data\.resultType/);
	});
});
