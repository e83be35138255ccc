import { describe, expect, test } from 'vitest';
import type { MetricsSource } from '../../src/investigation/ports.ts';
import { investigateService } from '../../src/investigation/service.ts';
import { noServiceFindings, type ServiceFindings } from '../../src/investigation/service-findings.ts';
import { answer } from '../../src/model/answer.ts';
import { type Loadable, lastValueOf } from '../../src/model/loadable.ts';
import type { ServicePlace } from '../../src/model/place.ts';
import type { Grid, Series } from '../../src/model/series.ts';
import { hour, live } from '../../src/model/time.ts';
import { noon } from '../helpers/alert-drawing.ts';
import { askingNow } from '../helpers/replay.ts';
import { createRounds } from '../helpers/rounds.ts';
import { seriesFromText } from '../helpers/series-from-text.ts';

const place: ServicePlace = { kind: 'service', service: 'till', window: live(hour) };

const flat = async (_: string, grid: Grid) => {
	const line: Series = { labels: {}, times: [grid.from, grid.to], values: [2, 2] };
	return answer([line]);
};

/** What is found of `till` on a server that has these series. */
async function found(
	drawing: string,
	change: Partial<ServicePlace> = {},
	queryRange: MetricsSource['queryRange'] = flat,
): Promise<ServiceFindings> {
	const series = async () => answer(seriesFromText(drawing));
	const { sources, run } = createRounds({ metrics: { series, queryRange } });
	let last = noServiceFindings;
	const publish = (findings: ServiceFindings) => {
		last = findings;
	};
	await run(
		investigateService({ ...place, ...change }, { sources, now: () => noon }, noServiceFindings, publish, askingNow()),
	);
	return last;
}

const notesOf = (pane: Loadable<unknown>): readonly string[] =>
	pane.status === 'loaded' ? pane.notes.map(({ text }) => text) : [];

const both = `
	http_server_request_duration_seconds_count{service_name="till",http_route="/pay",http_response_status_code="200"}
	http_server_request_duration_seconds_bucket{service_name="till",http_route="/pay",le="+Inf"}
	http_client_request_duration_seconds_count{service_name="till",server_address="bank.example",http_response_status_code="200"}`;

describe('the family that the place names', () => {
	test('is charted, and said to be of requests that were made', async () => {
		const { target, rate } = await found(both, { family: 'otel-http-client' });
		expect(lastValueOf(target)).toMatchObject({
			family: 'otel-http-client',
			reason: 'You chose this family of metrics.',
			others: [{ family: 'otel-http' }],
		});
		expect(lastValueOf(rate)?.lines[0]?.query).toContain('http_client_request_duration_seconds_count');
		expect(notesOf(rate)).toEqual(['These are requests the service made, not requests asked of it.']);
	});

	test('is said to have no series when it has none', async () => {
		const { target } = await found(both, { family: 'kong' });
		expect(lastValueOf(target)).toMatchObject({ family: 'otel-http' });
		expect(notesOf(target)).toEqual([
			'There are no metrics of family kong here; shown are OpenTelemetry HTTP server. Families here: otel-http, otel-http-client.',
		]);
	});
});

describe('what figures are worth', () => {
	test('a gauge of a cloud is counted per period, and its durations are one figure', async () => {
		const { rate, duration } = await found(`
			aws_applicationelb_request_count_sum{load_balancer="app/till/1"}
			aws_applicationelb_target_response_time_average{load_balancer="app/till/1"}`);
		expect(lastValueOf(rate)?.unit).toBe('count');
		expect(notesOf(rate)[0]).toMatch(/per period of the cloud, not per second/);
		expect(lastValueOf(duration)?.lines.map(({ name }) => name)).toEqual(['average']);
		expect(notesOf(duration)[0]).toMatch(/is one figure of many requests/);
	});

	test('durations that cannot tell a route apart are not shown as its own', async () => {
		const { duration } = await found(
			`
			http_requests_total{app="till",handler="/pay",status="2xx"}
			http_request_duration_highr_seconds_bucket{app="till",le="+Inf"}`,
			{ route: '/pay' },
		);
		expect(lastValueOf(duration)).toMatchObject({
			lines: [],
			empty:
				'http_request_duration_highr_seconds has no label handler: durations are known of all requests together only.',
		});
	});

	test('a route that came from other metrics is looked for in the names of spans', async () => {
		const { rate } = await found(
			'traces_spanmetrics_calls_total{service="till",span_name="POST /pay",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_UNSET"}',
			{ route: '/pay' },
		);
		expect(lastValueOf(rate)?.lines[0]?.query).toContain('span_name=~"([A-Z]+ )?/pay"');
	});

	test('a route that nobody asked is what nothing was asked of, not the service', async () => {
		const { rate, errors, duration } = await found(both, { route: '/refund' }, async () => answer([]));
		expect(lastValueOf(rate)?.empty).toBe(
			'http_server_request_duration_seconds_count{http_route="/refund"} has no two samples within any step of this window.',
		);
		expect(lastValueOf(errors)?.empty).toBe('Nothing was asked of /refund in this window.');
		expect(lastValueOf(duration)?.empty).toBe(
			'http_server_request_duration_seconds{http_route="/refund"} has no samples in this window.',
		);
	});

	test('callers do not stand in for routes', async () => {
		const { target } = await found(
			'istio_requests_total{reporter="destination",destination_workload="till",source_workload="edge",response_code="200"}',
			{ route: '/pay' },
		);
		expect(notesOf(target)).toEqual(['No label tells routes apart: these are all routes, not /pay alone.']);
	});
});
