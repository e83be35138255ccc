import { type Labels, labelsKey, type Matcher } from '../../model/labels.ts';
import { goRegExp } from '../go-regexp.ts';
import type { Piecework } from '../piecework.ts';
import { type Call, ExecutionError, type Expression, unsupported } from './expression.ts';
import { type Bucket, histogramQuantile } from './quantile.ts';
import { type Column, mapped, type Steps, type Value, vectorOf, withoutLabels } from './value.ts';

type Evaluated = {
	readonly call: Call;
	readonly steps: Steps;
	/** The columns of the argument at a place. */
	readonly vector: (place: number) => readonly Column[];
	readonly scalar: (place: number) => readonly number[];
	readonly text: (place: number) => string;
};

/** A function of instant vectors, scalars and strings; the arguments are evaluated by `evaluate`. */
export function* callOfVector(
	call: Call,
	steps: Steps,
	evaluate: (argument: Expression) => Piecework<Value>,
): Piecework<Value> {
	const apply = functions[call.name];
	if (apply === undefined) throw unsupported(`the function ${call.name}`);
	const given: Value[] = [];
	for (const argument of call.args) given.push(yield* evaluate(argument));
	return apply({
		call,
		steps,
		vector: place => {
			const value = given[place];
			return value?.type === 'instant vector' ? value.columns : [];
		},
		scalar: place => {
			const value = given[place];
			return value?.type === 'scalar' ? value.values : [];
		},
		text: place => {
			const value = given[place];
			return value?.type === 'string' ? value.value : '';
		},
	});
}

const each =
	(change: (value: number) => number) =>
	({ vector }: Evaluated): Value =>
		vectorOf(vector(0).map(column => mapped(column, change)));

const withBound =
	(change: (value: number, bound: number) => number) =>
	({ vector, scalar }: Evaluated): Value => {
		const bounds = scalar(1);
		return vectorOf(
			vector(0).map(column => mapped(column, (value, step) => change(value, bounds[step] ?? Number.NaN))),
		);
	};

/** To the nearest multiple, halves upwards, as Prometheus has it. */
const round = ({ vector, scalar, call }: Evaluated): Value => {
	const nearest = call.args.length > 1 ? scalar(1) : [];
	return vectorOf(
		vector(0).map(column =>
			mapped(column, (value, step) => {
				const inverse = 1 / (nearest[step] ?? 1);
				return Math.floor(value * inverse + 0.5) / inverse;
			}),
		),
	);
};

const sorted =
	(sign: 1 | -1) =>
	({ vector, steps }: Evaluated): Value => {
		const columns = vector(0);
		const rank = ({ values: [value] }: Column): number =>
			value === undefined || Number.isNaN(value) ? Number.POSITIVE_INFINITY : sign * value;
		return vectorOf(steps.length === 1 ? columns.toSorted((a, b) => rank(a) - rank(b)) : columns);
	};

const quantile = ({ vector, scalar }: Evaluated): Value => {
	const quantiles = scalar(0);
	const groups = new Map<string, { readonly labels: Labels; readonly bounds: number[]; readonly members: Column[] }>();
	for (const column of vector(1)) {
		const bound = upperBoundOf(column.labels.le);
		if (Number.isNaN(bound)) continue;
		const labels = withoutLabels(column.labels, ['le']);
		const key = labelsKey(labels);
		const group = groups.get(key) ?? { labels, bounds: [], members: [] };
		group.bounds.push(bound);
		group.members.push(column);
		groups.set(key, group);
	}
	return vectorOf(
		[...groups.values()].map(({ labels, bounds, members }) => ({
			labels,
			values: quantiles.map((wanted, step) => {
				const buckets = members.flatMap(({ values }, member): readonly Bucket[] => {
					const count = values[step];
					return count === undefined ? [] : [{ upperBound: bounds[member] ?? Number.NaN, count }];
				});
				return buckets.length === 0 ? undefined : histogramQuantile(wanted, buckets);
			}),
		})),
	);
};

const upperBoundOf = (le: string | undefined): number =>
	le === '+Inf' ? Number.POSITIVE_INFINITY : le === undefined || le === '' ? Number.NaN : Number(le);

/** One series of 1 where the argument has none; its labels are those that the selector demands. */
const absent = ({ vector, steps, call }: Evaluated): Value => {
	const columns = vector(0);
	const [argument] = call.args;
	return vectorOf([
		{
			labels: argument?.kind === 'selector' ? demanded(argument.matchers) : {},
			values: steps.map((_, step) => (columns.some(({ values }) => values[step] !== undefined) ? undefined : 1)),
		},
	]);
};

const demanded = (matchers: readonly Matcher[]): Labels => {
	const equal = matchers.filter(({ name, operator }) => operator === '=' && name !== '__name__');
	const once = equal.filter(({ name }) => matchers.filter(other => other.name === name).length === 1);
	return Object.fromEntries(once.map(({ name, value }) => [name, value]));
};

const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

const labelReplace = ({ vector, text }: Evaluated): Value => {
	const [target, replacement, source, pattern] = [text(1), text(2), text(3), text(4)];
	if (!labelName.test(target)) throw new ExecutionError(`invalid destination label name in label_replace(): ${target}`);
	const expression = patternOf(pattern);
	return vectorOf(
		vector(0).map(({ labels, values }) => {
			const found = expression.exec(labels[source] ?? '');
			if (found === null) return { labels, values };
			const value = replacement.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced?: string, bare?: string) => {
				const group = braced ?? bare ?? '';
				return (/^\d+$/.test(group) ? found[Number(group)] : found.groups?.[group]) ?? '';
			});
			const { [target]: _, ...others } = labels;
			return { labels: value === '' ? others : { ...others, [target]: value }, values };
		}),
	);
};

const patternOf = (pattern: string): RegExp => {
	try {
		return goRegExp(pattern, 'anchored');
	} catch {
		throw new ExecutionError(`invalid regular expression in label_replace(): ${pattern}`);
	}
};

/** The only series' value, or NaN when there is none or more than one. */
const scalarOf = ({ vector, steps }: Evaluated): Value => {
	const columns = vector(0);
	return {
		type: 'scalar',
		values: steps.map((_, step) => {
			const there = columns.flatMap(({ values }) => values[step] ?? []);
			return there.length === 1 ? (there[0] ?? Number.NaN) : Number.NaN;
		}),
	};
};

const functions: Readonly<Record<string, (evaluated: Evaluated) => Value>> = {
	abs: each(Math.abs),
	ceil: each(Math.ceil),
	floor: each(Math.floor),
	clamp_min: withBound(Math.max),
	clamp_max: withBound(Math.min),
	round,
	sort: sorted(1),
	sort_desc: sorted(-1),
	histogram_quantile: quantile,
	absent,
	label_replace: labelReplace,
	scalar: scalarOf,
	vector: ({ scalar }) => vectorOf([{ labels: {}, values: scalar(0) }]),
	time: ({ steps }) => ({ type: 'scalar', values: steps.map(step => step / 1000) }),
};
