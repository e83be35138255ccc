import { isTurn, type Steps } from '../model/steps.ts';
import type { Nanoseconds } from '../model/time.ts';
import type { Span } from '../model/trace.ts';

/** A span as it is drawn: where its times cannot be, `sent` has it as it came. */
export type DrawnSpan = Span & { readonly sent?: Span };

/** No request takes so long: 104 days, up to which numbers hold nanoseconds exactly. */
const longest: Nanoseconds = 2n ** 53n;

/**
 * Spans with times that can be drawn beside each other. A start or an end that lies further from the others than any request
 * takes, such as 1970 or 2⁶⁴ − 1, would squeeze the rest into one column, and tells nothing: the span is drawn as long as
 * what hangs below it, and keeps what it was sent with.
 */
export function* plausibleSteps(spans: readonly Span[]): Steps<readonly DrawnSpan[]> {
	const [first] = spans;
	if (first === undefined) return spans;
	let isFar = false;
	for (let index = 0; index < spans.length && !isFar; index++) {
		if (isTurn(index)) yield;
		const span = spans[index] ?? first;
		isFar = !isNear(span.start, first.start) || !isNear(span.end, first.start);
	}
	if (!isFar) return spans;
	const starts = spans.map(({ start }) => start).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
	yield;
	const middle = starts[starts.length >> 1] ?? first.start;
	const below = extentsBelow(spans, middle);
	yield;
	return spans.map(span => drawn(span, middle, below.get(span.id)));
}

type Extent = { readonly from: Nanoseconds; readonly to: Nanoseconds };

/** From the first start to the last end of the children of each span, as far as these can be. */
function extentsBelow(spans: readonly Span[], middle: Nanoseconds): ReadonlyMap<string, Extent> {
	const extents = new Map<string, Extent>();
	for (const { parentId = '', start, end } of spans) {
		const near = [start, end].filter(at => isNear(at, middle));
		for (const at of near) {
			const { from, to } = extents.get(parentId) ?? { from: at, to: at };
			extents.set(parentId, { from: at < from ? at : from, to: at > to ? at : to });
		}
	}
	return extents;
}

const isNear = (at: Nanoseconds, other: Nanoseconds): boolean => at - other <= longest && other - at <= longest;

function drawn(span: Span, middle: Nanoseconds, below: Extent | undefined): DrawnSpan {
	const [hasStart, hasEnd] = [isNear(span.start, middle), isNear(span.end, middle)];
	if (hasStart && hasEnd) return span;
	const known = hasStart ? span.start : hasEnd ? span.end : (below?.from ?? middle);
	const { from, to } = below ?? { from: known, to: known };
	const start = hasStart ? span.start : known < from ? known : from;
	const end = hasEnd ? span.end : known > to ? known : to;
	return { ...span, start, end, sent: span };
}
