import { type Labels, labelsKey } from '../../model/labels.ts';
import type { Grouping } from './expression.ts';
import { quantileOf } from './quantile.ts';
import { type Column, onlyLabels, withoutLabels } from './value.ts';

type Group = { readonly labels: Labels; readonly members: readonly Column[] };

const groupsOf = (columns: readonly Column[], { mode, labels }: Grouping): readonly Group[] => {
	const groups = new Map<string, { readonly labels: Labels; readonly members: Column[] }>();
	const keptOf = (all: Labels): Labels => (mode === 'by' ? onlyLabels(all, labels) : withoutLabels(all, labels));
	for (const column of columns) {
		const key = mode === 'by' ? valuesKey(column.labels, labels) : labelsKey(keptOf(column.labels));
		const group = groups.get(key);
		if (group === undefined) groups.set(key, { labels: keptOf(column.labels), members: [column] });
		else group.members.push(column);
	}
	return [...groups.values()];
};

/** The values of some labels as one text; no label holds the byte between. */
const valuesKey = (labels: Labels, names: readonly string[]): string => {
	let key = '';
	for (const name of names) key += `${labels[name] ?? ''}\u00ff\u0000`;
	return key;
};

/** The values that the members of a group have at a step. */
const present = (members: readonly Column[], step: number): readonly number[] => {
	const there: number[] = [];
	for (const { values } of members) {
		const value = values[step];
		if (value !== undefined) there.push(value);
	}
	return there;
};

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

const reductions: Readonly<Record<string, (values: readonly number[], parameter: number) => number>> = {
	sum,
	avg: values => sum(values) / values.length,
	count: values => values.length,
	group: () => 1,
	max: values => values.reduce((most, value) => (value > most || Number.isNaN(most) ? value : most)),
	min: values => values.reduce((least, value) => (value < least || Number.isNaN(least) ? value : least)),
	quantile: (values, parameter) => quantileOf(parameter, values),
};

/** `sum`, `avg`…: one series a group. `topk` and `bottomk` keep series as they are. `parameters` has one for each step. */
export const aggregate = (
	operator: string,
	columns: readonly Column[],
	grouping: Grouping,
	parameters: readonly number[],
): readonly Column[] => {
	const groups = groupsOf(columns, grouping);
	if (operator === 'topk' || operator === 'bottomk') {
		const worse = operator === 'topk' ? 1 : -1;
		return groups.flatMap(({ members }) => extremes(members, parameters, worse));
	}
	const reduce = reductions[operator];
	if (reduce === undefined) throw new Error(`no aggregation ${operator}`);
	return groups.map(({ labels, members }) => ({
		labels,
		values: parameters.map((parameter, step) => {
			const values = present(members, step);
			return values.length === 0 ? undefined : reduce(values, parameter);
		}),
	}));
};

/** The k largest (`sign` 1) or smallest (−1) of a group at each step; NaN comes last. At a single step the best leads. */
const extremes = (members: readonly Column[], counts: readonly number[], sign: 1 | -1): readonly Column[] => {
	const kept = members.map((): (number | undefined)[] => counts.map(() => undefined));
	const ranked = (value: number): number => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : sign * value);
	for (const [step, count] of counts.entries()) {
		const here = members.flatMap(({ values }, member) => {
			const value = values[step];
			return value === undefined ? [] : [{ member, value }];
		});
		const best = here.toSorted((a, b) => ranked(b.value) - ranked(a.value)).slice(0, Math.max(0, Math.trunc(count)));
		for (const { member, value } of best) {
			const row = kept[member];
			if (row !== undefined) row[step] = value;
		}
	}
	const columns = members.map(({ labels }, member) => ({ labels, values: kept[member] ?? [] }));
	const rankOf = ({ values: [value] }: Column): number =>
		value === undefined ? Number.NEGATIVE_INFINITY : ranked(value);
	return counts.length === 1 ? columns.toSorted((a, b) => rankOf(b) - rankOf(a)) : columns;
};
