import type { Span } from '../../model/trace.ts';

/** Spans with IDs that are unique in their trace, and what had to be done for it. */
export type DistinctSpans = {
	readonly spans: readonly Span[];
	/** How many spans were given another ID. */
	readonly renamed: number;
};

/**
 * Drops what was stored twice (same ID, start and kind) and tells apart what shares an ID. Zipkin gives caller and callee
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
export function distinctSpans(sent: readonly Span[]): DistinctSpans {
	const groups = new Map<string, Span[]>();
	for (const span of new Map(sent.map(each => [identityOf(each), each])).values()) {
		const group = groups.get(span.id);
		if (group === undefined) groups.set(span.id, [span]);
		else group.push(span);
	}
	const taken = new Map([...groups.keys()].map(id => [id, 1]));
	const spans = [...groups.values()].flatMap(group => (group.length === 1 ? group : apart(group, taken)));
	return { spans, renamed: spans.length - groups.size };
}

const identityOf = ({ id, start, kind }: Span): string => `${id} ${start} ${kind}`;

/** One keeps the ID: the callee, else the first. */
function apart(group: readonly Span[], taken: Map<string, number>): readonly Span[] {
	const keeper = group.find(isCallee) ?? group[0];
	const others = group
		.filter(span => span !== keeper)
		.map(span => ({ ...span, id: freeName(`${span.id}:${span.kind}`, taken) }));
	if (keeper === undefined) return others;
	const caller = isCallee(keeper)
		? others.find(other => isCaller(other) && other.parentId === keeper.parentId)
		: undefined;
	return [caller === undefined ? keeper : { ...keeper, parentId: caller.id }, ...others];
}

/** `taken` holds the highest number that was tried of each name: with all spans under one ID none is tried twice. */
function freeName(wanted: string, taken: Map<string, number>): string {
	let number = taken.get(wanted) ?? 0;
	let name = wanted;
	while (taken.has(name)) {
		number++;
		name = `${wanted}:${number}`;
	}
	if (number > 0) taken.set(wanted, number);
	taken.set(name, 1);
	return name;
}

const isCallee = ({ kind }: Span): boolean => kind === 'server' || kind === 'consumer';
const isCaller = ({ kind }: Span): boolean => kind === 'client' || kind === 'producer';
