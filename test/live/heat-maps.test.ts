import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { asked, type ByHand, type Ends, expectFiguresByHand, serviceBetween } from './by-hand.ts';
import { printed } from './printed.ts';
import { createProcesses, until } from './processes.ts';
import { bucketIndexOf, remoteWrite, type Written } from './remote-write.ts';
import { startUnscrapingPrometheus, startVictoriaMetrics } from './servers.ts';

vi.setConfig({ testTimeout: 60_000 });

const processes = createProcesses();
const minute = 60;
const scrapeInterval = 15;

let prometheus: string;
let victoria: string;
let ends: Ends;

beforeAll(async () => {
	const now = Math.floor(Date.now() / 1000);
	const to = Math.floor((now - 2 * minute) / minute) * minute;
	ends = { from: to - 30 * minute, to };
	[prometheus, victoria] = await Promise.all([
		startUnscrapingPrometheus(processes, '--enable-feature=native-histograms'),
		startVictoriaMetrics(processes),
	]);
	await remoteWrite(prometheus, [...nativeSeries(), ...rangeSeries()]);
	await importRanges(victoria);
	await until('the imported samples to be seen', async () => {
		await fetch(`${victoria}/internal/force_flush`);
		return (await asked(victoria, 'sum(rate(http_request_duration_seconds_count[R]))', ends, panel)).length > 0;
	});
}, 120_000);

afterAll(() => processes.stop());

/** A chart of half an hour has a point every 15 s. */
const panel = { stepSeconds: 15, averagedOverSeconds: 60, lines: [] };

/** A scrape every 15 s, from ten minutes before the window, of what grew evenly since. */
function scraped<Point>(pointAt: (seconds: number, at: number) => Point): readonly Point[] {
	const begin = ends.from - 10 * minute;
	const scrapes = Math.floor((ends.to - begin) / scrapeInterval) + 1;
	return Array.from({ length: scrapes }, (_, index) =>
		pointAt(index * scrapeInterval, (begin + index * scrapeInterval) * 1000),
	);
}

/** So many requests per second that take so long. */
type Traffic = readonly (readonly [perSecond: number, seconds: number])[];

const fine: Traffic = [
	[14, 0.08],
	[5, 0.3],
	[1, 1.5],
];
const failing: Traffic = [
	[3, 2],
	[1, 12],
];

/** OpenTelemetry's server durations without classic buckets. */
const nativeSeries = (): readonly Written[] =>
	Object.entries({ 200: fine, 503: failing }).map(([code, traffic]) => ({
		labels: {
			__name__: 'http_server_request_duration_seconds',
			service_name: 'vault',
			http_route: '/coins',
			http_response_status_code: code,
		},
		points: scraped((seconds, at) => ({
			at,
			buckets: new Map(traffic.map(([perSecond, took]) => [bucketIndexOf(took), perSecond * seconds])),
		})),
	}));

const ranges: Readonly<Record<string, number>> = {
	'7.743e-02...8.799e-02': 14,
	'2.783e-01...3.162e-01': 5,
	'1.468e+00...1.668e+00': 1,
};

/** The slow ones fail. */
const codeOf = (vmrange: string): string => (ranges[vmrange] === 1 ? '500' : '200');

/** A program's own metrics by VictoriaMetrics' library. */
const rangeSeries = (): readonly Written[] => {
	const labels = { service: 'mint', path: '/coins' };
	const name = 'http_request_duration_seconds';
	const of = (__name__: string, rate: number, more = {}): Written => ({
		labels: { __name__, ...labels, ...more },
		points: scraped((seconds, at) => ({ at, value: seconds * rate })),
	});
	return [
		...Object.entries(ranges).map(([vmrange, rate]) => of(`${name}_bucket`, rate, { vmrange, code: codeOf(vmrange) })),
		of(`${name}_count`, 19, { code: '200' }),
		of(`${name}_count`, 1, { code: '500' }),
	];
};

async function importRanges(url: string): Promise<void> {
	const lines = rangeSeries().flatMap(({ labels: { __name__, ...labels }, points }) =>
		points.map(point => {
			const inner = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
			return `${__name__}{${inner}} ${'value' in point ? point.value : ''} ${point.at}\n`;
		}),
	);
	const answer = await fetch(`${url}/api/v1/import/prometheus`, { method: 'POST', body: lines.join('') });
	expect(answer.status).toBe(204);
}

const heat = z.object({
	query: z.string(),
	times: z.array(z.string()),
	buckets: z.array(
		z.object({
			aboveSeconds: z.number(),
			upToSeconds: z.number(),
			shares: z.array(z.number()),
		}),
	),
});

type Heat = z.infer<typeof heat>;

async function heatOf(service: string, url: string): Promise<Heat> {
	const window = ['--from', `${ends.from}`, '--to', `${ends.to}`];
	const { body } = await printed('service', service, '--durations', 'heat', ...window, '--prometheus-url', url);
	return heat.parse(body.durationBuckets);
}

/** That a row is what the server itself says to this PromQL, at every point. */
async function expectShares(url: string, { times }: Heat, shares: readonly number[], promql: string): Promise<void> {
	const [only] = await asked(url, promql, ends, panel);
	const byHand = only?.values ?? [];
	expect(times.length).toBeGreaterThan(100);
	expect(byHand.map(([at]) => new Date(at * 1000).toISOString())).toEqual(times);
	byHand.forEach(([, value], index) => {
		expect(shares[index]).toBeCloseTo(Number(value), 9);
	});
}

describe('a native histogram', () => {
	const name = 'http_server_request_duration_seconds';
	const whole = `sum(rate(${name}{service_name="vault"}[R]))`;
	const byHand: ByHand = {
		convention: /OpenTelemetry HTTP/,
		by: 'http_route',
		rate: `sum(histogram_count(rate(${name}{service_name="vault"}[R])))`,
		failed: `sum(histogram_count(rate(${name}{service_name="vault",http_response_status_code="503"}[R])))`,
		buckets: whole,
		expected: { rate: 24, failed: 4 },
	};

	test('has the figures of PromQL written by hand', async () => {
		const panels = await serviceBetween('vault', ends, prometheus);
		await expectFiguresByHand(panels, byHand, ends, prometheus);
	});

	test('has a heat map whose rows are the fractions that the server tells', async () => {
		const map = await heatOf('vault', prometheus);
		expect(map.buckets.length).toBeLessThanOrEqual(40);
		expect(map.buckets.filter(({ shares }) => (shares[0] ?? 0) > 0)).toHaveLength(5);
		for (const { aboveSeconds, upToSeconds, shares } of map.buckets) {
			await expectShares(prometheus, map, shares, `histogram_fraction(${aboveSeconds}, ${upToSeconds}, ${whole})`);
		}
	});
});

describe('buckets by vmrange', () => {
	const buckets = 'http_request_duration_seconds_bucket{service="mint"}';

	test.each([
		['VictoriaMetrics', () => victoria],
		['Prometheus', () => prometheus],
	])('have a heat map on %s', async (_, urlOf) => {
		const map = await heatOf('mint', urlOf());
		const filled = map.buckets.filter(({ shares }) => (shares[0] ?? 0) > 0);
		const bounds = filled.map(({ aboveSeconds, upToSeconds }) => [aboveSeconds, upToSeconds]);
		expect(bounds.map(both => both.map(end => Number(end.toPrecision(4))))).toEqual(
			Object.keys(ranges).map(range => range.split('...').map(Number)),
		);
		for (const [index, vmrange] of Object.keys(ranges).entries()) {
			const one = buckets.replace('}', `,vmrange="${vmrange}"}`);
			const promql = `sum(rate(${one}[R])) / sum(rate(${buckets}[R]))`;
			await expectShares(urlOf(), map, filled[index]?.shares ?? [], promql);
		}
	});

	test('have quantiles on VictoriaMetrics', async () => {
		const rate = 'sum(rate(http_request_duration_seconds_count{service="mint"}[R]))';
		await expectFiguresByHand(
			await serviceBetween('mint', ends, victoria),
			{
				convention: /client library/,
				by: 'path',
				rate,
				failed: rate.replace('}', ',code="500"}'),
				buckets: `prometheus_buckets(sum by (vmrange) (rate(${buckets}[R])))`,
				expected: { rate: 20, failed: 1 },
			},
			ends,
			victoria,
		);
	});

	test('have none on Prometheus, and it says so', async () => {
		const { body } = await printed(
			'service',
			'mint',
			'--from',
			`${ends.from}`,
			'--to',
			`${ends.to}`,
			'--prometheus-url',
			prometheus,
		);
		expect(body.duration.lines).toEqual([]);
		expect(body.duration.empty).toContain('its server cannot read vmrange. v shows the buckets.');
	});
});
