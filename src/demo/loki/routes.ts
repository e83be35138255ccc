import type { Milliseconds } from '../../model/time.ts';
import type { Incident } from '../incident.ts';
import type { Piecework } from '../piecework.ts';
import { Refusal } from '../refusal.ts';
import { type DemoReply, type DemoRequestLine, type DemoRoute, jsonReply, textReply } from '../route.ts';
import {
	answerLabels,
	answerLabelValues,
	answerSeries,
	answerStats,
	answerVolume,
	answerVolumeRange,
} from './index-answers.ts';
import { createLogBook } from './log-book.ts';
import { answerInstant, answerRange } from './query-answers.ts';
import type { LogStore } from './read-logs.ts';
import { createTallies } from './tallies.ts';

/**
 * The demo's Loki 3.4: the incident's logs behind the reading endpoints of its HTTP API. Errors are plain text, as the
 * real server's are.
 */
export function lokiRoutes(incident: Incident, now: () => Milliseconds): DemoRoute {
	const store: LogStore = {
		incident,
		book: createLogBook(incident.story),
		tallies: createTallies(incident.story),
		now,
	};
	return request => {
		if (request.path === '/ready') return textReply(200, 'ready\n');
		if (!request.path.startsWith('/loki/api/v1/')) return undefined;
		return replyTo(request, store);
	};
}

function* replyTo(request: DemoRequestLine, store: LogStore): Piecework<DemoReply> {
	try {
		return yield* answer(request, request.path.slice('/loki/api/v1'.length), store);
	} catch (error) {
		if (error instanceof Refusal) return textReply(error.status, error.message);
		throw error;
	}
}

function* answer(request: DemoRequestLine, path: string, store: LogStore): Piecework<DemoReply> {
	const { parameters } = request;
	const name = /^\/label\/([^/]+)\/values$/.exec(path)?.[1];
	if (name !== undefined) return success(answerLabelValues(decodeURIComponent(name), parameters, store));
	switch (path) {
		case '/query_range':
			return success(yield* answerRange(request, store));
		case '/query':
			return success(yield* answerInstant(request, store));
		case '/labels':
		case '/label':
			return success(answerLabels(parameters, store));
		case '/series':
			return success(answerSeries(parameters, store));
		case '/index/stats':
			return success(yield* answerStats(parameters, store));
		case '/index/volume':
			return success(yield* answerVolume(parameters, store));
		case '/index/volume_range':
			return success(yield* answerVolumeRange(parameters, store));
		case '/status/buildinfo':
			return jsonReply(buildInfo);
		case '/patterns':
			return switchedOff;
		case '/tail':
			return textReply(426, 'There is no stream in the demo; its lines are asked for.');
		default:
			return textReply(404, '404 page not found\n');
	}
}

/** A build that was not released says nothing of itself. */
const buildInfo = { version: '', revision: '', branch: '', buildUser: '', buildDate: '', goVersion: '' };

/** Patterns as Loki's defaults have them: no pattern ingester runs, which it says with nothing. */
const switchedOff: DemoReply = { status: 404, contentType: undefined, body: '' };

/** Go's encoder writes what HTML could mistake as escapes, and ends with a newline. */
const success = (value: object): DemoReply => ({
	status: 200,
	contentType: 'application/json; charset=UTF-8',
	body: `${JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, escaped)}\n`,
});

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
