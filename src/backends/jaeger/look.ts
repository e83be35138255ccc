import { answer } from '../../model/answer.ts';
import { FailureError } from '../../model/failure.ts';
import type { Asking, Http } from '../http.ts';
import { type Look, understood } from '../tempo/found-trace.ts';
import { traceSteps } from '../tempo/to-model.ts';
import { askJaeger, isAbsentTrace, isGood, lacksPath } from './ask.ts';
import { problemNotes } from './problems.ts';
import { traceV1Request, traceV3Request } from './query.ts';
import { tracesAnswer } from './schema.ts';
import { otlpSteps } from './to-otlp.ts';
import { resourceSpansIn } from './v3-answers.ts';

/** A trace by API v3, which knows nanoseconds; by the older API where there is no v3. */
export async function lookByV3(http: Http, id: string, asking: Asking): Promise<Look> {
	const request = traceV3Request(id);
	const response = await askJaeger(http, request, asking);
	if (isAbsentTrace(http, response, request)) return answer(undefined);
	if (lacksPath(response)) return lookByV1(http, id, asking);
	if (!isGood(response)) throw new FailureError(http.failureOf(response, request));
	const wire = { resourceSpans: await resourceSpansIn(http, response, request, asking) };
	return understood(http, await http.inSlices(traceSteps(id, wire), asking), []);
}

async function lookByV1(http: Http, id: string, asking: Asking): Promise<Look> {
	const request = traceV1Request(id);
	const response = await askJaeger(http, request, asking);
	if (isAbsentTrace(http, response, request)) return answer(undefined);
	const given = await http.parseLong(response, request, tracesAnswer, asking);
	const [trace] = given.data ?? [];
	if (trace === undefined) return answer(undefined, problemNotes(given));
	const { wire, notes } = await http.inSlices(otlpSteps(trace), asking);
	return understood(http, await http.inSlices(traceSteps(id, wire), asking), [...problemNotes(given), ...notes]);
}
