import fc from 'fast-check';
import { expect, test } from 'vitest';
import { flameRowOf } from '../../src/analysis/flame-rows.ts';
import { type Folds, foldedTraceOf, isFolded } from '../../src/analysis/folded-trace.ts';
import { foldedViewOf } from '../../src/analysis/folded-view.ts';
import { shiftedReadingOf } from '../../src/analysis/shifted-reading.ts';
import { spanTableOf } from '../../src/analysis/span-table.ts';
import { traceReadingOf } from '../../src/analysis/trace-reading.ts';
import { ancestorsOf, isWithin, type SpanNode } from '../../src/analysis/trace-tree.ts';
import { waterfallRowsOf } from '../../src/analysis/waterfall-rows.ts';
import type { Span, Trace } from '../../src/model/trace.ts';
import { anyTrace } from '../helpers/any-trace.ts';
import { epoch } from '../helpers/trace-from-text.ts';

/** A sound trace in which many siblings are alike: each span within its parent, of one of few operations. */
const anyAlike: fc.Arbitrary<Trace> = fc
	.array(fc.record({ parent: fc.nat({ max: 5 }), name: fc.constantFrom('GET', 'SELECT'), failed: fc.boolean() }), {
		minLength: 1,
		maxLength: 40,
	})
	.map(drafts => ({
		id: 'b'.repeat(32),
		spans: drafts.map(
			({ parent, name, failed }, index): Span => ({
				id: String(index + 1),
				...(index === 0 ? {} : { parentId: String((parent % index) + 1) }),
				service: 'orders',
				name,
				kind: 'client',
				start: epoch + BigInt(index),
				end: epoch + BigInt(index === 0 ? 1000 : 200 - index),
				status: failed ? 'error' : 'unset',
				statusMessage: '',
				attributes: {},
				resource: {},
				events: [],
				links: [],
			}),
		),
	}));

const anyLikeTrace = fc.oneof(anyTrace, anyAlike);

const anyFolds = fc.record({
	all: fc.constantFrom(undefined, 'folded' as const, 'open' as const),
	toggled: fc.array(fc.integer({ min: 1, max: 40 }).map(String), { maxLength: 3 }),
}) satisfies fc.Arbitrary<Folds>;

const indexes = (nodes: readonly SpanNode[]): readonly number[] =>
	nodes.map(({ index }) => index).sort((a, b) => a - b);

/** A span that is drawn stands for itself, a folded run for all its spans and what hangs below them. */
const standsFor =
	(nodes: readonly SpanNode[], { hiddenIn }: ReturnType<typeof foldedTraceOf>) =>
	(node: SpanNode): readonly SpanNode[] =>
		hiddenIn(node)?.members.flatMap(({ index, subtreeEnd }) => nodes.slice(index, subtreeEnd)) ?? [node];

test('folded or not, every span is drawn or counted once, and widths sum to the columns', () => {
	fc.assert(
		fc.property(anyLikeTrace, anyFolds, fc.integer({ min: 1, max: 120 }), fc.nat(), (trace, folds, columns, pick) => {
			const reading = traceReadingOf(trace);
			const { nodes } = reading.tree;
			const folded = foldedTraceOf(reading, folds);
			const picked = nodes[pick % Math.max(1, nodes.length)];
			const zoom = picked !== undefined && folded.hiddenIn(picked) === undefined ? picked : undefined;
			for (const top of [undefined, zoom]) {
				const view = foldedViewOf(folded, { zoom: top });
				const rows = Array.from({ length: view.height }, (_, row) =>
					flameRowOf(view.frames(row), { from: view.from, to: view.to, columns }),
				);
				for (const row of rows) expect(row.reduce((sum, { width }) => sum + width, 0)).toBe(columns);
				const shown = rows
					.flat()
					.flatMap(each => (each.kind === 'gap' ? [] : each.kind === 'span' ? [each.node] : each.nodes))
					.flatMap(standsFor(nodes, folded));
				const expected = top === undefined ? nodes : nodes.filter(node => isWithin(node, top) || isWithin(top, node));
				expect(indexes(shown)).toEqual(indexes(expected));
			}
		}),
	);
});

test('a folded run hides its spans with all that hangs below them, and nothing else is hidden', () => {
	fc.assert(
		fc.property(anyLikeTrace, anyFolds, (trace, folds) => {
			const reading = traceReadingOf(trace);
			const folded = foldedTraceOf(reading, folds);
			for (const node of reading.tree.nodes) {
				const outermost = [...ancestorsOf(node), node]
					.map(reading.runs.runOf)
					.find(run => run !== undefined && isFolded(run, folds));
				expect(folded.hiddenIn(node)).toBe(outermost);
				expect(folded.spanOf(folded.holderOf(node))).toBe(outermost?.slowest ?? node);
			}
		}),
	);
});

test('a stretch of time shows what touches it, and nothing else', () => {
	fc.assert(
		fc.property(anyLikeTrace, anyFolds, fc.nat(), (trace, folds, pick) => {
			const reading = traceReadingOf(trace);
			const folded = foldedTraceOf(reading, folds);
			const { nodes } = folded.tree;
			const node = nodes[pick % Math.max(1, nodes.length)];
			if (node === undefined) return;
			const view = foldedViewOf(folded, { zoom: undefined, stretch: { from: node.start, to: node.end } });
			const shown = Array.from({ length: view.height }, (_, row) => view.frames(row)).flat();
			for (const frame of shown) {
				expect(view.rowOf(frame.node)).toBeDefined();
				expect(frame.from).toBeGreaterThanOrEqual(view.from);
				expect(frame.to).toBeLessThanOrEqual(view.to);
			}
			expect(shown.length).toBeGreaterThan(0);
		}),
	);
});

test('a run holds at least three like siblings, and its figures are those of its members', () => {
	fc.assert(
		fc.property(anyLikeTrace, trace => {
			const { tree, runs } = traceReadingOf(trace);
			const seen = new Set<SpanNode>();
			for (const run of runs.runs) {
				expect(run.members.length).toBeGreaterThanOrEqual(3);
				for (const member of run.members) {
					expect(seen.has(member)).toBe(false);
					seen.add(member);
					expect(runs.runOf(member)).toBe(run);
					expect(member.parent).toBe(run.parent);
					const { service, name, kind } = member.span;
					expect({ service, name, kind }).toMatchObject({
						service: run.slowest.span.service,
						name: run.slowest.span.name,
					});
				}
				const below = run.members.flatMap(({ index, subtreeEnd }) => tree.nodes.slice(index, subtreeEnd));
				expect(run.spans).toBe(below.length);
				expect(run.errors).toBe(below.filter(({ span }) => span.status === 'error').length);
				expect(run.max).toBe(Math.max(...run.members.map(({ start, end }) => end - start)));
				expect(run.from).toBe(Math.min(...run.members.map(({ start }) => start)));
				expect(run.to).toBe(Math.max(...run.members.map(({ end }) => end)));
			}
		}),
	);
});

test('in the waterfall every span has a row, or is counted by the closed or folded one that hides it', () => {
	fc.assert(
		fc.property(anyLikeTrace, anyFolds, fc.array(fc.nat(), { maxLength: 4 }), (trace, folds, picks) => {
			const reading = traceReadingOf(trace);
			const { nodes } = reading.tree;
			const folded = foldedTraceOf(reading, folds);
			const closed = picks.flatMap(pick => nodes[pick % Math.max(1, nodes.length)]?.key ?? []);
			const rows = waterfallRowsOf(folded, { closed, zoom: undefined, stretch: undefined });
			let counted = 0;
			for (let row = 0; row < rows.height; row++) {
				const shown = rows.at(row);
				expect(shown).toBeDefined();
				if (shown === undefined) continue;
				expect(rows.rowOf(shown.node)).toBe(row);
				counted += (shown.run?.spans ?? 1) + shown.hidden;
			}
			expect(counted).toBe(nodes.length);
			for (const node of nodes) expect(rows.rowOf(node)).toBeDefined();
		}),
	);
});

test('the table counts every span once, whatever its rows stand for', () => {
	fc.assert(
		fc.property(
			anyLikeTrace,
			fc.constantFrom('span' as const, 'operation' as const, 'service' as const),
			fc.constantFrom('path' as const, 'self' as const, 'longest' as const, 'errors' as const),
			(trace, by, order) => {
				const reading = traceReadingOf(trace);
				const { height, at, rowOf } = spanTableOf(reading, { by, order, zoom: undefined });
				const rows = Array.from({ length: height }, (_, row) => at(row)).filter(row => row !== undefined);
				const real = reading.tree.nodes.filter(({ missing }) => !missing);
				expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(real.length);
				expect(rows.reduce((sum, { errors }) => sum + errors, 0)).toBe(reading.errors);
				for (const [row, { nodes, node, longest }] of rows.entries()) {
					expect(node.end - node.start).toBe(longest);
					for (const each of nodes) expect(rowOf(each)).toBe(row);
				}
			},
		),
	);
});

test('shifted clocks move spans and lose none', () => {
	fc.assert(
		fc.property(anyLikeTrace, trace => {
			const reading = traceReadingOf(trace);
			const { reading: shifted, movedBy } = shiftedReadingOf(reading);
			expect(shifted.tree.nodes.map(({ key }) => key).sort()).toEqual(reading.tree.nodes.map(({ key }) => key).sort());
			for (const node of shifted.tree.nodes) {
				if (node.missing) continue;
				const sent = reading.tree.nodes.find(({ key }) => key === node.key);
				expect(node.end - node.start).toBe((sent?.end ?? 0) - (sent?.start ?? 0));
				expect(Number.isFinite(movedBy(node))).toBe(true);
			}
		}),
	);
});
