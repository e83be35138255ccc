import { describe, expect, test } from 'vitest';
import {
	goNotFound,
	outcomeOf,
	plain,
	type Reply,
	running,
	success,
	tenanted,
} from '../../helpers/compatible-servers.ts';
import { askingNow } from '../../helpers/replay.ts';

describe('what the series are made of, where there is no status of a TSDB', () => {
	const counted = (pairs: Readonly<Record<string, number>>) =>
		Object.entries(pairs).map(([label_value, series_count]) => ({ label_value, series_count }));
	const names = {
		label_values_count_total: 5200,
		label_names_count: 41,
		cardinality: [
			{ label_name: 'session', label_values_count: 4000 },
			{ label_name: '__name__', label_values_count: 900 },
		],
	};
	const values = {
		series_count_total: 120_000,
		labels: [
			{
				label_name: 'job',
				label_values_count: 2,
				series_count: 110_000,
				cardinality: counted({ fares: 90_000, till: 20_000 }),
			},
			{
				label_name: '__name__',
				label_values_count: 900,
				series_count: 120_000,
				cardinality: counted({ hits_total: 80_000 }),
			},
			{ label_name: 'cluster', label_values_count: 1, series_count: 60_000, cardinality: counted({ 'eu=1': 60_000 }) },
			{ label_name: 'pod', label_values_count: 0, series_count: 0, cardinality: null },
		],
	};
	const namesPath = '/api/v1/cardinality/label_names';
	const valuesPath = '/api/v1/cardinality/label_values';
	const labelsAsked = '__name__ cluster namespace job service_name service instance pod container';

	test('Mimir counts it over all ingesters, and it is told what it does not count', async () => {
		const asked: string[] = [];
		const routes = tenanted('/prometheus', {
			[namesPath]: { status: 200, json: names },
			[valuesPath]: { status: 200, json: values },
		});
		const server = await running((request, path) => {
			const { searchParams } = new URL(request.url ?? '', 'http://server.example');
			asked.push(`${path} ${searchParams.get('limit')} ${searchParams.getAll('label_names[]').join(' ')}`.trim());
			return routes(request, path);
		});
		expect(await outcomeOf(server.at('/prometheus', 'team-a').tsdbStatus(2, askingNow()), server)).toEqual([
			{
				series: 120_000,
				labelPairs: 5200,
				chunks: Number.NaN,
				from: Number.NaN,
				to: Number.NaN,
				seriesByMetric: [{ name: 'hits_total', count: 80_000 }],
				valuesByLabel: [
					{ name: 'session', count: 4000 },
					{ name: '__name__', count: 900 },
				],
				bytesByLabel: [],
				seriesByPair: [
					{ name: 'job=fares', count: 90_000 },
					{ name: 'cluster=eu=1', count: 60_000 },
				],
			},
			'partial: Mimir counts the pairs of a few labels only, and no bytes, chunks or times.',
		]);
		expect(asked.sort()).toEqual([
			`/prometheus${namesPath} 2`,
			`/prometheus${valuesPath} 2 ${labelsAsked}`,
			'/prometheus/api/v1/status/tsdb 2',
		]);
	});

	test('Mimir refuses more than 500 of a list: no more are asked for', async () => {
		const limits: (string | null)[] = [];
		const server = await running((request, path) => {
			if (!path.includes('/cardinality/')) return undefined;
			limits.push(new URL(request.url ?? '', 'http://server.example').searchParams.get('limit'));
			return { status: 200, json: path === namesPath ? names : values };
		});
		await server.at('').tsdbStatus(1000, askingNow());
		expect(limits).toEqual(['500', '500']);
	});

	test.each([
		[
			'a tenant for which Mimir does not count',
			'cardinality analysis is disabled for the tenant: team-a',
			'forbidden: Prometheus at HOST does not count the series of this tenant (400). It said: cardinality analysis is disabled for the tenant: team-a. Whoever runs it can allow that: cardinality_analysis_enabled among the limits of Mimir.',
		],
		[
			'several tenants, of which Mimir counts one at a time',
			'multiple org IDs present',
			'forbidden: Prometheus at HOST answers this for one tenant only (400). It said: multiple org IDs present. Name one tenant in profile prod-eu.',
		],
	])('%s', async (_, words, said) => {
		const refused: Reply = { status: 400, text: `${words}\n` };
		const server = await running(tenanted('/prometheus', { [namesPath]: refused, [valuesPath]: refused }));
		expect(await outcomeOf(server.at('/prometheus', 'team-a').tsdbStatus(2, askingNow()), server)).toBe(said);
	});

	test.each([
		['Cortex and older Thanos', goNotFound, /^not-found: .* does not know \/api\/v1\/status\/tsdb \(404\)/],
		['a gateway that allows neither', { status: 403 }, /^forbidden: .* does not allow this \(403\)/],
	])('%s: the first answer is the one that is told', async (_, reply, said) => {
		const server = await running(() => reply);
		expect(await outcomeOf(server.at('').tsdbStatus(2, askingNow()), server)).toMatch(said);
	});

	test('a server that is ill is not asked in another way', async () => {
		const paths: string[] = [];
		const server = await running((_, path) => {
			paths.push(path);
			return { status: 500, text: 'out of memory' };
		});
		expect(await outcomeOf(server.at('').tsdbStatus(2, askingNow()), server)).toMatch(/^server: /);
		expect(new Set(paths)).toEqual(new Set(['/api/v1/status/tsdb']));
	});

	test('VictoriaMetrics has totals for its head, and more lists than Prometheus', async () => {
		const data = {
			totalSeries: 12,
			totalLabelValuePairs: 40,
			seriesCountByMetricName: [{ name: 'up', value: 9, requestsCount: 3, lastRequestTimestamp: 1 }],
			seriesCountByLabelName: [{ name: 'job', value: 12 }],
			seriesCountByFocusLabelValue: [],
			labelValueCountByLabelName: [{ name: 'job', value: 4 }],
			seriesCountByLabelValuePair: [{ name: 'job=till', value: 5 }],
		};
		const server = await running(plain({ '/api/v1/status/tsdb': success(data, { isPartial: true }) }));
		expect(await outcomeOf(server.at('').tsdbStatus(2, askingNow()), server)).toMatchObject([
			{ series: 12, labelPairs: 40, seriesByMetric: [{ name: 'up', count: 9 }], bytesByLabel: [] },
			'partial: A part of the storage did not answer.',
		]);
	});
});
