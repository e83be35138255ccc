import {
	constantOf,
	type PromAggregate,
	type PromBinary,
	type PromCall,
	type PromNode,
	type PromSelector,
	selectorsOf,
} from './promql.ts';

/**
 * Where the labels of an alert's series come from. Of `errors * on (pod) group_left (workload) kube_pod_owner and on ()
 * traffic > 5 unless maintenance` the subject is `errors`; `kube_pod_owner` lends `workload`; it and `traffic` stand
 * beside; `maintenance` says when the alert must not fire, and nothing of what it is about.
 */
export type Lineage = {
	/** The selectors whose series the alert is about. */
	readonly subject: readonly PromSelector[];
	/** Selectors that lend labels or decide whether the alert fires. */
	readonly beside: readonly PromSelector[];
	/** Labels named in `by (…)` of the subject, in the order of the text. */
	readonly groupedBy: readonly string[];
	/** All series of the subject were aggregated: the alert has no label of theirs but those in `groupedBy`. */
	readonly grouped: boolean;
	/** Labels taken from the other side of a join, and the metric there. */
	readonly lent: ReadonlyMap<string, string>;
	/** Labels made by `label_replace` and `label_join`. */
	readonly made: ReadonlyMap<string, MadeLabel>;
};

/** `whole` when the label has the very value of `from`, and not a part of it or a text of the rule's author. */
export type MadeLabel = { readonly from: string; readonly whole: boolean };

/** The lineage of what has no series. */
export const noLineage: Lineage = {
	subject: [],
	beside: [],
	groupedBy: [],
	grouped: true,
	lent: new Map(),
	made: new Map(),
};

/** The lineage of an expression's labels. */
export function lineageOf(node: PromNode): Lineage {
	switch (node.kind) {
		case 'number':
		case 'string':
			return noLineage;
		case 'selector':
			return { ...noLineage, subject: [node], grouped: false };
		case 'subquery':
			return lineageOf(node.operand);
		case 'call':
			return lineageOfCall(node);
		case 'aggregate':
			return aggregated(joined(node.args.map(lineageOf)), node);
		case 'binary':
			return lineageOfBinary(node);
	}
}

/** Several parts that make up the value together. */
function joined(parts: readonly Lineage[]): Lineage {
	const telling = parts.filter(({ subject }) => subject.length > 0);
	return {
		subject: telling.flatMap(({ subject }) => subject),
		beside: parts.flatMap(({ beside }) => beside),
		groupedBy: [...new Set(telling.flatMap(({ groupedBy }) => groupedBy))],
		grouped: telling.every(({ grouped }) => grouped),
		lent: new Map(parts.flatMap(({ lent }) => [...lent])),
		made: new Map(parts.flatMap(({ made }) => [...made])),
	};
}

/** After `without (…)` the series have all their other labels. */
const aggregated = (inner: Lineage, { by, without }: PromAggregate): Lineage =>
	without === undefined
		? { ...inner, grouped: true, groupedBy: [...new Set([...inner.groupedBy, ...(by ?? [])])] }
		: inner;

const beside = (whole: Lineage, other: Lineage): Lineage => ({
	...whole,
	beside: [...whole.beside, ...other.subject, ...other.beside],
});

/** https://prometheus.io/docs/prometheus/latest/querying/functions/#label_replace, and #info for the join of its own. */
function lineageOfCall({ name, args }: PromCall): Lineage {
	const [first, ...rest] = args;
	if (first === undefined) return noLineage;
	if (name !== 'label_replace' && name !== 'label_join' && name !== 'info') return joined(args.map(lineageOf));
	const inner = lineageOf(first);
	if (name === 'info') {
		const names = rest.flatMap(selectorsOf).flatMap(({ matchers }) => matchers.map(matcher => matcher.name));
		return { ...inner, lent: new Map([...inner.lent, ...names.map(label => [label, 'target_info'] as const)]) };
	}
	const texts = rest.map(arg => (arg.kind === 'string' ? arg.value : ''));
	const [label = '', second = '', from = '', pattern = ''] = texts;
	const whole = name === 'label_replace' && /^\$(1|\{1\})$/.test(second) && /^\((\.\*|\.\+)\)$/.test(pattern);
	return label === '' || from === '' ? inner : { ...inner, made: new Map([...inner.made, [label, { from, whole }]]) };
}

function lineageOfBinary({ operator, left, right, matching }: PromBinary): Lineage {
	if (operator === 'unless') return lineageOf(left);
	if (operator === 'and') return beside(lineageOf(left), lineageOf(right));
	if (operator === 'or' || matching?.many === undefined) {
		return joined([left, right].filter(side => constantOf(side) === undefined).map(lineageOf));
	}
	const [many, one] = matching.many === 'left' ? [left, right] : [right, left];
	const whole = lineageOf(many);
	const lender = selectorsOf(one).find(({ metric }) => metric !== undefined)?.metric ?? 'another series';
	const lent = matching.include.map(label => [label, lender] as const);
	return { ...beside(whole, lineageOf(one)), lent: new Map([...whole.lent, ...lent]) };
}
