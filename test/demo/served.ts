import type { Http } from '../../src/backends/http.ts';
import { createIncident } from '../../src/demo/incident.ts';
import type { DemoReply, DemoRoute } from '../../src/demo/route.ts';
import type { BackendName } from '../../src/model/failure.ts';
import { type Milliseconds, toNanoseconds } from '../../src/model/time.ts';
import { replyOf } from '../helpers/demo-reply.ts';
import { answering, httpOver } from '../helpers/replay.ts';

/** When the tests are paged. */
export const now: Milliseconds = Date.UTC(2026, 4, 3, 2, 17, 0, 345);
export const incident = createIncident({ now });

/** Asks a route as a client would: `ask(route, '/loki/api/v1/labels', { start: '…' })`. */
export function ask(
	route: DemoRoute,
	path: string,
	parameters: Readonly<Record<string, string | number>> = {},
	headers: Readonly<Record<string, string>> = {},
): DemoReply {
	const texts = Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]);
	const answer = route({ method: 'GET', path, parameters: new URLSearchParams(texts), headers, body: '' });
	if (answer === undefined) throw new Error(`${path} is not answered`);
	return replyOf(answer);
}

/** A real client's door to a route. */
export function httpTo(backend: BackendName, route: DemoRoute): Http {
	const { dispatcher } = answering(({ method, path, parameters, headers }) => {
		const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
		const answer = route({ method, path, parameters, headers: lower, body: '' });
		if (answer === undefined) return { status: 404, contentType: 'text/plain', text: '404 page not found\n' };
		const reply = replyOf(answer);
		return { status: reply.status, contentType: reply.contentType ?? null, text: reply.body };
	});
	return httpOver(backend, dispatcher);
}

/** Loki's parameters for a range. */
export const nanoseconds = (from: Milliseconds, to: Milliseconds) => ({
	start: toNanoseconds(from).toString(),
	end: toNanoseconds(to).toString(),
});

/**
 * The paths of all keys in a JSON value, list items merged: two answers of one shape have the same. Below `opaque`
 * keys nothing is listed, because what stands there is data.
 */
export function shapeOf(value: unknown, opaque: readonly string[] = [], path = ''): readonly string[] {
	const paths = new Set<string>();
	const walk = (inner: unknown, at: string): void => {
		if (Array.isArray(inner)) for (const item of inner) walk(item, `${at}[]`);
		else if (typeof inner === 'object' && inner !== null) {
			for (const [key, below] of Object.entries(inner)) {
				paths.add(`${at}.${key}`);
				if (!opaque.includes(key)) walk(below, `${at}.${key}`);
			}
		} else paths.add(`${at}: ${typeof inner}`);
	};
	walk(value, path);
	return [...paths].sort();
}
