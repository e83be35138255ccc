import { describe, expect, test } from 'vitest';
import type { Trace } from '../../../src/model/trace.ts';
import { lettersOf } from '../../helpers/letters.ts';
import { traceFromText } from '../../helpers/trace-from-text.ts';
import { loadedTrace, openTrace } from './open-trace.ts';

/** A request that reads its orders one by one, then writes a receipt. */
function onePerRow(count: number): Trace {
	const reads = Array.from(
		{ length: count },
		(_, index) => `    orders SELECT item {client} :${' '.repeat(4 + index * 3)}${index === 2 ? '===' : '=='}`,
	);
	return traceFromText(`
		gateway GET /orders {server}  :${'='.repeat(count * 3 + 12)}
		  orders GET /orders {server} :  ${'='.repeat(count * 3 + 8)}
		${reads.join('\n\t\t')}
		    orders receipt            :${' '.repeat(count * 3 + 5)}====
	`);
}

const size = { width: 80, height: 14 };

describe('a run of like siblings', () => {
	test('of ten and more comes folded, says how many they are, and is called N+1 where calls follow each other', () => {
		const screen = openTrace(loadedTrace(onePerRow(12)), { size });
		screen.presses('g', 'j', 'j');
		expect(screen.selected()).toBe('orders SELECT item');
		expect(`\n${screen.frame()}`).toMatchInlineSnapshot(`
			"
			52.1 % of 480 ms is self time of orders SELECT item
			         │0             │100 ms        │200 ms       │300 ms        │400 ms
			 gateway █ GET /orders 480 ms ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━███
			 orders     █ GET /orders 440 ms ━━━█━━━██━━━█━━━█━━━██━━━█━━━██━━━███━━━━━━█
			▌orders        █ SELECT item ×12 sum 250 ms  max 30 ms  N+1 ██╍╍███   █████▋

			where the time went                             on path       self  spans errors
			orders SELECT item                               52.1 %     250 ms     12      ·
			orders GET /orders                               31.3 %     150 ms      1      ·
			gateway GET /orders                               8.3 %      40 ms      1      ·
			orders receipt                                    8.3 %      40 ms      1      ·
			● N+1: 12 × orders SELECT item, one after the other, 250 ms
			────────────────────────────────────────────────────────────────────────────────
			orders SELECT item  ×12  sum 250 ms  max 30 ms  N+1"
		`);
	});

	test('below the frame its part of the critical path is that of all of them', () => {
		const screen = openTrace(loadedTrace(onePerRow(12)), { size: { width: 119, height: 24 } });
		screen.presses('g', 'j', 'j');
		expect(screen.frame()).toContain('52.1 % of the critical path');
	});

	test('z unfolds it, with the selected span kept, and folds it again', () => {
		const screen = openTrace(loadedTrace(onePerRow(12)), { size });
		screen.presses('g', 'j', 'j');
		const folded = screen.frame();
		screen.presses('z');
		expect(screen.selected()).toBe('orders SELECT item');
		expect(`\n${screen.frame()}`).toMatchInlineSnapshot(`
			"
			52.1 % of 480 ms is self time of orders SELECT item
			         │0             │100 ms        │200 ms       │300 ms        │400 ms
			 gateway █ GET /orders 480 ms ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━███
			 orders     █ GET /orders 440 ms ━━━█━━━██━━━█━━━█━━━██━━━█━━━██━━━███━━━━━━█
			▌orders        ██▉ ███▍ ████▐██▎ ██▋ ███▏ ██▌ ███ ███▍ ██▉ ███▎ ██▊   █████▋

			where the time went                             on path       self  spans errors
			orders SELECT item                               52.1 %     250 ms     12      ·
			orders GET /orders                               31.3 %     150 ms      1      ·
			gateway GET /orders                               8.3 %      40 ms      1      ·
			orders receipt                                    8.3 %      40 ms      1      ·
			● N+1: 12 × orders SELECT item, one after the other, 250 ms
			────────────────────────────────────────────────────────────────────────────────
			orders SELECT item  30 ms, self 30 ms"
		`);
		screen.presses('z');
		expect(screen.frame()).toBe(folded);
	});

	test('in the waterfall it is one row or one for each', () => {
		const screen = openTrace(loadedTrace(onePerRow(12)), { size });
		screen.presses('g', 'j', 'j', 'tab');
		expect(`\n${screen.frame()}`).toMatchInlineSnapshot(`
			"
			52.1 % of 480 ms is self time of orders SELECT item
			                                 │0                  │200 ms            │400 ms
			 ▾ gateway GET /orders           █ 480 ms ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━██
			  ▾ orders GET /orders             █ 440 ms ━━━━█━━█━━█━━━━█━━█━━█━━█━━██━━━━█
			▌    orders SELECT item ×12          █ sum 250 ms  max 30 ms  N+1 ██╍███
			     orders receipt                                                40 ms ████▏

			where the time went                             on path       self  spans errors
			orders SELECT item                               52.1 %     250 ms     12      ·
			orders GET /orders                               31.3 %     150 ms      1      ·
			others (2)
			● N+1: 12 × orders SELECT item, one after the other, 250 ms
			────────────────────────────────────────────────────────────────────────────────
			orders SELECT item  ×12  sum 250 ms  max 30 ms  N+1"
		`);
		screen.presses('z');
		expect(screen.frame().match(/SELECT item/g)?.length).toBeGreaterThan(5);
		expect(screen.frame()).toMatch(/▼ \d+ more rows/);
	});

	test('of nine or fewer comes open; Z folds all and opens all', () => {
		const screen = openTrace(loadedTrace(onePerRow(9)), { size });
		expect(screen.frame()).not.toContain('×9');
		screen.presses('Z');
		expect(screen.frame()).toContain('SELECT item ×9');
		screen.presses('Z');
		expect(screen.frame()).not.toContain('×9');
	});

	test('enter lets it fill the width, esc goes back', () => {
		const screen = openTrace(loadedTrace(onePerRow(12)), { size });
		screen.presses('g', 'j', 'j');
		const before = screen.frame();
		screen.presses('enter');
		expect(`\n${screen.frame()}`).toMatchInlineSnapshot(`
			"
			52.1 % of 480 ms is self time of orders SELECT item
			 480 ms  ▁▁▂▂[▃▃▃▃▂▃▃▃▃▃▃▃▃▃▄▃▃▃▃▃▃▃▂▃▃▃▃▃▃▃▃▃▃▃▃▂▃▃▃▃▃▃▃▃▂▃▃▃▃▃▃▃▃]▂▃▃▃▃▃▃▃▂▂▁▁
			         │40 ms              │+100 ms             │+200 ms            │+300 ms
			 gateway ━ GET /orders 480 ms ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
			 orders  ━ GET /orders 440 ms ━██━━━━██━━━━███━━━━██━━━━██━━━━██━━━━██━━━━██━━━━
			▌orders  █ SELECT item ×12 sum 250 ms  max 30 ms  N+1 ██╍╍████╍╍████╍╍████╍╍████

			where the time went                             on path       self  spans errors
			orders SELECT item                               52.1 %     250 ms     12      ·
			orders GET /orders                               31.3 %     150 ms      1      ·
			others (2)
			● N+1: 12 × orders SELECT item, one after the other, 250 ms
			────────────────────────────────────────────────────────────────────────────────
			orders SELECT item  ×12  sum 250 ms  max 30 ms  N+1"
		`);
		screen.presses('escape');
		expect(screen.frame()).toBe(before);
	});

	test('enter again opens its details, and esc goes back step by step', () => {
		const screen = openTrace(loadedTrace(onePerRow(12)), { size });
		screen.presses('g', 'j', 'j');
		const before = screen.frame();
		screen.presses('enter', 'enter');
		expect(screen.frame()).toContain('12 like spans');
		screen.presses('escape');
		expect(screen.frame()).not.toContain('│+');
		screen.presses('escape');
		expect(screen.frame()).toBe(before);
	});

	test('its details tell the pattern, the sum and the longest, and which of them is selected', () => {
		const screen = openTrace(loadedTrace(onePerRow(12)), { size: { width: 160, height: 20 } });
		screen.presses('g', 'j', 'j');
		const frame = screen.frame();
		expect(frame).toContain('12 like spans: orders SELECT item');
		expect(frame).toMatch(/pattern\s+N\+1: 12 calls, one after the other, 250 ms in all/);
		expect(frame).toMatch(/this one\s+3 of 12/);
		expect(frame).toMatch(/median\s+20 ms/);
		expect(frame).toMatch(/longest\s+30 ms/);
	});

	test('spans that run side by side, or stay in their service, are no N+1', () => {
		const sideBySide = Array.from({ length: 12 }, () => '  a call {client} :  ========');
		const own = Array.from({ length: 12 }, (_, index) => `  a step :${' '.repeat(index)}=`);
		for (const lines of [sideBySide, own]) {
			const screen = openTrace(loadedTrace(traceFromText(`a root :==============\n${lines.join('\n')}`)), { size });
			expect(screen.frame()).toContain('×12');
			expect(screen.frame()).not.toContain('N+1');
		}
	});

	test('roots that are alike are a run, and no N+1: nobody waits for them', () => {
		const polls = Array.from({ length: 12 }, (_, index) => `a poll {client} :${' '.repeat(index * 2)}=`);
		const screen = openTrace(loadedTrace(traceFromText(polls.join('\n'))), { size });
		expect(screen.frame()).toContain('×11');
		expect(screen.frame()).not.toContain('N+1');
	});

	test('a failed span in it marks it, and e goes to the very span', () => {
		const { id, spans } = onePerRow(12);
		const failing = spans.map((span, index) => (index === 6 ? { ...span, status: 'error' as const } : span));
		const screen = openTrace(loadedTrace({ id, spans: failing }), { size: { width: 160, height: 20 } });
		screen.presses('g', 'e');
		expect(screen.frame()).toMatch(/this one\s+5 of 12/);
		expect(screen.frame()).toMatch(/errors\s+1/);
		expect(screen.frame()).toMatch(/×12 .*✗/);
	});

	test('what differs by a number alone is folded under what it has in common, in every view', () => {
		const shards = Array.from({ length: 12 }, (_, at) => `  db shard-${at + 1} {client} :${' '.repeat(at)}=`).join(
			'\n',
		);
		const screen = openTrace(loadedTrace(traceFromText(`s root :============\n${shards}`)), { size });
		expect(screen.frame()).toContain('shard-1..12 ×12');
		screen.presses('tab');
		expect(screen.frame()).toMatch(/db shard-1\.\.12 +×12/);
		screen.presses('z');
		expect(screen.frame()).toContain('shard-7');
	});

	test('where there is none, z and Z say so', () => {
		const screen = openTrace(loadedTrace(traceFromText('a root :=====\n  a one :==')), { size });
		expect(screen.presses('z')).toMatchObject({
			type: 'refuse',
			why: expect.stringContaining('Three or more like spans'),
		});
		expect(screen.presses('Z')).toMatchObject({ type: 'refuse', why: expect.stringContaining('nothing to fold') });
	});
});

describe('spans too short to be drawn apart', () => {
	const short = Array.from(
		{ length: 40 },
		(_, index) => `  s step-${lettersOf(index)} :${' '.repeat(200 + index)}=`,
	).join('\n');
	const trace = traceFromText(`s root :${'='.repeat(4000)}\n${short}\n  s last :${' '.repeat(3000)}${'='.repeat(900)}`);

	test('are one mark that counts them; enter and z let them fill the width', () => {
		for (const key of ['enter', 'z']) {
			const screen = openTrace(loadedTrace(trace), { size });
			screen.presses('g', 'j', 'h');
			expect(screen.frame()).toContain('+40');
			expect(screen.labelOf('enter')).toBe('open +40');
			screen.presses(key);
			expect(screen.labelOf('enter')).toBe('zoom');
			expect(screen.frame()).not.toContain('+40');
			expect(screen.frame()).toMatch(/^ 40 s +.*\[.*\]/m);
			expect(screen.frame()).toContain('│+');
			screen.presses('escape');
			expect(screen.frame()).toContain('+40');
		}
	});

	test('of a mark that fills the width the part round the selected span does, until its spans are apart', () => {
		const steps = Array.from({ length: 2000 }, (_, at) => `  s step-${lettersOf(at)} :${' '.repeat(at)}=`).join('\n');
		const screen = openTrace(loadedTrace(traceFromText(`s root :${'='.repeat(2000)}\n${steps}`)), { size });
		screen.presses('g', 'j');
		const selected = screen.selected();
		const labels = Array.from({ length: 4 }, () => {
			const label = screen.labelOf('enter');
			screen.presses('enter');
			return label;
		});
		expect(labels).toEqual(['open +2000', 'open +251', 'zoom', 'zoom']);
		expect(screen.selected()).toBe(selected);
		screen.presses('escape', 'escape', 'escape');
		expect(screen.labelOf('enter')).toBe('open +2000');
	});

	test('h and l step over the mark as over one bar', () => {
		const screen = openTrace(loadedTrace(trace), { size });
		screen.presses('g', 'j');
		expect(screen.selected()).toBe('s last');
		screen.presses('h', 'l');
		expect(screen.selected()).toBe('s last');
	});

	test('those that begin and end together get a row each in the waterfall', () => {
		const together = Array.from({ length: 5 }, (_, index) => `  s tick${index} :  |`).join('\n');
		const screen = openTrace(loadedTrace(traceFromText(`s root :======\n${together}`)), { size });
		screen.presses('g', 'j', 'enter');
		for (const index of [0, 1, 2, 3, 4]) expect(screen.frame()).toContain(`tick${index}`);
	});
});
