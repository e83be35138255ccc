import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { type Program, startProgram } from '../../helpers/program.ts';
import { columnsOf } from '../columns.ts';
import { residentBytes } from '../memory.ts';
import { proxiedDemo } from '../proxied-demo.ts';
import { full } from '../sizes.ts';

/** What may be in memory after an answer that was too large, over what was there before it. */
const mostLeft = 128 * 2 ** 20;

/** Of each fault the longest time from a key to the screen that shows what it did, in ms, and what was left in memory. */
const measured: { readonly name: string; readonly key: number; readonly left: number }[] = [];

afterAll(() => {
	const rows = measured.map(({ name, key, left }) => {
		return `${String(Math.ceil(key)).padStart(7)} ms ${String(Math.round(left / 2 ** 20)).padStart(7)} MB  ${name}`;
	});
	console.log(['slowest key, left in memory', ...rows].join('\n'));
});

/** Opens and closes the help a few times while the fault lasts. */
async function slowestKey(program: Program): Promise<number> {
	const isHelp = () => program.screen().join('\n').includes('On the alerts screen');
	const times: number[] = [];
	for (const key of ['?', 'escape', '?', 'escape', '?', 'escape']) {
		const before = isHelp();
		const began = performance.now();
		program.presses(key);
		while (isHelp() === before && performance.now() - began < patience) await pause(1);
		expect(isHelp()).toBe(!before);
		times.push(performance.now() - began);
	}
	return Math.max(...times);
}

const patience = 20_000;

const told = columnsOf({ now: Date.now, huge: full.huge }).filter(({ comes }) => comes === 'told');

test.each(told)(
	'$name: the program in a terminal says so, answers keys, is left and comes back',
	{
		timeout: 120_000,
	},
	async ({ name, fault, says }) => {
		const { proxies, args } = await proxiedDemo();
		const prometheus = proxies.get('prometheus');
		if (prometheus === undefined) throw new Error('there is no Prometheus');
		const program = startProgram({ args: ['alerts', ...args, '--timeout', '5s'], columns: 80, rows: 24, answers: 0 });
		const shows = (text: RegExp) =>
			expect.poll(() => program.screen().join(' ').replaceAll(/\s+/g, ' '), { timeout: 30_000 }).toMatch(text);
		await shows(/ConciergeBookingErr\S* .* > 5 %/);
		const before = residentBytes(program.pid);
		await prometheus.breaks(fault);
		program.presses('R');
		await shows(says);
		await program.sees(`Prometheus at ${prometheus.host}`);
		await program.sees(/ConciergeBookingErr/);
		const key = await slowestKey(program);
		await prometheus.mends();
		program.presses('R');
		await program.loses(`Prometheus at ${prometheus.host}`);
		await expect
			.poll(() => residentBytes(program.pid) - before, { timeout: 60_000, interval: 500 })
			.toBeLessThan(mostLeft);
		measured.push({ name, key, left: residentBytes(program.pid) - before });
		program.presses('q');
		expect(await program.exited).toBe(0);
	},
);
