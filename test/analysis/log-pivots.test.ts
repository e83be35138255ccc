import { describe, expect, test } from 'vitest';
import { isAboutRoute, requestPlaceOf, tellingRecord, tracePlaceOf } from '../../src/analysis/log-pivots.ts';
import { recordOf } from '../../src/analysis/log-record.ts';
import { notableFields } from '../../src/analysis/notable-fields.ts';
import { fixed, minute } from '../../src/model/time.ts';
import { lineAt } from '../helpers/log-store.ts';

const noon = Date.UTC(2026, 4, 4, 12);
const trace = '0af7651916cd43dd8448eb211c80319c';
const request = '7f3c2a10-1111-4222-8333-444455556666';
const record = (line: string, metadata = {}) => recordOf(lineAt(noon, { app: 'pier' }, line, metadata));
const window = fixed(noon - 15 * minute, noon + 15 * minute);

describe('a line leads to its request', () => {
	test.each([
		['by both identifiers', `request_id=${request} trace_id=${trace}`, { kind: 'logs', request, trace, window }],
		['by the request alone', `request_id=${request} n=1`, { kind: 'logs', request, window }],
		['by the trace alone', `trace_id=${trace} n=1`, { kind: 'logs', trace, window }],
		[
			'by the trace when the request is a mere counter',
			`reqId=req-7 trace_id=${trace}`,
			{ kind: 'logs', trace, window },
		],
		[
			'within its service by a mere counter',
			'reqId=req-7 n=1',
			{ kind: 'logs', service: 'pier', request: 'req-7', window },
		],
		['nowhere without either', 'level=info n=1', undefined],
	])('%s', (_, line, expected) => {
		expect(requestPlaceOf(record(line))).toEqual(expected);
	});

	test('and to its trace, where the cause is looked for and not the span that told of it', () => {
		expect(tracePlaceOf(record(`trace_id=${trace} span_id=b7ad6b7169203331`))).toEqual({
			kind: 'trace',
			id: trace,
			window,
		});
		expect(tracePlaceOf(record('n=1 m=2'))).toBeUndefined();
	});
});

test('the telling line is the newest error that leads on, else the newest error, else the newest', () => {
	const lines = [`level=error trace_id=${trace}`, 'level=error msg=x', `level=info trace_id=${trace}`].map(line =>
		record(line),
	);
	expect(tellingRecord(lines)).toBe(lines[0]);
	expect(tellingRecord(lines.slice(1))).toBe(lines[1]);
	expect(tellingRecord(lines.slice(2))).toBe(lines[2]);
	expect(tellingRecord([])).toBeUndefined();
});

test('an error about the route that is asked for is more telling than a newer one about another', () => {
	const lines = ['/pay', '/pay/{id}', '/tide'].map(route => record(`level=error route=${route} trace_id=${trace}`));
	expect(tellingRecord(lines, '/pay')).toBe(lines[0]);
	expect(tellingRecord(lines, '/pay/{id}')).toBe(lines[1]);
	expect(tellingRecord(lines, '/none')).toBe(lines[2]);
});

test.each([
	['path=/pay', true],
	['path="/pay"', true],
	['path=/pay?n=1 status=500', true],
	['path=/pay/{id}', false],
	['path=/payments', false],
	['path=/payments to=/pay', true],
	['path=/', false],
])('%s is about /pay: %s', (line, about) => expect(isAboutRoute(record(line), '/pay')).toBe(about));

test('an error of the last seconds gives way to one whose trace has had time to arrive', () => {
	const line = `level=error trace_id=${trace}`;
	const ago = (seconds: number) => recordOf(lineAt(noon - seconds * 1000, { app: 'pier' }, line));
	const settled = [ago(40), ago(16), ago(14), ago(0)];
	expect(tellingRecord(settled)).toBe(settled[1]);
	expect(tellingRecord(settled.slice(2))).toBe(settled[3]);
});

describe('behind the message stand', () => {
	test.each([
		[
			'status, route and duration',
			'{"msg":"m","method":"GET","route":"/a","status":502,"duration_ms":2042.3}',
			'502 /a 2.04s',
		],
		[
			'no status that the message ends with',
			'10.0.0.7 - - [4/May/2026:12:00:00 +0000] "GET /a HTTP/1.1" 502 157 "-" "curl"',
			'bytes=157',
		],
		['nothing twice', '{"msg":"m","route":"/a","path":"/a","error.stack":"Error: x"}', '/a'],
		['a duration in seconds', '{"msg":"m","request_time":0.123}', '123ms'],
		['a duration without a unit as it is', '{"msg":"m","duration":0.5}', 'duration=0.5'],
		[
			'the error, and the identifiers last',
			`level=error msg=m trace_id=${trace} err="no route" pool=a`,
			'err="no route" pool=a trace=0af7…319c',
		],
		['no null error', '{"msg":"m","error":null,"pid":7,"n":1}', 'n=1'],
	])('%s', (_, line, expected) => {
		expect(
			notableFields(record(line))
				.map(({ text }) => text)
				.join(' '),
		).toBe(expected);
	});

	test('a failed status as an error, a refused one as a warning', () => {
		const weights = (status: number) => notableFields(record(`{"msg":"m","status":${status}}`))[0]?.weight;
		expect([weights(502), weights(404), weights(200)]).toEqual(['error', 'warning', 'plain']);
	});
});
