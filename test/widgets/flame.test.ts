import { expect, test } from 'vitest';
import { createGrid } from '../../src/terminal/grid.ts';
import { surfaceOf } from '../../src/terminal/grid-surface.ts';
import { styleOf } from '../../src/terminal/pen.ts';
import { type FlameBar, type FlamePicture, paintFlame } from '../../src/widgets/flame.ts';
import { createTheme } from '../../src/widgets/theme.ts';
import { frameOf } from '../helpers/frame.ts';

const bar = (x: number, width: number, more: Partial<FlameBar> = {}): FlameBar => ({
	x,
	width,
	eighths: 8,
	count: 1,
	service: 'gateway',
	name: 'GET',
	figure: '2 ms',
	critical: [],
	failed: false,
	selected: false,
	tone: 'plain',
	...more,
});

const picture = (...rows: readonly (readonly FlameBar[])[]): FlamePicture => ({
	gutter: 0,
	ruler: { heading: '', ticks: [] },
	rows: rows.map(bars => ({ heading: 'gateway', bars })),
	above: 0,
	below: 0,
});

/** The rows of bars alone, without ruler and services. */
const drawn = (bars: readonly FlameBar[], unicode = true): string =>
	frameOf(40, 2, surface => paintFlame(surface, picture(bars), createTheme('none', unicode))).split('\n')[1] ?? '';

test('the name of a service is cut where it is seen to end, whatever it does to a terminal', () => {
	const rows = [{ heading: '\u001b[31mgateway\u001b[0m of all', bars: [bar(0, 20)] }];
	const frame = frameOf(40, 2, surface =>
		paintFlame(surface, { ...picture(), gutter: 12, rows }, createTheme('none', true)),
	);
	expect(frame.split('\n')[1]).toMatch(/^ gateway o… ━/);
});

test.each<[string, readonly FlameBar[], string, string]>([
	['a label inside', [bar(0, 20)], '━ GET 2 ms ━━━━━━━━━', '- GET 2 ms ---------'],
	['a label right of a short bar', [bar(3, 5)], '   ━━━━━ GET 2 ms', '   ----- GET 2 ms'],
	[
		'a label left of a bar at the end',
		[bar(36, 4)],
		'                           GET 2 ms ━━━━',
		'                           GET 2 ms ----',
	],
	[
		'no label where there is no room',
		[bar(0, 3), bar(3, 37)],
		'━━━╺ GET 2 ms ━━━━━━━━━━━━━━━━━━━━━━━━━━',
		'---| GET 2 ms --------------------------',
	],
	[
		'the figure goes before the name is cut',
		[bar(0, 14, { name: 'POST /checkout/confirm' }), bar(14, 26)],
		'━ …t/confirm ━╺ GET 2 ms ━━━━━━━━━━━━━━━',
		'- ~t/confirm -| GET 2 ms ---------------',
	],
	[
		'the critical path is solid',
		[
			bar(0, 20, {
				critical: [
					[0, 1],
					[12, 20],
				],
				eighths: 3,
			}),
		],
		'█ GET 2 ms ━███████▍',
		'= GET 2 ms -========',
	],
	['a sliver', [bar(0, 1, { eighths: 2, critical: [[0, 1]] })], '▎ GET 2 ms', '= GET 2 ms'],
	['what happened on the way', [bar(0, 20, { events: [3, 14, 17] })], '━ GET 2 ms ━━━◇━━◇━━', '- GET 2 ms ---o--o--'],
	['what failed', [bar(0, 20, { failed: true })], '━ GET 2 ms ━━━━━━━━✗', '- GET 2 ms --------x'],
	['merged spans and how many', [bar(0, 2, { count: 37, name: '+37', figure: '' })], '╍╍ +37', '++ +37'],
	[
		'neighbours that touch are told apart',
		[bar(0, 3, { critical: [[0, 3]] }), bar(3, 3, { critical: [[3, 6]] })],
		'███▐██ GET 2 ms',
		'===|== GET 2 ms',
	],
])('%s', (_, bars, unicode, ascii) => {
	expect(drawn(bars)).toBe(unicode);
	expect(drawn(bars, false)).toBe(ascii);
});

test('services stand at the left, ticks above, and what is out of sight is counted', () => {
	const shown: FlamePicture = {
		...picture([bar(0, 24, { selected: true })], [bar(2, 20)]),
		gutter: 9,
		ruler: {
			heading: '',
			ticks: [
				{ x: 0, label: '0' },
				{ x: 12, label: '1 s' },
			],
		},
		above: 3,
		below: 40,
	};
	expect(frameOf(34, 4, surface => paintFlame(surface, shown, createTheme('none', true)))).toBe(
		[
			' ▲ 3     │0          │1 s',
			'▌gateway ━ GET 2 ms ━━━━━━━━━━━━━',
			' gateway   ━ GET 2 ms ━━━━━━━━━',
			' ▼ 40 more rows',
		].join('\n'),
	);
});

test.each([
	[412, ' ▲ 412 │0'],
	[4987, ' ▲4987 │0'],
	[15_234, ' ▲15.2k│0'],
	[104_000, ' ▲104k │0'],
])('%i rows that are out of sight are counted without a number that is cut', (above, expected) => {
	const ruler = { heading: '', ticks: [{ x: 0, label: '0' }] };
	const shown = { ...picture([bar(0, 24)]), gutter: 7, ruler, above };
	const frame = frameOf(34, 2, surface => paintFlame(surface, shown, createTheme('none', true)));
	expect(frame.split('\n')[0]).toBe(expected);
});

/** The style of a cell in the first row of bars. */
function styleAt(x: number, bars: readonly FlameBar[], level: 'none' | '256' = '256') {
	const grid = createGrid(40, 2);
	paintFlame(surfaceOf(grid), picture(bars), createTheme(level, true));
	const index = grid.width + x;
	return styleOf({ ink: grid.inks[index] ?? 0, ground: grid.grounds[index] ?? 0 });
}

test('a bar has the colour of its service, a failure its own, the selection is reversed', () => {
	const service = createTheme('256', true).serviceStyle('gateway');
	expect(styleAt(0, [bar(0, 20, { failed: true })])).toMatchObject(service);
	expect(styleAt(19, [bar(0, 20, { failed: true })])).toMatchObject(createTheme('256', true).style('error'));
	expect(styleAt(4, [bar(0, 20, { selected: true })])).toMatchObject({ inverse: true });
	expect(styleAt(19, [bar(0, 20, { selected: true })])).toEqual(service);
	expect(styleAt(12, [bar(0, 3, { selected: true })])).not.toMatchObject({ inverse: true });
	expect(styleAt(4, [bar(0, 3, { selected: true })])).toMatchObject({ inverse: true });
	expect(styleAt(0, [bar(0, 20)], 'none')).toEqual({});
});

test('while something is searched the rest is dim and the match stands out', () => {
	const theme = createTheme('256', true);
	expect(styleAt(0, [bar(0, 20, { tone: 'other' })])).toMatchObject(theme.style('dim'));
	expect(styleAt(2, [bar(0, 20, { tone: 'match' })])).toMatchObject(theme.style('match'));
});
