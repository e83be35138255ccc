import { expect, test } from 'vitest';
import { bounded } from '../../src/cli/bounded.ts';

test('work that ends in time has its answer, and what it throws', () => {
	expect(bounded(1000, () => 7)).toBe(7);
	expect(() =>
		bounded(1000, () => {
			throw new Error('refused');
		}),
	).toThrow('refused');
});

test('an expression that would take forever is given up; what was done before stays done', () => {
	let done = 0;
	const answered = bounded(5, () => {
		done++;
		return /^(a+)+$/.test(`${'a'.repeat(50)}b`);
	});
	expect([answered, done]).toEqual([undefined, 1]);
});

test('work that was given up leaves nothing behind for what is called next, or calls for itself', () => {
	expect(bounded(5, () => /^(a+)+$/.test(`${'a'.repeat(50)}b`))).toBeUndefined();
	expect(bounded(1000, () => `${bounded(1000, () => 'inner')} and outer`)).toBe('inner and outer');
	expect(bounded(1000, () => undefined)).toBeUndefined();
});
