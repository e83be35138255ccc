import type { Agent, Dispatcher } from 'undici';
import type { Milliseconds } from '../../model/time.ts';
import type { Endpoint } from '../endpoint.ts';
import { createAgent } from '../undici.ts';
import { chosenProxy } from './chosen-proxy.ts';
import { createConnector } from './connector.ts';
import type { ProxyServer } from './proxy.ts';
import type { Reach } from './reach.ts';

export type DispatcherOptions = Omit<Agent.Options, 'connect'> & { readonly connectTimeout: Milliseconds };

/**
 * A pool of kept-alive connections along the way of an endpoint, for requests and websockets alike. Rejects with a
 * `FailureError` when it is known from the start that there is none.
 */
export async function openDispatcher(endpoint: Endpoint, options: DispatcherOptions): Promise<Dispatcher> {
	const { connectTimeout, ...agentOptions } = options;
	const proxy = chosenProxy(endpoint);
	const agentOver = async (reach: Reach | undefined) =>
		createAgent({ ...agentOptions, connect: await createConnector(endpoint, connectTimeout, reach) });
	const through = await agentOver(await reachOf(endpoint, connectTimeout));
	if (proxy === undefined || !needsWholeUrl(endpoint, proxy)) return through;
	const [{ createProxyWay }, { nameWholeUrl }] = await Promise.all([
		import('./via-proxy.ts'),
		import('./name-whole-url.ts'),
	]);
	const { toProxy } = await createProxyWay(endpoint, proxy, connectTimeout);
	return nameWholeUrl(endpoint, proxy, { toProxy: await agentOver(toProxy), through });
}

/** How the host of a URL is reached; straight when `undefined`. What few ways need is loaded for those that do. */
async function reachOf(endpoint: Endpoint, timeout: Milliseconds): Promise<Reach | undefined> {
	const { way } = endpoint;
	if (way?.socket !== undefined) {
		const { viaSocket } = await import('./via-socket.ts');
		return viaSocket(endpoint, { ...way, socket: way.socket }, timeout);
	}
	if (way?.tunnel !== undefined) {
		const { viaTunnel } = await import('./via-tunnel.ts');
		return viaTunnel(endpoint, { ...way, tunnel: way.tunnel }, timeout);
	}
	const proxy = chosenProxy(endpoint);
	if (proxy === undefined) return undefined;
	const { createProxyWay } = await import('./via-proxy.ts');
	return (await createProxyWay(endpoint, proxy, timeout)).through;
}

/** Many proxies of HTTP connect nobody to ports other than 443, and take the questions to others whole. */
const needsWholeUrl = ({ url }: Endpoint, { scheme }: ProxyServer): boolean =>
	scheme !== 'socks' && url.startsWith('http:');
