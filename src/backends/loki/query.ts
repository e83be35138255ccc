import type { $ZodType } from 'zod/v4/core';
import type { Grid } from '../../model/series.ts';
import { type Nanoseconds, type TimeRange, toNanoseconds } from '../../model/time.ts';
import type { Http } from '../http.ts';
import type { Asking, HttpRequest } from '../message.ts';

export type Parameters = readonly (readonly [name: string, value: string])[];

/** Gateways in front of Loki cut a URL at 8 KB. */
const longestInUrl = 4000;

/** A question to Loki's API. Its reading endpoints take a form as well as a URL, so a long question goes as a form. */
export const lokiRequest = (path: string, parameters: Parameters): HttpRequest => {
	const length = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value])).toString()
		.length;
	return { method: length > longestInUrl ? 'POST' : 'GET', path: `/loki/api/v1${path}`, parameters };
};

/** Asks for labels apart by where they come from: stream, structured metadata, parser (Loki 3.0; ignored before). */
export const categorizeLabels = { 'X-Loki-Response-Encoding-Flags': 'categorize-labels' } as const;

/**
 * Whole nanoseconds. Loki takes ten digits or fewer for seconds, so that an instant in the first ten seconds of the
 * epoch is filled up with zeros; milliseconds would be read as nanoseconds of January 1970.
 */
export const instantText = (at: Nanoseconds): string => (at < 0n ? 0n : at).toString().padStart(11, '0');

export const rangeParameters = ({ from, to }: TimeRange): Parameters => [
	['start', instantText(toNanoseconds(from))],
	['end', instantText(toNanoseconds(to))],
];

/** The step is in seconds, with a fraction where it has one. */
export const gridParameters = (grid: Grid): Parameters => [
	...rangeParameters(grid),
	['step', String(grid.step / 1000)],
];

/** The answer of an endpoint that some servers do not have: their 404 is an answer, and no illness of theirs. */
export async function unlessAbsent<Value>(
	http: Http,
	request: HttpRequest,
	schema: $ZodType<Value>,
	asking: Asking,
): Promise<Value | undefined> {
	const response = await http.send(request, {
		...asking,
		record: query => asking.record(query.outcome === 404 ? { ...query, absent: true } : query),
	});
	return response.status === 404 ? undefined : http.parse(response, request, schema);
}
