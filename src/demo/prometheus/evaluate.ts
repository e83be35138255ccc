import { type Milliseconds, minute } from '../../model/time.ts';
import type { Piecework } from '../piecework.ts';
import { aggregate } from './aggregate.ts';
import { operate } from './binary.ts';
import { type Aggregation, type Call, ExecutionError, type Expression, type Selector } from './expression.ts';
import { callOfVector } from './functions.ts';
import { differential, overTime } from './over-time.ts';
import type { Purpose, Samples, StoredSeries } from './series.ts';
import type { Storage } from './storage.ts';
import { type Column, type Steps, type Value, vectorOf, withoutName } from './value.ts';

/** How far an instant selector looks back for a sample (Prometheus' default). */
export const lookback: Milliseconds = 5 * minute;

/**
 * Evaluates an expression that has passed the type check at every step at once. Throws an `ExecutionError` where a real
 * server fails too, and for what the demo does not evaluate; never makes a result up.
 */
export function* evaluate(expression: Expression, steps: Steps, storage: Storage): Piecework<Value> {
	const value = (each: Expression): Piecework<Value> => evaluate(each, steps, storage);
	switch (expression.kind) {
		case 'number':
			return { type: 'scalar', values: steps.map(() => expression.value) };
		case 'string':
			return { type: 'string', value: expression.value };
		case 'selector':
			return vectorOf(yield* selected(expression, steps, storage, 'values'));
		case 'negation':
			return negated(yield* value(expression.operand));
		case 'operation':
			return operate(expression, yield* value(expression.left), yield* value(expression.right));
		case 'aggregation':
			return yield* aggregated(expression, steps, storage);
		case 'call':
			return yield* called(expression, steps, storage);
	}
}

const negated = (value: Value): Value => {
	if (value.type === 'scalar') return { ...value, values: value.values.map(each => -each) };
	return vectorOf(
		columnsOf(value).map(({ labels, values }) => ({
			labels: withoutName(labels),
			values: values.map(each => (each === undefined ? undefined : -each)),
		})),
	);
};

/** Aggregations to which only the presence of a series matters. */
const counting = new Set(['count', 'group']);

function* aggregated(
	{ operator, operand, grouping, parameter }: Aggregation,
	steps: Steps,
	storage: Storage,
): Piecework<Value> {
	const columns =
		counting.has(operator) && operand.kind === 'selector'
			? yield* selected(operand, steps, storage, 'differences')
			: columnsOf(yield* evaluate(operand, steps, storage));
	const given = parameter === undefined ? undefined : yield* evaluate(parameter, steps, storage);
	const parameters = given?.type === 'scalar' ? given.values : steps.map(() => 0);
	return vectorOf(aggregate(operator, columns, grouping, parameters));
}

function* called(call: Call, steps: Steps, storage: Storage): Piecework<Value> {
	const [range] = call.args;
	if (call.name === 'timestamp' && range?.kind === 'selector') {
		return vectorOf(yield* timestamps(range, steps, storage));
	}
	const reduce = overTime[call.name];
	if (reduce === undefined) {
		return yield* callOfVector(call, steps, argument => evaluate(argument, steps, storage));
	}
	if (range?.kind !== 'selector' || range.range === undefined) {
		throw new ExecutionError(`${call.name} needs a range selector`);
	}
	const window = { ...range, ...call };
	return vectorOf(yield* eachOf(storage.select(range.matchers), series => ranges(series, steps, window)));
}

/** A few milliseconds over an hour. */
const seriesPerPiece = 16;

/** The columns of series, some of them at a time. */
function* eachOf(
	series: readonly StoredSeries[],
	columnOf: (series: StoredSeries) => Piecework<Column>,
): Piecework<readonly Column[]> {
	const columns: Column[] = [];
	for (const each of series) {
		columns.push(yield* columnOf(each));
		if (columns.length % seriesPerPiece === 0) yield;
	}
	return columns;
}

/** The columns of a value that the type check has found to be a vector. */
export const columnsOf = (value: Value): readonly Column[] => (value.type === 'instant vector' ? value.columns : []);

const boundsOf = (steps: Steps, offset: Milliseconds): readonly [first: Milliseconds, last: Milliseconds] => [
	(steps[0] ?? 0) - offset,
	(steps.at(-1) ?? 0) - offset,
];

const selected = (
	{ matchers, offset }: Selector,
	steps: Steps,
	storage: Storage,
	purpose: Purpose,
): Piecework<readonly Column[]> => eachOf(storage.select(matchers), series => instants(series, steps, offset, purpose));

/** When each sample of a selector was taken, in seconds. */
function* timestamps(selector: Selector, steps: Steps, storage: Storage): Piecework<readonly Column[]> {
	const { matchers, offset } = selector;
	const columns = yield* eachOf(storage.select(matchers), series =>
		instants({ ...series, samples: (...asked) => timesOf(series.samples(...asked)) }, steps, offset, 'differences'),
	);
	return columns.map(({ labels, values }) => ({ labels: withoutName(labels), values }));
}

const timesOf = ({ times }: Samples): Samples => ({ times, values: times.map(time => time / 1000) });

/** The samples that the steps may need: back to the last before the first step, at most as far as the lookback. */
function* reachable(
	series: StoredSeries,
	[first, last]: readonly [Milliseconds, Milliseconds],
	purpose: Purpose,
): Piecework<Samples> {
	const { every = lookback } = series;
	const near = yield* samplesOf(series, first - every, last, purpose);
	return every === lookback || (near.times[0] ?? Number.POSITIVE_INFINITY) <= first
		? near
		: yield* samplesOf(series, first - lookback, last, purpose);
}

/** Samples, after what they are made of has been counted. */
function* samplesOf(
	{ prepare, samples }: StoredSeries,
	from: Milliseconds,
	to: Milliseconds,
	purpose: Purpose,
): Piecework<Samples> {
	yield* prepare?.(from, to, purpose) ?? [];
	return samples(from, to, purpose);
}

/** An instant selector: at each step the last sample within the lookback. */
function* instants(series: StoredSeries, steps: Steps, offset: Milliseconds, purpose: Purpose): Piecework<Column> {
	const { labels, staleAt = [] } = series;
	const { times, values } = yield* reachable(series, boundsOf(steps, offset), purpose);
	let at = -1;
	return {
		labels,
		values: steps.map(step => {
			const instant = step - offset;
			while ((times[at + 1] ?? Number.POSITIVE_INFINITY) <= instant) at++;
			const time = times[at];
			if (time === undefined || time <= instant - lookback) return undefined;
			const stale = staleAt.some(end => time < end && end <= instant);
			return stale ? undefined : values[at];
		}),
	};
}

/** A function of a range selector: at each step over the samples of its window. */
function* ranges(
	series: StoredSeries,
	steps: Steps,
	{ range = 0, offset, name }: Pick<Selector, 'range' | 'offset'> & { readonly name: string },
): Piecework<Column> {
	const { labels } = series;
	const reduce = overTime[name];
	const [earliest, latest] = boundsOf(steps, offset);
	const purpose = differential.has(name) ? 'differences' : 'values';
	const found = yield* samplesOf(series, earliest - range, latest, purpose);
	const timeAt = (at: number): number => found.times[at] ?? Number.POSITIVE_INFINITY;
	let first = 0;
	let last = -1;
	return {
		labels: name === 'last_over_time' ? labels : withoutName(labels),
		values: steps.map(step => {
			const end = step - offset;
			while (timeAt(first) <= end - range) first++;
			while (timeAt(last + 1) <= end) last++;
			return last < first ? undefined : reduce?.({ samples: found, first, last, end, length: range });
		}),
	};
}
