import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FlameBar } from '../../src/widgets/flame.ts';
import { placeLabels } from '../../src/widgets/flame-labels.ts';

const columns = 80;

/** Bars in a row that do not overlap, from gaps and widths. */
const anyBars = fc
	.array(
		fc.record({
			gap: fc.integer({ min: 0, max: 30 }),
			width: fc.integer({ min: 1, max: 40 }),
			name: fc.constantFrom('GET', 'POST /checkout/confirm', 'SELECT', ''),
			figure: fc.constantFrom('2 ms', '1.25 s skewed', ''),
		}),
		{ maxLength: 20 },
	)
	.map(pieces => {
		let free = 0;
		return pieces.flatMap(({ gap, width, name, figure }): readonly FlameBar[] => {
			const x = free + gap;
			free = x + width;
			if (free > columns) return [];
			const rest = { eighths: 8, count: 1, service: 's', critical: [], failed: false, selected: false } as const;
			return [{ x, width, name, figure, tone: 'plain', ...rest }];
		});
	});

test('labels stay in the row, off other bars, and a blank away from what follows', () => {
	fc.assert(
		fc.property(anyBars, bars => {
			const labels = placeLabels(bars, columns, '…');
			let taken = 0;
			for (const [index, bar] of bars.entries()) {
				const label = labels[index];
				const next = bars[index + 1]?.x ?? columns + 1;
				const end = bar.x + bar.width;
				if (label !== undefined) {
					expect(label.width).toBe(label.text.length);
					expect(label.x).toBeGreaterThanOrEqual(taken);
					const isInside = label.x > bar.x && label.x + label.width < end;
					if (!isInside) expect(label.x + label.width <= bar.x || label.x === end).toBe(true);
					if (!isInside) expect(label.x + label.width).toBeLessThan(next);
				}
				taken = Math.max(end, label === undefined ? 0 : label.x + label.width);
			}
		}),
		{ numRuns: 500 },
	);
});

test('a label left of a bar leaves room for the one right of the bar before it', () => {
	const bar = (x: number, width: number): FlameBar => ({
		x,
		width,
		eighths: 8,
		count: 1,
		service: 's',
		name: 'SELECT',
		figure: '2 ms',
		critical: [],
		failed: false,
		selected: false,
		tone: 'plain',
	});
	expect(placeLabels([bar(0, 2), bar(30, 1)], 31, '…').map(label => label && [label.x, label.text])).toEqual([
		[2, ' SELECT 2 ms'],
		[18, 'SELECT 2 ms '],
	]);
	expect(placeLabels([bar(0, 2), bar(22, 1)], 23, '…').map(label => label?.text)).toEqual([' SELECT 2 ms', undefined]);
});
