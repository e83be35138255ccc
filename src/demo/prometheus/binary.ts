import { type Labels, labelsKey } from '../../model/labels.ts';
import { ExecutionError, type Matching, type Operation } from './expression.ts';
import { labelsText } from './label-order.ts';
import { type Column, onlyLabels, type Value, vectorOf, withoutLabels, withoutName } from './value.ts';

const arithmetic: Readonly<Record<string, (left: number, right: number) => number>> = {
	'+': (left, right) => left + right,
	'-': (left, right) => left - right,
	'*': (left, right) => left * right,
	'/': (left, right) => left / right,
	'%': (left, right) => left % right,
	'^': (left, right) => left ** right,
};

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
	'==': (left, right) => left === right,
	'!=': (left, right) => left !== right,
	'>': (left, right) => left > right,
	'<': (left, right) => left < right,
	'>=': (left, right) => left >= right,
	'<=': (left, right) => left <= right,
};

/** What an operator makes of two values; a comparison that filters gives back `kept` or nothing. */
const resultOf = ({ operator, bool }: Operation, left: number, right: number, kept = left): number | undefined => {
	const compare = comparisons[operator];
	if (compare === undefined) return arithmetic[operator]?.(left, right);
	const holds = compare(left, right);
	if (bool) return holds ? 1 : 0;
	return holds ? kept : undefined;
};

const keepsName = ({ operator, bool }: Operation): boolean => operator in comparisons && !bool;

/** Applies a binary operator to two values of any type that has passed the type check. */
export const operate = (operation: Operation, left: Value, right: Value): Value => {
	if (left.type === 'string' || right.type === 'string') throw new ExecutionError('operators do not take strings');
	if (left.type === 'scalar') {
		return right.type === 'scalar'
			? { type: 'scalar', values: left.values.map((value, at) => scalarResult(operation, value, right.values[at])) }
			: withScalar(operation, right.columns, left.values, 'left');
	}
	if (right.type === 'scalar') return withScalar(operation, left.columns, right.values, 'right');
	if (operation.operator === 'and' || operation.operator === 'or' || operation.operator === 'unless') {
		return vectorOf(setOperation(operation, left.columns, right.columns));
	}
	return vectorOf(matched(operation, left.columns, right.columns));
};

const scalarResult = (operation: Operation, left: number, right = Number.NaN): number =>
	resultOf(operation, left, right) ?? Number.NaN;

const withScalar = (
	operation: Operation,
	columns: readonly Column[],
	scalars: readonly number[],
	side: 'left' | 'right',
): Value =>
	vectorOf(
		columns.map(({ labels, values }) => ({
			labels: keepsName(operation) ? labels : withoutName(labels),
			values: values.map((value, step) => {
				const scalar = scalars[step] ?? Number.NaN;
				if (value === undefined) return undefined;
				return side === 'left' ? resultOf(operation, scalar, value, value) : resultOf(operation, value, scalar);
			}),
		})),
	);

const matchGroupOf = (labels: Labels, { mode, labels: names }: Matching): Labels =>
	mode === 'on' ? onlyLabels(labels, names) : withoutLabels(labels, names);

const signatureOf = (labels: Labels, matching: Matching): string => labelsKey(matchGroupOf(labels, matching));

const bySignature = (columns: readonly Column[], matching: Matching): ReadonlyMap<string, readonly Column[]> => {
	const groups = new Map<string, Column[]>();
	for (const column of columns) {
		const signature = signatureOf(column.labels, matching);
		const group = groups.get(signature) ?? [];
		group.push(column);
		groups.set(signature, group);
	}
	return groups;
};

const setOperation = ({ operator, matching }: Operation, left: readonly Column[], right: readonly Column[]) => {
	const others = bySignature(operator === 'or' ? left : right, matching);
	const isThere = (column: Column, step: number): boolean =>
		(others.get(signatureOf(column.labels, matching)) ?? []).some(({ values }) => values[step] !== undefined);
	const filtered = (columns: readonly Column[], wanted: boolean): readonly Column[] =>
		columns.map(column => ({
			...column,
			values: column.values.map((value, step) => (isThere(column, step) === wanted ? value : undefined)),
		}));
	return operator === 'or' ? [...left, ...filtered(right, false)] : filtered(left, operator === 'and');
};

/** The element of the "one" side at each step. Two at the same step are an error, as in Prometheus. */
const single = (
	group: readonly Column[],
	step: number,
	side: 'left' | 'right',
	matching: Matching,
): number | undefined => {
	const there = group.filter(({ values }) => values[step] !== undefined);
	if (there.length > 1) {
		throw new ExecutionError(manyToMany(there, side, matchGroupOf(there[0]?.labels ?? {}, matching)));
	}
	return there[0]?.values[step];
};

const manyToMany = (there: readonly Column[], side: 'left' | 'right', group: Labels): string =>
	`found duplicate series for the match group ${labelsText(group)} on the ${side} hand-side of the operation: [${there
		.slice(0, 2)
		.map(({ labels }) => labelsText(labels))
		.join(', ')}];many-to-many matching not allowed: matching labels must be unique on one side`;

const matched = (operation: Operation, left: readonly Column[], right: readonly Column[]): readonly Column[] => {
	const { matching } = operation;
	const flipped = matching.many === 'right';
	const [many, one] = flipped ? [right, left] : [left, right];
	const oneSide = flipped ? 'left' : 'right';
	const ones = bySignature(one, matching);
	if (matching.many === undefined) refuseManyToOne(bySignature(left, matching), ones, matching);
	return many.flatMap(column => {
		const group = ones.get(signatureOf(column.labels, matching));
		const [first] = group ?? [];
		if (group === undefined || first === undefined) return [];
		const values = column.values.map((value, step) => {
			if (value === undefined) return undefined;
			const other = single(group, step, oneSide, matching);
			if (other === undefined) return undefined;
			return flipped ? resultOf(operation, other, value) : resultOf(operation, value, other);
		});
		return [{ labels: matchedLabels(operation, column.labels, first.labels), values }];
	});
};

/** Without `group_left` two series of the left must not meet the same of the right. */
const refuseManyToOne = (
	left: ReadonlyMap<string, readonly Column[]>,
	right: ReadonlyMap<string, readonly Column[]>,
	matching: Matching,
): void => {
	for (const [signature, group] of left) {
		if (group.length < 2 || !right.has(signature)) continue;
		const steps = group[0]?.values.length ?? 0;
		for (let step = 0; step < steps; step++) {
			const there = group.filter(({ values }) => values[step] !== undefined).length;
			if (there > 1 && single(right.get(signature) ?? [], step, 'right', matching) !== undefined) {
				throw new ExecutionError(
					'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)',
				);
			}
		}
	}
};

const matchedLabels = (operation: Operation, many: Labels, one: Labels): Labels => {
	const { matching } = operation;
	const kept = keepsName(operation) ? many : withoutName(many);
	if (matching.many !== undefined) {
		const included = matching.include.map((name): [string, string] => [name, one[name] ?? '']);
		const all = { ...kept, ...Object.fromEntries(included) };
		return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
	}
	return matching.mode === 'on' ? onlyLabels(kept, matching.labels) : withoutListed(kept, matching.labels);
};

const withoutListed = (labels: Labels, names: readonly string[]): Labels =>
	Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)));
