import { describe, expect, test } from 'vitest';
import { createTheme } from '../../../src/widgets/theme.ts';
import { lineAt } from '../../helpers/log-store.ts';
import { type Drawn, drawn, having, noon, pressed } from './shown-logs.ts';

const inner = JSON.stringify({ hold: { berth: 7 }, hint: 'first\\nsecond' });
const stack = 'Error: lamp is out\n    at light (/srv/lamp.js:7:3)\n    at main (/srv/main.js:1:1)';
const entries = [
	...Array.from({ length: 12 }, (_, index) =>
		lineAt(
			noon - 90_000 + index * 1000,
			{ app: 'pier' },
			JSON.stringify({
				level: 30,
				msg: 'berth given',
				status: 200 + (index % 3),
				route: `/berths/${index}`,
				ms: index,
			}),
		),
	),
	lineAt(
		noon - 60_000,
		{ app: 'pier' },
		JSON.stringify({ level: 50, msg: 'berth refused', status: 502, route: '/berths', body: inner, err: { stack } }),
		{ zone: 'north' },
	),
	lineAt(noon - 50_000, { app: 'pier' }, '{"level":30,"msg":"berth given","status":200,"route":"/berths"}'),
	lineAt(
		noon - 40_000,
		{ app: 'pier' },
		JSON.stringify({ level: 30, msg: 'berths listed', list: Array.from({ length: 300 }, (_, index) => index) }),
	),
];

const scene = (width: number, height: number) =>
	drawn({ place: { service: 'pier' }, entries, size: { width, height } });
const shortened = ({ frame }: Drawn) => frame.replace(/\n{4,}/, '\n…\n');

describe('a row that is open', () => {
	test('shows its line as a tree below it, in a frame of 80×24', async () => {
		const shown = having(await scene(80, 21), 'z');
		expect(shortened(shown)).toMatchInlineSnapshot(`
			"         ▇███     ▃  ▁▁  ▃             15 lines
			                  █                    ✗ 1 error
			 11:58:35.000 · berth given  202 /berths/5 ms=5
			 11:58:36.000 · berth given  200 /berths/6 ms=6
			 11:58:37.000 · berth given  201 /berths/7 ms=7
			 11:58:38.000 · berth given  202 /berths/8 ms=8
			 11:58:39.000 · berth given  200 /berths/9 ms=9
			 11:58:40.000 · berth given  201 /berths/10 ms=10
			 11:58:41.000 · berth given  202 /berths/11 ms=11
			▌11:59:00.000 ✗ berth refused  502 /berths body={"hold":{"berth":7},"hint":"fir…
			 │ level  50
			 │ msg  berth refused
			 │ status  502
			 │ route  /berths
			 │ body  {"hold":{"berth":7},"hint":"first\\\\nsecond"}
			 │ err
			 │   stack  Error: lamp is out
			 │         at light (/srv/lamp.js:7:3)
			 │         at main (/srv/main.js:1:1)
			 │ beside the line
			 │   zone  north"
		`);
	});

	test('and in one of 160×50, with what its texts hold', async () => {
		const shown = having(await scene(160, 47), 'z', 'z', 'z');
		expect(shortened(shown)).toMatchInlineSnapshot(`
			"                            ███████████                           ▆         ▃                                       15 lines
			                           ▃███████████▅                ▇█        █▁       ▅█
			                                                        ▇█                                                          ✗ 1 error
			 time          level  status route       ms message
			 11:58:30.000 · info     200 /berths/0    0 berth given
			 11:58:31.000 · info     201 /berths/1    1 berth given
			 11:58:32.000 · info     202 /berths/2    2 berth given
			 11:58:33.000 · info     200 /berths/3    3 berth given
			 11:58:34.000 · info     201 /berths/4    4 berth given
			 11:58:35.000 · info     202 /berths/5    5 berth given
			 11:58:36.000 · info     200 /berths/6    6 berth given
			 11:58:37.000 · info     201 /berths/7    7 berth given
			 11:58:38.000 · info     202 /berths/8    8 berth given
			 11:58:39.000 · info     200 /berths/9    9 berth given
			 11:58:40.000 · info     201 /berths/10  10 berth given
			 11:58:41.000 · info     202 /berths/11  11 berth given
			▌11:59:00.000 ✗ error    502 /berths        berth refused  body={"hold":{"berth":7},"hint":"first\\\\nsecond"} zone=north
			 │ level  50
			 │ msg  berth refused
			 │ status  502
			 │ route  /berths
			 │ body  JSON in a text
			 │   hold
			 │     berth  7
			 │   hint  first
			 │     second
			 │ err
			 │   stack  Error: lamp is out
			 │         at light (/srv/lamp.js:7:3)
			 │         at main (/srv/main.js:1:1)
			 │ beside the line
			 │   zone  north
			 11:59:10.000 · info     200 /berths        berth given
			 11:59:20.000 · info                        berths listed  list=[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34…
			…
			"
		`);
		expect(pressed(shown, 'z')).toEqual({
			type: 'refuse',
			why: 'No text of this line holds anything deeper. Z closes it.',
		});
	});

	test('moves as one row and stays open while others are read', async () => {
		const shown = having(await scene(80, 21), 'z');
		const below = having(shown, 'j');
		expect(below.frame).toMatch(/▌11:59:10.000 · berth given/);
		expect(below.frame).toContain('│ body');
		expect(having(below, 'k').frame).toBe(having(shown).frame);
	});

	test('leaves the end of its tree on show when there is no room for all of it', async () => {
		const shown = having(await scene(80, 12), 'z');
		const rowOf = ({ frame }: Drawn) => frame.split('\n').findIndex(row => row.startsWith('▌'));
		expect(rowOf(shown)).toBe(2);
		const below = having(shown, 'j');
		expect(below.frame).toMatch(/│ {3}zone {2}north\n▌11:59:10.000 · berth given/);
		expect(below.frame).not.toContain('berth refused');
	});

	test('is closed one level after the other', async () => {
		const shown = await scene(80, 21);
		const [once, twice] = [having(shown, 'z'), having(shown, 'z', 'z')];
		expect(twice.frame).toContain('JSON in a text');
		expect(having(twice, 'Z').frame).toBe(once.frame);
		expect(having(twice, 'Z', 'Z').state.opened).toBeUndefined();
		expect(pressed(shown, 'Z')).toEqual({ type: 'refuse', why: 'The row is not open. z opens it.' });
	});

	test('has two hundred rows at most, which can be scrolled, and says what it leaves out', async () => {
		const shown = having(await scene(80, 14), 'G', 'z');
		expect(shown.frame).toContain('more rows: J K');
		const end = having(shown, ...Array.from({ length: 60 }, () => 'J'));
		expect(end.frame).toContain('103 more rows, in the details');
		expect(end.frame).not.toContain('J K');
		expect(having(end, 'K').frame).toContain('more rows: J K');
		expect(having(end, 'k', 'j').state.detailScroll).toBe(0);
	});

	test('is open beside wrapped ones, and in ASCII', async () => {
		const ascii = await drawn({
			place: { service: 'pier' },
			entries,
			size: { width: 60, height: 24 },
			theme: createTheme('none', false),
		});
		const { frame } = having(ascii, 'w', 'z');
		expect(frame).toContain('msg  berth refused');
		expect(frame).toContain('zone  north');
	});

	test('leaves no line out and no blank row while the cursor goes through all', async () => {
		let shown = having(await scene(100, 24), 'z', 'G', 'z', 'g', 'z');
		for (let step = 0; step < entries.length; step++) {
			expect(shown.frame.split('\n').filter(row => row.startsWith('▌'))).toHaveLength(1);
			if (step < entries.length - 1) shown = having(shown, 'j');
		}
	});
});
