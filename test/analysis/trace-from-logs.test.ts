import fc from 'fast-check';
import { expect, test } from 'vitest';
import { skewMarkOf } from '../../src/analysis/clock-skew.ts';
import { recordOf } from '../../src/analysis/log-record.ts';
import { traceFromLogs } from '../../src/analysis/trace-from-logs.ts';
import { traceReadingOf } from '../../src/analysis/trace-reading.ts';
import type { LogRecord } from '../../src/model/log-entry.ts';
import { epoch, textFromTrace } from '../helpers/trace-from-text.ts';

const id = '73c80000000000000000000000000001';

/** Lines as `10 concierge level=info msg=x`: hundredths of a second, the service, and what it wrote. */
const recordsOf = (text: string): readonly LogRecord[] =>
	text
		.trim()
		.split('\n')
		.filter(Boolean)
		.map(line => {
			const [, at = '0', service = '', written = ''] = /^\s*(\d+) (\S+) (.*)$/.exec(line) ?? [];
			const labels = { service_name: service };
			return recordOf({ at: epoch + BigInt(at) * 10_000_000n, line: written, labels, metadata: {}, parsed: {} });
		});

/** The trace as a drawing, without its IDs. */
const drawnFrom = (text: string): readonly string[] => {
	const { spans } = traceFromLogs(id, recordsOf(text));
	return textFromTrace({ id, spans })
		.split('\n')
		.map(line => line.replace(/ *\{.*\} */, ' ').replace(/ +:/, ' :'));
};

test('a service is at work from its first line to its last, a length lies before its line', () => {
	expect(
		drawnFrom(`
			0 concierge level=info msg="booking begins"
			2 berths level=info msg=reserve
			19 berths level=error msg="seat query timed out" took_ms=150
			20 berths level=info msg=done
			21 concierge level=error msg=answered method=POST path=/bookings?x=1 status=504 took_ms=210
			30 herald level=info msg=queued`),
	).toEqual([
		'concierge POST /bookings :=====================!',
		'  berths 3 lines :  ==================!',
		'    berths seat query timed out :    ===============!',
		'herald 1 line :                              |',
	]);
});

test('what reaches out of the time of a service does not hang below it', () => {
	expect(drawnFrom('0 a msg=x\n 9 a msg=x\n 3 b msg=x\n 12 b msg=x\n 4 c msg=x\n 8 c msg=x')).toEqual([
		'a 2 lines :=========',
		'b 2 lines :   =========',
		'  c 2 lines :    ====',
	]);
});

test('spans say that they are made up, what failed, and hold their lines as events', () => {
	const [span] = traceFromLogs(
		id,
		recordsOf('0 till level=info msg=charge\n 5 till level=error msg="card refused"'),
	).spans;
	expect(span).toMatchObject({
		service: 'till',
		name: '2 lines',
		kind: 'unspecified',
		status: 'error',
		statusMessage: 'card refused',
		attributes: { 'made up from': '2 log lines' },
		events: [
			{ name: 'charge', at: epoch, attributes: { level: 'info' } },
			{ name: 'card refused', at: epoch + 50_000_000n, attributes: { level: 'error' } },
		],
	});
});

test('the length of a step counts, what might have been waited does not', () => {
	expect(drawnFrom('0 a msg=begins\n 9 a msg="upstream failed" upstream_ms=60.4 upstream=b timeout_ms=90')).toEqual([
		'a 2 lines :=========',
		'  a upstream failed :  ======',
	]);
	expect(drawnFrom('0 a msg=begins\n 9 a msg=refused timeout_ms=60')).toEqual(['a 2 lines :=========']);
});

test('the same lines make the same spans, in whatever order they come', () => {
	const records = recordsOf('0 a msg=x\n 4 b msg=y took_ms=20\n 9 a msg=z took_ms=90');
	expect(traceFromLogs(id, records.toReversed())).toEqual(traceFromLogs(id, records));
});

test('a length that is none of a request is not believed', () => {
	expect(drawnFrom('0 a msg=x\n 5 a msg=y took_ms=999999999\n 6 a msg=z took_ms=-5')).toEqual(['a 3 lines :======']);
	expect(traceFromLogs(id, []).spans).toEqual([]);
});

test('whatever lines say, the spans make one sound tree in which each has its place', () => {
	const line = fc.tuple(fc.nat(50), fc.constantFrom('a', 'b', 'c'), fc.option(fc.integer({ min: -10, max: 5000 })));
	fc.assert(
		fc.property(fc.array(line, { maxLength: 30 }), lines => {
			const text = lines.map(
				([at, service, took]) => `${at} ${service} msg=x${took === null ? '' : ` took_ms=${took}`}`,
			);
			const { tree, spans } = traceReadingOf(traceFromLogs(id, recordsOf(text.join('\n'))));
			expect(tree.flaws).toEqual({ duplicates: 0, orphans: 0, cycles: 0, backwards: 0, implausible: 0 });
			expect(tree.nodes).toHaveLength(spans.length);
			expect(tree.nodes.filter(node => skewMarkOf(node) !== undefined)).toEqual([]);
			expect(new Set(spans.map(span => span.id)).size).toBe(spans.length);
		}),
	);
});
