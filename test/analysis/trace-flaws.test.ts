import { expect, test } from 'vitest';
import { skewedShift } from '../../src/analysis/skewed-shift.ts';
import { traceFlawsOf } from '../../src/analysis/trace-flaws.ts';
import { traceTreeOf } from '../../src/analysis/trace-tree.ts';
import { traceFromText } from '../helpers/trace-from-text.ts';

const treeOf = (text: string) => traceTreeOf(traceFromText(text));

const ahead = `
	edge GET {server}   :==========
	  edge call {client} : ========
	    berths GET {server} :              ======
	      berths SELECT :                  ====`;

test.each([
	['a clock that is ahead, whatever hangs below', ahead, ['the clock of berths is off by 110 ms or more']],
	[
		'clocks of several services',
		'a p :   ==========\n  b c :==\n  c d : ==',
		['the clocks of 2 services are off by 30 ms or more'],
	],
	['not one that is off by next to nothing', `a p : ${'='.repeat(100)}\n  b c :==`, []],
	['not work that goes on', 'a p :===\n  a q :  =====', []],
	['nor a sound trace', 'a p :===\n  b q : =', []],
	['nor one without spans', '', []],
	[
		'beside what else is wrong',
		'a p :   =====\n  b c :==\nd lost {parent=9} :  =',
		['the clock of b is off by 30 ms or more', '1 span has a parent that is missing'],
	],
])('what is wrong with a trace: %s', (_, text, sentences) => {
	expect(traceFlawsOf(treeOf(text))).toEqual(sentences);
});

test('shifted clocks are no longer off', () => {
	expect(traceFlawsOf(skewedShift(treeOf(ahead)).tree)).toEqual([]);
});
