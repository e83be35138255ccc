import type { Labels } from '../../model/labels.ts';
import type { Milliseconds } from '../../model/time.ts';

/** The instants at which an expression is evaluated; an instant query has one. */
export type Steps = readonly Milliseconds[];

/**
 * One series of an instant vector over all steps at once. `undefined` is a step at which it is not there, which is not
 * the same as NaN.
 */
export type Column = { readonly labels: Labels; readonly values: readonly (number | undefined)[] };

export type Value =
	| { readonly type: 'scalar'; readonly values: readonly number[] }
	| { readonly type: 'string'; readonly value: string }
	| { readonly type: 'instant vector'; readonly columns: readonly Column[] };

export const vectorOf = (columns: readonly Column[]): Value => ({ type: 'instant vector', columns });

/** The label set without its metric name: what is left after every function and operator that changes values. */
export const withoutName = (labels: Labels): Labels => {
	const { __name__: _, ...rest } = labels;
	return rest;
};

/** Some labels of a set; an absent one counts as empty and stays absent. */
export const onlyLabels = (labels: Labels, names: readonly string[]): Labels => {
	const kept: Record<string, string> = {};
	for (const name of names) {
		const value = labels[name];
		if (value !== undefined) kept[name] = value;
	}
	return kept;
};

/** A set without some labels and without the metric name. */
export const withoutLabels = (labels: Labels, names: readonly string[]): Labels => {
	const kept: Record<string, string> = {};
	for (const [name, value] of Object.entries(labels)) {
		if (name !== '__name__' && !names.includes(name)) kept[name] = value;
	}
	return kept;
};

/** Every value changed, the name dropped. */
export const mapped = (column: Column, change: (value: number, step: number) => number): Column => ({
	labels: withoutName(column.labels),
	values: column.values.map((value, step) => (value === undefined ? undefined : change(value, step))),
});
