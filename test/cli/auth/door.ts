import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { createHttp, type Http, type HttpOptions } from '../../../src/backends/http.ts';
import { endpointsOf } from '../../../src/cli/connections.ts';
import type { Connection } from '../../../src/cli/profiles/profile.ts';
import { failureOf, sentenceOf } from '../../../src/model/failure.ts';

/** Loki's door as profile night has it. */
export function doorOf(connection: Connection, env: NodeJS.ProcessEnv = {}, options: Partial<HttpOptions> = {}): Http {
	const { loki } = endpointsOf({ flags: {}, env, saved: { name: 'night', profile: { loki: connection } } });
	if (loki === undefined) throw new Error('the profile has no Loki');
	return createHttp(loki, { now: () => 0, random: () => 0, sleep: async () => undefined, ...options });
}

const anything = z.unknown();

/** The sentence of what became of a question, with every host as HOST; `answered` where there was no failure. */
export const toldBy = (door: Http, request: Parameters<Http['json']>[0] = { path: '/labels' }): Promise<string> =>
	door.json(request, anything, { signal: new AbortController().signal, record: () => {} }).then(
		() => 'answered',
		error => sentenceOf(failureOf(error)).replaceAll(/127\.0\.0\.1:\d+/g, 'HOST'),
	);

/** The whole body of a request. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk);
	return Buffer.concat(chunks).toString('utf8');
}
