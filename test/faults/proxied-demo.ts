import { onTestFinished } from 'vitest';
import { createDemoDispatcher, demoEndpoints } from '../../src/demo/dispatcher.ts';
import { type FaultProxy, openFaultProxy } from './fault-proxy.ts';
import { upstreamAt } from './upstreams.ts';

export type ProxiedDemo = {
	/** By the name of the backend. */
	readonly proxies: ReadonlyMap<string, FaultProxy>;
	/** The options that lead the program to them. */
	readonly args: readonly string[];
};

/** The demo as it goes on, each of its servers behind a proxy; they are closed when the test is finished. */
export async function proxiedDemo(): Promise<ProxiedDemo> {
	const dispatcher = createDemoDispatcher({ now: Date.now });
	const proxies = new Map(
		await Promise.all(
			demoEndpoints.map(
				async ({ backend, url }) => [backend, await openFaultProxy(upstreamAt(url, dispatcher))] as const,
			),
		),
	);
	onTestFinished(async () => {
		await Promise.all([...proxies.values()].map(proxy => proxy.close()));
	});
	return { proxies, args: [...proxies].flatMap(([backend, { url }]) => [`--${backend}-url`, url]) };
}
