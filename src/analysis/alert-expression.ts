import type { Alert } from '../model/alert.ts';
import { type AlertFigure, figureOf } from './alert-figure.ts';
import { type Lineage, lineageOf, noLineage } from './alert-lineage.ts';
import { constantOf, type PromBinary, type PromNode, type PromSelector, parsePromql, walkPromql } from './promql.ts';
import { scanQuery } from './query-scan.ts';
import { expandRecorded, type Recorded } from './recorded-series.ts';
import { flipped, isBeyond, isComparison, negated, type Threshold } from './thresholds.ts';

/** What an alert's rule says about what it watches. */
export type AlertExpression = {
	/** Every selector of the expression in the order of its text, but for those behind `unless`. */
	readonly selectors: readonly PromSelector[];
	/** Labels named in any `by (…)` of what the alert is about, in the order of the text, without `le`. */
	readonly groupedBy: readonly string[];
	/** Where the labels of the alert's series come from. */
	readonly lineage: Lineage;
	/** What is compared with a constant; absent for `absent(…)`, recording rules and comparisons of two series. */
	readonly comparison?: Comparison;
	/** Which figure of a service's panels the limit belongs to, and its value there. */
	readonly figure?: AlertFigure;
	/** The recorded series behind which all of this was read, where there are any. */
	readonly recorded?: Recorded;
};

type Comparison = { readonly signal: PromNode; readonly threshold: Threshold };

/**
 * Reads a rule's expression. Of what is no PromQL (LogQL of a Loki ruler, MetricsQL, a text that was cut) only the
 * selectors and groupings are told; `undefined` when there are none.
 */
export function readAlertExpression(text: string): AlertExpression | undefined {
	const root = parsePromql(text);
	if (root === undefined) return scannedExpression(text);
	const known = readings.get(root);
	if (known !== undefined) return known;
	const reading = expressionOf(root);
	readings.set(root, reading);
	return reading;
}

/**
 * Reads the expression of an alert's rule, and behind it the recording rules of the series that it is about.
 * `undefined` without an expression, and where `readAlertExpression` has nothing to tell.
 */
export function expressionOfAlert(
	alert: Pick<Alert, 'labels' | 'expression' | 'recordings'>,
): AlertExpression | undefined {
	if (alert.expression === undefined) return undefined;
	const asWritten = readAlertExpression(alert.expression);
	const root = alert.recordings === undefined ? undefined : parsePromql(alert.expression);
	const expanded = root === undefined ? undefined : expandRecorded(root, alert);
	if (expanded === undefined) return asWritten;
	const reading = expressionOf(expanded.root);
	const figure = reading.figure ?? asWritten?.figure;
	return {
		...reading,
		lineage: { ...reading.lineage, made: new Map([...expanded.put, ...reading.lineage.made]) },
		...(figure === undefined ? {} : { figure }),
		recorded: expanded.recorded,
	};
}

/** Trees are kept as long as their rules are looked at (`parsePromql`), and so is what was read from them. */
const readings = new WeakMap<PromNode, AlertExpression>();

function expressionOf(root: PromNode): AlertExpression {
	const lineage = lineageOf(root);
	const comparison = comparisonOf(root);
	const figure = comparison === undefined ? undefined : figureOf(comparison.signal, comparison.threshold);
	return {
		selectors: firingSelectors(root),
		groupedBy: withoutBuckets(lineage.groupedBy),
		lineage,
		...(comparison === undefined ? {} : { comparison }),
		...(figure === undefined ? {} : { figure }),
	};
}

function scannedExpression(text: string): AlertExpression | undefined {
	const { selectors, groupedBy } = scanQuery(text);
	if (selectors.length === 0 && groupedBy.length === 0) return undefined;
	const grouped = groupedBy.length > 0;
	return {
		selectors,
		groupedBy: withoutBuckets(groupedBy),
		lineage: { ...noLineage, subject: selectors, groupedBy, grouped },
	};
}

/** The bucket is for `histogram_quantile`, which takes the label away. */
const withoutBuckets = (labels: readonly string[]): readonly string[] =>
	labels.filter(label => label !== 'le' && label !== 'vmrange');

function firingSelectors(node: PromNode): readonly PromSelector[] {
	if (node.kind === 'selector') return [node];
	if (node.kind === 'binary') {
		return node.operator === 'unless'
			? firingSelectors(node.left)
			: [...firingSelectors(node.left), ...firingSelectors(node.right)];
	}
	if (node.kind === 'subquery') return firingSelectors(node.operand);
	return 'args' in node ? node.args.flatMap(firingSelectors) : [];
}

const setOperators: readonly string[] = ['and', 'or', 'unless'];

/**
 * The comparison that decides about the alert's value. Of conditions joined by `and`, `or` it is the first that has a
 * limit, because the value of the alert is that of the left side; but when the left compares two series, no other limit
 * speaks of it. Of `0 < x < 10` it is the outer one.
 */
function comparisonOf(node: PromNode): Comparison | undefined {
	if (node.kind === 'call' && rearranging.has(node.name)) return first(node.args.map(comparisonOf));
	if (node.kind === 'aggregate' && choosing.has(node.name)) return first(node.args.map(comparisonOf));
	if (node.kind !== 'binary') return undefined;
	if (setOperators.includes(node.operator)) return comparisonOfSets(node);
	if (!isComparison(node.operator)) return comparisonWithin(node);
	const left = constantOf(node.left);
	const right = constantOf(node.right);
	if (right !== undefined && left === undefined) return limited(node.left, { operator: node.operator, value: right });
	if (left !== undefined && right === undefined)
		return limited(node.right, { operator: flipped[node.operator], value: left });
	return undefined;
}

/** Calls and aggregations round a comparison whose values are those of the comparison. */
const rearranging: ReadonlySet<string> = new Set(['label_replace', 'label_join', 'sort', 'sort_desc', 'round']);
const choosing: ReadonlySet<string> = new Set(['max', 'min', 'topk', 'bottomk']);

const first = <Value>(found: readonly (Value | undefined)[]): Value | undefined =>
	found.find(each => each !== undefined);

function comparisonOfSets({ operator, left, right }: PromBinary): Comparison | undefined {
	const decided = comparisonOf(left);
	if (decided !== undefined || operator === 'unless' || comparesSeries(left)) return decided;
	return comparisonOf(right);
}

const comparesSeries = (node: PromNode): boolean =>
	[...walkPromql(node)].some(
		each =>
			each.kind === 'binary' &&
			isComparison(each.operator) &&
			constantOf(each.left) === undefined &&
			constantOf(each.right) === undefined,
	);

/** Arithmetic round a comparison, `(x > 0.05) * 100`, or a join: the limit is the one inside. */
function comparisonWithin({ left, right, matching }: PromBinary): Comparison | undefined {
	if (constantOf(left) !== undefined) return comparisonOf(right);
	if (constantOf(right) !== undefined) return comparisonOf(left);
	if (matching?.many === undefined) return undefined;
	return comparisonOf(matching.many === 'left' ? left : right);
}

/**
 * What is compared, without a comparison inside it. One that is told by `bool` answers 0 or 1: `(x > bool 5) == 1`
 * limits `x`, and `(x > bool 5) == 0` limits it from the other side.
 */
function limited(side: PromNode, threshold: Threshold): Comparison {
	if (side.kind !== 'binary' || !isComparison(side.operator)) return { signal: side, threshold };
	const inner = comparisonOf(side);
	if (inner === undefined) return { signal: side, threshold };
	if (side.bool === undefined) return { signal: inner.signal, threshold };
	const [fires, firesOnFalse] = [isBeyond(1, threshold), isBeyond(0, threshold)];
	if (fires === firesOnFalse) return { signal: side, threshold };
	return fires ? inner : { signal: inner.signal, threshold: negated(inner.threshold) };
}
