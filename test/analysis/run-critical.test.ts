import fc from 'fast-check';
import { expect, test } from 'vitest';
import { criticalStretchesOf } from '../../src/analysis/run-critical.ts';
import { traceReadingOf } from '../../src/analysis/trace-reading.ts';
import type { Span, Trace } from '../../src/model/trace.ts';
import { anyTrace } from '../helpers/any-trace.ts';

const lengthOf = (stretches: readonly { readonly from: number; readonly to: number }[]): number =>
	stretches.reduce((sum, { from, to }) => sum + to - from, 0);

/** The same spans as calls of one root, so that there are runs; every other one stays where it is. */
const belowOne = ({ id, spans }: Trace): Trace => {
	const starts = spans.map(({ start }) => start);
	const ends = spans.map(({ end }) => end);
	const [from, to] = [starts, ends].map(all => all.toSorted((a, b) => (a < b ? -1 : 1)));
	const called = spans.map((span, at): Span => (at % 2 === 0 ? { ...span, kind: 'client', parentId: 'root' } : span));
	const [first] = called;
	if (first === undefined) return { id, spans };
	const { parentId: _, ...plain } = first;
	const root: Span = { ...plain, id: 'root', start: from?.[0] ?? first.start, end: to?.at(-1) ?? first.end };
	return { id, spans: [root, ...called] };
};

test('a run is on the critical path where its spans are, or what hangs below them, and nowhere else', () => {
	fc.assert(
		fc.property(anyTrace, trace => {
			const reading = traceReadingOf(belowOne(trace));
			for (const run of reading.runs.runs) {
				const own = run.members.flatMap(({ index, subtreeEnd }) =>
					reading.tree.nodes.slice(index, subtreeEnd).flatMap(node => reading.sections.get(node) ?? []),
				);
				const stretches = criticalStretchesOf(run, reading);
				expect(stretches).toEqual(stretches.toSorted((a, b) => a.from - b.from));
				for (const { from, to } of own) {
					expect(stretches.some(each => each.from <= from && to <= each.to)).toBe(true);
				}
				const bridged = (own.length * (run.to - run.from)) / 2000;
				expect(lengthOf(stretches)).toBeLessThanOrEqual(lengthOf(own) + bridged);
			}
		}),
		{ numRuns: 300 },
	);
});
