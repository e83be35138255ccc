import fc from 'fast-check';
import { expect, test } from 'vitest';
import { criticalStretchesOf } from '../../src/analysis/run-critical.ts';
import { traceReadingOf } from '../../src/analysis/trace-reading.ts';
import { anyTrace } from '../helpers/any-trace.ts';

const lengthOf = (stretches: readonly { readonly from: number; readonly to: number }[]): number =>
	stretches.reduce((sum, { from, to }) => sum + to - from, 0);

test('a run is on the critical path where its spans are, or what hangs below them, and nowhere else', () => {
	fc.assert(
		fc.property(anyTrace, trace => {
			const reading = traceReadingOf(trace);
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
