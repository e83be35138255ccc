import { describe, expect, test } from 'vitest';
import { createLoki } from '../../../src/backends/loki/client.ts';
import { createIncident } from '../../../src/demo/incident.ts';
import { lokiRoutes } from '../../../src/demo/loki/routes.ts';
import { hour, minute, second, toNanoseconds } from '../../../src/model/time.ts';
import { askingNow } from '../../helpers/replay.ts';
import { recording } from '../recordings.ts';
import { ask, httpTo, incident, nanoseconds, now, shapeOf } from '../served.ts';

const route = lokiRoutes(incident, () => now);
const api = '/loki/api/v1';
const lastMinutes = (count: number) => nanoseconds(now - count * minute, now);
const categorized = { 'x-loki-response-encoding-flags': 'categorize-labels' };
const data = ['stream', 'metric', 'structuredMetadata', 'parsed'];

const json = (path: string, parameters: Record<string, string | number>, headers = {}) => {
	const { status, body } = ask(route, api + path, parameters, headers);
	if (status !== 200) throw new Error(body);
	return JSON.parse(body);
};

describe('the shapes of the demo’s Loki are those of Loki 3.4', () => {
	test.each([
		['streams-raw', '/query_range', { ...lastMinutes(1), query: '{service_name="concierge"}' }, categorized],
		[
			'streams-json-categorized',
			'/query_range',
			{ ...lastMinutes(5), query: '{service_name="berths"} | json' },
			categorized,
		],
		['streams-json', '/query_range', { ...lastMinutes(5), query: '{service_name="berths"} | json' }, {}],
		['streams-structured-metadata', '/query_range', { ...lastMinutes(5), query: '{service_name="till"}' }, categorized],
		['streams-structured-metadata-plain', '/query_range', { ...lastMinutes(5), query: '{service_name="till"}' }, {}],
		['streams-parse-error', '/query_range', { ...lastMinutes(5), query: '{app="manifest"} | json' }, categorized],
		['empty', '/query_range', { ...lastMinutes(5), query: '{app="nope"}' }, {}],
		[
			'volume-matrix',
			'/query_range',
			{ ...lastMinutes(5), query: 'sum by (detected_level) (count_over_time({namespace=~".+"}[1m]))', step: 60 },
			{},
		],
		['instant-vector', '/query', { query: 'sum by (app) (count_over_time({namespace="nightline"}[5m]))' }, {}],
		['labels', '/labels', lastMinutes(5), {}],
		['label-values', '/label/service_name/values', lastMinutes(5), {}],
		['label-values-none', '/label/nope/values', lastMinutes(5), {}],
		['index-stats', '/index/stats', { ...lastMinutes(5), query: '{namespace="nightline"}' }, {}],
		['index-volume', '/index/volume', { ...lastMinutes(5), query: '{namespace=~".+"}' }, {}],
		['buildinfo', '/status/buildinfo', {}, {}],
	])('%s', (name, path, parameters, headers) => {
		const recorded = recording('loki-3.4.6', name).response;
		const { status, contentType, body } = ask(route, api + path, parameters, headers);
		expect([status, contentType]).toEqual([recorded.status, recorded.contentType]);
		expect(shapeOf(JSON.parse(body), data)).toEqual(shapeOf(recorded.json, data));
	});

	test('a series is a list of label sets', () => {
		const { status, data: streams } = json('/series', { 'match[]': '{service_name="fares"}', ...lastMinutes(60) });
		expect(status).toBe('success');
		expect(streams.map(({ pod }: { pod: string }) => pod)).toEqual([
			'fares-5b7d9c4f68-h8vnj',
			'fares-7c6f5d8b9d-n3ktw',
		]);
	});

	test('the pod of a release is not known before it', () => {
		const before = nanoseconds(incident.beganAt, incident.story.releasedAt - minute);
		expect(json('/series', { 'match[]': '{service_name="fares"}', ...before }).data).toHaveLength(1);
	});

	test('the second pair of a plain stream value has no categories', () => {
		const { data: plain } = json('/query_range', { ...lastMinutes(1), query: '{service_name="concierge"}', limit: 1 });
		expect(plain.result[0].values[0]).toHaveLength(2);
	});
});

describe('errors are Loki’s own words, as plain text', () => {
	test.each(['error-parse', 'error-no-matcher', 'error-limit', 'error-range', 'error-instant-log'])('%s', name => {
		const { request, response } = recording('loki-3.4.6', name);
		const reply = ask(route, request.path, request.query as Record<string, string>);
		expect(reply).toEqual({ status: response.status, contentType: response.contentType, body: response.text });
	});

	test.each([
		['/query_range', { query: '{app="x"}', limit: 0 }, 'limit must be a positive value'],
		[
			'/query_range',
			{ query: '{app="x"}', start: 20, end: 10 },
			'end timestamp must not be before or equal to start time',
		],
		['/query_range', { query: 'rate({app="x"}[1m])', step: 0.1 }, 'exceeded maximum resolution of 11,000 points'],
		['/query_range', { query: '{app="x"}', start: 'yesterday' }, "could not parse 'start' parameter"],
		['/series', { 'match[]': '{app="x"} |= "y"' }, 'only label matchers are supported'],
		[
			'/query_range',
			{ query: 'sum by (status) (count_over_time({app="manifest"} | json [1m]))', ...lastMinutes(5) },
			"pipeline error: 'JSONParserErr' for series:",
		],
		[
			'/query_range',
			{ query: 'count_over_time({service_name="till"}[1m])', ...lastMinutes(10) },
			'maximum number of series (500) reached for a single query',
		],
		[
			'/query_range',
			{ query: '{namespace="nightline"} |= "is said nowhere"', ...lastMinutes(60) },
			'the query would read too many bytes',
		],
	])('%s %o', (path, parameters, words) => {
		const { status, contentType, body } = ask(route, api + path, parameters);
		expect([status, contentType]).toEqual([400, 'text/plain; charset=utf-8']);
		expect(body).toContain(words);
	});

	test('a path that is not there', () => {
		expect(ask(route, `${api}/nowhere`)).toMatchObject({ status: 404, body: '404 page not found\n' });
	});

	test('patterns are switched off, as they are by default', async () => {
		expect(ask(route, `${api}/patterns`)).toEqual({ status: 404, contentType: undefined, body: '' });
		const range = { from: now - hour, to: now };
		const { value } = await createLoki(httpTo('loki', route)).patterns('{app="concierge"}', range, askingNow());
		expect(value).toBeUndefined();
	});
});

describe('what the range, the limit and the direction mean', () => {
	const instants = (parameters: Record<string, string | number>): bigint[] => {
		const { data: streams } = json('/query_range', { query: '{service_name="concierge"}', ...parameters });
		return streams.result.flatMap(({ values }: { values: [string][] }) => values.map(([at]) => BigInt(at)));
	};

	test('backward gives the newest, forward the oldest', () => {
		const all = instants({ ...lastMinutes(1), limit: 5000 }).sort();
		expect(all.length).toBeGreaterThan(1000);
		expect(instants({ ...lastMinutes(1), limit: 10 }).sort()).toEqual(all.slice(-10));
		expect(instants({ ...lastMinutes(1), limit: 10, direction: 'forward' }).sort()).toEqual(all.slice(0, 10));
	});

	test('start is inclusive, end exclusive', () => {
		const [first = 0n, second = 0n] = instants({ ...lastMinutes(1), limit: 2, direction: 'forward' }).sort();
		expect(instants({ start: String(first), end: String(second) })).toEqual([first]);
	});

	test('nothing is written in the future', () => {
		expect(
			instants({ ...nanoseconds(now - second, now + hour), limit: 5000 }).every(at => at <= toNanoseconds(now)),
		).toBe(true);
	});

	test('nor is it counted before its time', () => {
		const until = (end: number) =>
			json('/index/stats', { query: '{app="concierge"}', ...nanoseconds(now - minute, end) });
		expect(until(now + hour).entries).toBe(until(now).entries);
		const query = 'sum(count_over_time({app="concierge"}[1h]))';
		const counted = (time: number) => Number(json('/query', { query, time: `${time}000000` }).data.result[0].value[1]);
		expect(counted(now + minute)).toBeLessThan(counted(now));
	});

	test('seconds and RFC 3339 are instants too', () => {
		const from = Math.floor(now / 1000) - 10;
		const inSeconds = instants({ start: from, end: from + 1 });
		expect(inSeconds.length).toBeGreaterThan(5);
		expect(instants({ start: new Date(from * 1000).toISOString(), end: `${from + 1}.0` })).toEqual(inSeconds);
	});
});

describe('the real client', () => {
	const loki = createLoki(httpTo('loki', route));
	const logsOf = async (limit: number, direction: 'forward' | 'backward') => {
		const range = { from: toNanoseconds(now - 3 * minute), to: toNanoseconds(now) };
		const { value } = await loki.logs(
			{ logql: '{service_name=~"concierge|till"}', range, limit, direction },
			askingNow(),
		);
		return value;
	};

	test.each(['forward', 'backward'] as const)('reads %s over several pages without losing a line', async direction => {
		const paged = await logsOf(2500, direction);
		const whole = json('/query_range', {
			...lastMinutes(3),
			query: '{service_name=~"concierge|till"}',
			limit: 2500,
			direction,
		});
		const lines: [string, string][] = whole.data.result.flatMap(({ values }: { values: [string, string][] }) => values);
		expect(paged.entries).toHaveLength(2500);
		expect(paged.more).toBe(true);
		expect(paged.entries.map(({ at, line }) => `${at} ${line}`).sort()).toEqual(
			lines.map(([at, line]) => `${at} ${line}`).sort(),
		);
	});

	test('counts, names and statistics are understood', async () => {
		const to = Math.floor(now / minute) * minute;
		const grid = { from: to - 5 * minute, to, step: minute };
		const counted = await loki.countRange(
			'sum by (detected_level) (count_over_time({service_name="concierge"} [60s]))',
			grid,
			askingNow(),
		);
		expect(counted.value.map(({ labels }) => labels.detected_level)).toEqual(['error', 'info', 'warn']);
		expect(counted.value.every(({ times }) => times.length === 6)).toBe(true);
		const names = await loki.labelValues('service_name', '{namespace="nightline"}', grid, askingNow());
		expect(names.value).toEqual(['berths', 'concierge', 'fares', 'herald', 'manifest', 'timetable', 'trackside']);
		const stats = await loki.stats('{service_name="concierge"}', grid, askingNow());
		expect(stats.value).toMatchObject({ streams: 1, chunks: 1 });
		expect(stats.value?.entries).toBeGreaterThan(5000);
	});
});

test('the same seed and instants tell the same lines, in whatever order they are asked for', () => {
	const question = { ...lastMinutes(2), query: '{service_name=~".+"}', limit: 5000 };
	const other = lokiRoutes(createIncident({ now }), () => now);
	ask(other, `${api}/query_range`, { ...lastMinutes(30), query: '{service_name="berths"} | json' });
	expect(ask(other, `${api}/query_range`, question).body).toBe(ask(route, `${api}/query_range`, question).body);
});
