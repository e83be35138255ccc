import { type Answer, answer, type QueryRecord } from '../../model/answer.ts';
import { type Failure, FailureError, failureOf } from '../../model/failure.ts';
import { isTurn, type Steps } from '../../model/steps.ts';
import type { TimeRange } from '../../model/time.ts';
import type { AttributeName, AttributeText, Trace, TraceSummary } from '../../model/trace.ts';
import { whoOf } from '../endpoint.ts';
import type { Asking, Http } from '../http.ts';
import { firstFound, type Look, understood } from './found-trace.ts';
import { noTraceId, traceIdsMeant } from './ids.ts';
import { partialNotes } from './partial.ts';
import { countRequest, searchRequest, traceRequest } from './query.ts';
import { searchAnswer, traceAnswer, traceV1Answer } from './schema.ts';
import { askTagNames, askTagValues, type ValuesQuestion } from './tags.ts';
import { searchNotes, summariesOf, traceSteps } from './to-model.ts';

/** The questions smokejumper has for Tempo. Each rejects with a `FailureError`. */
export type Tempo = {
	/**
	 * A trace by its ID in any spelling of hex, base64 or decimal; `undefined` when the server does not have it. It is
	 * searched round `hint` first, and everywhere when it, its root or the parent of a span is not there.
	 */
	trace(id: string, hint: TimeRange | undefined, asking: Asking): Promise<Answer<Trace | undefined>>;
	/** The first `limit` traces the server finds, newest first: neither the slowest nor all. */
	search(traceql: string, range: TimeRange, limit: number, asking: Asking): Promise<Answer<readonly TraceSummary[]>>;
	/** What spans of the range can be asked for, at most `limit` of each scope. */
	attributeNames(range: TimeRange, limit: number, asking: Asking): Promise<Answer<readonly AttributeName[]>>;
	/** Some values of one of them. */
	attributeValues(question: ValuesQuestion, asking: Asking): Promise<Answer<readonly AttributeText[]>>;
	/** Whether it answers TraceQL metrics: `false` where the path, or what counts the spans, is not there. */
	countsSpans(range: TimeRange, asking: Asking): Promise<Answer<boolean>>;
};

/** Tempo behind one HTTP door. */
export function createTempo(http: Http): Tempo {
	return {
		trace: async (text, hint, asking) => {
			const ids = traceIdsMeant(text);
			if (ids.length === 0) throw new FailureError(noTraceId('tempo', text));
			return firstFound(ids, async id => {
				const near = await look(http, id, hint, asking);
				if (hint === undefined || (await http.inSlices(isWholeSteps(near.value), asking))) return near;
				return fuller(near, () => look(http, id, undefined, asking));
			});
		},
		search: async (traceql, range, limit, asking) => {
			const given = await http.json(searchRequest(traceql, range, limit), searchAnswer, asking);
			return answer(summariesOf(given), searchNotes(given, limit));
		},
		attributeNames: (range, limit, asking) => askTagNames(http, range, limit, asking),
		attributeValues: (question, asking) => askTagValues(http, question, asking),
		countsSpans: async (range, asking) => {
			const response = await http.send(countRequest(range), asking);
			const isAnswered = response.status >= 200 && response.status < 300;
			if (!isAnswered && ![400, 404, 422, 500, 501].includes(response.status)) {
				throw new FailureError(http.failureOf(response, countRequest(range)));
			}
			return answer(isAnswered);
		},
	};
}

/** What is known of a trace already, or what a second look shows; a second look that fails takes nothing away. */
async function fuller(near: Look, lookAgain: () => Promise<Look>): Promise<Look> {
	try {
		const far = await lookAgain();
		return (far.value?.spans.length ?? 0) >= (near.value?.spans.length ?? 0) ? far : near;
	} catch (thrown) {
		if (near.value === undefined || failureOf(thrown).kind === 'cancelled') throw thrown;
		const text = `Spans are missing from this window, and looking everywhere failed: ${failureOf(thrown).what}`;
		return answer(near.value, [...near.notes, { kind: 'partial', text }]);
	}
}

/** It has a root, and no span is missing that another one names: nothing says that the window cut it. */
function* isWholeSteps(trace: Trace | undefined): Steps<boolean> {
	if (trace === undefined) return false;
	const known = new Set<string>();
	let hasRoot = false;
	let turn = 0;
	for (const { id, parentId } of trace.spans) {
		if (isTurn(turn++)) yield;
		known.add(id);
		if (parentId === undefined) hasRoot = true;
	}
	if (!hasRoot) return false;
	for (const { parentId } of trace.spans) {
		if (isTurn(turn++)) yield;
		if (parentId !== undefined && !known.has(parentId)) return false;
	}
	return true;
}

/**
 * One look, by whichever API there is. Of a look that is answered a 404 says no ill of the server: it has no such trace,
 * or no API v2.
 */
async function look(http: Http, id: string, hint: TimeRange | undefined, asking: Asking): Promise<Look> {
	const held: QueryRecord[] = [];
	const tell = (isAnswered: boolean) => {
		for (const query of held) asking.record(isAnswered && query.outcome === 404 ? { ...query, absent: true } : query);
	};
	try {
		const found = await lookByV2(http, id, hint, { ...asking, record: query => void held.push(query) });
		tell(true);
		return found;
	} catch (thrown) {
		tell(false);
		throw thrown;
	}
}

/** API v2, where a trace that is too large comes in part; v1 where the server has no v2 (before 2.6). */
async function lookByV2(http: Http, id: string, hint: TimeRange | undefined, asking: Asking): Promise<Look> {
	try {
		const given = await http.json(traceRequest('v2', id, hint), traceAnswer, asking);
		return understood(http, await http.inSlices(traceSteps(id, given.trace), asking), partialNotes(given));
	} catch (thrown) {
		if (failureOf(thrown).kind === 'not-found') return lookByV1(http, id, hint, asking);
		throw orTooLarge(http, thrown);
	}
}

async function lookByV1(http: Http, id: string, hint: TimeRange | undefined, asking: Asking): Promise<Look> {
	try {
		const given = await http.json(traceRequest('v1', id, hint), traceV1Answer, asking);
		return understood(http, await http.inSlices(traceSteps(id, given), asking), []);
	} catch (thrown) {
		if (isMissing(failureOf(thrown))) return answer(undefined);
		throw orTooLarge(http, thrown);
	}
}

/** For a trace it does not have, v1 answers 404 without a word; Go and gateways say something to a path they do not know. */
const isMissing = ({ kind, words }: Failure): boolean =>
	kind === 'not-found' && (words === undefined || /trace.*not found/i.test(words));

/** Both versions answer 422 for a trace that is larger than `max_bytes_per_trace`. */
function orTooLarge({ endpoint }: Http, thrown: unknown): unknown {
	const failure = failureOf(thrown);
	if (failure.status !== 422) return thrown;
	return new FailureError({
		...failure,
		kind: 'too-large',
		what: `${whoOf(endpoint)} gives no trace as large as this at once (422).`,
		next: 'Raise max_bytes_per_trace; from version 2.7 on Tempo gives such a trace in part.',
	});
}
