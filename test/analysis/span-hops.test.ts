import { expect, test } from 'vitest';
import { hopOf, hopSentence, hopsOf, hopWords } from '../../src/analysis/span-hops.ts';
import { traceTreeOf } from '../../src/analysis/trace-tree.ts';
import { traceFromText } from '../helpers/trace-from-text.ts';

const call = 'shop POST {client}         ';
const answer = '\n  pay POST {server}        ';

test.each([
	['both ways', `${call}:==============${answer}:   ========`, '60 ms: 30 ms on the way there, 30 ms back'],
	['no way at all', `${call}:====${answer}:====`, '0 ms'],
	[
		'another clock',
		`${call}:   ======${answer}:====`,
		'20 ms; how much of it on either way is not known: the clocks disagree',
	],
	[
		'a caller that gave up',
		`${call}:===${answer}: =======`,
		'not known: the answer took longer than it was waited for',
	],
	['a message', 'shop send {producer} :==\n  mail handle {consumer} :      ==', '40 ms from sending to handling'],
	[
		'a message that is handled at once',
		'shop send {producer} :===\n  mail handle {consumer} : ====',
		'0 ms from sending to handling',
	],
	[
		'a message before it was sent',
		'shop send {producer} :   ==\n  mail handle {consumer} :=',
		'not known: the clocks disagree: it was handled before it was sent',
	],
])('the way of %s', (_, text, words) => {
	const { nodes } = traceTreeOf(traceFromText(text));
	const hops = nodes.map(node => hopOf(node));
	expect(hops.map(hop => hop && hopWords(hop))).toEqual([words, words]);
});

test.each([
	['a call that two spans answer', `${call}:=======${answer}: ==${answer}:    ==`],
	['work within a service', 's a :====\n  s b : =='],
	['a server below a server', 's a {server} :====\n  t b {server} : =='],
	['a call that nothing answers', `${call}:====`],
	['a server whose caller is missing', 't b {server parent=9} : =='],
])('%s has no way', (_, text) => {
	const { nodes } = traceTreeOf(traceFromText(text));
	expect(nodes.map(node => hopOf(node)).filter(Boolean)).toEqual([]);
});

test('the longest way comes first', () => {
	const text = `root a :${'='.repeat(20)}
	  a fast {client} :===
	    b fast {server} : =
	  a slow {client} :   ==========
	    b slow {server} :      ==`;
	expect(hopsOf(traceTreeOf(traceFromText(text))).map(hopSentence)).toEqual([
		'80 ms of network and queue between a slow and b slow',
		'20 ms of network and queue between a fast and b fast',
	]);
});
