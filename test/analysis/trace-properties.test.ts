import fc from 'fast-check';
import { expect, test } from 'vitest';
import { skewMarkOf } from '../../src/analysis/clock-skew.ts';
import { type FlameSegment, flameRowOf, flameViewOf } from '../../src/analysis/flame-rows.ts';
import { skewedShift } from '../../src/analysis/skewed-shift.ts';
import { type TraceReading, traceReadingOf } from '../../src/analysis/trace-reading.ts';
import { isWithin, type SpanNode } from '../../src/analysis/trace-tree.ts';
import type { Span, Trace } from '../../src/model/trace.ts';
import { anyTrace } from '../helpers/any-trace.ts';
import { epoch } from '../helpers/trace-from-text.ts';

const columns = fc.integer({ min: 1, max: 200 });

const lengthOf = (pieces: readonly { readonly from: number; readonly to: number }[]): number =>
	pieces.reduce((sum, { from, to }) => sum + to - from, 0);

/** Length that at least one of the intervals covers. */
function unionOf(intervals: readonly { readonly start: number; readonly end: number }[]): number {
	let reached = Number.NEGATIVE_INFINITY;
	let covered = 0;
	for (const { start, end } of intervals.toSorted((a, b) => a.start - b.start)) {
		covered += Math.max(0, end - Math.max(start, reached));
		reached = Math.max(reached, end);
	}
	return covered;
}

const nodesIn = (segment: FlameSegment): readonly SpanNode[] =>
	segment.kind === 'gap' ? [] : segment.kind === 'span' ? [segment.node] : segment.nodes;

/** Every row of the flame graph, whole or zoomed to a node, in cells. */
function drawnRows(reading: TraceReading, zoom: SpanNode | undefined, width: number) {
	const view = flameViewOf(reading.lanes, zoom);
	const scale = { from: view.from, to: view.to, columns: width };
	return Array.from({ length: view.height }, (_, row) => flameRowOf(view.frames(row), scale));
}

test('every span is in the tree once, below its parents', () => {
	fc.assert(
		fc.property(anyTrace, trace => {
			const { tree } = traceReadingOf(trace);
			const real = tree.nodes.filter(({ missing }) => !missing);
			expect(real.length + tree.flaws.duplicates).toBe(trace.spans.length);
			for (const [index, node] of tree.nodes.entries()) {
				expect(node.index).toBe(index);
				for (const child of node.children) {
					expect(child.parent).toBe(node);
					expect(isWithin(child, node)).toBe(true);
				}
			}
			expect(new Set(tree.nodes.map(({ key }) => key)).size).toBe(tree.nodes.length);
		}),
	);
});

test('self times are never negative, never longer than the span, and cover the time of all spans', () => {
	fc.assert(
		fc.property(anyTrace, trace => {
			const { tree, selfTimes } = traceReadingOf(trace);
			for (const node of tree.nodes) {
				expect(selfTimes[node.index]).toBeGreaterThanOrEqual(0);
				expect(selfTimes[node.index]).toBeLessThanOrEqual(node.end - node.start);
			}
			const real = tree.nodes.filter(({ missing }) => !missing);
			const sum = selfTimes.reduce((total, time) => total + time, 0);
			expect(sum).toBeGreaterThanOrEqual(unionOf(real));
			expect(sum).toBeLessThanOrEqual(real.reduce((total, { start, end }) => total + end - start, 0));
		}),
	);
});

test('self time and what the children cover make up every span', () => {
	fc.assert(
		fc.property(anyTrace, trace => {
			const { tree, selfTimes } = traceReadingOf(trace);
			for (const { index, missing, start, end, children } of tree.nodes) {
				const covered = unionOf(
					children
						.map(child => ({ start: Math.max(start, child.start), end: Math.min(end, child.end) }))
						.filter(child => child.end > child.start),
				);
				// What nobody recorded of a made-up parent is a gap, and no span's own time.
				const gaps = missing ? end - start - covered : 0;
				expect((selfTimes[index] ?? 0) + gaps + covered).toBe(end - start);
			}
		}),
	);
});

test('the critical path is contiguous, inside the main root, and as long as it', () => {
	fc.assert(
		fc.property(anyTrace, trace => {
			const { tree, path, criticalTimes } = traceReadingOf(trace);
			const { main } = tree;
			if (main === undefined) {
				expect(path).toEqual([]);
				return;
			}
			for (const [index, section] of path.entries()) {
				expect(section.from).toBe(index === 0 ? main.start : path[index - 1]?.to);
				expect(section.to).toBeGreaterThan(section.from);
				expect(isWithin(section.node, main)).toBe(true);
				expect(section.from).toBeGreaterThanOrEqual(section.node.start);
				expect(section.to).toBeLessThanOrEqual(section.node.end);
			}
			expect(lengthOf(path)).toBe(main.end - main.start);
			expect(criticalTimes.reduce((sum, time) => sum + time, 0)).toBe(main.end - main.start);
		}),
	);
});

test('frames of one row never overlap, and children lie below their parents', () => {
	fc.assert(
		fc.property(anyTrace, trace => {
			const { tree, lanes } = traceReadingOf(trace);
			expect(lanes.rows.flat().length).toBe(tree.nodes.length);
			for (const row of lanes.rows) {
				expect(row.length).toBeGreaterThan(0);
				for (const [index, frame] of row.entries()) {
					expect(frame.from).toBeGreaterThanOrEqual(index === 0 ? lanes.from : (row[index - 1]?.to ?? 0));
					expect(frame.to).toBeLessThanOrEqual(lanes.to);
				}
			}
			for (const node of tree.nodes) {
				const top = lanes.rowOf[node.index] ?? 0;
				for (const child of node.children) {
					const row = lanes.rowOf[child.index] ?? 0;
					expect(row).toBeGreaterThan(top);
					expect(row + (lanes.heights[child.index] ?? 0)).toBeLessThanOrEqual(top + (lanes.heights[node.index] ?? 0));
				}
			}
		}),
	);
});

test('the widths of a row sum to its columns, and every span is drawn or counted', () => {
	fc.assert(
		fc.property(anyTrace, columns, fc.nat(), (trace, width, pick) => {
			const reading = traceReadingOf(trace);
			const { nodes } = reading.tree;
			for (const zoom of [undefined, nodes[pick % Math.max(1, nodes.length)]]) {
				const rows = drawnRows(reading, zoom, width);
				for (const row of rows) {
					let next = 0;
					for (const segment of row) {
						expect(segment.x).toBe(next);
						expect(segment.width).toBeGreaterThan(0);
						next += segment.width;
					}
					expect(next).toBe(width);
				}
				const shown = rows.flat().flatMap(nodesIn);
				const expected =
					zoom === undefined ? nodes : nodes.filter(node => isWithin(node, zoom) || isWithin(zoom, node));
				expect(shown.map(({ index }) => index).sort((a, b) => a - b)).toEqual(expected.map(({ index }) => index));
			}
		}),
	);
});

test('a span is drawn within one cell of where it is', () => {
	fc.assert(
		fc.property(anyTrace, columns, (trace, width) => {
			const { lanes } = traceReadingOf(trace);
			const scale = { from: lanes.from, to: lanes.to, columns: width };
			const column = (at: number) => ((at - lanes.from) / (lanes.to - lanes.from)) * width;
			for (const frames of lanes.rows) {
				const frameOf = new Map(frames.map(frame => [frame.node, frame]));
				for (const segment of flameRowOf(frames, scale)) {
					if (segment.kind !== 'span') continue;
					const frame = frameOf.get(segment.node);
					expect(Math.abs(segment.x - column(frame?.from ?? 0))).toBeLessThanOrEqual(1.5);
					expect(Math.abs(segment.x + segment.width - column(frame?.to ?? 0))).toBeLessThanOrEqual(2);
				}
			}
		}),
	);
});

test('a skewed span would fit into its parent if its clock were right, or began before it', () => {
	fc.assert(
		fc.property(anyTrace, trace => {
			for (const node of traceReadingOf(trace).tree.nodes) {
				const mark = skewMarkOf(node);
				if (mark === undefined || mark.kind === 'backwards') continue;
				const { parent } = node;
				expect(parent).toBeDefined();
				if (parent === undefined) continue;
				expect(node.start < parent.start || node.end > parent.end).toBe(true);
				if (mark.kind === 'skewed' && mark.by > 0) expect(node.end - mark.by).toBe(parent.end);
			}
		}),
	);
});

test('reading a trace leaves it as it was', () => {
	fc.assert(
		fc.property(anyTrace, trace => {
			const before = structuredClone(trace);
			traceReadingOf(trace);
			expect(trace).toEqual(before);
		}),
	);
});

const hostile = 10_000;

/** So many spans of a minute, of which each may be given anything else. */
const manySpans = (count: number, more: (index: number) => Partial<Span>): Trace => ({
	id: 'a'.repeat(32),
	spans: Array.from(
		{ length: count },
		(_, index): Span => ({
			id: String(index),
			service: 'pier',
			name: 'hold',
			kind: 'internal',
			start: epoch + BigInt(index),
			end: epoch + 60_000_000_000n - BigInt(index),
			status: 'unset',
			statusMessage: '',
			attributes: {},
			resource: {},
			events: [],
			links: [],
			...more(index),
		}),
	),
});

const above = (index: number): Partial<Span> => (index === 0 ? {} : { parentId: String(index - 1) });
const below = (index: number): Partial<Span> => (index === 0 ? {} : { parentId: '0' });

test.each([
	['5,000 levels', manySpans(5000, above)],
	['children that all run at once', manySpans(hostile, below)],
	['children one after the other', manySpans(hostile, index => ({ ...below(index), ...at(index * 3, 2) }))],
	[
		'children in the wrong order',
		manySpans(hostile, index => ({ ...below(index), ...at((index * 7919) % hostile, 3) })),
	],
	['one long cycle', manySpans(hostile, index => ({ parentId: String((index + 1) % hostile) }))],
	['cycles of two', manySpans(hostile, index => ({ parentId: String(index ^ 1) }))],
	['each its own parent', manySpans(hostile, index => ({ parentId: String(index) }))],
	['all under one ID', manySpans(hostile, () => ({ id: '1', parentId: '1' }))],
	['all the same span', manySpans(hostile, () => ({ id: '1', ...at(0, 5) }))],
	['each an orphan of its own', manySpans(hostile, index => ({ parentId: `nobody ${index}` }))],
	['all orphans of one', manySpans(hostile, () => ({ parentId: 'nobody' }))],
	['without length or name', manySpans(hostile, index => ({ ...below(index), name: '', service: '', ...at(5, 0) }))],
	['all ending before they start', manySpans(hostile, index => ({ ...above(index), ...at(index, -index) }))],
	[
		'from the beginning of time to the end',
		manySpans(hostile, index => ({ ...below(index), start: 0n, end: 2n ** 64n })),
	],
	['each a service of its own', manySpans(hostile, index => ({ ...above(index % 9), service: String(index) }))],
])('%s: read, drawn and zoomed without a hang, and every span is there', (_, trace) => {
	const reading = traceReadingOf(trace);
	const { nodes } = reading.tree;
	for (const zoom of [undefined, nodes[Math.floor(nodes.length / 2)]]) {
		const shown = drawnRows(reading, zoom, 120).flat().flatMap(nodesIn);
		const expected = zoom === undefined ? nodes.length : zoom.depth + zoom.subtreeEnd - zoom.index;
		expect(shown.length).toBe(expected);
	}
	expect(lengthOf(reading.path)).toBe((reading.tree.main?.end ?? 0) - (reading.tree.main?.start ?? 0));
	expect(skewedShift(reading.tree).tree.nodes.length).toBe(nodes.length);
});

/** So long from an instant after the epoch on, in microseconds. */
function at(start: number, length: number): Partial<Span> {
	const from = epoch + BigInt(start) * 1000n;
	return { start: from, end: from + BigInt(length) * 1000n };
}
