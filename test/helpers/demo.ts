import type { Dispatcher } from 'undici';
import { type Budgets, createSources } from '../../src/cli/sources.ts';
import { createDemoDispatcher, demoEndpoints } from '../../src/demo/dispatcher.ts';
import type { Sources } from '../../src/investigation/ports.ts';
import type { Milliseconds } from '../../src/model/time.ts';

/** A morning at which the tests' incident has been going on for a while. */
export const demoNow: Milliseconds = Date.UTC(2026, 10, 22, 3, 12, 44);

export type Demo = { readonly sources: Sources; readonly now: () => Milliseconds };

/** The demo as the program reaches it, its clock standing still or `now`'s; `over` is the network in between, `budgets` what may be read. */
export function demoWorld(
	now: Milliseconds | (() => Milliseconds) = demoNow,
	over = (servers: Dispatcher): Dispatcher => servers,
	budgets: Budgets = {},
): Demo {
	const clock = typeof now === 'number' ? () => now : now;
	const dispatcher = over(createDemoDispatcher({ now: clock }));
	const endpoints = Object.fromEntries(
		demoEndpoints.map(endpoint => [endpoint.backend, { ...endpoint, origin: 'the demo', authorize: async () => ({}) }]),
	);
	return { sources: createSources(endpoints, { now: clock, dispatcher, budgets }), now: clock };
}
