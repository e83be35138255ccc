import { type Answer, answer, type Note } from '../../model/answer.ts';
import { type Failure, FailureError } from '../../model/failure.ts';
import type { TimeRange } from '../../model/time.ts';
import type { AttributeText, Span, Trace, TraceSummary } from '../../model/trace.ts';
import type { Asking, Http } from '../http.ts';
import type { HttpRequest, HttpResponse } from '../message.ts';
import { firstFound, type Look, understood } from '../tempo/found-trace.ts';
import { noTraceId, traceIdsMeant } from '../tempo/ids.ts';
import { traceOf } from '../tempo/to-model.ts';
import { tracesById } from '../tempo/traces-by-id.ts';
import { askJaeger, lacksPath } from './ask.ts';
import { operationsOf, servicesOf } from './names.ts';
import {
	type JaegerConditions,
	type JaegerSearch,
	searchV1Request,
	searchV3Request,
	traceV1Request,
	traceV3Request,
} from './query.ts';
import { type TracesAnswer, tracesAnswer } from './schema.ts';
import { stoppedNote, summaryOf } from './summaries.ts';
import { otlpOf, warningNotes } from './to-otlp.ts';
import { resourceSpansIn } from './v3-answers.ts';

/** What a search in TraceQL means where only plain conditions can be asked, or why it cannot be. */
export type ReadSearch = (
	traceql: string,
) => { readonly conditions: JaegerConditions; readonly notes: readonly Note[] } | { readonly unsupported: string };

/** The questions smokejumper has for Jaeger. Each rejects with a `FailureError`. */
export type Jaeger = {
	/** A trace by its ID in any spelling; `undefined` when the server does not have it. Always looked for everywhere. */
	trace(id: string, hint: TimeRange | undefined, asking: Asking): Promise<Answer<Trace | undefined>>;
	/** The newest `limit` traces of a service, or of the first services, that Jaeger finds. */
	search(traceql: string, range: TimeRange, limit: number, asking: Asking): Promise<Answer<readonly TraceSummary[]>>;
	attributeNames(): Promise<Answer<readonly (typeof serviceName | typeof operationName)[]>>;
	/** Services, and the operations of the service that the filter names. */
	attributeValues(
		question: { readonly attribute: { readonly name: string }; readonly filter?: string; readonly limit: number },
		asking: Asking,
	): Promise<Answer<readonly AttributeText[]>>;
};

/** What Jaeger lists; it knows tags only where a span has them. */
const serviceName = { scope: 'resource', name: 'service.name' } as const;
const operationName = { scope: 'intrinsic', name: 'name' } as const;

const named = (names: readonly string[], limit: number): Answer<readonly AttributeText[]> =>
	answer(names.slice(0, limit).map(text => ({ text, isQuoted: true })));

/** Jaeger searches one service at a time: without one, so many are asked. */
const mostServices = 10;

/**
 * Jaeger's query service behind one HTTP door. A trace is asked for by API v3, which knows nanoseconds, and by the older
 * API where there is no v3; a search the other way round, since v3 took no attributes for as long as the older one was there
 * (up to 2.20).
 */
export function createJaeger(http: Http, readSearch: ReadSearch): Jaeger {
	const ask = (request: HttpRequest, asking: Asking) => askJaeger(http, request, asking);
	const failing = (response: HttpResponse, request: HttpRequest) => new FailureError(http.failureOf(response, request));

	async function look(id: string, asking: Asking): Promise<Look> {
		const request = traceV3Request(id);
		const response = await ask(request, asking);
		if (isAbsentTrace(http.failureOf(response, request))) return answer(undefined);
		if (lacksPath(response)) return lookByV1(id, asking);
		if (!isGood(response)) throw failing(response, request);
		return understood(http, traceOf(id, { resourceSpans: [...resourceSpansIn(http, response, request)] }), []);
	}

	async function lookByV1(id: string, asking: Asking): Promise<Look> {
		const request = traceV1Request(id);
		const response = await ask(request, asking);
		if (isAbsentTrace(http.failureOf(response, request))) return answer(undefined);
		const given = http.parse(response, request, tracesAnswer);
		const [trace] = given.data ?? [];
		if (trace === undefined) return answer(undefined, problemNotes(given));
		return understood(http, traceOf(id, otlpOf(trace)), [...problemNotes(given), ...warningNotes(trace)]);
	}

	async function searchOne(search: JaegerSearch, asking: Asking): Promise<readonly TraceSummary[]> {
		const request = searchV1Request(search);
		const response = await ask(request, asking);
		if (lacksPath(response) && !saysProblems(response)) return searchByV3(search, asking);
		const { data } = http.parse(response, request, tracesAnswer);
		return (data ?? []).flatMap(trace => {
			const wire = otlpOf(trace);
			return [...tracesById(wire.resourceSpans ?? [])].map(([id, own]) =>
				summaryOf(traceOf(id, own).trace, meantBy(search)),
			);
		});
	}

	async function searchByV3(search: JaegerSearch, asking: Asking): Promise<readonly TraceSummary[]> {
		const request = searchV3Request(search);
		const response = await ask(request, asking);
		if (isAbsentTrace(http.failureOf(response, request))) return [];
		if (!isGood(response)) throw failing(response, request);
		const found = tracesById(resourceSpansIn(http, response, request));
		return [...found].map(([id, wire]) => summaryOf(traceOf(id, wire).trace, meantBy(search)));
	}

	return {
		trace: async (text, _hint, asking) => {
			const ids = traceIdsMeant(text);
			if (ids.length === 0) throw new FailureError(noTraceId('jaeger', text));
			return firstFound(ids, id => look(id, asking));
		},
		search: async (traceql, range, limit, asking) => {
			const read = readSearch(traceql);
			if ('unsupported' in read) throw new FailureError(unsupported(read.unsupported));
			const { conditions } = read;
			const all = conditions.service === undefined ? await servicesOf(http, asking) : [conditions.service];
			const asked = all.slice(0, mostServices);
			const found = await Promise.all(asked.map(service => searchOne({ service, conditions, range, limit }, asking)));
			const distinct = new Map(found.flat().map(summary => [summary.id, summary]));
			const newest = [...distinct.values()].sort((a, b) => (a.start < b.start ? 1 : a.start > b.start ? -1 : 0));
			const isFull = found.some(some => some.length >= limit) || newest.length > limit;
			return answer(newest.slice(0, limit), [
				...(isFull ? [stoppedNote(limit)] : []),
				...(all.length > asked.length ? [unaskedNote(all.length)] : []),
				...read.notes,
			]);
		},
		attributeNames: async () => answer([serviceName, operationName]),
		attributeValues: async ({ attribute, filter = '', limit }, asking) => {
			const read = readSearch(filter);
			const service = 'unsupported' in read ? undefined : read.conditions.service;
			if (attribute.name === serviceName.name) return named(await servicesOf(http, asking), limit);
			if (attribute.name !== operationName.name || service === undefined) return answer([]);
			return named(await operationsOf(http, service, asking), limit);
		},
	};
}

/** Which spans a search is about: Jaeger does not say which of them it found. */
const meantBy =
	({ service, conditions: { operation } }: JaegerSearch) =>
	(span: Span): boolean =>
		span.service === service && (operation ?? span.name) === span.name;

const isGood = ({ status }: HttpResponse): boolean => status >= 200 && status < 300;

/** The older API says all its failures in its envelope, 404 for a trace included. */
const saysProblems = ({ body }: HttpResponse): boolean => /^\s*\{.*"errors"/s.test(body);

/** 404 with `trace not found` or `No traces found`, from old gateways 500. */
const isAbsentTrace = ({ status = 0, words = '' }: Failure): boolean =>
	(status === 404 || status === 500) && /\btraces? (?:was )?not found|\bno traces? found/i.test(words);

/** Data and problems may both be there: some of what was asked for. */
const problemNotes = ({ errors }: TracesAnswer): readonly Note[] => {
	const said = (errors ?? []).flatMap(({ msg }) => (msg ? [msg.replace(/\.$/, '')] : []));
	return said.length === 0 ? [] : [{ kind: 'partial', text: `Jaeger gives only a part: ${said.join('; ')}.` }];
};

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
