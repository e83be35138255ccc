import { isTurn, type Steps } from '../model/steps.ts';
import type { Nanoseconds } from '../model/time.ts';
import type { Span } from '../model/trace.ts';

/** A span as it is drawn: where its times cannot be, `sent` has it as it came. */
export type DrawnSpan = Span & { readonly sent?: Span };

/** No request takes so long: 104 days, up to which numbers hold nanoseconds exactly. */
const longest: Nanoseconds = 2n ** 53n;

/**
 * Spans with times that can be drawn beside each other. A start or an end that lies further from the others than any request
 * takes, such as 1970 or 2⁶⁴ − 1, would squeeze the rest into one column: it is set to where the others begin or end, and the
 * span keeps what it was sent with.
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
	const near = spans.flatMap(({ start, end }) => [start, end]).filter(at => isNear(at, middle));
	const bounds = near.reduce(({ from, to }, at) => ({ from: at < from ? at : from, to: at > to ? at : to }), {
		from: middle,
		to: middle,
	});
	return spans.map(span => drawn(span, middle, bounds));
}

const isNear = (at: Nanoseconds, other: Nanoseconds): boolean => at - other <= longest && other - at <= longest;

function drawn(
	span: Span,
	middle: Nanoseconds,
	{ from, to }: { readonly from: Nanoseconds; readonly to: Nanoseconds },
): DrawnSpan {
	const [hasStart, hasEnd] = [isNear(span.start, middle), isNear(span.end, middle)];
	if (hasStart && hasEnd) return span;
	// Of a span that lies elsewhere altogether nothing tells how long it was.
	if (!hasStart && !hasEnd) return { ...span, start: to, end: to, sent: span };
	return { ...span, start: hasStart ? span.start : from, end: hasEnd ? span.end : to, sent: span };
}
