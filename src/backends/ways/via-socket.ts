import type { FailureError } from '../../model/failure.ts';
import type { Milliseconds } from '../../model/time.ts';
import { type Endpoint, titleOf } from '../endpoint.ts';
import { codeOf } from '../error-code.ts';
import { loadConnector } from '../undici.ts';
import { blockedWay } from './blocked-way.ts';
import { expandHome } from './expand-home.ts';
import { opened } from './opened.ts';
import type { Reach } from './reach.ts';
import { settingsOf } from './settings.ts';
import type { Way } from './way.ts';

/** The way through a unix socket, whatever the host of the URL. */
export async function viaSocket(
	endpoint: Endpoint,
	{ socket, env }: Way & { readonly socket: string },
	timeout: Milliseconds,
): Promise<Reach> {
	const path = expandHome(socket, env);
	const connect = (await loadConnector())({ timeout, socketPath: path });
	return async ({ host, port }) => {
		const opening = opened(connect, { protocol: 'http:', hostname: host, port: `${port}` });
		const socket = await opening.catch(error => {
			throw closedSocket(endpoint, path, codeOf(error));
		});
		return { socket };
	};
}

function closedSocket(endpoint: Endpoint, path: string, code: string): FailureError {
	const title = titleOf(endpoint.backend);
	return blockedWay(endpoint, 'refused', {
		what: `The unix socket of ${title} cannot be used: ${path} ${reasons[code] ?? `cannot be connected to (${code})`}.`,
		next: `Check that ${title} runs, and socket of ${settingsOf(endpoint)}.`,
	});
}

const reasons: Readonly<Record<string, string>> = {
	ENOENT: 'does not exist',
	EACCES: 'does not let this user in',
	ECONNREFUSED: 'is there, and nobody listens on it',
	ENOTSOCK: 'is no socket',
};
