import type { Series } from '../model/series.ts';
import type { Milliseconds } from '../model/time.ts';
import { newestValue } from './sample-at.ts';

/** Requests of one way to end. */
export type StatusLine = { readonly name: string; readonly series: Series };

/** A chart holds no more lines. */
const mostLines = 4;

/**
 * The answer to `statusQuery` as lines by name: each class or status, of more than four the busiest three and the rest
 * summed as `others (17)`.
 */
export function statusLines(answered: readonly Series[]): readonly StatusLine[] {
	const lines = answered.map(series => ({ name: nameOf(series), series })).toSorted(byName);
	if (lines.length <= mostLines) return lines;
	const busiest = new Set(lines.toSorted((a, b) => activity(b) - activity(a)).slice(0, mostLines - 1));
	const rest = lines.filter(line => !busiest.has(line)).map(({ series }) => series);
	return [...lines.filter(line => busiest.has(line)), { name: `others (${rest.length})`, series: summed(rest) }];
}

/** What has no status, or none that is a code, says so. */
const nameOf = ({ labels }: Series): string =>
	statusWord(Object.values(labels).find(value => value !== '') ?? 'no code');

/**
 * `error` for `STATUS_CODE_ERROR`: span metrics of Tempo and of OpenTelemetry's collector write the status of a span as
 * the enumeration of OTLP has it. Any other status is its own word.
 */
export const statusWord = (status: string): string =>
	/^STATUS_CODE_(?:UNSET|OK|ERROR)$/.test(status) ? status.slice('STATUS_CODE_'.length).toLowerCase() : status;

const byName = (a: StatusLine, b: StatusLine): number => (a.name < b.name ? -1 : 1);

const activity = ({ series }: StatusLine): number => {
	const value = newestValue(series);
	return Number.isNaN(value) ? 0 : value;
};

function summed(all: readonly Series[]): Series {
	const sums = new Map<Milliseconds, number>();
	for (const { times, values } of all) {
		times.forEach((time, index) => {
			sums.set(time, (sums.get(time) ?? 0) + (values[index] ?? Number.NaN));
		});
	}
	const points = [...sums].toSorted(([a], [b]) => a - b);
	return { labels: {}, times: points.map(([time]) => time), values: points.map(([, value]) => value) };
}
