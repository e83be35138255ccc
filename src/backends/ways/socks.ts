import { once } from 'node:events';
import type { Socket } from 'node:net';
import { loadSocksClient } from '../undici.ts';
import type { Target } from './authority.ts';
import type { ProxyServer } from './proxy.ts';

/**
 * Asks a SOCKS5 proxy (RFC 1928, RFC 1929), to which the socket leads, to connect it to the target; names are looked up
 * there. Rejects with what the proxy says, or when it says nothing for as long as the signal lasts.
 */
export async function askSocks(
	socket: Socket,
	target: Target,
	login: ProxyServer['login'],
	signal: AbortSignal,
): Promise<void> {
	const SocksClient = await loadSocksClient();
	const client = new SocksClient(socket, login === undefined ? {} : { username: login.user, password: login.password });
	// Once connected, what becomes of the socket is told to those who read it.
	client.on('error', () => undefined);
	const closed = once(client, 'close').then(() => {
		throw new Error('it closed the connection');
	});
	closed.catch(() => undefined);
	const reached = async (event: 'authenticated' | 'connected', begin: () => void) => {
		const happened = once(client, event, { signal });
		begin();
		await Promise.race([happened, closed]);
	};
	await reached('authenticated', () => client.handshake());
	await reached('connected', () => client.connect(target.host, target.port));
}
