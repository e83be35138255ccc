import { type SkewMark, skewMarkOf, tellingSkewOf } from './clock-skew.ts';
import { handlersIn, sendersOf } from './span-links.ts';
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
	/** The two are measured by clocks that disagree elsewhere in the trace: whose is off, and by how much at least. */
	readonly unsure: { readonly service: string; readonly by: number } | undefined;
};

/**
 * The hop that a span is an end of, if it is one: a `client` with one `server` below it, or a `producer` and a `consumer`,
 * which hangs below it or is linked to it in the same trace. A call that several spans answer (tries, fan-out of a proxy)
 * has no one way; of several messages the one that waited longest is told.
 */
export function hopOf(tree: TraceTree, node: SpanNode): SpanHop | undefined {
	const { span, parent, children } = node;
	if (span.kind === 'server' || span.kind === 'consumer') {
		const hop = parent === undefined || parent.missing ? undefined : hopBetween(parent, node, tree);
		return hop ?? longest(sendersOf(node, tree).map(sender => messageHop(sender, node, tree)));
	}
	if (span.kind === 'client' || span.kind === 'producer') {
		const answer = children.find(({ span: { kind } }) => kind === 'server' || kind === 'consumer');
		const hop = answer === undefined ? undefined : hopBetween(node, answer, tree);
		if (hop !== undefined) return hop;
	}
	return longest((handlersIn(tree).get(node) ?? []).map(handler => messageHop(node, handler, tree)));
}

const longest = (hops: readonly SpanHop[]): SpanHop | undefined =>
	hops.reduce<SpanHop | undefined>((best, hop) => ((hop.outside ?? 0) > (best?.outside ?? -1) ? hop : best), undefined);

/** The hops of a trace, those of calls and messages, the longest way first; none that is known to be shorter than `least`. */
export function hopsOf(tree: TraceTree, least = 0): readonly SpanHop[] {
	const hops: SpanHop[] = [];
	const add = (hop: SpanHop | undefined) => {
		if (hop !== undefined && (hop.outside ?? least) >= least) hops.push(hop);
	};
	for (const node of tree.nodes) {
		if (node.span.kind !== 'server' && node.span.kind !== 'consumer') continue;
		if (node.parent !== undefined && !node.parent.missing) add(hopBetween(node.parent, node, tree));
		for (const sender of sendersOf(node, tree)) add(messageHop(sender, node, tree));
	}
	return hops.sort((a, b) => (b.outside ?? 0) - (a.outside ?? 0));
}

/** What makes a length worth nothing. */
const brokenTimes: Readonly<Partial<Record<SkewMark['kind'], string>>> = {
	backwards: 'a span ends before it starts',
	implausible: 'a span has a time that cannot be',
};

function hopBetween(from: SpanNode, to: SpanNode, tree: TraceTree): SpanHop | undefined {
	if (to.span.kind === 'consumer') return from.span.kind === 'producer' ? messageHop(from, to, tree) : undefined;
	if (from.span.kind !== 'client' || answersOf(from) !== 1) return undefined;
	const [whole, answered] = [from.end - from.start, to.end - to.start];
	const unsure = unsureBetween(from, to, tree);
	const hop = { kind: 'call', from, to, unsure } as const;
	const broken = [from, to].map(node => brokenTimes[skewMarkOf(node)?.kind ?? 'skewed']).find(Boolean);
	if (broken !== undefined) return { ...hop, outside: undefined, split: undefined, unknown: broken };
	if (answered > whole) {
		return { ...hop, outside: undefined, split: undefined, unknown: 'the answer took longer than it was waited for' };
	}
	const agrees = to.start >= from.start && to.end <= from.end && unsure === undefined;
	return {
		...hop,
		outside: whole - answered,
		split: agrees ? { before: to.start - from.start, after: from.end - to.end } : undefined,
		unknown: undefined,
	};
}

/** A clock that is off somewhere is off in every span of its service. */
function unsureBetween({ span: from }: SpanNode, { span: to }: SpanNode, tree: TraceTree): SpanHop['unsure'] {
	const skew = from.service === to.service ? undefined : tellingSkewOf(tree);
	const service = [from.service, to.service].find(each => skew?.services.has(each));
	return skew === undefined || service === undefined ? undefined : { service, by: skew.by };
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

function messageHop(from: SpanNode, to: SpanNode, tree: TraceTree): SpanHop {
	const hop = { kind: 'message', from, to, split: undefined, unsure: unsureBetween(from, to, tree) } as const;
	return to.start < from.start
		? { ...hop, outside: undefined, unknown: 'the clocks disagree: it was handled before it was sent' }
		: { ...hop, outside: Math.max(0, to.start - from.end), unknown: undefined };
}

/** `35 ms, 20 ms before and 15 ms after`: of the way alone. */
export function hopWords(hop: SpanHop): string {
	const { kind, outside, split, unknown } = hop;
	if (outside === undefined) return `not known: ${unknown}`;
	const length = formatSpanTime(outside);
	if (kind === 'message') return `${length} from sending to handling${unsureWords(hop)}`;
	if (split === undefined) return `${length}; how much of it on either way is not known: the clocks disagree`;
	return outside === 0
		? length
		: `${length}: ${formatSpanTime(split.before)} on the way there, ${formatSpanTime(split.after)} back`;
}

/** A call's way is measured by the lengths of its two spans, whatever their clocks say. */
const unsureWords = ({ kind, unsure }: SpanHop): string =>
	kind === 'call' || unsure === undefined
		? ''
		: `, not sure: the clock of ${inWords(unsure.service)} is off, elsewhere by ${formatSpanTime(unsure.by)}`;

/** `35 ms of network and queue between shop POST and pay POST`: in the list of where the time went. */
export function hopSentence(hop: SpanHop): string {
	const { kind, outside = 0, from, to } = hop;
	const what = kind === 'message' ? 'in the queue' : 'of network and queue';
	return `${formatSpanTime(outside)} ${what} between ${nameOf(from)} and ${nameOf(to)}${unsureWords(hop)}`;
}

const nameOf = ({ span }: SpanNode): string => inWords(`${span.service} ${span.name}`);
