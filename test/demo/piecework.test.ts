import { expect, test } from 'vitest';
import { finished, KeptWork, type Piecework } from '../../src/demo/piecework.ts';

/** Takes so many pauses to make its square, and tells when it begins. */
const squares = (pauses: number) => {
	const begun: number[] = [];
	function* squareOf(key: number): Piecework<number> {
		begun.push(key);
		for (let pause = 0; pause < pauses; pause++) yield;
		return key * key;
	}
	return { begun, squareOf };
};

test('finished work is all pieces at once', () => {
	expect(finished(squares(3).squareOf(4))).toBe(16);
});

test('kept work is done once', () => {
	const { begun, squareOf } = squares(2);
	const kept = new KeptWork(2, squareOf);
	expect([kept.at(3), finished(kept.of(3)), kept.at(3)]).toEqual([9, 9, 9]);
	expect(begun).toEqual([3]);
});

test('what is asked for by several is worked at by each in turn', () => {
	const { begun, squareOf } = squares(4);
	const kept = new KeptWork(2, squareOf);
	const [one, other] = [kept.of(5), kept.of(5)];
	const order = [one, other, one, other, one, other, one].map(work => work.next());
	expect(order.map(({ done }) => done)).toEqual([false, false, false, false, false, true, true]);
	expect(order.slice(5).map(({ value }) => value)).toEqual([25, 25]);
	expect(begun).toEqual([5]);
});

test('what was left unfinished is gone on with', () => {
	const { begun, squareOf } = squares(2);
	const kept = new KeptWork(2, squareOf);
	kept.of(6).next();
	expect(kept.at(6)).toBe(36);
	expect(begun).toEqual([6]);
});

test('the last are kept, the others made again', () => {
	const { begun, squareOf } = squares(0);
	const kept = new KeptWork(2, squareOf);
	for (const key of [1, 2, 3, 2, 3, 1]) kept.at(key);
	expect(begun).toEqual([1, 2, 3, 1]);
});
