import { expect, test } from 'vitest';
import { hopOf, hopSentence, hopsOf, hopWords } from '../../src/analysis/span-hops.ts';
import { traceTreeOf } from '../../src/analysis/trace-tree.ts';
import { spanId, traceFromText } from '../helpers/trace-from-text.ts';

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
	const tree = traceTreeOf(traceFromText(text));
	const hops = tree.nodes.map(node => hopOf(tree, node));
	expect(hops.map(hop => hop && hopWords(hop))).toEqual([words, words]);
});

test.each([
	['a call that two spans answer', `${call}:=======${answer}: ==${answer}:    ==`],
	['work within a service', 's a :====\n  s b : =='],
	['a server below a server', 's a {server} :====\n  t b {server} : =='],
	['a call that nothing answers', `${call}:====`],
	['a server whose caller is missing', 't b {server parent=9} : =='],
])('%s has no way', (_, text) => {
	const tree = traceTreeOf(traceFromText(text));
	expect(tree.nodes.map(node => hopOf(tree, node)).filter(Boolean)).toEqual([]);
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

/** The consumers of a drawing, linked to what they handle: line numbers. */
function linked(text: string, links: Readonly<Record<number, readonly number[]>>) {
	const trace = traceFromText(text);
	const link = (line: number) => ({ traceId: trace.id.slice(8), spanId: spanId(String(line)), attributes: {} });
	const spans = trace.spans.map((span, index) => ({ ...span, links: (links[index + 1] ?? []).map(link) }));
	// Leading zeros of an ID are dropped by some.
	return traceTreeOf({ id: trace.id.slice(8).padStart(32, '0'), spans });
}

test('a consumer that is only linked to what it handles: how long that was in the queue', () => {
	const tree = linked(
		`shop POST {server}        :========
		   shop send {producer}   : =
		 mail handle {consumer}   :          ===`,
		{ 3: [2] },
	);
	expect(hopsOf(tree).map(hopSentence)).toEqual(['80 ms in the queue between shop send and mail handle']);
	const words = tree.nodes.map(node => hopOf(tree, node)).map(hop => hop && hopWords(hop));
	expect(words).toEqual([undefined, '80 ms from sending to handling', '80 ms from sending to handling']);
});

test('of a batch each message is told among the hops, and of the span that handles it the one that waited longest', () => {
	const tree = linked(
		`a send {producer}   :=
		 b send {producer}   :   =
		 mail batch {consumer} :          ===`,
		{ 3: [1, 2, 2, 9] },
	);
	expect(hopsOf(tree).map(hopSentence)).toEqual([
		'90 ms in the queue between a send and mail batch',
		'60 ms in the queue between b send and mail batch',
	]);
	expect(tree.nodes.map(node => hopOf(tree, node)?.outside)).toEqual([90_000_000, 60_000_000, 90_000_000]);
});

test('what is measured by clocks that disagree elsewhere is not taken for sure', () => {
	const tree = traceTreeOf(
		traceFromText(`shop POST {server}       :     ===============
		   shop send {producer}     :      =
		     mail handle {consumer} :           ==
		   shop call {client}       :      =====
		     mail answer {server}   :       ===
		   shop other {client}      :          =====
		     mail off {server}      :==`),
	);
	expect(hopsOf(tree).map(hopSentence)).toEqual([
		'40 ms in the queue between shop send and mail handle, not sure: the clock of mail is off, elsewhere by 100 ms',
		'30 ms of network and queue between shop other and mail off',
		'20 ms of network and queue between shop call and mail answer',
	]);
	expect(hopsOf(tree).map(({ split }) => split)).toEqual([undefined, undefined, undefined]);
});
