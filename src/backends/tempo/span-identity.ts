import { isTurn, type Steps } from '../../model/steps.ts';
import type { Span } from '../../model/trace.ts';

/** Spans with IDs that are unique in their trace, and what had to be done for it. */
export type DistinctSpans = {
	readonly spans: readonly Span[];
	/** How many spans were given another ID. */
	readonly renamed: number;
};

/**
 * Drops what was stored twice (same ID, start, kind and name) and tells apart what shares an ID. Zipkin gives caller and callee
 * of one call the same ID and the same parent:
 *
 *     as sent                           as made distinct
 *     a1 checkout (client)              a1:client checkout (client)
 *     a1 pay      (server)              └ a1 pay (server)
 *     b2 select   (client, parent a1)     └ b2 select
 *
 * The callee keeps the ID, because its children and its log lines name it; the caller becomes `a1:client`, and the parent
 * of the callee. Other spans that share an ID keep their parent and become `a1:internal`, `a1:internal:2`.
 */
export function* distinctSteps(sent: readonly Span[]): Steps<DistinctSpans> {
	const firsts = new Map<string, Span>();
	const shared = new Map<string, Span[]>();
	let turn = 0;
	for (const span of sent) {
		if (isTurn(turn++)) yield;
		const first = firsts.get(span.id);
		const group = shared.get(span.id);
		if (first === undefined) firsts.set(span.id, span);
		else if (group === undefined) shared.set(span.id, [first, span]);
		else group.push(span);
	}
	if (shared.size === 0) return { spans: sent, renamed: 0 };
	const names: Names = { isSent: id => firsts.has(id), tried: new Map() };
	const spans: Span[] = [];
	for (const [id, first] of firsts) {
		if (isTurn(spans.length)) yield;
		const group = shared.get(id);
		if (group === undefined) spans.push(first);
		else for (const span of apart(withoutTwins(group), names)) spans.push(span);
	}
	return { spans, renamed: spans.length - firsts.size };
}

/** Of what was stored twice the later one. */
const withoutTwins = (group: readonly Span[]): readonly Span[] => [
	...new Map(group.map(each => [identityOf(each), each])).values(),
];

const identityOf = ({ id, start, kind, name }: Span): string => `${id} ${start} ${kind} ${name}`;

/** One keeps the ID: the callee, else the first. */
function apart(group: readonly Span[], names: Names): readonly Span[] {
	const keeper = group.find(isCallee) ?? group[0];
	const others = group
		.filter(span => span !== keeper)
		.map(span => ({ ...span, id: freeName(`${span.id}:${span.kind}`, names) }));
	if (keeper === undefined) return others;
	const caller = isCallee(keeper)
		? others.find(other => isCaller(other) && other.parentId === keeper.parentId)
		: undefined;
	return [caller === undefined ? keeper : { ...keeper, parentId: caller.id }, ...others];
}

/** The names that spans came with, and the highest number that was tried of each that was given. */
type Names = { readonly isSent: (id: string) => boolean; readonly tried: Map<string, number> };

/** With all spans under one ID no name is tried twice. */
function freeName(wanted: string, { isSent, tried }: Names): string {
	const isFree = (name: string) => !tried.has(name) && !isSent(name);
	let number = tried.get(wanted) ?? (isSent(wanted) ? 1 : 0);
	let name = wanted;
	while (!isFree(name)) {
		number++;
		name = `${wanted}:${number}`;
	}
	if (number > 0) tried.set(wanted, number);
	tried.set(name, 1);
	return name;
}

const isCallee = ({ kind }: Span): boolean => kind === 'server' || kind === 'consumer';
const isCaller = ({ kind }: Span): boolean => kind === 'client' || kind === 'producer';
