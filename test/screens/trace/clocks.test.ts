import { describe, expect, test } from 'vitest';
import { trace } from '../../../src/screens/trace/index.ts';
import { traceFromText } from '../../helpers/trace-from-text.ts';
import { loadedTrace, openTrace, recordedTrace } from './open-trace.ts';

const skewed = `
	shop POST {client}      :    ============
	  pay charge {server}   : ======
	    pay query {client}  :  ==`;

describe('clocks that disagree', () => {
	test('C moves what is skewed into its parent, says so, and takes it back', () => {
		const screen = openTrace(loadedTrace(traceFromText(skewed)), { size: { width: 80, height: 9 } });
		const sent = screen.frame();
		expect(`\n${sent}`).toMatchInlineSnapshot(`
			"
			Clocks disagree (C): 50 % to 75 % of 120 ms is self time of shop POST
			the clock of pay is off by 30 ms or more
			       │0          │20 ms      │40 ms       │60 ms      │80 ms      │100 ms
			▌shop  ━ POST 120 ms ━━━━███████████████████████████████████████████████████████
			 pay   ██████████████████▎ charge 60 ms skewed
			 pay   ╸ query 20 ms

			────────────────────────────────────────────────────────────────────────────────
			shop POST  120 ms, self 90 ms"
		`);
		screen.presses('C');
		expect(`\n${screen.frame()}`).toMatchInlineSnapshot(`
			"
			50 % of 120 ms is self time of shop POST (on the critical path)
			clocks shifted by guess: 2 spans moved (C: as sent)
			       │0          │20 ms      │40 ms       │60 ms      │80 ms      │100 ms
			▌shop  ━ POST 120 ms ━━━━━━━━━━━━━━━━━━━━━━━████████████████████████████████████
			 pay   █ charge 60 ms moved +30 ms ████████▌
			 pay         ████████████▎ query 20 ms

			────────────────────────────────────────────────────────────────────────────────
			shop POST  120 ms, self 60 ms"
		`);
		screen.presses('C');
		expect(screen.frame()).toBe(sent);
	});

	/** The keys of the footer in their order. */
	const footerOf = (drawing: string): readonly string[] => {
		const shown = openTrace(loadedTrace(traceFromText(drawing))).shown();
		return trace.keys
			.flatMap(({ keys: [key = ''], footer, footerNow }) => {
				const at = footerNow === undefined ? footer : footerNow(shown);
				return at === undefined ? [] : [{ key, at }];
			})
			.sort((a, b) => a.at - b.at)
			.map(({ key }) => key);
	};

	test('C is among the first keys of the footer, so that 80 columns hold it, where the sentence may be wrong', () => {
		expect(footerOf(skewed).slice(0, 3)).toEqual(['enter', 'tab', 'C']);
		const barely = `shop POST {client} : ${'='.repeat(40)}\n  pay charge {server} :==`;
		expect(footerOf(barely).indexOf('C')).toBeGreaterThan(footerOf(barely).indexOf('d'));
		expect(footerOf('shop POST :==')).not.toContain('C');
	});

	test('the selected span is kept in both directions and in every way', () => {
		const screen = openTrace(loadedTrace(recordedTrace('trace-v2-broken')));
		screen.presses('j');
		const before = screen.selected();
		for (const key of ['C', 'tab', 'C', 'tab', 'C', 'tab']) {
			screen.presses(key);
			expect(screen.selected()).toBe(before);
		}
	});

	test('where they agree there is nothing to shift', () => {
		const screen = openTrace(loadedTrace(recordedTrace('trace-v2')));
		expect(screen.presses('C')).toEqual({ type: 'refuse', why: 'The clocks of this trace agree.' });
	});
});
