import type { Endpoint } from '../endpoint.ts';
import { type ProxyServer, proxyFor } from './proxy.ts';
import { badProxy } from './proxy-failure.ts';

/** The proxy on the way to a backend, if there is one. Throws a `FailureError` when what is named as one is none. */
export function chosenProxy(endpoint: Endpoint): ProxyServer | undefined {
	const { url, way } = endpoint;
	if (way === undefined || way.socket !== undefined || way.tunnel !== undefined) return undefined;
	const proxy = proxyFor(url, way);
	if (proxy !== undefined && 'broken' in proxy) throw badProxy(endpoint, proxy);
	return proxy;
}
