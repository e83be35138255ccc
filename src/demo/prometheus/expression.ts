import type { Matcher } from '../../model/labels.ts';
import type { Milliseconds } from '../../model/time.ts';

/** PromQL as the demo evaluates it: parentheses and the quirks of the grammar are gone. */
export type Expression =
	| { readonly kind: 'number'; readonly value: number }
	| { readonly kind: 'string'; readonly value: string }
	| Selector
	| Call
	| Aggregation
	| Operation
	| { readonly kind: 'negation'; readonly operand: Expression };

/** `name{label="value"}[5m] offset 1m`: an instant selector, or with `range` a range selector. */
export type Selector = {
	readonly kind: 'selector';
	/** With the name as a matcher on `__name__`. */
	readonly matchers: readonly Matcher[];
	readonly range?: Milliseconds;
	readonly offset: Milliseconds;
};

export type Call = { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] };

export type Grouping = { readonly mode: 'by' | 'without'; readonly labels: readonly string[] };

export type Aggregation = {
	readonly kind: 'aggregation';
	readonly operator: string;
	readonly grouping: Grouping;
	/** The k of `topk`, the φ of `quantile`. */
	readonly parameter?: Expression;
	readonly operand: Expression;
};

export type Matching = {
	readonly mode: 'on' | 'ignoring';
	readonly labels: readonly string[];
	/** `group_left` and `group_right`: the side that may have many. */
	readonly many?: 'left' | 'right';
	readonly include: readonly string[];
};

export type Operation = {
	readonly kind: 'operation';
	readonly operator: string;
	/** `bool`: 0 or 1 in place of filtering. */
	readonly bool: boolean;
	readonly matching: Matching;
	readonly left: Expression;
	readonly right: Expression;
};

export type ValueType = 'scalar' | 'string' | 'instant vector' | 'range vector';

/** The query is no PromQL: 400 `bad_data`. The message is that of Prometheus: `1:10: parse error: …`. */
export class ParseError extends Error {
	override readonly name = 'ParseError';

	/** `at` counts from 0; `undefined` is what Prometheus calls an unknown position. */
	constructor(source: string, at: number | undefined, words: string) {
		super(`${positionOf(source, at)}: parse error: ${words}`);
	}
}

/** Prometheus counts lines and bytes from 1. */
const positionOf = (source: string, at: number | undefined): string => {
	if (at === undefined) return 'unknown position';
	const lines = source.slice(0, at).split('\n');
	return `${lines.length}:${Buffer.byteLength(lines.at(-1) ?? '') + 1}`;
};

/** The query is PromQL that cannot be evaluated: 422 `execution`. */
export class ExecutionError extends Error {
	override readonly name = 'ExecutionError';
}

/** PromQL that a real server evaluates and this one does not. */
export const unsupported = (what: string): ExecutionError =>
	new ExecutionError(`this demonstration server does not support ${what}`);
