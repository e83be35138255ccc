import { describe, expect, test } from 'vitest';
import type { World } from '../../src/investigation/board.ts';
import type { Asking, Sources, TracesSource } from '../../src/investigation/ports.ts';
import { investigateTrace } from '../../src/investigation/trace.ts';
import { noTraceFindings, type TraceFindings } from '../../src/investigation/trace-findings.ts';
import { answer } from '../../src/model/answer.ts';
import { FailureError } from '../../src/model/failure.ts';
import { fixed, hour, live, minute } from '../../src/model/time.ts';
import { traceFromText } from '../helpers/trace-from-text.ts';

const now = 1_795_317_600_000;
const asking: Asking = { signal: new AbortController().signal, record: () => undefined };

const unasked = () => Promise.reject(new Error('must not be asked'));

/** A world in which only Tempo answers. */
function worldWith(traces: Partial<TracesSource>): World {
	const silent = new Proxy({}, { get: () => unasked });
	const sources = {
		metrics: silent,
		alerts: silent,
		logs: silent,
		traces: { trace: unasked, search: unasked, ...traces },
	};
	return { sources: sources as unknown as Sources, now: () => now };
}

describe('one trace', () => {
	const place = { kind: 'trace', id: '73c8', window: fixed(now - 20 * minute, now - 10 * minute) } as const;

	const found = async (traces: Partial<TracesSource>, at: Parameters<typeof investigateTrace>[0] = place) => {
		const published: TraceFindings[] = [];
		await investigateTrace(at, worldWith(traces), noTraceFindings, findings => published.push(findings), asking);
		return published.map(({ trace }) => trace);
	};

	test('is asked for round the window of the place, read, and published', async () => {
		const asked: unknown[] = [];
		const [first, last] = await found({
			trace: async (id, hint) => {
				asked.push([id, hint]);
				return answer(traceFromText('api GET :===!'), [{ kind: 'partial', text: 'cut' }]);
			},
		});
		expect(asked).toEqual([['73c8', { from: now - 35 * minute, to: now + 5 * minute }]]);
		expect(first).toEqual({ status: 'waiting', since: now });
		expect(last).toMatchObject({
			status: 'loaded',
			notes: [{ kind: 'partial', text: 'cut' }],
			value: { found: true, errors: 1, services: ['api'], spent: { total: 3e7 } },
		});
	});

	test('tells how far it has been read, once that takes long, and stops when nobody looks any more', async () => {
		let time = now;
		const leaving = new AbortController();
		const root = traceFromText('api GET :===').spans[0];
		if (root === undefined) throw new Error('no span');
		const spans = Array.from({ length: 3000 }, (_, index) => ({ ...root, id: String(index) }));
		const world = {
			...worldWith({
				trace: async (_, __, { progress }) => {
					await Promise.resolve();
					progress?.({ items: 1200, share: 0.121 });
					time += 300;
					progress?.({ items: 41_200, share: 0.43 });
					time += 50;
					progress?.({ items: 42_000, share: 0.44 });
					return answer({ id: '73c8', spans });
				},
			}),
			now: () => (time += 20),
		};
		const told: (string | undefined)[] = [];
		const publish = ({ trace }: TraceFindings) => {
			told.push(trace.status === 'waiting' ? trace.progress : trace.status);
			if (told.length > 3) leaving.abort();
		};
		const reading = investigateTrace(place, world, noTraceFindings, publish, { ...asking, signal: leaving.signal });
		await expect(reading).rejects.toThrow('aborted');
		expect(told).toEqual([undefined, '41,200 spans read, 43 %', 'laying out 3,000 spans', 'laying out 3,000 spans']);
	});

	test('holds no secret once it is read', async () => {
		const trace = traceFromText('api GET :===');
		const spans = trace.spans.map(span => ({ ...span, attributes: { 'db.password': 'sesame' } }));
		const [, last] = await found({ trace: async () => answer({ ...trace, spans }) });
		expect(last).toMatchObject({ value: { spans: [{ attributes: { 'db.password': '[redacted password]' } }] } });
	});

	test.each([
		['undefined', undefined],
		['without spans', { id: '73c8', spans: [] }],
	])('%s is missing: where it was looked for, and why it may be', async (_, trace) => {
		const [, last] = await found({ trace: async () => answer(trace) });
		expect(last).toMatchObject({
			status: 'loaded',
			value: { found: false, id: '73c8', tried: ['the 40 m 00 s round the window', 'all of Tempo'] },
		});
		expect(JSON.stringify(last)).not.toContain('seconds old');
	});

	test('that may be seconds old says until when it may arrive', async () => {
		const [, last] = await found({ trace: async () => answer(undefined) }, { ...place, window: live(hour) });
		expect(last).toMatchObject({ value: { freshUntil: now + 2 * minute } });
		expect(JSON.stringify(last)).toContain('seconds old');
	});

	test('a failure stays a failure, and cancellation goes up', async () => {
		const failure = { kind: 'server', what: 'Tempo failed.', next: 'R asks again.' } as const;
		const [, last] = await found({ trace: () => Promise.reject(new FailureError(failure)) });
		expect(last).toMatchObject({ status: 'failed', failure });
		const quoting = { ...failure, words: 'upstream said: Authorization: Bearer abcdef123456' };
		const [, told] = await found({ trace: () => Promise.reject(new FailureError(quoting)) });
		expect(told).toMatchObject({ failure: { words: 'upstream said: Authorization: Bearer [redacted authorization]' } });
		const notes = [{ kind: 'warning', text: 'slow: token=abc123' } as const];
		const [, noted] = await found({ trace: async () => answer(undefined, notes) });
		expect(noted).toMatchObject({ notes: [{ text: 'slow: token=[redacted token]' }] });
		const cancelled = new FailureError({ kind: 'cancelled', what: 'Cancelled.', next: 'R asks again.' });
		await expect(found({ trace: () => Promise.reject(cancelled) })).rejects.toBe(cancelled);
	});
});
