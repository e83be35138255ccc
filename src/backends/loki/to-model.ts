import type { Note } from '../../model/answer.ts';
import type { LogEntry } from '../../model/log-entry.ts';
import type { Series } from '../../model/series.ts';
import { byteCount } from '../byte-count.ts';
import { labelSorter } from './merged-labels.ts';
import { costAnswer, type LogStream, type QueryAnswer, type QueryData } from './schema.ts';

/**
 * The lines of all streams, in no order between streams. Without `categorize-labels` (Loki before 3.0) what the server knows
 * beside the line stands in `labels`, but what the query's own parser found.
 */
export function entriesOf(streams: readonly LogStream[], query = ''): readonly LogEntry[] {
	const sorted = labelSorter(query);
	return streams.flatMap(({ stream, values }) =>
		(values ?? []).map(([at, line, categories]) => ({
			at: BigInt(at),
			line,
			metadata: categories?.structuredMetadata ?? none,
			...(categories === undefined && sorted !== undefined
				? sorted(stream, line)
				: { labels: stream, parsed: categories?.parsed ?? none }),
		})),
	);
}

const none: LogEntry['metadata'] = {};

/** Lines of a chart; a vector, which Loki sends when each series has one point, is read as such. */
export const seriesOf = (data: Extract<QueryData, { resultType: 'matrix' | 'vector' }>): readonly Series[] =>
	data.resultType === 'matrix'
		? (data.result ?? []).map(({ metric, values }) => ({
				labels: metric,
				times: values.map(([seconds]) => milliseconds(seconds)),
				values: values.map(([, value]) => floatOf(value)),
			}))
		: (data.result ?? []).map(({ metric, value: [seconds, value] }) => ({
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
