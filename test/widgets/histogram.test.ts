import { describe, expect, test } from 'vitest';
import { createGrid } from '../../src/terminal/grid.ts';
import { surfaceOf } from '../../src/terminal/grid-surface.ts';
import type { Style } from '../../src/terminal/style.ts';
import type { Surface } from '../../src/terminal/surface.ts';
import { paintHistogram } from '../../src/widgets/histogram.ts';
import { createTheme } from '../../src/widgets/theme.ts';
import { frameOf } from '../helpers/frame.ts';

const theme = createTheme('256', true);
const bars = (width: number, height: number, counts: readonly number[], unicode = true) =>
	frameOf(width, height, surface => paintHistogram(surface, [{ counts, style: {} }], createTheme('none', unicode)));

describe('a histogram', () => {
	test('draws from zero to the largest, at least something where there is something', () => {
		expect(bars(6, 2, [0, 1, 8, 16, 1000, 500])).toBe('    █\n ▁▁▁██');
	});

	test('is drawn in ASCII as well', () => {
		expect(bars(4, 1, [0, 2, 4, 8], false)).toBe(' _.#');
	});

	test('leaves the room empty when nothing was counted', () => {
		expect(bars(3, 2, [0, 0, 0])).toBe('\n');
	});

	test('gives every cell the style of the layer at its middle', () => {
		const low: Style = { bold: true };
		const high: Style = { dim: true };
		const painted: (readonly [number, number, Style | undefined])[] = [];
		const grid = surfaceOf(createGrid(3, 4));
		const surface: Surface = {
			...grid,
			put: (x, y, text, style) => {
				painted.push([x, y, style]);
				return grid.put(x, y, text, style);
			},
		};
		paintHistogram(
			surface,
			[
				{ counts: [2, 0, 0.25], style: low },
				{ counts: [2, 4, 3.75], style: high },
			],
			theme,
		);
		expect(painted.filter(([x]) => x === 0).map(([, , style]) => style)).toEqual([low, low, high, high]);
		expect(painted.filter(([x]) => x === 1).map(([, , style]) => style)).toEqual([high, high, high, high]);
		expect(painted.filter(([x]) => x === 2).map(([, , style]) => style)).toEqual([high, high, high, high]);
	});
});
