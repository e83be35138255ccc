import { expect, onTestFinished, test } from 'vitest';
import { createDemoDispatcher, demoEndpoints } from '../../../src/demo/dispatcher.ts';
import { startProgram } from '../../helpers/program.ts';
import { columnsOf } from '../columns.ts';
import { type FaultProxy, openFaultProxy } from '../fault-proxy.ts';
import { residentBytes } from '../memory.ts';
import { full } from '../sizes.ts';
import { upstreamAt } from '../upstreams.ts';

const now = Date.now;

/** The demo as it goes on, each of its servers behind a proxy. */
async function demoBehindProxies(): Promise<ReadonlyMap<string, FaultProxy>> {
	const dispatcher = createDemoDispatcher({ now });
	const proxies = demoEndpoints.map(
		async ({ backend, url }) => [backend, await openFaultProxy(upstreamAt(url, dispatcher))] as const,
	);
	const opened = new Map(await Promise.all(proxies));
	onTestFinished(async () => {
		await Promise.all([...opened.values()].map(proxy => proxy.close()));
	});
	return opened;
}

/** What may be in memory after an answer that was too large, over what was there before it. */
const mostLeft = 128 * 2 ** 20;

const told = columnsOf({ now, huge: full.huge }).filter(({ comes }) => comes === 'told');

test.each(told)(
	'$name: the program in a terminal says so, answers keys, is left and comes back',
	{
		timeout: 120_000,
	},
	async ({ fault, says }) => {
		const proxies = await demoBehindProxies();
		const prometheus = proxies.get('prometheus');
		if (prometheus === undefined) throw new Error('there is no Prometheus');
		const urls = [...proxies].flatMap(([backend, { url }]) => [`--${backend}-url`, url]);
		const program = startProgram({ args: ['alerts', ...urls, '--timeout', '5s'], columns: 80, rows: 24 });
		const shows = (text: RegExp) =>
			expect.poll(() => program.screen().join(' ').replaceAll(/\s+/g, ' '), { timeout: 30_000 }).toMatch(text);
		await shows(/ConciergeBookingErr\S* .* > 5 %/);
		const before = residentBytes(program.pid);
		await prometheus.breaks(fault);
		program.presses('R');
		await shows(says);
		await program.sees(`Prometheus at ${prometheus.host}`);
		await program.sees(/ConciergeBookingErr/);
		program.presses('?');
		await program.sees('On the alerts screen');
		program.presses('escape');
		await program.loses('On the alerts screen');
		await prometheus.mends();
		program.presses('R');
		await program.loses(`Prometheus at ${prometheus.host}`);
		await expect
			.poll(() => residentBytes(program.pid) - before, { timeout: 60_000, interval: 500 })
			.toBeLessThan(mostLeft);
		program.presses('q');
		expect(await program.exited).toBe(0);
	},
);
