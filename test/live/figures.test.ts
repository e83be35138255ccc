import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
	type Ends,
	expectFiguresByHand,
	expectRowsByHand,
	expectWhole,
	serviceBetween,
	servicesByHand,
} from './by-hand.ts';
import { expectNeighboursByHand, neighboursByHand } from './neighbours-by-hand.ts';
import { type Servers, startServers } from './servers.ts';

vi.setConfig({ testTimeout: 60_000 });

let servers: Servers;
/** Ends before now, so that both who ask see the same samples. */
let ends: Ends;

beforeAll(async () => {
	servers = await startServers();
	const to = Math.floor(Date.now() / 1000) - 2;
	ends = { from: to - 30, to };
}, 200_000);

afterAll(() => servers?.stop());

describe.each(Object.entries(servicesByHand))('%s', (service, byHand) => {
	test('its panels are complete, and are those that its exporter counts', async () => {
		expectWhole(await serviceBetween(service, ends, servers.prometheus), byHand);
	});

	test('rate, error ratio and quantiles are those of PromQL written by hand, point for point', async () => {
		const printed = await serviceBetween(service, ends, servers.prometheus);
		await expectFiguresByHand(printed, byHand, ends, servers.prometheus);
		await expectRowsByHand(printed, byHand, ends, servers.prometheus);
	});
});

test.each(neighboursByHand.map(byHand => [byHand.direction, byHand.service, byHand.source, byHand] as const))(
	'the %s of %s by its %s have the figures of PromQL written by hand',
	async (_, __, ___, byHand) => {
		await expectNeighboursByHand(byHand, ends, servers.prometheus);
	},
);

test('the exemplars of failed requests come with their traces, the newest of equals first', async () => {
	const { exemplars } = await serviceBetween('ledger', ends, servers.prometheus);
	expect(exemplars.length).toBeGreaterThan(20);
	expect(new Set(exemplars.map(({ seconds }) => seconds))).toEqual(new Set([2]));
	expect(exemplars.every(({ traceId }) => /^7+[0-9a-f]{2}$/.test(traceId))).toBe(true);
	const times = exemplars.map(({ at }) => Date.parse(at));
	expect(times).toEqual([...times].sort((a, b) => b - a));
	expect(times.every(at => at >= ends.from * 1000 && at <= ends.to * 1000)).toBe(true);
});
