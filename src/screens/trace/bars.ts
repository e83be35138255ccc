import { skewMarkOf } from '../../analysis/clock-skew.ts';
import type { FlameSegment, TimeScale } from '../../analysis/flame-rows.ts';
import type { FoldRun } from '../../analysis/fold-runs.ts';
import type { Stretch } from '../../analysis/folded-view.ts';
import { criticalStretchesOf } from '../../analysis/run-critical.ts';
import { runFigure } from '../../analysis/run-words.ts';
import { formatSpanTime, movedWords, oneLine, skewTag } from '../../analysis/span-words.ts';
import { isWithin, type SpanNode } from '../../analysis/trace-tree.ts';
import type { Span } from '../../model/trace.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import type { FlameBar } from '../../widgets/flame.ts';
import { type MarkFacts, markFactsOf, spanFactsOf } from './mark-facts.ts';
import type { Look } from './state.ts';

/** What a bar is drawn for: the trace as it is looked at, and the columns that its time takes. */
export type Drawing = {
	readonly look: Look;
	readonly scale: TimeScale;
	/** The row is the one that shows the selected span. */
	readonly isSelectedRow: boolean;
};

type Drawn = Exclude<FlameSegment, { kind: 'gap' }>;

/** The bar of a span, of a folded run, or of spans too short to have a cell each; `heading` is the row's service. */
export function barOf(segment: Drawn, heading: string, drawing: Drawing): FlameBar {
	const { look, isSelectedRow } = drawing;
	const { folded, selected } = look;
	const nodes = segment.kind === 'span' ? [segment.node] : segment.nodes;
	const facts = segment.kind === 'span' ? spanFactsOf(segment.node, folded) : markFactsOf(nodes, folded);
	const words = known.get(segment) ?? wordsOf(segment, heading, drawing);
	known.set(segment, words);
	return {
		x: segment.x,
		width: segment.width,
		service: nodes[0]?.span.service ?? heading,
		failed: facts.failed,
		selected: isSelectedRow && facts.holds(folded.holderOf(selected)),
		tone: toneOf(nodes, facts, look),
		...words,
	};
}

/** What stays as it is while a segment is drawn in the same columns, whatever is selected or searched. */
type Words = Pick<FlameBar, 'count' | 'eighths' | 'name' | 'figure' | 'critical' | 'events'>;

/** Segments are kept from paint to paint (`flameRowOf`), thousands on a large screen. */
const known = new WeakMap<Drawn, Words>();

function wordsOf(segment: Drawn, heading: string, drawing: Drawing): Words {
	const { look } = drawing;
	if (segment.kind === 'merged') {
		const { count } = markFactsOf(segment.nodes, look.folded);
		return { count, eighths: 8, name: `+${count}`, figure: '', critical: [] };
	}
	const { node, eighths } = segment;
	const run = look.folded.hiddenIn(node);
	const critical = criticalCells(segment, run, drawing);
	if (run === undefined) {
		const events = eventCells(segment, drawing);
		return { count: 1, eighths, name: operationIn(node.span, heading), figure: figureOf(node, look), critical, events };
	}
	const name = `${operationIn({ service: node.span.service, name: run.name }, heading)} ×${run.members.length}`;
	return { count: run.members.length, eighths: 8, name, figure: runFigure(run), critical };
}

/** How a span is named on a row that is headed by a service. */
const operationIn = ({ service, name }: Pick<Span, 'service' | 'name'>, heading: string): string => {
	const operation = sanitize(oneLine(name));
	return service === heading ? operation : `${service} ${operation}`;
};

/** Bright for what holds the searched text, itself or in what it hides. */
function toneOf(nodes: readonly SpanNode[], facts: MarkFacts, { matches, zoom }: Look): FlameBar['tone'] {
	if (matches !== undefined) return facts.isFound(matches) ? 'match' : 'other';
	return zoom !== undefined && nodes.every(node => !isWithin(node, zoom)) ? 'frame' : 'plain';
}

/** `50 ms skewed`: how long a span took, and what is odd about its time. */
function figureOf(node: SpanNode, { shift }: Look): string {
	const skew = skewMarkOf(node);
	// What hangs below a span that was moved went with it.
	const moved = shift?.movedBy(node) ?? 0;
	const isTop = node.parent === undefined || shift?.movedBy(node.parent) !== moved;
	return [
		formatSpanTime(node.end - node.start),
		...(moved === 0 || !isTop ? [] : [movedWords(moved)]),
		...(skew === undefined ? [] : [skewTag[skew.kind]]),
	].join(' ');
}

/** The cells of a bar in which it is on the critical path, ends rounded; a span that is wholly on it is wholly solid. */
function criticalCells(
	{ x, width, node }: { readonly x: number; readonly width: number; readonly node: SpanNode },
	run: FoldRun | undefined,
	{ look: { reading }, scale }: Drawing,
): FlameBar['critical'] {
	const column = (at: number) => ((at - scale.from) / (scale.to - scale.from)) * scale.columns;
	const { start, end } = run === undefined ? node : { start: run.from, end: run.to };
	const stretches: readonly Stretch[] =
		run === undefined ? (reading.sections.get(node) ?? []) : criticalStretchesOf(run, reading);
	return stretches
		.map(({ from, to }) => {
			const left = Math.max(x, Math.round(column(from)));
			if (from <= start && to >= end) return [x, x + width] as const;
			// The last cell of a bar may be full in part: it belongs to whatever reaches the span's end.
			const reachesEnd = to >= end && column(to) - left >= 0.5;
			return [left, reachesEnd ? x + width : Math.min(x + width, Math.round(column(to)))] as const;
		})
		.filter(([left, right]) => right > left);
}

/** The cells of a bar in which its span tells of an event; those outside its own time are in its details alone. */
function eventCells(
	{ x, width, node }: { readonly x: number; readonly width: number; readonly node: SpanNode },
	{ scale }: Drawing,
): readonly number[] {
	const cells = node.span.events.map(({ at }) => {
		const offset = node.start + Number(at - node.span.start) - scale.from;
		return Math.floor((offset / (scale.to - scale.from)) * scale.columns);
	});
	return [...new Set(cells)].filter(cell => cell >= x && cell < x + width);
}
