import { expect, test } from 'vitest';
import { traceReadingOf } from '../../src/analysis/trace-reading.ts';
import { traceFromText } from '../helpers/trace-from-text.ts';

test.each([
	[
		'names the same either way: how sure its share is',
		`shop POST {client}      :    ============
		   pay charge {server}   : ======`,
		'Clocks disagree: 50 % to 75 % of 120 ms is self time of shop POST (on the critical path)',
	],
	[
		'would name another: which one, and how sure that is',
		`shop POST {client}      :         ==========
		   pay charge {server}   :========`,
		'Clocks disagree: as sent 100 % of 100 ms is self time of shop POST, shifted 80 % is self time of pay charge',
	],
	[
		'would say the very same: that it does not matter',
		`shop POST {client}      :          ====================
		   pay charge {server}   :=
		   till query {client}   :           ===================`,
		'Clocks disagree: either way 95 % of 200 ms is self time of till query (on the critical path)',
	],
	[
		'is off by next to nothing: as it is anywhere else',
		`shop POST {client}      : ${'='.repeat(40)}
		   pay charge {server}   :==`,
		'97.5 % of 400 ms is self time of shop POST (on the critical path)',
	],
])('a sentence that with the clocks shifted %s', (_, text, sentence) => {
	expect(traceReadingOf(traceFromText(text)).spent.sentence).toBe(sentence);
});

test('in little room both answers are there, too', () => {
	const text = 'shop POST {client}    :         ==========\n  pay charge {server} :========';
	expect(traceReadingOf(traceFromText(text)).spent.shortSentence).toBe(
		'Clocks disagree: 100 % of 100 ms is shop POST, or 80 % pay charge',
	);
});
