import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	back,
	entered,
	forward,
	type History,
	lastOfKind,
	pushed,
	replaced,
	risen,
	rooted,
	shownFrame,
	swapped,
	trailOf,
} from '../../src/app/history.ts';
import type { Place } from '../../src/model/place.ts';
import { hour, live } from '../../src/model/time.ts';

const window = live(hour);
const alerts: Place = { kind: 'alerts', window };
const service = (name: string): Place => ({ kind: 'service', service: name, window });
const trace: Place = { kind: 'trace', id: '7f3c', window };

/** `alerts › ledger › trace`: the trail as the header tells it. */
const drawn = (history: History): string =>
	trailOf(history)
		.map(({ place }) => (place.kind === 'service' ? place.service : place.kind))
		.join(' › ');

const walk = pushed(pushed(entered(alerts, 0), service('ledger'), 0), trace, 0);

describe('a trail', () => {
	test('is gone down and up again', () => {
		expect(drawn(walk)).toBe('alerts › ledger › trace');
		expect(drawn(risen(walk))).toBe('alerts › ledger');
		expect(risen(entered(alerts, 0))).toEqual(entered(alerts, 0));
	});

	test('is walked back and forward, and forgotten forward by a new step', () => {
		const up = risen(walk);
		expect(drawn(back(up))).toBe('alerts › ledger › trace');
		expect(drawn(forward(back(up)))).toBe('alerts › ledger');
		const other = pushed(back(back(up)), service('till'), 0);
		expect(drawn(other)).toBe('alerts › ledger › till');
		expect(forward(other)).toBe(other);
	});

	test('swaps with the last one, there and back', () => {
		const up = risen(walk);
		expect(drawn(swapped(up))).toBe('alerts › ledger › trace');
		expect(drawn(swapped(swapped(up)))).toBe('alerts › ledger');
	});

	test('keeps the state of a frame wherever it is met again', () => {
		const moved = replaced(risen(walk), { state: 'row 7' });
		expect(shownFrame(risen(pushed(moved, trace, 0))).state).toBe('row 7');
		expect(trailOf(back(moved))[1]?.state).toBe('row 7');
	});

	test('finds the last place of a kind', () => {
		const root = rooted(walk, alerts, 0);
		expect(drawn(lastOfKind(root, 'service')?.history ?? root)).toBe('alerts › ledger');
		expect(lastOfKind(root, 'logs')).toBeUndefined();
	});

	test('has a frame on show after any walk, and never grows without bound', () => {
		const step: fc.Arbitrary<(history: History) => History> = fc.constantFrom<((history: History) => History)[]>(
			history => pushed(history, service('ledger'), 0),
			history => rooted(history, alerts, 0),
			risen,
			back,
			forward,
			swapped,
			history => replaced(history, { state: 1 }),
		);
		fc.assert(
			fc.property(fc.array(step, { maxLength: 300, size: 'max' }), steps => {
				const end = steps.reduce((history, each) => each(history), entered(alerts, 0));
				expect(shownFrame(end)).toBeDefined();
				expect(end.trails.length).toBeLessThanOrEqual(100);
				for (const ids of end.trails) expect(ids.every(id => end.frames.has(id))).toBe(true);
			}),
		);
	});
});
