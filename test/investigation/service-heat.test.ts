import { describe, expect, test } from 'vitest';
import { investigateService } from '../../src/investigation/service.ts';
import { type HeatPanel, noServiceFindings, type ServiceFindings } from '../../src/investigation/service-findings.ts';
import { answer } from '../../src/model/answer.ts';
import type { Labels } from '../../src/model/labels.ts';
import { lastValueOf } from '../../src/model/loadable.ts';
import type { ServicePlace } from '../../src/model/place.ts';
import type { Grid, HistogramBucket, HistogramSeries, Series } from '../../src/model/series.ts';
import { hour, live } from '../../src/model/time.ts';
import { noon } from '../helpers/alert-drawing.ts';
import { askingNow } from '../helpers/replay.ts';
import { createRounds, type GivenSources } from '../helpers/rounds.ts';
import { seriesFromText } from '../helpers/series-from-text.ts';

const place: ServicePlace = { kind: 'service', service: 'till', durations: 'heat', window: live(hour) };

const line = ({ from }: Grid, labels: Labels, value: number): Series => ({ labels, times: [from], values: [value] });

/** What is found of `till` on a server that has these series. */
async function found(
	drawing: string,
	metrics: GivenSources['metrics'],
	change: Partial<ServicePlace> = {},
): Promise<ServiceFindings & { readonly asked: readonly string[] }> {
	const series = async () => answer(seriesFromText(drawing));
	const queryRange = async (_: string, grid: Grid) => answer([line(grid, {}, 1)]);
	const { sources, run } = createRounds({ metrics: { series, queryRange, ...metrics } });
	let last = noServiceFindings;
	const publish = (findings: ServiceFindings) => {
		last = findings;
	};
	const at = { ...place, ...change };
	const rounds = await run(
		investigateService(at, { sources, now: () => noon }, noServiceFindings, publish, askingNow()),
	);
	return { ...last, asked: rounds.flat() };
}

const rowsOf = (heat: HeatPanel | undefined): readonly string[] =>
	(heat?.map.rows ?? []).map(({ above, upTo, shares }) => `${above}-${upTo}: ${shares.join(' ')}`);

describe('the heat map of a native histogram', () => {
	const native = 'http_server_request_duration_seconds{job="till",http_route="/",http_response_status_code="200"}';
	const query = 'sum(rate(http_server_request_duration_seconds{job="till"}[1m]))';
	const answering = (...buckets: readonly HistogramBucket[]) => ({
		queryHistograms: async (_: string, { from }: Grid) => {
			const one: HistogramSeries = { labels: {}, times: [from], histograms: [buckets] };
			return answer([one]);
		},
	});

	test('is asked of the whole, and drawn by its buckets', async () => {
		const { heat, asked } = await found(
			native,
			answering({ above: 0.5, upTo: 1, count: 3 }, { above: 1, upTo: 2, count: 1 }),
		);
		expect(asked).toContain(`queryHistograms ${query}`);
		expect(lastValueOf(heat)?.query).toBe(query);
		expect(rowsOf(lastValueOf(heat))).toEqual(['0.5-1: 0.75', '1-2: 0.25']);
	});

	test('says when the server has none, and when nothing fell into it', async () => {
		const { heat } = await found(native, { queryHistograms: async () => answer([]) });
		expect(lastValueOf(heat)?.empty).toBe(
			'The server told no native histogram of http_server_request_duration_seconds: it keeps none, or nothing was counted.',
		);
		const { heat: idle } = await found(native, answering());
		expect(lastValueOf(idle)?.empty).toBe('No request fell into any bucket in this window.');
	});
});

describe("the heat map of VictoriaMetrics' buckets", () => {
	const buckets = `
		http_request_duration_seconds_bucket{app="till",path="/",vmrange="{1.000e-01...1.136e-01,1.136e-01...1.292e-01}"}
		http_request_duration_seconds_count{app="till",path="/",code="200"}`;

	test('is drawn on any server, each bucket for itself', async () => {
		const { heat, asked } = await found(buckets, {
			queryRange: async (promql, grid) =>
				answer(
					promql.startsWith('sum by (vmrange)')
						? [line(grid, { vmrange: '1.136e-01...1.292e-01' }, 3), line(grid, { vmrange: '1.000e-01...1.136e-01' }, 1)]
						: [line(grid, {}, 1)],
				),
		});
		expect(asked).toContain('queryRange sum by (vmrange) (rate(http_request_duration_seconds_bucket{app="till"}[1m]))');
		expect(lastValueOf(heat)?.map.rows.map(({ shares }) => shares)).toEqual([[0.25], [0.75]]);
	});

	test('is pointed to where the server makes no quantiles of them', async () => {
		const { duration } = await found(buckets, { queryRange: async () => answer([]) });
		expect(lastValueOf(duration)?.empty).toBe(
			'http_request_duration_seconds has no samples in this window, or its server cannot read vmrange. v shows the buckets.',
		);
	});
});

test('the heat map is in the unit of the duration that was asked, not of the first', async () => {
	// Only the durations in milliseconds tell a handler.
	const { heat, asked } = await found(
		`
		http_requests_total{app="till",handler="/pay",status="200"}
		http_request_duration_seconds_bucket{app="till",le="{0.1,+Inf}"}
		http_request_duration_milliseconds_bucket{app="till",handler="/pay",le="{250,+Inf}"}`,
		{
			queryRange: async (_, grid) => answer([line(grid, { le: '250' }, 1), line(grid, { le: '+Inf' }, 4)]),
		},
		{ route: '/pay' },
	);
	expect(asked.filter(text => text.startsWith('queryRange sum by (le)'))).toEqual([
		'queryRange sum by (le) (rate(http_request_duration_milliseconds_bucket{app="till",handler="/pay"}[1m]))',
	]);
	expect(rowsOf(lastValueOf(heat))).toEqual(['0-0.25: 0.25', '0.25-Infinity: 0.75']);
});
