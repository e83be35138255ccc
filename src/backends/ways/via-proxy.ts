import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import type { Milliseconds } from '../../model/time.ts';
import type { Endpoint } from '../endpoint.ts';
import { askForTunnel, loadConnector } from '../undici.ts';
import { authorityOf, type Target } from './authority.ts';
import { opened } from './opened.ts';
import { type ProxyServer, proxyAuthorization } from './proxy.ts';
import { brokenProxy, refusedByProxy, refusedBySocks } from './proxy-failure.ts';
import type { Reach } from './reach.ts';
import { askSocks } from './socks.ts';
import { readEnvironmentAuthorities } from './tls-files.ts';

/** A way through a proxy. What is wrong with the proxy is told as such: a `FailureError`, and never the backend's fault. */
export type ProxyWay = {
	/** A connection to the proxy itself, for requests of http that name their whole URL. */
	readonly toProxy: Reach;
	/** A connection at whose other end is the target. */
	readonly through: Reach;
};

export async function createProxyWay(endpoint: Endpoint, proxy: ProxyServer, timeout: Milliseconds): Promise<ProxyWay> {
	const build = await loadConnector();
	const connector = async () => {
		const ca = proxy.scheme === 'https' ? await readEnvironmentAuthorities(endpoint) : undefined;
		return build({ timeout, rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) });
	};
	const open = async () => {
		const connect = await connector();
		return opened(connect, addressOf(proxy)).catch(error => {
			throw brokenProxy(endpoint, proxy, error, timeout);
		});
	};
	return {
		toProxy: async () => ({ socket: await open() }),
		through: async target => {
			const socket = await open();
			const asked = proxy.scheme === 'socks' ? askSocksFor : askHttpFor;
			return { socket: await asked({ endpoint, proxy, socket, target, timeout }) };
		},
	};
}

/** As undici names where it connects to. */
const addressOf = ({ scheme, host, port }: ProxyServer): buildConnector.Options => ({
	protocol: scheme === 'https' ? 'https:' : 'http:',
	hostname: host,
	host: authorityOf({ host, port }),
	port: `${port}`,
});

type Question = {
	readonly endpoint: Endpoint;
	readonly proxy: ProxyServer;
	readonly socket: Socket;
	readonly target: Target;
	readonly timeout: Milliseconds;
};

async function askSocksFor({ endpoint, proxy, socket, target, timeout }: Question): Promise<Socket> {
	try {
		await askSocks(socket, target, proxy.login, AbortSignal.timeout(timeout));
		return socket;
	} catch (error) {
		socket.destroy();
		throw refusedBySocks(endpoint, proxy, error, timeout);
	}
}

async function askHttpFor({ endpoint, proxy, socket, target, timeout }: Question): Promise<Socket> {
	const authority = authorityOf(target);
	const answer = await askForTunnel(connectedBy(socket), {
		origin: `http://${authority}`,
		path: authority,
		headers: { host: authority, 'user-agent': 'smokejumper', ...proxyAuthorization(proxy) },
		signal: AbortSignal.timeout(timeout),
	}).catch(error => {
		socket.destroy();
		throw brokenProxy(endpoint, proxy, error, timeout);
	});
	const { statusCode, headers } = answer;
	const isPage = /^text\/html\b/.test(String(headers['content-type'] ?? ''));
	if (statusCode >= 200 && statusCode < 300 && !isPage) return socket;
	answer.socket.on('error', () => undefined).destroy();
	throw refusedByProxy(endpoint, proxy, {
		status: statusCode,
		isPage,
		challenge: headers['proxy-authenticate'],
	});
}

/** undici does not go on when a connection is there before it has asked for it. */
const connectedBy =
	(socket: Socket): buildConnector.connector =>
	(_, callback) =>
		queueMicrotask(() => callback(null, socket));
