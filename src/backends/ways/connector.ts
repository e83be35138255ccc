import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import type { Milliseconds } from '../../model/time.ts';
import type { Endpoint } from '../endpoint.ts';
import { codeOf } from '../error-code.ts';
import { loadConnector } from '../undici.ts';
import { opened } from './opened.ts';
import type { Reach, Reached } from './reach.ts';

/** Opens one connection to what undici asks for. */
export type Open = (options: buildConnector.Options) => Promise<Socket>;

/** Connections along a way, as undici's agents ask for them; straight to the host without `reach`. */
export async function createConnector(
	endpoint: Endpoint,
	timeout: Milliseconds,
	reach: Reach | undefined,
): Promise<buildConnector.connector> {
	const plain = (await loadConnector())({ timeout });
	let secure: Promise<Open> | undefined;

	async function open(options: buildConnector.Options): Promise<Socket> {
		if (options.protocol === 'https:') {
			// With TLS come Node's cryptography and files, which connections on a loopback or in a cluster do without.
			secure ??= import('./secure-connector.ts').then(({ createSecure }) => createSecure(endpoint, timeout, reach));
			return (await secure)(options);
		}
		return reach === undefined ? opened(plain, options) : tellingWhy(await reach(targetOf(options)));
	}

	return (options, callback) => {
		open(options).then(
			socket => callback(null, socket),
			error => callback(error, null),
		);
	};
}

/** Where undici wants to go. */
export const targetOf = ({ hostname, port, protocol }: buildConnector.Options) => ({
	host: hostname,
	port: Number(port) || (protocol === 'https:' ? 443 : 80),
});

/** The other end hung up: a unix socket says so to whoever writes, too. */
export const isCut = (error: unknown): boolean => ['ECONNRESET', 'EPIPE'].includes(codeOf(error));

/** Says why the connection ended where nothing has come over it. */
function tellingWhy({ socket, whyCut }: Reached): Socket {
	if (whyCut === undefined) return socket;
	const isUnused = () => socket.bytesRead === 0;
	return socket
		.once('end', () => isUnused() && socket.destroy(whyCut()))
		.once('error', error => {
			if (isCut(error) && isUnused()) error.cause ??= whyCut();
		});
}
