import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { shownPlace, slotAt } from '../../src/app/state.ts';
import { createSources } from '../../src/cli/sources.ts';
import { demoNow } from '../helpers/demo.ts';
import { serveDemo } from '../helpers/demo-on-loopback.ts';
import { allowOnly } from '../helpers/only-hosts.ts';
import { operate } from '../helpers/operator.tsx';
import { walkToTrace } from '../helpers/walk-to-trace.ts';

/** The demo's servers at ports of their own as the only hosts that can be reached, and a world that asks them. */
async function worldOfHosts() {
	const { urls } = await serveDemo({ now: () => demoNow });
	const backends = ['prometheus', 'alertmanager', 'loki', 'tempo'] as const;
	const now = () => demoNow;
	const endpoints = Object.fromEntries(
		backends.map(backend => [
			backend,
			{ backend, url: urls[backend], origin: 'profile night', authorize: async () => ({}) },
		]),
	);
	const hosts = backends.map(backend => new URL(urls[backend]).host);
	return {
		hosts,
		...allowOnly(backends.map(backend => urls[backend])),
		world: { sources: createSources(endpoints, { now }), now },
	};
}

test('the walk from the alert to the flame graph reaches the hosts of the profile and no other', async () => {
	const { world, hosts, allowed, refused } = await worldOfHosts();
	await walkToTrace(world);
	expect([...allowed].sort()).toEqual([...hosts].sort());
	expect(refused).toEqual([]);
});

test.each([
	'alerts',
	'silences',
	'service concierge',
	'service berths --view resources',
	'service concierge --view neighbours',
	'logs --service concierge --level error',
	'traces --service concierge --errors',
	'compare concierge',
	'cardinality',
])('%s reaches no other host, and tells nobody that it was looked at', async at => {
	const { world, allowed, refused } = await worldOfHosts();
	const { store, presses } = operate({ ...world, at });
	const answered = () => slotAt(store.getState(), shownPlace(store.getState()))?.doneAt;
	await expect.poll(answered, { timeout: 8000 }).toBeTypeOf('number');
	presses('Y', '!', 'escape', 'R');
	await expect.poll(answered, { timeout: 8000 }).toBeTypeOf('number');
	expect(allowed.size).toBeGreaterThan(0);
	expect(refused).toEqual([]);
});

test('whoever wants to reach another host is refused here', () => {
	const { refused } = allowOnly(['http://127.0.0.1:9090']);
	expect(() => connect(443, 'telemetry.example')).toThrow('telemetry.example:443');
	expect(() => connect({ host: '127.0.0.1', port: 9091 })).toThrow('127.0.0.1:9091');
	expect(refused).toEqual(['telemetry.example:443', '127.0.0.1:9091']);
});
