import type { Dispatcher } from 'undici';
import type { Endpoint } from '../endpoint.ts';
import { LostOnTheWay } from './blocked-way.ts';
import { type ProxyServer, proxyAuthorization } from './proxy.ts';
import { refusedByProxy } from './proxy-failure.ts';

type Both = {
	/** Its connections end at the proxy. */
	readonly toProxy: Dispatcher;
	/** Its connections end at the backend. */
	readonly through: Dispatcher;
};

/**
 * Requests of plain http through a proxy name their whole URL (RFC 9112 §3.2.2). A websocket is no request that a proxy
 * could pass on, and gets a connection of its own.
 */
export function nameWholeUrl(endpoint: Endpoint, proxy: ProxyServer, { toProxy, through }: Both): Dispatcher {
	return toProxy.compose(dispatch => (options, handler) => {
		if (options.upgrade) return through.dispatch(options, handler);
		const headers = { ...recordOf(options.headers), ...proxyAuthorization(proxy) };
		const path = `${options.origin}${options.path}`;
		return dispatch({ ...options, path, headers }, tellingApart(endpoint, proxy, handler));
	});
}

type Headers = Dispatcher.DispatchOptions['headers'];

/** Requests of ours have their headers by name. */
const recordOf = (headers: Headers) => (headers && !(Symbol.iterator in headers) ? headers : {});

/** Takes what the proxy says for itself out of what the backend says. */
function tellingApart(
	endpoint: Endpoint,
	proxy: ProxyServer,
	handler: Dispatcher.DispatchHandler,
): Dispatcher.DispatchHandler {
	return {
		onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
		onRequestUpgrade: (controller, status, headers, socket) =>
			handler.onRequestUpgrade?.(controller, status, headers, socket),
		onResponseStart: (controller, status, headers, message) => {
			if (!isOfProxy(status, headers)) return handler.onResponseStart?.(controller, status, headers, message);
			const refusal = refusedByProxy(endpoint, proxy, {
				status,
				isPage: false,
				challenge: headers['proxy-authenticate'],
			});
			// A gateway that got no answer may have passed the question on.
			controller.abort(status >= 500 ? new LostOnTheWay(refusal.failure) : refusal);
		},
		onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
		onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
		onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
	};
}

type ResponseHeaders = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

/** 407 is a proxy's alone. Others mark their own errors (Squid, and RFC 9209), or answer in pages, as no API does. */
function isOfProxy(status: number, headers: ResponseHeaders): boolean {
	if (status === 407) return true;
	if (status !== 403 && !(status >= 502 && status <= 504)) return false;
	const isMarked = 'x-squid-error' in headers || /;\s*error=/.test(String(headers['proxy-status'] ?? ''));
	return isMarked || /^text\/html\b/.test(String(headers['content-type'] ?? ''));
}
