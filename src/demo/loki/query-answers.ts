import { type Labels, labelsKey } from '../../model/labels.ts';
import { toNanoseconds } from '../../model/time.ts';
import type { Piecework } from '../piecework.ts';
import { Refusal } from '../refusal.ts';
import type { DemoRequestLine } from '../route.ts';
import { type CountedSeries, countLogs } from './count-logs.ts';
import type { LogQuery } from './logql.ts';
import { directionOf, instantOf, instantsOf, limitOf, queryBoundsOf } from './parameters.ts';
import { parseLogql } from './parse-logql.ts';
import { type KeptLine, type LogStore, readLogs } from './read-logs.ts';
import { statisticsOf } from './statistics.ts';

/** `/query_range`: streams for a log query, a matrix for a metric query. */
export function* answerRange({ parameters, headers }: DemoRequestLine, store: LogStore): Piecework<object> {
	const bounds = queryBoundsOf(parameters, store.now());
	const limit = limitOf(parameters);
	const query = parseLogql(parameters.get('query') ?? '');
	if (query.kind === 'logs') return yield* streamsAnswer(query, { parameters, headers }, store);
	const series = yield* countLogs(query, instantsOf(parameters, bounds), store);
	return success({
		resultType: 'matrix',
		result: series.map(({ labels, values }) => ({ metric: labels, values: values.map(sampleOf) })),
		stats: statisticsOf({ lines: 0, bytes: 0, passed: 0, returned: Math.min(series.length, limit) }),
	});
}

/** `/query`: a metric query at one instant. */
export function* answerInstant({ parameters }: DemoRequestLine, store: LogStore): Piecework<object> {
	const query = parseLogql(parameters.get('query') ?? '');
	if (query.kind === 'logs') {
		const advice = 'please change your query to a range query type';
		throw new Refusal(400, `log queries are not supported as an instant query type, ${advice}`);
	}
	const at = Number((instantOf(parameters, 'time') ?? toNanoseconds(store.now())) / 1_000_000n);
	return vectorAnswer(yield* countLogs(query, [at], store));
}

/** One value for each series, as `/query` and the volumes of the index have it. */
export const vectorAnswer = (series: readonly CountedSeries[]): object =>
	success({
		resultType: 'vector',
		result: series.flatMap(({ labels, values }) =>
			values.slice(0, 1).map(value => ({ metric: labels, value: sampleOf(value) })),
		),
		stats: statisticsOf({ lines: 0, bytes: 0, passed: 0, returned: series.length }),
	});

export const success = (data: unknown): object => ({ status: 'success', data });

export const sampleOf = ([at, value]: readonly [number, number]): readonly [number, string] => [
	at / 1000,
	String(value),
];

function* streamsAnswer(
	query: LogQuery,
	{ parameters, headers }: Pick<DemoRequestLine, 'parameters' | 'headers'>,
	store: LogStore,
): Piecework<object> {
	const { start, end } = queryBoundsOf(parameters, store.now());
	const direction = directionOf(parameters);
	const { kept, lines, bytes } = yield* readLogs(
		query,
		{ from: start, to: end, direction, limit: limitOf(parameters) },
		store,
	);
	const flags = (headers['x-loki-response-encoding-flags'] ?? '').split(',').map(flag => flag.trim());
	const categorized = flags.includes('categorize-labels');
	return success({
		resultType: 'streams',
		...(categorized ? { encodingFlags: ['categorize-labels'] } : {}),
		result: yield* grouped(kept, categorized),
		stats: statisticsOf({ lines, bytes, passed: kept.length, returned: kept.length }),
	});
}

/** Sorting the names of so many lines takes some milliseconds. */
const linesPerPiece = 500;

type WireValue = readonly [at: string, line: string] | readonly [at: string, line: string, categories: object];

/** Without categories every label that a line has makes its stream, so that nearly every line has its own. */
function* grouped(kept: readonly KeptLine[], categorized: boolean): Piecework<readonly object[]> {
	const streams = new Map<string, { stream: Labels; values: WireValue[] }>();
	for (const [place, line] of kept.entries()) {
		if (place % linesPerPiece === linesPerPiece - 1) yield;
		const { labels, number } = line.source.stream;
		const stream = categorized ? labels : { ...labels, ...line.metadata, ...line.parsed };
		const key = categorized ? String(number) : labelsKey(stream);
		const group = streams.get(key) ?? { stream: inOrder(stream), values: [] };
		group.values.push(categorized ? [`${line.at}`, line.line, categoriesOf(line)] : [`${line.at}`, line.line]);
		streams.set(key, group);
	}
	return [...streams.values()].sort((a, b) => (labelsKey(a.stream) < labelsKey(b.stream) ? -1 : 1));
}

const categoriesOf = ({ metadata, parsed }: KeptLine): object => ({
	...(Object.keys(metadata).length > 0 ? { structuredMetadata: inOrder(metadata) } : {}),
	...(Object.keys(parsed).length > 0 ? { parsed: inOrder(parsed) } : {}),
});

/** By name, as Go prints its label sets. */
const inOrder = (labels: Labels): Labels =>
	Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
