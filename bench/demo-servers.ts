import { createDemoDispatcher, demoEndpoints } from '../src/demo/dispatcher.ts';
import { openFaultProxy } from '../test/faults/fault-proxy.ts';
import { stallsBeforeHeaders } from '../test/faults/faults.ts';
import { upstreamAt } from '../test/faults/upstreams.ts';

/**
 * The demo's four servers as a process of its own, each at a port. Sends their URLs by name; told the names of some, it lets these
 * stall from then on: they take every question and answer none.
 */
const dispatcher = createDemoDispatcher({ now: Date.now });
const proxies = await Promise.all(
	demoEndpoints.map(async ({ backend, url }) => ({
		backend,
		proxy: await openFaultProxy(upstreamAt(url, dispatcher)),
	})),
);
process.on('message', async (stalling: readonly string[]) => {
	for (const { backend, proxy } of proxies) {
		if (stalling.includes(backend)) await proxy.breaks(stallsBeforeHeaders);
	}
	process.send?.('stalling');
});
process.on('disconnect', () => process.exit());
process.send?.(Object.fromEntries(proxies.map(({ backend, proxy }) => [backend, proxy.url])));
