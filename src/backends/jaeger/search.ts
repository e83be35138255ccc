import { type Answer, answer, type Note } from '../../model/answer.ts';
import { type Failure, FailureError } from '../../model/failure.ts';
import type { Steps } from '../../model/steps.ts';
import type { TimeRange } from '../../model/time.ts';
import type { Span, TraceSummary } from '../../model/trace.ts';
import type { Asking, Http } from '../http.ts';
import type { HttpResponse } from '../message.ts';
import type { ResourceSpans } from '../tempo/schema.ts';
import { traceSteps } from '../tempo/to-model.ts';
import { tracesById } from '../tempo/traces-by-id.ts';
import { askJaeger, isAbsentTrace, isGood, lacksPath } from './ask.ts';
import { servicesOf } from './names.ts';
import { problemNotes } from './problems.ts';
import { type JaegerConditions, type JaegerSearch, searchV1Request, searchV3Request } from './query.ts';
import { type JaegerTrace, tracesAnswer } from './schema.ts';
import { stoppedNote, summaryOf } from './summaries.ts';
import { otlpSteps } from './to-otlp.ts';
import { resourceSpansIn } from './v3-answers.ts';

/** What a search in TraceQL means where only plain conditions can be asked, or why it cannot be. */
export type ReadSearch = (traceql: string) => PlainSearch | Promise<PlainSearch>;

type PlainSearch =
	| { readonly conditions: JaegerConditions; readonly notes: readonly Note[] }
	| { readonly unsupported: string };

/** Jaeger searches one service at a time: without one, so many are asked. */
const mostServices = 10;

/** The newest traces that Jaeger finds, of one service or of several. */
export async function searchTraces(
	http: Http,
	read: PlainSearch,
	{ range, limit }: { readonly range: TimeRange; readonly limit: number },
	asking: Asking,
): Promise<Answer<readonly TraceSummary[]>> {
	if ('unsupported' in read) throw new FailureError(unsupported(read.unsupported));
	const { conditions, notes } = read;
	const all = conditions.service === undefined ? await servicesOf(http, asking) : [conditions.service];
	const asked = all.slice(0, mostServices);
	const found = await Promise.all(
		asked.map(service => searchByV1(http, { service, conditions, range, limit }, asking)),
	);
	const distinct = new Map(found.flatMap(({ value }) => value.map(summary => [summary.id, summary] as const)));
	const newest = [...distinct.values()].sort((a, b) => (a.start < b.start ? 1 : a.start > b.start ? -1 : 0));
	const isFull = found.some(({ value }) => value.length >= limit) || newest.length > limit;
	return answer(newest.slice(0, limit), [
		...(isFull ? [stoppedNote(limit)] : []),
		...(all.length > asked.length ? [unaskedNote(all.length)] : []),
		...found.flatMap(each => each.notes),
		...notes,
	]);
}

type Found = Answer<readonly TraceSummary[]>;

/** By the older API first: v3 took no attributes for as long as that was there (up to 2.20). */
async function searchByV1(http: Http, search: JaegerSearch, asking: Asking): Promise<Found> {
	const request = searchV1Request(search);
	const response = await askJaeger(http, request, asking);
	if (lacksPath(response) && !saysProblems(response)) return searchByV3(http, search, asking);
	const given = await http.parseLong(response, request, tracesAnswer, asking);
	return answer(await http.inSlices(foundSteps(given.data ?? [], search), asking), problemNotes(given));
}

/** The traces as they are listed; Jaeger sends them whole, with all their spans. */
function* foundSteps(traces: readonly JaegerTrace[], search: JaegerSearch): Steps<readonly TraceSummary[]> {
	const found: TraceSummary[] = [];
	for (const trace of traces) {
		const { wire } = yield* otlpSteps(trace);
		found.push(...(yield* summarySteps(wire.resourceSpans ?? [], search)));
	}
	return found;
}

function* summarySteps(sent: readonly ResourceSpans[], search: JaegerSearch): Steps<readonly TraceSummary[]> {
	const found: TraceSummary[] = [];
	for (const [id, wire] of tracesById(sent)) {
		const { trace } = yield* traceSteps(id, wire);
		found.push(summaryOf(trace, meantBy(search)));
		yield;
	}
	return found;
}

async function searchByV3(http: Http, search: JaegerSearch, asking: Asking): Promise<Found> {
	const request = searchV3Request(search);
	const response = await askJaeger(http, request, asking);
	if (isAbsentTrace(http, response, request)) return answer([]);
	if (!isGood(response)) throw new FailureError(http.failureOf(response, request));
	const sent = await resourceSpansIn(http, response, request, asking);
	return answer(await http.inSlices(summarySteps(sent, search), asking));
}

/** Which spans a search is about: Jaeger does not say which of them it found. */
const meantBy =
	({ service, conditions: { operation } }: JaegerSearch) =>
	(span: Span): boolean =>
		span.service === service && (operation ?? span.name) === span.name;

/** The older API says all its failures in its envelope, 404 for a trace included. */
const saysProblems = ({ body }: HttpResponse): boolean => /^\s*\{.*"errors"/s.test(body);

const unaskedNote = (services: number): Note => ({
	kind: 'partial',
	text: `Jaeger searches one service at a time: ${mostServices} of ${services} were searched. Name one.`,
});

const unsupported = (what: string): Failure => ({
	kind: 'bad-query',
	backend: 'jaeger',
	what: `Jaeger cannot search by ${what}.`,
	next: 'It knows one pair of braces with a service, a name, durations and attributes that equal a value, joined by &&.',
});
