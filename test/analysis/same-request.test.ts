import { beforeEach, describe, expect, test } from 'vitest';
import { recordOf } from '../../src/analysis/log-record.ts';
import { sameRequestTest } from '../../src/analysis/same-request.ts';
import type { Labels } from '../../src/model/labels.ts';
import type { LogRecord } from '../../src/model/log-entry.ts';
import { lineAt } from '../helpers/log-store.ts';

const trace = '0af7651916cd43dd8448eb211c80319c';
const request = '7f3c2a10-1111-4222-8333-444455556666';

const record = (line: string, metadata: Labels = {}): LogRecord =>
	recordOf(lineAt(1, { service_name: 'pier' }, line, metadata));

describe('a line of the same request', () => {
	const both = sameRequestTest(record(`request_id=${request} trace_id=${trace}`));

	test.each([
		['its trace in logfmt', record(`trace_id=${trace} n=1`)],
		['its request in JSON', record(`{"reqId":"${request}"}`)],
		['its trace in capitals', record(`{"traceId":"${trace.toUpperCase()}"}`)],
		['its trace with dashes', record('trace_id=0af76519-16cd-43dd-8448-eb211c80319c')],
		['its trace as X-Ray writes it', record('{"xray_trace_id":"1-0af76519-16cd43dd8448eb211c80319c"}')],
		['its trace beside the line', record('lamp is out', { trace_id: trace })],
		['its trace in the text', record(`2026-05-04 11:58:57.950  WARN [quay,${trace},b7ad6b7169203331] crane is slow`)],
	])('has %s', (_, other) => expect(both?.(other)).toBe(true));

	test('of a Datadog library has the low half of its trace in decimal', () => {
		const low = sameRequestTest(record('trace_id=00000000000000008448eb211c80319c n=1'));
		expect(low?.(record(`dd.trace_id=${BigInt('0x8448eb211c80319c')} n=1`))).toBe(true);
	});

	test('of an ID with a slash is found behind its escape', () => {
		const slashed = sameRequestTest(record('request_id=edge7/pMx04dKq-000123 n=1'));
		expect(slashed?.(record('{"request_id":"edge7\\/pMx04dKq-000123"}'))).toBe(true);
	});

	test.each([
		['neither', record('n=1 m=1')],
		['another trace', record('trace_id=1bf7651916cd43dd8448eb211c80319d n=1')],
		['the same end of another trace', record('trace_id=1bf7651916cd43dd8448eb211c80319c n=1')],
		['the ID as something else', record(`{"parent":"${request}"}`)],
	])('has not %s', (_, other) => expect(both?.(other)).toBe(false));

	test('is none where the first names no request', () => expect(sameRequestTest(record('n=1'))).toBeUndefined());

	describe('is the only one of many that is read', () => {
		let reads = 0;
		const watched = (line: string): LogRecord => {
			const read = record(line);
			return {
				...read,
				entry: read.entry,
				get traceId() {
					reads++;
					return read.traceId;
				},
				get requestId() {
					reads++;
					return read.requestId;
				},
			};
		};
		beforeEach(() => {
			reads = 0;
		});

		test('among lines of other requests', () => {
			const lines = Array.from({ length: 1000 }, (_, index) => watched(`request_id=${index}aaaaaaaaaaaa n=${index}`));
			expect(lines.some(line => both?.(line))).toBe(false);
			expect(reads).toBe(0);
			expect(both?.(watched(`trace_id=${trace} n=1`))).toBe(true);
			expect(reads).toBeGreaterThan(0);
		});

		test('among requests that are numbered', () => {
			const first = sameRequestTest(record('{"reqId":"req-1"}'));
			const lines = Array.from({ length: 1000 }, (_, index) => watched(`{"reqId":"req-1${index}"}`));
			expect(lines.some(line => first?.(line))).toBe(false);
			expect(reads).toBe(0);
			expect(first?.(watched('{"after":"req-10","reqId":"req-1"}'))).toBe(true);
		});
	});
});
