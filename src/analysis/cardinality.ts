import type { Counted } from '../model/tsdb.ts';
import { type LabelVerdict, shapeOf, verdictOf } from './label-values.ts';
import { promLabel, promSelector } from './promql-build.ts';
import { redactExample } from './redact.ts';

/** What is known of one label, by some of its values. */
export type LabelFinding = LabelVerdict & {
	readonly label: string;
	/** How many values it has. */
	readonly count: number;
	/** A few of them, without secrets. */
	readonly examples: readonly string[];
	/** The largest metric that has the label, as far as is known; absent when it could not be told. */
	readonly metric?: string;
	/** PromQL that counts the label's values, on that metric if there is one. */
	readonly query: string;
};

/** Some values of a label, and metrics that have it, the largest first. */
export type LabelSample = {
	readonly values: readonly string[];
	readonly metrics: readonly string[];
};

/** How many labels are looked into. */
const mostLabels = 8;
/** With fewer values than this a label is not worth a question. */
const fewestValues = 5;
/** Labels whose values the exposition itself makes: many, and with a bound. */
const ownLabels = new Set(['__name__', 'le', 'quantile']);

/** The labels with the most values, those that are known to have a bound left out. */
export const labelsToSample = (valuesByLabel: readonly Counted[]): readonly Counted[] =>
	valuesByLabel
		.filter(({ name, count }) => !ownLabels.has(name) && count >= fewestValues)
		.sort((a, b) => b.count - a.count)
		.slice(0, mostLabels);

const mostExamples = 3;

export function findingOf({ name, count }: Counted, { values, metrics }: LabelSample): LabelFinding {
	const verdict = verdictOf(values, Math.max(count, values.length));
	const typical = [
		...values.filter(value => shapeOf(value) === verdict.shape),
		...values.filter(value => shapeOf(value) !== verdict.shape),
	];
	const [metric] = metrics;
	return {
		...verdict,
		label: name,
		count,
		examples: typical.slice(0, mostExamples).map(value => redactExample(name, value)),
		...(metric === undefined ? {} : { metric }),
		query: valuesQuery(name, metric),
	};
}

/** `count(count by (user) (logins_total{user!=""}))`: how many values a label has; on one metric it costs little. */
export const valuesQuery = (label: string, metric: string | undefined): string =>
	`count(count by (${promLabel(label)}) (${promSelector(metric, [{ name: label, operator: '!=', value: '' }])}))`;

/** How many series a metric has. */
export const seriesQuery = (metric: string): string => `count(${promSelector(metric, [])})`;

/** How many series have a label with this value; `undefined` when the pair holds a secret. */
export function pairQuery(pair: string): string | undefined {
	const { label, value } = pairOf(pair);
	if (shownPair(pair) !== pair) return undefined;
	return `count(${promSelector(undefined, [{ name: label, operator: '=', value }])})`;
}

/** A `label=value` pair without secrets. */
export function shownPair(pair: string): string {
	const { label, value } = pairOf(pair);
	return `${label}=${redactExample(label, value)}`;
}

/** A label's name has no `=` in it, its value may. */
function pairOf(pair: string): { readonly label: string; readonly value: string } {
	const at = pair.indexOf('=');
	return at < 0 ? { label: pair, value: '' } : { label: pair.slice(0, at), value: pair.slice(at + 1) };
}
