import { type Dispatcher, request } from 'undici';
import type { Question, Upstream, WholeAnswer } from './fault-proxy.ts';

/** A server at a URL; by way of `dispatcher` where that is not the network. */
export const upstreamAt =
	(url: string, dispatcher?: Dispatcher): Upstream =>
	async ({ method, path, headers, body }) => {
		const { 'content-type': type, authorization } = headers;
		const answer = await request(`${url}${path}`, {
			...(dispatcher === undefined ? {} : { dispatcher }),
			method: method === 'POST' || method === 'DELETE' ? method : 'GET',
			headers: { ...(type === undefined ? {} : { 'content-type': type }), ...(authorization ? { authorization } : {}) },
			...(body === '' ? {} : { body }),
		});
		const bytes = Buffer.from(await answer.body.arrayBuffer());
		const named = Object.entries(answer.headers).filter(([name]) => kept.has(name));
		return {
			status: answer.statusCode,
			headers: Object.fromEntries(named.map(([name, value]) => [name, String(value)])),
			body: bytes,
		};
	};

/** Headers that say something of the answer rather than of the connection. */
const kept = new Set(['content-type', 'content-encoding', 'date', 'location', 'retry-after', 'www-authenticate']);

/** The same server, asked once only for what it is asked again: of a world that stands still. */
export function remembering(upstream: Upstream): Upstream {
	const answers = new Map<string, Promise<WholeAnswer>>();
	return question => {
		const key = keyOf(question);
		const known = answers.get(key) ?? upstream(question);
		answers.set(key, known);
		return known;
	};
}

const keyOf = ({ method, path, body }: Question): string => `${method} ${path}\n${body}`;
