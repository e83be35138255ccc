import { describe, expect, it } from 'vitest';
import { type OperationName, operations } from '../../../src/demo/cast.ts';
import { createIncident } from '../../../src/demo/incident.ts';
import { finished } from '../../../src/demo/piecework.ts';
import { boundsOf, bucketOf } from '../../../src/demo/prometheus/buckets.ts';
import { evaluate } from '../../../src/demo/prometheus/evaluate.ts';
import { parsePromql } from '../../../src/demo/prometheus/parse.ts';
import { histogramQuantile } from '../../../src/demo/prometheus/quantile.ts';
import { firstScrape, lastScrape, scrapeTime } from '../../../src/demo/prometheus/scrape.ts';
import { type Storage, storyStorage } from '../../../src/demo/prometheus/storage.ts';
import { longestRequest } from '../../../src/demo/story.ts';
import { minute } from '../../../src/model/time.ts';
import { morning } from '../asked.ts';

const incident = createIncident({ now: morning });
const storage = storyStorage(incident.story, () => morning);

type Seen = { readonly operation: OperationName; readonly status: number; readonly seconds: number };

/** By hand: every visit of the requests that ended between two scrapes. */
const seenBetween = (from: number, to: number): readonly Seen[] =>
	[...incident.requestsIn({ from: from - longestRequest, to })].flatMap(({ at, outline }) =>
		outline.visits.flatMap(({ operation, status, start, duration }) => {
			const ended = Number(at) / 1e6 + (start + duration) / 1e6;
			return ended > from && ended <= to ? [{ operation, status, seconds: duration / 1e9 }] : [];
		}),
	);

const valueAt = (query: string, at: number, from: Storage = storage): number => {
	const value = finished(evaluate(parsePromql(query), [at], from));
	if (value.type !== 'instant vector' || value.columns.length !== 1) throw new Error(`${query} is not one series`);
	return value.columns[0]?.values[0] ?? Number.NaN;
};

/** Growth of a counter over one minute of scrapes, without extrapolation. */
const grown = (selector: string, last: number): number =>
	valueAt(`sum(${selector})`, scrapeTime(last)) - valueAt(`sum(${selector})`, scrapeTime(last - 12));

const minutes = [
	['before now', lastScrape(morning)],
	['before the release', lastScrape(incident.story.releasedAt - minute)],
	['after the release', firstScrape(incident.story.releasedAt) + 40],
] as const;

describe.each(minutes)('a minute %s', (_, last) => {
	const seen = seenBetween(scrapeTime(last - 12), scrapeTime(last));
	const count = (operation: OperationName, statuses?: readonly number[]): number =>
		seen.filter(each => each.operation === operation && (statuses?.includes(each.status) ?? true)).length;

	it.each([
		['http_server_request_duration_seconds_count{http_route="/bookings"}', 'book', undefined],
		[
			'http_server_request_duration_seconds_count{http_route="/bookings",http_response_status_code="504"}',
			'book',
			[504],
		],
		['http_server_request_duration_seconds_count{http_route="/journeys"}', 'searchJourneys', undefined],
		['http_requests_total{service="fares",status="200"}', 'quote', [200]],
		['http_request_duration_seconds_count{service="timetable",path="/board"}', 'board', undefined],
		['grpc_server_handled_total{grpc_method="Hold",grpc_code="DeadlineExceeded"}', 'hold', [4]],
		['grpc_server_handling_seconds_count{grpc_method="Find"}', 'find', undefined],
		['http_server_requests_seconds_count{application="manifest"}', 'register', undefined],
		['traces_spanmetrics_calls_total{service="herald"}', 'notify', undefined],
		[
			'traces_spanmetrics_calls_total{service="berths",span_name="nightline.berths.v1.Berths/Hold",status_code="STATUS_CODE_ERROR"}',
			'hold',
			[4],
		],
		['traces_spanmetrics_latency_count{service="trackside"}', 'reading', undefined],
	] as const)('%s counts what the requests did', (selector, operation, statuses) => {
		expect(Math.round(grown(selector, last))).toBe(count(operation, statuses));
	});

	it('adds up the seconds and fills the buckets that the requests took', () => {
		for (const operation of ['book', 'register', 'hold', 'quote'] as const) {
			const { service } = operations[operation];
			const selector = {
				book: 'http_server_request_duration_seconds_X{http_route="/bookings"Y}',
				register: 'http_server_requests_seconds_X{application="manifest"Y}',
				hold: 'grpc_server_handling_seconds_X{grpc_method="Hold"Y}',
				quote: 'http_request_duration_seconds_X{service="fares"Y}',
			}[operation];
			const named = (suffix: string, more = ''): string => selector.replace('X', suffix).replace('Y', more);
			const took = seen.filter(each => each.operation === operation).map(({ seconds }) => seconds);
			expect(grown(named('sum'), last), service).toBeCloseTo(
				took.reduce((sum, each) => sum + each, 0),
				3,
			);
			const within = took.filter(seconds => bucketOf(boundsOf(operation), seconds) <= boundsOf(operation).indexOf(0.5));
			expect(Math.round(grown(named('bucket', ',le="0.5"'), last)), service).toBe(within.length);
		}
	});
});

describe('rates and quantiles', () => {
	it('give the same whether a counter is counted from its beginning or from the window', () => {
		const exact: Storage = {
			select: matchers =>
				storage
					.select(matchers)
					.map(series => ({ ...series, samples: (from, to) => series.samples(from, to, 'values') })),
		};
		for (const query of [
			'sum(rate(http_server_request_duration_seconds_count{http_response_status_code="504"}[2m]))',
			'sum(increase(grpc_server_handled_total[5m]))',
			'histogram_quantile(0.9, sum by (le) (rate(traces_spanmetrics_latency_bucket{service="manifest"}[3m])))',
		]) {
			const at = morning - 2_000;
			expect(valueAt(query, at)).toBeCloseTo(valueAt(query, at, exact), 6);
		}
	});

	it('agree with a quantile computed by hand from the requests of five minutes', () => {
		const last = lastScrape(morning);
		const bounds = boundsOf('hold');
		const took = seenBetween(scrapeTime(last - 59), scrapeTime(last)).filter(({ operation }) => operation === 'hold');
		const buckets = [...bounds, Number.POSITIVE_INFINITY].map(upperBound => ({
			upperBound,
			count: took.filter(({ seconds }) => seconds <= upperBound).length,
		}));
		const query =
			'histogram_quantile(0.95, sum by (le) (rate(grpc_server_handling_seconds_bucket{grpc_method="Hold"}[5m])))';
		expect(valueAt(query, scrapeTime(last))).toBeCloseTo(histogramQuantile(0.95, buckets), 9);
	});

	it('see fares begin anew at its release, and its version change', () => {
		const { releasedAt } = incident.story;
		const around = `[${'5m'}]`;
		expect(valueAt(`resets(http_requests_total{service="fares",status="200"}${around})`, releasedAt + 2 * minute)).toBe(
			1,
		);
		expect(valueAt(`changes(process_start_time_seconds{service="fares"}${around})`, releasedAt + 2 * minute)).toBe(1);
		const since = firstScrape(releasedAt);
		const quotes = seenBetween(scrapeTime(since), scrapeTime(since + 24)).filter(
			({ operation, status }) => operation === 'quote' && status === 200,
		);
		const counted = valueAt('http_requests_total{service="fares",status="200"}', scrapeTime(since + 24));
		expect(Math.round(counted)).toBe(quotes.length);
		const version = (at: number): unknown => {
			const value = finished(evaluate(parsePromql('nightline_build_info{service="fares"}'), [at], storage));
			return value.type === 'instant vector'
				? value.columns.flatMap(({ labels, values }) => (values[0] === undefined ? [] : [labels.version]))
				: [];
		};
		expect(version(releasedAt - minute)).toEqual(['2.13.4']);
		expect(version(releasedAt + minute)).toEqual(['2.14.0']);
	});

	it('know nothing of what has not been scraped yet or was before the story', () => {
		const columns = (at: number): number => {
			const value = finished(evaluate(parsePromql('rate(http_requests_total[1m])'), [at], storage));
			return value.type === 'instant vector'
				? value.columns.filter(({ values }) => values[0] !== undefined).length
				: -1;
		};
		expect(columns(incident.beganAt - minute)).toBe(0);
		expect(columns(morning + 10 * minute)).toBe(0);
		expect(columns(morning)).toBeGreaterThan(0);
	});
});
