import { expect, test } from 'vitest';
import { finished, inSlices, type Steps } from '../../src/model/steps.ts';

/** Counts to so many, and pauses after each. */
function* countTo(last: number, seen: (count: number) => void = () => undefined): Steps<number> {
	for (let count = 1; count <= last; count++) {
		seen(count);
		yield;
	}
	return last;
}

/** A clock that goes on by so much with each look. */
const ticking = (step: number) => {
	let time = 0;
	return () => (time += step);
};

test('in one go and in slices the same comes of it', async () => {
	const { signal } = new AbortController();
	expect(finished(countTo(100))).toBe(100);
	expect(await inSlices(countTo(100), { now: ticking(3), signal })).toBe(100);
});

test('others have their turn between slices, and short work makes no pause', async () => {
	const { signal } = new AbortController();
	const heard: number[] = [];
	let count = 0;
	setImmediate(function hear() {
		heard.push(count);
		if (count < 30) setImmediate(hear);
	});
	const seen = (at: number) => {
		count = at;
	};
	await inSlices(countTo(30, seen), { now: ticking(4), signal });
	expect(heard.length).toBeGreaterThan(10);
	let pauses = 0;
	await inSlices(countTo(30), { now: () => 0, signal, onPause: () => pauses++ });
	expect(pauses).toBe(0);
});

test('nothing more is done once nobody waits for it', async () => {
	const leaving = new AbortController();
	let count = 0;
	const work = countTo(1000, at => {
		count = at;
		if (at === 10) leaving.abort();
	});
	await expect(inSlices(work, { now: ticking(4), signal: leaving.signal })).rejects.toThrow('aborted');
	expect(count).toBeLessThan(20);
});
