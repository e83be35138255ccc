import type { Milliseconds } from '../../model/time.ts';
import type { Incident } from '../incident.ts';
import type { Piecework } from '../piecework.ts';
import { Refusal } from '../refusal.ts';
import { type DemoReply, type DemoRequestLine, type DemoRoute, jsonReply, textReply } from '../route.ts';
import type { StoredTrace } from './match-spans.ts';
import { secondsRangeOf, traceIdIn } from './parameters.ts';
import { answerSearch, bytesPerTrace } from './search.ts';
import { answerScopedTags, answerScopedTagValues, answerTags, answerTagValues } from './tags.ts';
import { resourceSpansOf } from './trace-json.ts';
import { type TraceStore, traceOf } from './traces.ts';

/**
 * The demo's Tempo 3.0: traces by ID and search, over the incident's spans. Errors are plain text, as the real
 * server's are.
 */
export function tempoRoutes(incident: Incident, now: () => Milliseconds): DemoRoute {
	const store: TraceStore = { incident, now };
	return request => {
		if (request.path === '/ready') return textReply(200, 'ready\n');
		if (!request.path.startsWith('/api/')) return undefined;
		return replyTo(request, store);
	};
}

function* replyTo(request: DemoRequestLine, store: TraceStore): Piecework<DemoReply> {
	try {
		return yield* answer(request, store);
	} catch (error) {
		if (error instanceof Refusal) return textReply(error.status, error.message);
		throw error;
	}
}

function* answer({ path, parameters }: DemoRequestLine, store: TraceStore): Piecework<DemoReply> {
	const [, , version, id] = /^\/api(\/(v2))?\/traces\/([^/]+)$/.exec(path) ?? [];
	if (id !== undefined) return version === 'v2' ? traceV2(id, parameters, store) : traceV1(id, parameters, store);
	const [, scoped, tag] = /^\/api(\/v2)?\/search\/tag\/([^/]+)\/values$/.exec(path) ?? [];
	if (tag !== undefined) {
		const values = scoped === undefined ? answerTagValues : answerScopedTagValues;
		return jsonReply(yield* values(decodeURIComponent(tag), parameters, store));
	}
	switch (path) {
		case '/api/search':
			return jsonReply(yield* answerSearch(parameters, store));
		case '/api/v2/search/tags':
			return jsonReply(yield* answerScopedTags(parameters, store));
		case '/api/search/tags':
			return jsonReply(yield* answerTags(parameters, store));
		case '/api/status/buildinfo':
			return jsonReply(buildInfo);
		case '/api/echo':
			return textReply(200, 'echo\n');
		default:
			return textReply(404, '404 page not found\n');
	}
}

/** A build that was not released says little of itself. */
const buildInfo = { version: '', revision: '', branch: '', buildUser: '', buildDate: '', goVersion: 'go1.26.10' };

/** A trace that is not there is an empty one. */
function traceV2(id: string, parameters: URLSearchParams, store: TraceStore): DemoReply {
	const trace = stored(traceIdIn(id), parameters, store);
	if (trace === undefined) return jsonReply({ trace: {}, metrics: {} });
	return jsonReply({
		trace: { resourceSpans: resourceSpansOf(trace) },
		metrics: { inspectedBytes: String(bytesPerTrace) },
	});
}

/** A trace that is not there is 404 without a body. */
function traceV1(id: string, parameters: URLSearchParams, store: TraceStore): DemoReply {
	const trace = stored(traceIdIn(id), parameters, store);
	if (trace === undefined) return { status: 404, contentType: undefined, body: '' };
	return jsonReply({ batches: resourceSpansOf(trace) });
}

/** `start` and `end` say where to look: a trace that began outside is not found. */
function stored(id: string, parameters: URLSearchParams, { incident, now }: TraceStore): StoredTrace | undefined {
	const range = secondsRangeOf(parameters);
	const request = incident.requestOfTrace(id);
	const trace = request === undefined ? undefined : traceOf(request, now());
	if (trace === undefined || range === undefined) return trace;
	const began = Number(trace.start / 1_000_000n);
	return began >= range.from && began <= range.to + 999 ? trace : undefined;
}
