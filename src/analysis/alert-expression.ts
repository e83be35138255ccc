import type { Matcher } from '../model/labels.ts';
import { isStatusLabel } from './label-roles.ts';
import {
	constantOf,
	type PromBinary,
	type PromNode,
	type PromSelector,
	parsePromql,
	selectorsOf,
	walkPromql,
} from './promql.ts';
import type { ComparisonOperator, Threshold } from './thresholds.ts';

/** What an alert's rule says about what it watches. */
export type AlertExpression = {
	/** Every selector of the expression, in the order of its text. */
	readonly selectors: readonly PromSelector[];
	/** Labels named in any `by (…)`, in the order of the text. */
	readonly groupedBy: readonly string[];
	/** What is compared with a constant; absent for `absent(…)`, recording rules and comparisons of two series. */
	readonly comparison?: { readonly signal: PromNode; readonly threshold: Threshold };
	/** Which figure of a service's panels the limit belongs to, and its value there. */
	readonly figure?: AlertFigure;
};

/**
 * The panel's figure that a rule limits. The threshold of `errors` is one of the error ratio even when the rule speaks
 * of percent or of availability; that of `duration` is in the metric's own unit.
 */
export type AlertFigure =
	| { readonly kind: 'errors' | 'rate'; readonly threshold: Threshold }
	| { readonly kind: 'duration'; readonly threshold: Threshold; readonly quantile: number | undefined };

/** Reads a rule's expression; `undefined` when it is not PromQL. */
export function readAlertExpression(text: string): AlertExpression | undefined {
	const root = parsePromql(text);
	if (root === undefined) return undefined;
	const comparison = comparisonOf(root);
	const figure = comparison === undefined ? undefined : figureOf(comparison.signal, comparison.threshold);
	return {
		selectors: selectorsOf(root),
		groupedBy: [
			...new Set([...walkPromql(root)].flatMap(node => (node.kind === 'aggregate' ? (node.by ?? []) : []))),
		].filter(label => label !== 'le'),
		...(comparison === undefined ? {} : { comparison }),
		...(figure === undefined ? {} : { figure }),
	};
}

/** `a < 5` read from the other side is `5 > a`. */
const flipped: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
	'>': '<',
	'>=': '<=',
	'<': '>',
	'<=': '>=',
	'==': '==',
	'!=': '!=',
};

const isComparison = (operator: string): operator is ComparisonOperator => operator in flipped;
const setOperators: readonly string[] = ['and', 'or', 'unless'];

/**
 * The comparison that decides about the alert's value. Of conditions joined by `and`, `or`, `unless` it is the first
 * that has a limit, because the value of the alert is that of the left side; of `0 < x < 10` it is the outer one.
 */
function comparisonOf(node: PromNode): AlertExpression['comparison'] {
	if (node.kind !== 'binary') return undefined;
	if (setOperators.includes(node.operator)) return comparisonOf(node.left) ?? comparisonOf(node.right);
	if (!isComparison(node.operator)) return undefined;
	const left = constantOf(node.left);
	const right = constantOf(node.right);
	if (right !== undefined && left === undefined) {
		return { signal: uncompared(node.left), threshold: { operator: node.operator, value: right } };
	}
	if (left !== undefined && right === undefined) {
		return { signal: uncompared(node.right), threshold: { operator: flipped[node.operator], value: left } };
	}
	return undefined;
}

const uncompared = (node: PromNode): PromNode => comparisonOf(node)?.signal ?? node;

/** `factor × core + offset`, with the arithmetic of constants taken off. */
type Scaled = { readonly core: PromNode; readonly factor: number; readonly offset: number };

function unscaled(node: PromNode): Scaled {
	if (node.kind !== 'binary') return { core: node, factor: 1, offset: 0 };
	const { operator } = node;
	const left = constantOf(node.left);
	const right = constantOf(node.right);
	const constant = left ?? right;
	if (constant === undefined && operator === '/') return unscaledQuotient(node);
	if (constant === undefined || (left !== undefined && right !== undefined))
		return { core: node, factor: 1, offset: 0 };
	const inner = unscaled(left === undefined ? node.left : node.right);
	const times = (factor: number, offset: number): Scaled => ({
		core: inner.core,
		factor: inner.factor * factor,
		offset: inner.offset * factor + offset,
	});
	if (operator === '*') return times(constant, 0);
	if (operator === '+') return times(1, constant);
	if (operator === '-') return left === undefined ? times(1, -constant) : times(-1, constant);
	if (operator === '/' && left === undefined) return times(1 / constant, 0);
	return { core: node, factor: 1, offset: 0 };
}

/** `100 * a / b` is read as `(100 * a) / b`. */
function unscaledQuotient(node: PromBinary): Scaled {
	const over = unscaled(node.left);
	const under = unscaled(node.right);
	if (over.offset !== 0 || under.offset !== 0) return { core: node, factor: 1, offset: 0 };
	return { core: { ...node, left: over.core, right: under.core }, factor: over.factor / under.factor, offset: 0 };
}

/** The limit on `core` when there is one on `factor × core + offset`. Rounded where binary fractions would show. */
function limitOn({ factor, offset }: Omit<Scaled, 'core'>, { operator, value }: Threshold): Threshold {
	const limit = Number(((value - offset) / factor).toPrecision(12));
	return { operator: factor < 0 ? flipped[operator] : operator, value: limit };
}

function figureOf(signal: PromNode, threshold: Threshold): AlertFigure | undefined {
	const scaled = unscaled(signal);
	const limit = limitOn(scaled, threshold);
	const { core } = scaled;
	if (core.kind === 'binary' && core.operator === '/') return figureOfQuotient(core.left, core.right, limit);
	const quantile = quantileOf(core);
	if (quantile !== undefined) return { kind: 'duration', threshold: limit, quantile };
	return isRate(core) && !selectorsOf(core).some(tellsOutcome) ? { kind: 'rate', threshold: limit } : undefined;
}

function figureOfQuotient(over: PromNode, under: PromNode, limit: Threshold): AlertFigure | undefined {
	const [numerator] = selectorsOf(over);
	const [denominator] = selectorsOf(under);
	if (numerator === undefined || denominator === undefined || tellsOutcome(denominator)) return undefined;
	if (numerator.metric?.endsWith('_sum') && denominator.metric?.endsWith('_count')) {
		return { kind: 'duration', threshold: limit, quantile: undefined };
	}
	if (numerator.metric !== denominator.metric) return undefined;
	const outcome = numerator.matchers.map(outcomeOf).find(each => each !== undefined);
	if (outcome === undefined) return undefined;
	return {
		kind: 'errors',
		threshold: outcome === 'failed' ? limit : limitOn({ factor: -1, offset: 1 }, limit),
	};
}

/** The first argument of `histogram_quantile`, wherever round it the maximum or a rounding was taken. */
function quantileOf(node: PromNode): number | undefined {
	for (const inner of walkPromql(node)) {
		if (inner.kind === 'binary') return undefined;
		if (inner.kind === 'call' && inner.name === 'histogram_quantile' && inner.args[0] !== undefined) {
			return constantOf(inner.args[0]);
		}
	}
	return undefined;
}

/** `sum(rate(x[5m]))`: one counter per second, and nothing else. */
const isRate = (node: PromNode): boolean =>
	node.kind === 'aggregate' && node.name === 'sum'
		? node.args.every(isRate)
		: node.kind === 'call' && (node.name === 'rate' || node.name === 'irate') && node.args[0]?.kind === 'selector';

const tellsOutcome = (selector: PromSelector): boolean =>
	selector.matchers.some(matcher => outcomeOf(matcher) !== undefined);

const failedValues = /5(\.|x|X|\[|\d)|error|ERROR|fail|FAIL|internal|unavailable|exception/i;

/** Which requests a matcher on a status label keeps; one that keeps `4..` alone says nothing of failures. */
function outcomeOf({ name, operator, value }: Matcher): 'failed' | 'fine' | undefined {
	if (!isStatusLabel(name)) return undefined;
	const positive = operator === '=' || operator === '=~';
	if (plainErrorType(name)) return positive === (value === '') ? 'fine' : 'failed';
	if (failedValues.test(value)) return positive ? 'failed' : 'fine';
	if (/^\(?[23]|^ok$|success|\|\(?2/i.test(value)) return positive ? 'fine' : 'failed';
	return undefined;
}

const plainErrorType = (name: string): boolean => name === 'error_type' || name === 'error.type';
