import type { Note } from '../../model/answer.ts';
import { labelsKey } from '../../model/labels.ts';
import type { LogEntry } from '../../model/log-entry.ts';
import type { Series } from '../../model/series.ts';
import { byteCount } from '../byte-count.ts';
import { once } from '../once.ts';
import { labelSorter } from './merged-labels.ts';
import { costAnswer, type LogStream, type QueryAnswer, type QueryData } from './schema.ts';

/**
 * The lines of all streams, in no order between streams. Without `categorize-labels` (Loki before 3.0) what the server knows
 * beside the line stands in `labels`, but what the query's own parser found.
 */
export function entriesOf(streams: readonly LogStream[], query = ''): readonly LogEntry[] {
	const sorted = labelSorter(query);
	const entries: LogEntry[] = [];
	for (const { stream, values } of eachOnce(streams)) {
		for (const [at, line, categories] of values ?? []) {
			const isMerged = categories === undefined && sorted !== undefined;
			const { labels, parsed } = isMerged
				? sorted(stream, line)
				: { labels: stream, parsed: categories?.parsed ?? none };
			entries.push({ at: BigInt(at), line, labels, metadata: categories?.structuredMetadata ?? none, parsed });
		}
	}
	return entries;
}

const none: LogEntry['metadata'] = {};

/** Streams of which one came twice, with each of its lines once. */
function eachOnce(streams: readonly LogStream[]): readonly LogStream[] {
	const keys = streams.map(({ stream }) => labelsKey(stream));
	if (new Set(keys).size === streams.length) return streams;
	const lines = streams.flatMap(({ stream, values }, index) =>
		(values ?? []).map(value => ({ stream, value, key: `${keys[index]} ${JSON.stringify(value)}` })),
	);
	return once(lines, ({ key }) => key).map(({ stream, value }) => ({ stream, values: [value] }));
}

/** Lines of a chart; a vector, which Loki sends when each series has one point, is read as such. */
export const seriesOf = (data: Extract<QueryData, { resultType: 'matrix' | 'vector' }>): readonly Series[] =>
	data.resultType === 'matrix'
		? once(data.result ?? [], ({ metric }) => labelsKey(metric)).map(({ metric, values }) => ({
				labels: metric,
				times: values.map(([seconds]) => milliseconds(seconds)),
				values: values.map(([, value]) => floatOf(value)),
			}))
		: once(data.result ?? [], ({ metric }) => labelsKey(metric)).map(({ metric, value: [seconds, value] }) => ({
				labels: metric,
				times: [milliseconds(seconds)],
				values: [floatOf(value)],
			}));

/** A Go float: `Number` knows neither `+Inf` nor `-Inf`. */
export const floatOf = (text: string): number => {
	const infinity = /^([+-]?)Inf$/i.exec(text);
	if (infinity === null) return Number(text);
	return infinity[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
};

/** The server's warnings; one of them only tells which engine answered. */
export const notesOf = ({ warnings }: QueryAnswer): readonly Note[] =>
	(warnings ?? []).map(text =>
		text.includes('next-generation Loki query engine')
			? { kind: 'info', text: `Loki says: ${text}` }
			: { kind: 'warning', text: `Loki warns: ${text}` },
	);

/** `1.1 MB read, 2900 lines`, from the statistics that Loki adds to every answer. */
export const costOf = (json: unknown): string | undefined => {
	const read = costAnswer.safeParse(json);
	const summary = read.success ? read.data.data.stats.summary : undefined;
	if (summary?.totalBytesProcessed === undefined) return undefined;
	const lines = summary.totalLinesProcessed ?? 0;
	return `${byteCount(summary.totalBytesProcessed)} read, ${lines} ${lines === 1 ? 'line' : 'lines'}`;
};

/** The bytes alone. */
export function readOf(json: unknown): number | undefined {
	const read = costAnswer.safeParse(json);
	return read.success ? read.data.data.stats.summary.totalBytesProcessed : undefined;
}

const milliseconds = (seconds: number): number => Math.round(seconds * 1000);
