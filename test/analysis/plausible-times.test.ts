import fc from 'fast-check';
import { expect, test } from 'vitest';
import { skewMarkOf } from '../../src/analysis/clock-skew.ts';
import { skewWords } from '../../src/analysis/span-words.ts';
import { traceReadingOf } from '../../src/analysis/trace-reading.ts';
import type { Span, Trace } from '../../src/model/trace.ts';
import { anyTrace } from '../helpers/any-trace.ts';
import { traceFromText } from '../helpers/trace-from-text.ts';

const never = 2n ** 64n - 1n;

/** A drawing of which the spans on these lines, from 1, have other times. */
function changed(text: string, change: Readonly<Record<number, Partial<Span>>>): Trace {
	const trace = traceFromText(text);
	return { ...trace, spans: trace.spans.map((span, index) => ({ ...span, ...change[index + 1] })) };
}

/** `root 0–100`, in milliseconds after the root began, with what is odd about it. */
function drawn(trace: Trace): readonly string[] {
	return traceReadingOf(trace).tree.nodes.map(node => {
		const mark = skewMarkOf(node);
		const words = mark === undefined ? '' : ` ${mark.kind}`;
		return `${node.span.name} ${node.start / 1e6}–${node.end / 1e6}${words}`;
	});
}

const drawing = `s root :==========
	  s a  :  ===
	  t b  :     ===`;

test.each([
	['an end that cannot be', { 3: { end: never } }, ['root 0–100', 'a 20–50', 'b 50–50 implausible']],
	['of a span with children', { 2: { end: never } }, ['root 0–100', 'a 20–50 implausible', 'b 50–80', 'c 40–50']],
	['of the root itself', { 1: { end: never } }, ['root 0–80 implausible', 'a 20–50', 'b 50–80']],
	['a start of 1970', { 3: { start: 1n } }, ['root 0–100', 'a 20–50', 'b 80–80 implausible']],
	['a start of 1970 of the root', { 1: { start: 1n } }, ['root 0–80 implausible', 'a 0–30', 'b 30–60']],
	['another year', { 3: { start: never - 5n, end: never } }, ['root 0–100', 'a 20–50', 'b 20–20 implausible']],
	[
		'far, but within what a trace may take',
		{ 2: { end: 1_795_317_160_000_000_000n } },
		['root 0–100', 'a 20–100000 outlives', 'b 50–80'],
	],
] as const)('%s', (_, change, spans) => {
	const text = spans.length > 3 ? `${drawing}\n  s c {parent=2} :    =` : drawing;
	expect(new Set(drawn(changed(text, change)))).toEqual(new Set(spans));
});

test('it is said, of the trace and of the span, and the picture is as wide as the others', () => {
	const reading = traceReadingOf(changed(drawing, { 2: { end: never } }));
	expect(reading.tree.flaws.implausible).toBe(1);
	expect([reading.lanes.from, reading.lanes.to]).toEqual([0, 1e8]);
	const mark = skewMarkOf(reading.tree.nodes[1] ?? fail());
	expect(mark && skewWords(mark)).toMatch(
		/^took .* by its own times, which cannot be; drawn as long as what hangs below it/,
	);
	// What was sent stays as it was.
	expect(reading.spans[1]?.end).toBe(never);
});

const fail = (): never => {
	throw new Error('nothing drawn');
};

const anyTime = fc.bigInt({ min: 0n, max: 10n ** 20n - 1n });

test('whatever the times, everything is drawn within what numbers hold exactly', () => {
	fc.assert(
		fc.property(anyTrace, fc.array(fc.tuple(fc.nat(40), anyTime, anyTime)), (trace, times) => {
			const change = Object.fromEntries(times.map(([at, start, end]) => [at, { start, end }]));
			const spans = trace.spans.map((span, index) => ({ ...span, ...change[index] }));
			const { tree, lanes } = traceReadingOf({ ...trace, spans });
			expect(tree.nodes.filter(({ missing }) => !missing)).toHaveLength(spans.length - tree.flaws.duplicates);
			expect(lanes.to - lanes.from).toBeLessThanOrEqual(2 ** 54);
			for (const { start, end } of tree.nodes) expect(end - start).toBeLessThanOrEqual(2 ** 54);
		}),
	);
});
