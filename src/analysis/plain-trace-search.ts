import { parser } from '@grafana/lezer-traceql';
import type { SyntaxNode } from '@lezer/common';
import type { Note } from '../model/answer.ts';
import type { Milliseconds } from '../model/time.ts';
import { parseLength } from './time-words.ts';

/** What one span of a trace must be, in the words of stores that know no TraceQL. */
export type PlainConditions = {
	readonly service?: string | undefined;
	readonly operation?: string | undefined;
	readonly longerThan?: Milliseconds | undefined;
	readonly shorterThan?: Milliseconds | undefined;
	/** Attributes by their text, and `error` and `span.kind` as OpenTracing has them. */
	readonly tags: Readonly<Record<string, string>>;
};

/** What such a store can be asked, and in which way that is not the same; or the part that it cannot be asked. */
export type PlainSearch =
	| { readonly conditions: PlainConditions; readonly notes: readonly Note[] }
	| { readonly unsupported: string };

/**
 * TraceQL as plain conditions where it is no more than that: one pair of braces with comparisons joined by `&&`. What is
 * said there of a whole trace is asked of a span, which is noted.
 */
export function plainTraceSearch(traceql: string): PlainSearch {
	const comparisons = comparisonsIn(traceql.trim() === '' ? '{}' : traceql);
	if (typeof comparisons === 'string') return { unsupported: comparisons };
	const read = { conditions: { tags: {} as Record<string, string> } as Draft, widened: new Set<string>() };
	for (const comparison of comparisons) {
		if (!take(comparison, read)) {
			const { field, operator, value } = comparison;
			return { unsupported: `${field} ${operator} ${value}` };
		}
	}
	return { conditions: read.conditions, notes: [...read.widened].map(noteOf) };
}

type Comparison = { readonly field: string; readonly operator: string; readonly value: string };
type Draft = { -readonly [Name in Exclude<keyof PlainConditions, 'tags'>]: PlainConditions[Name] } & {
	readonly tags: Record<string, string>;
};
type Reading = { readonly conditions: Draft; readonly widened: Set<string> };

const noteOf = (field: string): Note => ({
	kind: 'warning',
	text: `${field} is compared with any span of the trace: Jaeger knows no more of it.`,
});

/** The comparisons of the only braces; what is more than that as text. */
function comparisonsIn(query: string): readonly Comparison[] | string {
	const top = parser.parse(query).topNode;
	const filters: SyntaxNode[] = [];
	let broken = false;
	top.cursor().iterate(({ name, type, node }) => {
		if (type.isError) broken = true;
		if (name === 'SpansetFilter') filters.push(node);
	});
	const [filter] = filters;
	const braces = filter && query.slice(filter.from, filter.to);
	if (broken || filter === undefined || filters.length > 1 || braces !== query.trim()) return query;
	const condition = filter.getChild('FieldExpression');
	return condition === null ? [] : (conjunctionOf(condition, query) ?? query);
}

function conjunctionOf(node: SyntaxNode, query: string): readonly Comparison[] | undefined {
	const text = ({ from, to }: SyntaxNode) => query.slice(from, to).trim();
	const [left, right] = node.getChildren('FieldExpression');
	if (left === undefined) return text(node) === 'true' ? [] : undefined;
	if (right === undefined) return text(node).startsWith('(') ? conjunctionOf(left, query) : undefined;
	if (node.getChild('And') !== null) {
		const [some, others] = [conjunctionOf(left, query), conjunctionOf(right, query)];
		return some && others && [...some, ...others];
	}
	const operator = node.getChild('FieldOp');
	return operator === null ? undefined : [{ field: text(left), operator: text(operator), value: text(right) }];
}

/** False for what cannot be asked. */
function take({ field, operator, value }: Comparison, { conditions, widened }: Reading): boolean {
	const known = names[field.replace(/^(?:span|trace):/, '')];
	if (known === 'length') {
		if (field.startsWith('trace')) widened.add(field);
		return takeLength(operator, parseLength(value), conditions);
	}
	if (operator !== '=') return false;
	const text = literalOf(value);
	if (known === 'service' || known === 'operation') {
		if (field.includes('root')) widened.add(field);
		return set(conditions, known, text);
	}
	const key = known === 'error' ? (value === 'error' ? 'error' : undefined) : (known ?? attributeOf(field));
	if (key === undefined || text === undefined) return false;
	conditions.tags[key] = key === 'error' && known === 'error' ? 'true' : text;
	return true;
}

const names: Readonly<Record<string, 'service' | 'operation' | 'length' | 'error' | 'span.kind'>> = {
	'resource.service.name': 'service',
	'.service.name': 'service',
	rootServiceName: 'service',
	rootService: 'service',
	name: 'operation',
	rootName: 'operation',
	duration: 'length',
	traceDuration: 'length',
	status: 'error',
	kind: 'span.kind',
};

/** One of each kind: a second one that says otherwise cannot be asked. */
function set(conditions: Draft, name: 'service' | 'operation', text: string | undefined): boolean {
	if (text === undefined || (conditions[name] !== undefined && conditions[name] !== text)) return false;
	conditions[name] = text;
	return true;
}

function takeLength(operator: string, length: Milliseconds | undefined, conditions: Draft): boolean {
	if (length === undefined) return false;
	if (operator.startsWith('>')) conditions.longerThan = Math.max(length, conditions.longerThan ?? 0);
	else if (operator.startsWith('<')) {
		conditions.shorterThan = Math.min(length, conditions.shorterThan ?? Number.POSITIVE_INFINITY);
	} else return false;
	return true;
}

/** `span.http.route`, `.http.route`, `span."my attr"`. */
function attributeOf(field: string): string | undefined {
	const name = /^(?:span|resource|event)?\.(.+)$/s.exec(field)?.[1];
	return name?.startsWith('"') ? literalOf(name) : name;
}

/** What stands between quotes, or a number or a word as it is. */
function literalOf(value: string): string | undefined {
	if (/^`[^`]*`$/.test(value)) return value.slice(1, -1);
	if (!value.startsWith('"')) return /^[\w.+-]+$/.test(value) ? value : undefined;
	try {
		const text: unknown = JSON.parse(value);
		return typeof text === 'string' ? text : undefined;
	} catch {
		return undefined;
	}
}
