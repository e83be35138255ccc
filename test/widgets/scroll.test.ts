import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clampCursor, movedCursor, movements, offsetFor } from '../../src/widgets/scroll.ts';

describe('the rows on show', () => {
	test.each([
		// offset, cursor, count, height → offset
		[0, 0, 100, 10, 0],
		[0, 8, 100, 10, 0],
		[0, 9, 100, 10, 1],
		[0, 50, 100, 10, 42],
		[42, 45, 100, 10, 42],
		[42, 42, 100, 10, 41],
		[95, 99, 100, 10, 90],
		[7, 2, 3, 10, 0],
		[0, 5, 10, 1, 5],
		[0, 5, 10, 2, 4],
		[5, 0, 0, 10, 0],
	])('from %i with the cursor on %i of %i in %i rows', (offset, cursor, count, height, expected) => {
		expect(offsetFor(offset, cursor, count, height)).toBe(expected);
	});

	const list = fc
		.record({ count: fc.integer({ min: 1, max: 200 }), height: fc.integer({ min: 1, max: 60 }), offset: fc.nat(300) })
		.chain(room => fc.record({ cursor: fc.nat(room.count - 1), room: fc.constant(room) }));

	test('always hold the cursor, and never blank rows while there are rows', () => {
		fc.assert(
			fc.property(list, ({ cursor, room: { offset, count, height } }) => {
				const first = offsetFor(offset, cursor, count, height);
				expect(first).toBeGreaterThanOrEqual(0);
				expect(first).toBeLessThanOrEqual(cursor);
				expect(first + height).toBeGreaterThan(cursor);
				expect(first).toBeLessThanOrEqual(Math.max(0, count - height));
			}),
		);
	});

	test('stay where they are while the cursor moves among them', () => {
		fc.assert(
			fc.property(list, ({ cursor, room: { offset, count, height } }) => {
				const first = offsetFor(offset, cursor, count, height);
				expect(offsetFor(first, cursor, count, height)).toBe(first);
			}),
		);
	});
});

describe('a movement key', () => {
	test.each([
		['j', 5, 6],
		['down', 5, 6],
		['k', 5, 4],
		['up', 0, 0],
		['g', 50, 0],
		['home', 50, 0],
		['G', 5, 99],
		['end', 5, 99],
		['ctrl+d', 5, 10],
		['ctrl+u', 5, 0],
		['ctrl+f', 5, 13],
		['pagedown', 95, 99],
		['ctrl+b', 20, 12],
		['pageup', 5, 0],
	])('%s takes the cursor from %i to %i', (key, from, to) => expect(movedCursor(key, from, 100, 10)).toBe(to));

	test('is one of the table, or moves nothing', () => {
		const keys = movements.flatMap(movement => movement.keys);
		for (const key of keys) expect(movedCursor(key, 1, 3, 3)).toBeDefined();
		for (const key of ['x', 'enter', 'toString']) expect(movedCursor(key, 1, 3, 3)).toBeUndefined();
	});

	test('leaves an empty list at its first row', () => {
		for (const { keys } of movements) expect(movedCursor(keys[0], 0, 0, 10)).toBe(0);
		expect(clampCursor(7, 0)).toBe(0);
	});
});
