import { skewMarkOf } from './clock-skew.ts';
import { formatSpanTime, inWords } from './span-words.ts';
import type { SpanNode, TraceTree } from './trace-tree.ts';

/**
 * The way between a call and the span that answers it in another process: network, proxies, and the queue of the server.
 * Lengths in nanoseconds.
 *
 *     shop POST {client}        ──────────────    14
 *       pay POST {server}          ────────       8: outside 6, before 3, after 3
 */
export type SpanHop = {
	readonly kind: 'call' | 'message';
	readonly from: SpanNode;
	readonly to: SpanNode;
	/** Of a call its length without the answering span's; of a message from its sending to its handling. */
	readonly outside: number | undefined;
	/** The two parts of a call's; absent where the clocks disagree, since a shift of one moves the bound between them. */
	readonly split: { readonly before: number; readonly after: number } | undefined;
	/** Why it is not known, where it is not. */
	readonly unknown: string | undefined;
};

/**
 * The hop that a span is an end of, if it is one: a `client` with one `server` below it, or a `producer` and a `consumer`.
 * A call that several spans answer (tries, fan-out of a proxy) has no one way.
 */
export function hopOf(node: SpanNode): SpanHop | undefined {
	const { span, parent, children } = node;
	if (span.kind === 'server' || span.kind === 'consumer') {
		return parent === undefined || parent.missing ? undefined : hopBetween(parent, node);
	}
	if (span.kind !== 'client' && span.kind !== 'producer') return undefined;
	const answer = children.find(({ span: { kind } }) => kind === 'server' || kind === 'consumer');
	return answer === undefined ? undefined : hopBetween(node, answer);
}

/** The hops of a trace, those of calls and messages, the longest way first; none that is known to be shorter than `least`. */
export function hopsOf({ nodes }: TraceTree, least = 0): readonly SpanHop[] {
	const hops: SpanHop[] = [];
	for (const node of nodes) {
		if (node.span.kind !== 'server' && node.span.kind !== 'consumer') continue;
		const hop = hopOf(node);
		if (hop !== undefined && (hop.outside ?? least) >= least) hops.push(hop);
	}
	return hops.sort((a, b) => (b.outside ?? 0) - (a.outside ?? 0));
}

function hopBetween(from: SpanNode, to: SpanNode): SpanHop | undefined {
	if (to.span.kind === 'consumer') return from.span.kind === 'producer' ? messageHop(from, to) : undefined;
	if (from.span.kind !== 'client' || answersOf(from) !== 1) return undefined;
	const [whole, answered] = [from.end - from.start, to.end - to.start];
	const hop = { kind: 'call', from, to } as const;
	const isBroken = [from, to].some(node => skewMarkOf(node)?.kind === 'backwards');
	if (isBroken) return { ...hop, outside: undefined, split: undefined, unknown: 'a span ends before it starts' };
	if (answered > whole) {
		return { ...hop, outside: undefined, split: undefined, unknown: 'the answer took longer than it was waited for' };
	}
	const agrees = to.start >= from.start && to.end <= from.end;
	return {
		...hop,
		outside: whole - answered,
		split: agrees ? { before: to.start - from.start, after: from.end - to.end } : undefined,
		unknown: undefined,
	};
}

/** Servers below a call, as far as it takes to tell one from several. */
function answersOf({ children }: SpanNode): number {
	let count = 0;
	for (const { span } of children) {
		if (span.kind === 'server') count++;
		if (count > 1) break;
	}
	return count;
}

function messageHop(from: SpanNode, to: SpanNode): SpanHop {
	const hop = { kind: 'message', from, to, split: undefined } as const;
	return to.start < from.start
		? { ...hop, outside: undefined, unknown: 'the clocks disagree: it was handled before it was sent' }
		: { ...hop, outside: Math.max(0, to.start - from.end), unknown: undefined };
}

/** `35 ms, 20 ms before and 15 ms after`: of the way alone. */
export function hopWords({ kind, outside, split, unknown }: SpanHop): string {
	if (outside === undefined) return `not known: ${unknown}`;
	const length = formatSpanTime(outside);
	if (kind === 'message') return `${length} from sending to handling`;
	if (split === undefined) return `${length}; how much of it on either way is not known: the clocks disagree`;
	return outside === 0
		? length
		: `${length}: ${formatSpanTime(split.before)} on the way there, ${formatSpanTime(split.after)} back`;
}

/** `35 ms of network and queue between shop POST and pay POST`: in the list of where the time went. */
export function hopSentence(hop: SpanHop): string {
	const { kind, outside = 0, from, to } = hop;
	const what = kind === 'message' ? 'in the queue' : 'of network and queue';
	return `${formatSpanTime(outside)} ${what} between ${nameOf(from)} and ${nameOf(to)}`;
}

const nameOf = ({ span }: SpanNode): string => inWords(`${span.service} ${span.name}`);
