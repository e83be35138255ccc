import { labelsKey } from '../../model/labels.ts';
import type { Milliseconds } from '../../model/time.ts';
import type { Piecework } from '../piecework.ts';
import { evaluate } from './evaluate.ts';
import type { Expression, Selector } from './expression.ts';
import { ordered } from './label-order.ts';
import { sampleText, secondsOf } from './number-text.ts';
import { BadData, expressionOf, limitOf, stepsOf, timeOf } from './parameters.ts';
import type { Storage } from './storage.ts';
import type { Column } from './value.ts';

/** What a handler gives: the `data` of the envelope and what to say beside it. */
export type Handled = { readonly data: unknown; readonly warnings?: readonly string[] };

const limited = <Item>(items: readonly Item[], limit: number, wrap: (kept: readonly Item[]) => unknown): Handled =>
	items.length > limit
		? { data: wrap(items.slice(0, limit)), warnings: ['results truncated due to limit'] }
		: { data: wrap(items) };

/** `/api/v1/query` */
export function* instantQuery(parameters: URLSearchParams, storage: Storage, now: Milliseconds): Piecework<Handled> {
	const at = timeOf(parameters, 'time', now);
	const expression = expressionOf(parameters);
	if (expression.kind === 'selector' && expression.range !== undefined) {
		return { data: { resultType: 'matrix', result: rangeOf(expression, at, storage) } };
	}
	const value = yield* evaluate(expression, [at], storage);
	if (value.type === 'string') return { data: { resultType: 'string', result: [secondsOf(at), value.value] } };
	if (value.type === 'scalar') {
		return { data: { resultType: 'scalar', result: [secondsOf(at), sampleText(value.values[0] ?? Number.NaN)] } };
	}
	const result = value.columns.flatMap(({ labels, values: [sample] }) =>
		sample === undefined ? [] : [{ metric: ordered(labels), value: [secondsOf(at), sampleText(sample)] }],
	);
	return limited(result, limitOf(parameters), kept => ({ resultType: 'vector', result: kept }));
}

/** The samples themselves of a range selector in an instant query. */
const rangeOf = ({ matchers, range = 0, offset }: Selector, at: Milliseconds, storage: Storage) =>
	storage.select(matchers).flatMap(({ labels, samples }) => {
		const { times, values } = samples(at - offset - range, at - offset, 'values');
		const pairs = times.map((time, index) => [secondsOf(time), sampleText(values[index] ?? Number.NaN)]);
		return pairs.length === 0 ? [] : [{ metric: ordered(labels), values: pairs }];
	});

/** `/api/v1/query_range`: a matrix in the order of the labels; steps without a sample are left out. */
export function* rangeQuery(parameters: URLSearchParams, storage: Storage): Piecework<Handled> {
	const steps = stepsOf(parameters);
	const value = yield* evaluate(rangeable(parameters), steps, storage);
	const columns: readonly Column[] =
		value.type === 'instant vector' ? value.columns : value.type === 'scalar' ? [{ labels: {}, ...value }] : [];
	const result = columns.flatMap(({ labels, values }) => {
		const pairs = values.flatMap((sample, at) =>
			sample === undefined ? [] : [[secondsOf(steps[at] ?? 0), sampleText(sample)]],
		);
		return pairs.length === 0 ? [] : [{ key: labelsKey(labels), metric: ordered(labels), values: pairs }];
	});
	const sorted = result.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ metric, values }) => ({ metric, values }));
	return limited(sorted, limitOf(parameters), kept => ({ resultType: 'matrix', result: kept }));
}

const rangeable = (parameters: URLSearchParams): Expression => {
	const expression = expressionOf(parameters);
	if (expression.kind === 'string' || (expression.kind === 'selector' && expression.range !== undefined)) {
		const type = expression.kind === 'string' ? 'string' : 'range vector';
		throw new BadData(
			`invalid parameter "query": invalid expression type "${type}" for range query, must be Scalar or instant Vector`,
		);
	}
	return expression;
};
