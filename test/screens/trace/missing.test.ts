import { expect, test } from 'vitest';
import { traceReadingOf } from '../../../src/analysis/trace-reading.ts';
import type { TraceMissing } from '../../../src/investigation/trace-findings.ts';
import { fixed, minute, second } from '../../../src/model/time.ts';
import { trace as screen } from '../../../src/screens/trace/index.ts';
import { traceFromText } from '../../helpers/trace-from-text.ts';
import { loadedTrace, openedAt, openTrace } from './open-trace.ts';

const missing: TraceMissing = {
	found: false,
	id: '73c8000000000000000000000000000a',
	store: 'Jaeger',
	tried: ['all of Jaeger'],
	reasons: ['It was not sampled.'],
	freshUntil: openedAt + minute,
	againAt: openedAt + 3 * second - 250,
};
const paneOf = (value: TraceMissing) => ({ status: 'loaded', notes: [], at: openedAt, value }) as const;

const asidesOf = (value: TraceMissing, waits?: false) =>
	screen.asides?.({
		place: { kind: 'trace', id: value.id, window: fixed(openedAt - 60_000, openedAt) },
		findings: { ...screen.nothing, trace: paneOf(value) },
		state: { ...screen.initial({ kind: 'trace', id: '', window: fixed(0, 1) }), waits },
		range: { from: 0, to: 1 },
		now: openedAt,
		size: { width: 80, height: 20 },
		timeFormat: 'utc',
	});

test('a trace that may still arrive is asked for again, with a countdown, until x stops it', () => {
	const open = openTrace(paneOf(missing));
	expect(open.frame()).toContain('Trace 73c8000000000000000000000000000a is not in Jaeger.');
	expect(open.frame()).toContain('Asks again in 3 s. x stops.');
	expect(open.frame()).toContain('R asks Jaeger again.');
	expect(open.presses('x')?.type).toBe('stay');
	expect(open.frame()).not.toContain('Asks again');
	expect(open.presses('x')).toEqual({ type: 'refuse', why: 'The trace is not asked for again by itself.' });
});

test('keys about spans are idle, those that look for the trace elsewhere are not', () => {
	const shown = openTrace(paneOf(missing)).shown();
	const offered = screen.keys.filter(({ idle }) => idle?.(shown) === undefined).flatMap(({ keys }) => keys);
	expect(offered).toEqual(['L', 'x', 'w']);
	const found = openTrace(loadedTrace(traceFromText('s root :====')));
	expect(screen.keys.find(({ keys }) => keys.includes('enter'))?.idle?.(found.shown())).toBeUndefined();
});

test('while it is being asked for that is said', () => {
	expect(openTrace(paneOf({ ...missing, againAt: openedAt - 10 })).frame()).toContain('Asking again. x stops.');
});

const ladder = { key: 'ladder', kind: 'ladder' };

test('only such a trace is waited for, and only until it is stopped', () => {
	expect(asidesOf(missing)).toEqual([{ key: 'await', kind: 'await' }, ladder]);
	expect(asidesOf(missing, false)).toEqual([ladder]);
	const { freshUntil: _, againAt: __, ...old } = missing;
	expect(asidesOf(old)).toEqual([ladder]);
});

test('w asks for its log lines in place of waiting, and says what came of it', () => {
	const open = openTrace(paneOf(missing));
	open.presses('w');
	expect(screen.asides?.(open.shown())).toEqual([{ key: 'from logs', kind: 'from logs' }, ladder]);
	expect(open.frame()).toContain('Asking Loki for its log lines.');
	const none = openTrace(paneOf({ ...missing, fromLogs: 'No log line of the window names it.' }));
	expect(none.frame()).not.toContain('No log line');
	none.presses('w');
	expect(none.frame()).toContain('No log line of the window names it.');
});

test('a trace made up from logs is a waterfall that says so, and its logs are not asked by spans that nobody sent', () => {
	const drawing = 'concierge POST /bookings :==========!\n  berths 3 lines : ======';
	const reading = traceReadingOf(traceFromText(drawing));
	const text = 'from logs: made up from 5 lines of 2 services';
	const value = { ...reading, found: true, fromLogs: true } as const;
	const open = openTrace({ status: 'loaded', notes: [{ kind: 'partial', text }], at: openedAt, value });
	expect(open.frame()).toContain(text);
	expect(open.headline()).toContain('1 error  from logs');
	expect(open.presses('w')).toEqual({ type: 'refuse', why: 'This trace is not missing.' });
	expect(open.presses('L')).toEqual({ type: 'go', to: expect.not.objectContaining({ span: expect.anything() }) });
});
