import { describe, expect, test } from 'vitest';
import { fixed, hour, minute } from '../../../src/model/time.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { tracesFromText } from '../../helpers/traces-from-text.ts';
import { atTraces, hourAtThePier, noon, resultsOf } from './shown-traces.ts';

const times = (key: string, count: number): readonly string[] => Array.from({ length: count }, () => key);
const rows = (frame: string, count: number): string => `\n${frame.split('\n').slice(0, count).join('\n')}`;

describe('the scatter', () => {
	test('tells when each trace began and how long it took; failed ones and the one under the cursor apart', () => {
		expect(rows(atTraces().frame(), 6)).toMatchInlineSnapshot(`
			"
			    5 s┤                   ✗                                                 ✗
			       │                                                      ◆
			       │                                                             ◆        ◈
			   5 ms└  ◆                               ◆
			        11:00             11:15             11:30             11:45
			 began            took             began in                      spans  errors"
		`);
		const ascii = atTraces({ theme: createTheme('none', false) }).frame();
		expect(rows(ascii, 6)).toMatchInlineSnapshot(`
			"
			    5 s+                   x                                                 x
			       |                                                      o
			       |                                                             o        @
			   5 ms\\  o                               o
			        11:00             11:15             11:30             11:45
			 began            took             began in                      spans  errors"
		`);
		expect(ascii).toMatch(/^[\x20-\x7e\n]*$/);
	});

	test('marks another trace when the cursor moves', () => {
		const screen = atTraces();
		screen.presses('j', 'j', 'j');
		expect(rows(screen.frame(), 6)).toMatchInlineSnapshot(`
			"
			    5 s┤                   ✗                                                 ✗
			       │                                                      ◈
			       │                                                             ◆        ◆
			   5 ms└  ◆                               ◆
			        11:00             11:15             11:30             11:45
			 began            took             began in                      spans  errors"
		`);
	});

	test('has the room that the list leaves it', () => {
		const height = (size: { width: number; height: number }) =>
			atTraces({ size })
				.frame()
				.split('\n')
				.findIndex(row => row.includes('└')) + 1;
		expect(height({ width: 60, height: 11 })).toBe(0);
		expect(height({ width: 80, height: 20 })).toBe(4);
		expect(height({ width: 160, height: 46 })).toBe(9);
	});

	test('is not there for one trace, nor in a narrow room', () => {
		expect(atTraces({ findings: { results: resultsOf(hourAtThePier.slice(0, 1)) } }).frame()).not.toContain('└');
		expect(atTraces({ size: { width: 27, height: 40 } }).frame()).not.toContain('└');
	});

	test('keeps its axis while a filter leaves fewer', () => {
		const screen = atTraces();
		screen.filters('tides');
		expect(rows(screen.frame(), 6)).toMatchInlineSnapshot(`
			"
			    5 s┤
			       │
			       │
			   5 ms└  ◈
			        11:00             11:15             11:30             11:45
			 began            took             began in                      spans  errors"
		`);
	});

	test('shows traces that are told to have taken no time, and none that began before the window', () => {
		const traces = tracesFromText('1m 0ms 0/1 pier GET /x\n5m 90ms 0/1 pier GET /x\n61m 3s 0/1 pier GET /x', noon);
		const [first] = atTraces({ findings: { results: resultsOf(traces) } })
			.frame()
			.split('\n');
		expect(first).toMatch(/^ *5 s┤ *$/);
		expect(rows(atTraces({ findings: { results: resultsOf(traces) } }).frame(), 5)).toMatchInlineSnapshot(`
			"
			    5 s┤
			       │                                                                  ◆
			       │
			 500 µs└                                                                      ◈
			        11:00             11:15             11:30             11:45"
		`);
	});
});

describe('a range of the scatter', () => {
	test('begins at the trace under the cursor, and is told as it is chosen', () => {
		const screen = atTraces();
		screen.presses('V', 'h', 'h');
		const said = () => screen.frame().split('\n').at(-2)?.trimEnd();
		expect(said()).toMatchInlineSnapshot(`"from 11:56:40  h l time  j k duration  enter"`);
		screen.presses('enter', ...times('h', 10));
		expect(said()).toMatchInlineSnapshot(`"11:48:20 to 11:57:30  enter looks there"`);
		screen.presses('k', 'k');
		expect(said()).toMatchInlineSnapshot(`"11:48:20 to 11:57:30, 28 ms to 5 s  enter looks there"`);
	});

	test('of time alone leaves the durations as they are', () => {
		const screen = atTraces({ place: { slowerThan: 5 } });
		const outcome = screen.presses('V', 'enter', ...times('left', 6), 'enter');
		if (outcome?.type !== 'turn' || outcome.to.kind !== 'traces') throw new Error('no turn');
		expect(outcome.to).toEqual({ kind: 'traces', slowerThan: 5, window: expect.anything() });
		const { window } = outcome.to;
		if (window.kind !== 'fixed') throw new Error('not fixed');
		// 72 columns show an hour: seven of them are 5 m 50 s.
		expect(window.to - window.from).toBeGreaterThan(5.7 * minute);
		expect(window.to - window.from).toBeLessThan(6 * minute);
		expect(window.from).toBeLessThan(noon - minute);
		expect(window.to).toBeGreaterThan(noon - minute);
		expect(outcome.state?.choosing).toBeUndefined();
	});

	test('of durations is what its rows hold, whichever corner was fixed first', () => {
		// The rows begin at 889 ms, 158 ms, 28 ms and 5 ms.
		const upward = atTraces().presses('V', 'k', 'enter', 'k', 'h', 'enter');
		const downward = atTraces().presses('V', 'h', 'k', 'k', 'enter', 'j', 'l', 'enter');
		expect(upward).toEqual(downward);
		expect(upward).toMatchObject({ type: 'turn', to: { slowerThan: 150 } });
		expect(upward).not.toHaveProperty('to.fasterThan');
	});

	test('that reaches to the foot asks for nothing slower, and one in the middle for both', () => {
		const low = atTraces().presses('V', 'j', 'enter', 'j', 'enter');
		expect(low).toMatchObject({ to: { fasterThan: expect.any(Number) } });
		expect(low).not.toHaveProperty('to.slowerThan');
		const middle = atTraces().presses('V', 'k', 'enter', 'enter');
		expect(middle).toMatchObject({ to: { slowerThan: 150, fasterThan: 890 } });
	});

	test('stays within the chart', () => {
		const whole = atTraces().presses(
			'V',
			...times('h', 99),
			...times('k', 9),
			'enter',
			...times('l', 99),
			...times('j', 9),
			'enter',
		);
		expect(whole).toMatchObject({ to: { kind: 'traces', window: fixed(noon - hour, noon) } });
		expect(whole).not.toHaveProperty('to.slowerThan');
		expect(whole).not.toHaveProperty('to.fasterThan');
	});

	test('esc leaves it, and without it its keys refuse and enter opens', () => {
		const screen = atTraces();
		screen.presses('V');
		expect([screen.label('enter'), screen.label('j'), screen.idle('h')]).toEqual([
			'fix the corner',
			'shorter',
			undefined,
		]);
		expect(screen.presses('escape')).toMatchObject({ type: 'stay' });
		expect(screen.shown().state.choosing).toBeUndefined();
		expect(screen.presses('h')).toMatchObject({ type: 'refuse' });
		expect(screen.presses('right')).toMatchObject({ type: 'refuse' });
		expect(screen.presses('enter')).toMatchObject({ type: 'go', to: { kind: 'trace' } });
	});

	test('is refused where there is no scatter', () => {
		expect(atTraces({ size: { width: 60, height: 11 } }).presses('V')).toMatchObject({ type: 'refuse' });
		expect(atTraces({ findings: { results: resultsOf([]) } }).presses('V')).toMatchObject({ type: 'refuse' });
	});
});
