import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runFinder } from '../../src/analysis/character-runs.ts';

test('finds what a pattern finds, wherever it stands', () => {
	const unit = fc.constantFrom('0', '7', 'a', 'F', 'g', ' ', 'é', '💥');
	fc.assert(
		fc.property(fc.string({ unit, maxLength: 40 }), fc.integer({ min: 1, max: 6 }), (text, length) => {
			const pattern = new RegExp(`[0-9a-fA-F]{${length}}`);
			expect(runFinder('0123456789abcdefABCDEF', length)(text)).toBe(pattern.test(text));
		}),
		{ numRuns: 2000 },
	);
});

test('of a long text only every so many characters are looked at', () => {
	const text = `${'x'.repeat(10_000)}0123456789ab${'x'.repeat(10_000)}`;
	expect(runFinder('0123456789abcdef', 12)(text)).toBe(true);
	expect(runFinder('0123456789abcdef', 13)(text)).toBe(false);
});
