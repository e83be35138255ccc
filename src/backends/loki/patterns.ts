import { type Answer, answer } from '../../model/answer.ts';
import { type Milliseconds, second, type TimeRange } from '../../model/time.ts';
import type { Asking, Http } from '../http.ts';
import { lokiRequest, rangeParameters, unlessAbsent } from './query.ts';
import { patternsAnswer } from './schema.ts';

/** What Loki itself has found many lines to say alike, as a LogQL pattern on the whole line: `level=warn took=<_>`. */
export type ServerPattern = {
	readonly pattern: string;
	/** Loki 3.4 and later keep the levels apart. */
	readonly level?: string;
	/** Lines in the step that begins at each of `times`. */
	readonly times: readonly Milliseconds[];
	readonly counts: readonly number[];
};

/** Loki counts in steps of ten seconds and keeps none shorter. */
const shortestStep: Milliseconds = 10 * second;
const steps = 60;

/**
 * The patterns of the streams, in no order (`/patterns`, Loki 3.0). `undefined` where its pattern ingester is switched off (404
 * without a word) or not known (404 with some): that is the usual case, and no failure of the server.
 */
export async function askPatterns(
	http: Http,
	selector: string,
	range: TimeRange,
	asking: Asking,
): Promise<Answer<readonly ServerPattern[] | undefined>> {
	const step = Math.max(shortestStep, Math.ceil((range.to - range.from) / steps / second) * second);
	const parameters = [['query', selector], ...rangeParameters(range), ['step', String(step / second)]] as const;
	const request = { ...lokiRequest('/patterns', parameters), query: selector };
	const given = await unlessAbsent(http, request, patternsAnswer, asking);
	if (given === undefined) return answer(undefined);
	const { data } = given;
	return answer(
		(data ?? []).map(({ pattern, level, samples }) => ({
			pattern,
			...(level === undefined || level === null || level === '' ? {} : { level }),
			times: (samples ?? []).map(([seconds]) => seconds * second),
			counts: (samples ?? []).map(([, count]) => count),
		})),
	);
}
