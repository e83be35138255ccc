import { describe, expect, test } from 'vitest';
import { investigateService } from '../../src/investigation/service.ts';
import { noServiceFindings, type ServiceFindings } from '../../src/investigation/service-findings.ts';
import { answer } from '../../src/model/answer.ts';
import type { Labels } from '../../src/model/labels.ts';
import { lastValueOf } from '../../src/model/loadable.ts';
import type { ServicePlace } from '../../src/model/place.ts';
import type { Grid, Series } from '../../src/model/series.ts';
import { day, hour, live, minute, second, toNanoseconds } from '../../src/model/time.ts';
import type { TraceSummary } from '../../src/model/trace.ts';
import { noon } from '../helpers/alert-drawing.ts';
import { askingNow } from '../helpers/replay.ts';
import { createRounds, type GivenSources, refused } from '../helpers/rounds.ts';
import { seriesFromText } from '../helpers/series-from-text.ts';

const place: ServicePlace = { kind: 'service', service: 'till', window: live(hour) };
const now = noon + 10 * minute;

const requests = seriesFromText(`
	http_requests_total{service="till",route="/pay",status="{200,404,500}"}
	http_request_duration_seconds_bucket{service="till",route="/pay",le="+Inf"}`);
const builds = seriesFromText(`
	till_build_info{service="till",version="{1,2}"}
	process_start_time_seconds{service="till",instance="till:9464"}`);

/** Who asks for deploys gets `told`, everybody else the metrics of requests. */
const seriesWith = (told: readonly Labels[]) => async (selectors: readonly string[]) =>
	answer(selectors.some(selector => selector.includes('build_info')) ? told : requests);

const line = ({ from, to, step }: Grid, value: (at: number) => number, labels: Labels = {}): Series => {
	const times = Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
	return { labels, times, values: times.map(value) };
};

/** Twice as much as the day before. */
const growing = async (_: string, grid: Grid) => answer([line(grid, () => (grid.to < now - hour ? 1 : 2))]);

async function findingsOf(given: GivenSources, change: Partial<ServicePlace> = {}, before = noServiceFindings) {
	const { sources, run } = createRounds(given);
	let last: ServiceFindings = before;
	const publish = (findings: ServiceFindings) => {
		last = findings;
	};
	const at = { ...place, ...change };
	const rounds = await run(investigateService(at, { sources, now: () => now }, before, publish, askingNow()));
	return { rounds, last, asked: rounds.flat() };
}

describe('the baseline', () => {
	const grids: Grid[] = [];
	const queryRange = (query: string, grid: Grid) => {
		grids.push(grid);
		return growing(query, grid);
	};

	test('is the same question a day earlier, brought forward', async () => {
		grids.length = 0;
		const { last } = await findingsOf({ metrics: { series: seriesWith([]), queryRange } });
		const baseline = lastValueOf(last.baseline);
		expect(baseline).toMatchObject({ comparison: { name: '1d' }, grid: { from: now - hour, to: now } });
		expect(baseline?.rate).toMatchObject({ values: expect.arrayContaining([1]) });
		expect(baseline?.rate?.times).toEqual(lastValueOf(last.rate)?.lines[0]?.series.times);
		expect(baseline?.duration?.name).toBe('p99');
		expect(grids.filter(({ to }) => to === now - day)).toHaveLength(3);
	});

	test.each<[Partial<ServicePlace>, number]>([
		[{}, 3],
		[{ compare: '1w' }, 3],
		[{ compare: 'off' }, 0],
		[{ window: live(12 * hour) }, 0],
		[{ window: live(12 * hour), compare: '1d' }, 3],
	])('of %o takes %i questions', async (change, count) => {
		grids.length = 0;
		const { last } = await findingsOf({ metrics: { series: seriesWith([]), queryRange } }, change);
		expect(grids.filter(({ to }) => to < now - 12 * hour)).toHaveLength(count);
		expect(last.baseline.status).toBe(count === 0 ? 'idle' : 'loaded');
	});

	test('has the p99 or else the last of the lines, and none where nothing was', async () => {
		const quantiles = { quantiles: ['p50', 'p90'] };
		const { last } = await findingsOf({ metrics: { series: seriesWith([]), queryRange: growing } }, quantiles);
		expect(lastValueOf(last.baseline)?.duration?.name).toBe('p90');
		const nothing = (_: string, grid: Grid) => (grid.to < now ? Promise.resolve(answer([])) : growing('', grid));
		const { last: young } = await findingsOf({ metrics: { series: seriesWith([]), queryRange: nothing } });
		expect(lastValueOf(young.baseline)).not.toHaveProperty('rate');
	});

	test('that fails leaves the panels alone', async () => {
		const failing = (_: string, grid: Grid) => (grid.to < now ? refused('prometheus')() : growing('', grid));
		const { last } = await findingsOf({ metrics: { series: seriesWith([]), queryRange: failing } });
		expect([last.rate.status, last.baseline.status, last.marks.status]).toEqual(['loaded', 'failed', 'loaded']);
	});
});

test('what stands beside the panels is not asked again before the grid has moved on', async () => {
	const given = { metrics: { series: seriesWith([]), queryRange: growing } };
	const { last, rounds } = await findingsOf(given);
	expect(rounds.map(round => round.length)).toEqual([1, 8, 1, 6]);
	const { rounds: again } = await findingsOf(given, {}, last);
	expect(again.map(round => round.length)).toEqual([8, 1]);
});

describe('deploys and restarts', () => {
	const released = now - 20 * minute;
	const queryRange = async (query: string, grid: Grid) => {
		if (query.includes('build_info')) {
			const version = (name: string, here: (at: number) => boolean) => {
				const times = line(grid, () => 1).times.filter(here);
				return { labels: { version: name }, times, values: times.map(() => 1) };
			};
			return answer([version('1', at => at < released), version('2', at => at >= released)]);
		}
		if (query.includes('process_start_time')) {
			return answer([
				line({ ...grid, from: released }, () => (released - 4 * second) / second, { instance: 'till:9464' }),
			]);
		}
		return growing(query, grid);
	};

	test('take one question that finds who tells, and one for each', async () => {
		const { last, asked } = await findingsOf({ metrics: { series: seriesWith(builds), queryRange } });
		expect(asked.slice(-2)).toEqual([
			'queryRange count by (version) (till_build_info{service="till"})',
			`queryRange topk(20, process_start_time_seconds{service="till"} >= ${(now - hour) / second})`,
		]);
		expect(lastValueOf(last.marks)?.marks).toEqual([
			{ kind: 'deploy', at: released - 4 * second, within: 0, from: '1', to: '2' },
		]);
	});

	test('say when not all that tell could be seen', async () => {
		const note = { kind: 'partial', text: 'There are more than these 500 series.' } as const;
		const series = async (selectors: readonly string[]) =>
			selectors.some(each => each.includes('build_info')) ? answer(builds, [note]) : answer(requests);
		const { last } = await findingsOf({ metrics: { series, queryRange } });
		expect(last.marks).toMatchObject({
			status: 'loaded',
			notes: [{ text: expect.stringContaining('first 500 series') }],
		});
	});
});

describe('traces where there are no exemplars', () => {
	const trace = (id: string, seconds: number): TraceSummary => ({
		id,
		rootService: 'edge',
		rootName: 'GET /pay?token=abcdefgh',
		start: toNanoseconds(noon),
		duration: toNanoseconds(seconds * second),
		matched: 1,
		services: [],
	});
	const search = async (traceql: string) =>
		answer(traceql.includes('error') ? [trace('a', 1), trace('b', 3)] : [trace('b', 3), trace('c', 2)]);
	const metrics = { series: seriesWith([]), queryRange: growing };

	test('are those that failed or were slow, each once, slowest first', async () => {
		const { last, asked } = await findingsOf({ metrics, traces: { search } });
		expect(asked.filter(text => text.startsWith('search'))).toEqual([
			'search { resource.service.name = "till" && status = error }',
			'search { duration >= 2000ms && resource.service.name = "till" }',
		]);
		expect(lastValueOf(last.slow)?.traces.map(({ id }) => id)).toEqual(['b', 'c', 'a']);
		expect(lastValueOf(last.slow)?.traces[0]?.rootName).not.toContain('abcdefgh');
		expect(lastValueOf(last.slow)?.isCut).toBe(false);
	});

	test('are not asked for where there are exemplars', async () => {
		const exemplars = async () => answer([{ labels: { trace_id: 'a' }, seriesLabels: {}, at: noon, value: 2 }]);
		const { last, asked } = await findingsOf({ metrics: { ...metrics, exemplars }, traces: { search } });
		expect(asked.filter(text => text.startsWith('search'))).toEqual([]);
		expect(last.slow.status).toBe('idle');
	});

	test('may be no more than the newest', async () => {
		const many = async () => answer(Array.from({ length: 20 }, (_, index) => trace(`${index}`, index)));
		const { last } = await findingsOf({ metrics, traces: { search: many } });
		expect(lastValueOf(last.slow)?.isCut).toBe(true);
	});

	test('without durations only those that failed are asked for', async () => {
		const bare = async (selectors: readonly string[]) =>
			answer(
				selectors.some(each => each.includes('build_info'))
					? []
					: seriesFromText('http_requests_total{service="till"}'),
			);
		const { asked } = await findingsOf({ metrics: { series: bare, queryRange: growing }, traces: { search } });
		expect(asked.filter(text => text.startsWith('search'))).toHaveLength(1);
	});
});

describe('other shapes and lines', () => {
	const queryRange = async (query: string, grid: Grid) => {
		const of = (label: string, values: readonly string[]) =>
			answer(values.map((value, index) => line(grid, () => index + 1, { [label]: value })));
		if (query.startsWith('sum by (class)')) return of('class', ['2xx', '5xx']);
		return query.startsWith('sum by (le)') ? of('le', ['0.1', '1', '+Inf']) : growing(query, grid);
	};
	const given = { metrics: { series: seriesWith([]), queryRange } };

	test('are asked only where the place wants them, after the panels and never more than eight at once', async () => {
		const { rounds, last } = await findingsOf(given, {
			rates: 'status',
			durations: 'heat',
			quantiles: ['p50', 'p90', 'p99', 'p99.9'],
		});
		expect(Math.max(...rounds.map(round => round.length))).toBeLessThanOrEqual(8);
		expect(lastValueOf(last.duration)?.lines.map(({ name }) => name)).toEqual(['p50', 'p90', 'p99', 'p99.9']);
		expect(lastValueOf(last.classes)?.lines.map(({ name }) => name)).toEqual(['2xx', '5xx']);
		expect(lastValueOf(last.heat)?.map.rows).toHaveLength(3);
		const { asked } = await findingsOf(given);
		expect(asked.filter(text => text.startsWith('queryRange sum by'))).toEqual([]);
	});

	test('say why there are none', async () => {
		const bare = async () => answer(seriesFromText('http_requests_total{service="till"}'));
		const { last } = await findingsOf(
			{ metrics: { series: bare, queryRange } },
			{ rates: 'status', durations: 'heat' },
		);
		expect(lastValueOf(last.classes)?.empty).toBe('No label of http_requests_total tells a status.');
		expect(lastValueOf(last.heat)?.empty).toMatch(/^There is no metric of durations/);
		const silent = async () => answer([]);
		const { last: none } = await findingsOf(
			{ metrics: { ...given.metrics, queryRange: silent } },
			{ durations: 'heat' },
		);
		expect(lastValueOf(none.heat)?.empty).toBe('No request fell into any bucket in this window.');
	});
});
