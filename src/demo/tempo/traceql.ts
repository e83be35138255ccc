import type { Milliseconds } from '../../model/time.ts';

/** What the demo's Tempo understands of TraceQL, as data. */
export type SpansetQuery =
	/** `{…}`; without a condition all spans. */
	| { readonly kind: 'spans'; readonly condition?: SpanCondition }
	/** `{…} && {…}`: the spans of both, of traces that have both. */
	| { readonly kind: 'both'; readonly left: SpansetQuery; readonly right: SpansetQuery }
	| { readonly kind: 'either'; readonly left: SpansetQuery; readonly right: SpansetQuery };

export type SpanCondition =
	| { readonly kind: 'and'; readonly left: SpanCondition; readonly right: SpanCondition }
	| { readonly kind: 'or'; readonly left: SpanCondition; readonly right: SpanCondition }
	| { readonly kind: 'not'; readonly inner: SpanCondition }
	| { readonly kind: 'constant'; readonly value: boolean }
	| FieldComparison;

export type FieldComparison = {
	readonly kind: 'field';
	readonly field: Field;
	readonly operator: Operator;
	readonly value: Literal;
};

export type Field =
	| { readonly scope: 'intrinsic'; readonly name: Intrinsic }
	/** `any` is the span's attributes, then the resource's: `.name`. */
	| { readonly scope: 'span' | 'resource' | 'event' | 'any'; readonly name: string };

export const intrinsics = [
	'name',
	'status',
	'statusMessage',
	'duration',
	'kind',
	'rootName',
	'rootServiceName',
	'traceDuration',
	'traceId',
	'spanId',
	'parentId',
	'eventName',
] as const;
export type Intrinsic = (typeof intrinsics)[number];

export type Operator = '=' | '!=' | '>' | '>=' | '<' | '<=' | '=~' | '!~';

export type Literal =
	| { readonly type: 'string'; readonly value: string }
	| { readonly type: 'number'; readonly value: number }
	| { readonly type: 'duration'; readonly value: Milliseconds }
	| { readonly type: 'boolean'; readonly value: boolean }
	/** `error`, `server`: the words of `status` and `kind`. */
	| { readonly type: 'word'; readonly value: string }
	| { readonly type: 'nil' };

/** The comparisons of a query, left to right. */
export function comparisonsOf(query: SpansetQuery): readonly FieldComparison[] {
	if (query.kind !== 'spans') return [...comparisonsOf(query.left), ...comparisonsOf(query.right)];
	return query.condition === undefined ? [] : comparisonsIn(query.condition);
}

function comparisonsIn(condition: SpanCondition): readonly FieldComparison[] {
	switch (condition.kind) {
		case 'field':
			return [condition];
		case 'constant':
			return [];
		case 'not':
			return comparisonsIn(condition.inner);
		default:
			return [...comparisonsIn(condition.left), ...comparisonsIn(condition.right)];
	}
}
