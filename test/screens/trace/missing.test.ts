import { expect, test } from 'vitest';
import type { TraceMissing } from '../../../src/investigation/trace-findings.ts';
import { fixed, minute, second } from '../../../src/model/time.ts';
import { trace as screen } from '../../../src/screens/trace/index.ts';
import { openedAt, openTrace } from './open-trace.ts';

const missing: TraceMissing = {
	found: false,
	id: '73c8000000000000000000000000000a',
	store: 'Jaeger',
	tried: ['the 31 m 00 s round the window', 'everything that Jaeger keeps'],
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
	expect(open.frame()).toContain('Jaeger does not have trace 73c8000000000000000000000000000a.');
	expect(open.frame()).toContain('Asks again in 3 s. x stops.');
	expect(open.frame()).toContain('R asks Jaeger again.');
	expect(open.presses('x')?.type).toBe('stay');
	expect(open.frame()).not.toContain('Asks again');
	expect(open.presses('x')).toEqual({ type: 'refuse', why: 'The trace is not asked for again by itself.' });
});

test('while it is being asked for that is said', () => {
	expect(openTrace(paneOf({ ...missing, againAt: openedAt - 10 })).frame()).toContain('Asking again. x stops.');
});

test('only such a trace is waited for, and only until it is stopped', () => {
	expect(asidesOf(missing)).toEqual([{ key: 'await', kind: 'await' }]);
	expect(asidesOf(missing, false)).toEqual([]);
	const { freshUntil: _, againAt: __, ...old } = missing;
	expect(asidesOf(old)).toEqual([]);
});
