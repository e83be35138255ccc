import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createClusters } from '../../src/terminal/clusters.ts';
import { diff } from '../../src/terminal/diff.ts';
import { clearGrid, createGrid, type Grid } from '../../src/terminal/grid.ts';
import { surfaceOf } from '../../src/terminal/grid-surface.ts';
import type { Style } from '../../src/terminal/style.ts';
import { createEmulator, differencesOf, shownBy, writeTo } from './emulator.ts';

const columns = 40;
const rows = 16;

type Piece = readonly [text: string, style: Style];

const color = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom('#d55e00' as const, '#0072b2' as const));
const style = fc.record(
	{
		color,
		background: color,
		bold: fc.boolean(),
		dim: fc.boolean(),
		italic: fc.boolean(),
		underline: fc.boolean(),
		inverse: fc.boolean(),
	},
	{ requiredKeys: [] },
);
const words = ['abc', ' ', '      ', '日本語', 'e\u0301', '─│┌', '⣿⡇', '한국', 'xxxxxxxxxx', 'ß', 'a日'];
const piece: fc.Arbitrary<Piece> = fc.tuple(fc.constantFrom(...words), fc.oneof(fc.constant({}), style));
const line = fc.array(piece, { maxLength: 12 });

/** What happens to the lines between two frames. */
type Step =
	| { readonly type: 'change'; readonly row: number; readonly line: readonly Piece[] }
	| {
			readonly type: 'scroll';
			readonly by: number;
			readonly from: number;
			readonly lines: readonly (readonly Piece[])[];
	  }
	| { readonly type: 'select'; readonly row: number };

const step: fc.Arbitrary<Step> = fc.oneof(
	fc.record({ type: fc.constant('change' as const), row: fc.nat(rows - 1), line }),
	fc.record({
		type: fc.constant('scroll' as const),
		by: fc.integer({ min: -6, max: 6 }),
		from: fc.nat(4),
		lines: fc.array(line, { minLength: 6, maxLength: 6 }),
	}),
	fc.record({ type: fc.constant('select' as const), row: fc.nat(rows - 1) }),
);

type Picture = { readonly lines: readonly (readonly Piece[])[]; readonly selected: number };

function after(picture: Picture, step: Step): Picture {
	if (step.type === 'change') return { ...picture, lines: picture.lines.with(step.row, step.line) };
	if (step.type === 'select') return { ...picture, selected: step.row };
	const head = picture.lines.slice(0, step.from);
	const body = picture.lines.slice(step.from);
	const fresh = step.lines.slice(0, Math.abs(step.by));
	const moved =
		step.by > 0 ? [...body.slice(step.by), ...fresh] : [...fresh, ...body.slice(0, body.length - fresh.length)];
	return { ...picture, lines: [...head, ...moved] };
}

function draw(grid: Grid, picture: Picture): void {
	clearGrid(grid);
	const surface = surfaceOf(grid);
	for (const [y, pieces] of picture.lines.entries()) {
		pieces.reduce((x, [text, pieceStyle]) => surface.put(x, y, text, pieceStyle), 0);
	}
	surface.restyle(0, picture.selected, columns, 1, { inverse: true });
}

describe('diff', () => {
	test('a terminal that is sent the differences shows every frame, cell by cell', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(line, { minLength: rows, maxLength: rows }),
				fc.array(step, { maxLength: 12 }),
				async (lines, steps) => {
					const clusters = createClusters();
					const emulator = createEmulator(columns, rows);
					let shown = createGrid(columns, rows, clusters);
					let next = createGrid(columns, rows, clusters);
					let picture: Picture = { lines, selected: 0 };
					for (const change of [undefined, ...steps]) {
						picture = change === undefined ? picture : after(picture, change);
						draw(next, picture);
						await writeTo(emulator, diff(shown, next));
						expect(differencesOf(shownBy(emulator, clusters), next)).toEqual([]);
						[shown, next] = [next, shown];
					}
				},
			),
			{ numRuns: 150 },
		);
	});

	test('two equal grids need no bytes', () => {
		const [a, b] = [createGrid(10, 3), createGrid(10, 3)];
		surfaceOf(a).put(0, 1, 'same', { bold: true });
		surfaceOf(b).put(0, 1, 'same', { bold: true });
		expect(diff(a, b)).toBe('');
	});
});
