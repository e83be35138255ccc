import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createClusters } from '../../src/terminal/clusters.ts';
import { diff } from '../../src/terminal/diff.ts';
import { clearGrid, createGrid, type Grid } from '../../src/terminal/grid.ts';
import { surfaceOf } from '../../src/terminal/grid-surface.ts';
import type { Style } from '../../src/terminal/style.ts';
import type { Surface } from '../../src/terminal/surface.ts';
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

	test('a terminal without Unicode is sent ASCII, every character in its columns', async () => {
		const [empty, next] = [createGrid(30, 1), createGrid(30, 1)];
		surfaceOf(next).put(0, 0, 'é|e\u0301|日|Ａ|⏎…×|🔥|⣿|end');
		const bytes = diff(empty, next, { unicode: false });
		expect(bytes).toMatch(/^[\x1b\x20-\x7e]*$/);
		const emulator = createEmulator(30, 1);
		await writeTo(emulator, bytes);
		expect(emulator.buffer.active.getLine(0)?.translateToString(true)).toBe('e|e|??|A ||~x|??|?|end');
	});

	test('after a character whose width is disputed, everything still stands in its column', async () => {
		const clusters = createClusters();
		const [empty, next] = [createGrid(20, 2, clusters), createGrid(20, 2, clusters)];
		surfaceOf(next).put(0, 0, 'a🔥b👍🏽c ก็ d❤️e');
		surfaceOf(next).put(18, 1, '🔥');
		const emulator = createEmulator(20, 2);
		await writeTo(emulator, `${'#'.repeat(40)}\x1b[H`);
		surfaceOf(empty).put(0, 0, '#'.repeat(20));
		surfaceOf(empty).put(0, 1, '#'.repeat(20));
		await writeTo(emulator, diff(empty, next));
		const columnOf = (character: string): number | undefined =>
			Array.from({ length: 20 }, (_, x) => x).find(
				x => emulator.buffer.active.getLine(0)?.getCell(x)?.getChars() === character,
			);
		expect(['a', 'b', 'c', 'd', 'e'].map(columnOf)).toEqual([0, 3, 6, 10, 12]);
		expect(emulator.buffer.active.getLine(0)?.translateToString()).not.toContain('#');
		expect(emulator.buffer.active.getLine(1)?.translateToString()).not.toContain('#');
	});
});

describe('bytes of a table of log lines at 200×60', () => {
	const width = 200;
	const height = 60;
	const levels = [
		['INFO ', { color: 36 }],
		['WARN ', { color: 214 }],
		['ERROR', { color: 202, bold: true }],
		['DEBUG', { color: 245 }],
	] as const;

	/** A header, 57 rows from `top` on with one of them selected, and a footer that says which. */
	function table(grid: Grid, top: number, selected: number): void {
		clearGrid(grid);
		const surface = surfaceOf(grid);
		surface.put(0, 0, ' prod │ alerts › checkout › logs', { bold: true });
		surface.put(0, 1, 'time', { color: 245 });
		for (let y = 0; y < 57; y++) putRow(surface.within(0, y + 2, width, 1), top + y);
		surface.restyle(0, selected - top + 2, width, 1, { inverse: true });
		surface.put(0, 59, `row ${selected + 1} of 100 000  enter open  / filter  ? help`, { color: 245 });
	}

	function putRow(row: Surface, index: number): void {
		const [level, levelStyle] = levels[index % 4] ?? levels[0];
		let x = row.put(0, 0, `03:${pad(index % 60)}:${pad((index * 7) % 60)}.${pad(index % 97)}0 `, { color: 245 });
		x = row.put(x, 0, `${level} `, levelStyle);
		x = row.put(x, 0, `service-${index % 7} `, { color: [74, 214, 36, 175, 178, 32, 137][index % 7] ?? 74 });
		x = row.put(x, 0, `request to /api/v1/orders/${(index * 31) % 9973} took ${(index * 17) % 5000} ms `);
		x = row.put(x, 0, `request_id=${(index * 2654435761).toString(16).padStart(12, '0')} `, { color: 74 });
		row.put(x, 0, `status=${index % 9 === 0 ? 503 : 200}`, { color: index % 9 === 0 ? 202 : 245 });
	}

	const pad = (value: number): string => String(value).padStart(2, '0');

	/** From one position of top and selection to another. */
	function bytesBetween(from: readonly [number, number], to: readonly [number, number]): number {
		const clusters = createClusters();
		const [shown, next] = [createGrid(width, height, clusters), createGrid(width, height, clusters)];
		table(shown, ...from);
		table(next, ...to);
		return Buffer.byteLength(diff(shown, next));
	}

	test('a cursor move is two rows', () => {
		expect(bytesBetween([0, 10], [0, 11])).toBeLessThanOrEqual(700);
	});

	test('a cursor move that scrolls by a row is three rows, not the screen', () => {
		expect(bytesBetween([0, 56], [1, 57])).toBeLessThanOrEqual(900);
		expect(bytesBetween([1, 1], [0, 0])).toBeLessThanOrEqual(900);
	});

	test('half a page keeps the other half', () => {
		expect(bytesBetween([0, 10], [28, 38])).toBeLessThanOrEqual(5000);
	});

	test('a page is its text and little more', () => {
		expect(bytesBetween([0, 10], [57, 67])).toBeLessThanOrEqual(9000);
	});
});
