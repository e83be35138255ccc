import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, test, vi } from 'vitest';
import { endpointsOf } from '../../../src/cli/connections.ts';
import type { Profile } from '../../../src/cli/profiles/profile.ts';
import { createSources } from '../../../src/cli/sources.ts';
import { createDemoDispatcher, demoEndpoints } from '../../../src/demo/dispatcher.ts';
import { demoNow } from '../../helpers/demo.ts';
import { serve } from '../../helpers/loopback.ts';
import { type Operator, operate } from '../../helpers/operator.tsx';
import { emptyFolder } from '../folder.ts';
import { anyCanary, canaryProfiles, secretive } from './canaries.ts';

vi.setConfig({ testTimeout: 60_000 });

/** The servers of the demo, as a profile with a canary wherever one may be reaches them. */
function canaryWorld(dispatcher = createDemoDispatcher({ now: () => demoNow })) {
	const [, , , , , , , , sigv4] = canaryProfiles('http://127.0.0.1:9');
	const urls = Object.fromEntries(demoEndpoints.map(({ backend, url }) => [backend, secretive(url)]));
	const profile: Profile = {
		prometheus: { ...sigv4?.prometheus, url: urls.prometheus ?? '' },
		alertmanager: { ...sigv4?.alertmanager, url: urls.alertmanager ?? '' },
		loki: { ...sigv4?.loki, url: urls.loki ?? '' },
		tempo: { ...sigv4?.tempo, url: urls.tempo ?? '' },
	};
	const endpoints = endpointsOf({ flags: {}, env: {}, saved: { name: 'night', profile } });
	return { sources: createSources(endpoints, { now: () => demoNow, dispatcher }), now: () => demoNow };
}

/** What is on the screen, and what has left it for the clipboard. */
const shownBy = ({ frame, effects }: Operator): string => `${frame()}\n${inspect(effects, { depth: 20 })}`;

test.each([
	['alerts', 'ConciergeBookingEr'],
	['service concierge --since 30m', 'concierge'],
	['logs --service berths --since 30m', '8614 lines'],
])('%s: neither the queries, the address nor what is copied hold one', async (at, text) => {
	const operator = operate({ ...canaryWorld(), at, columns: 200, rows: 60 });
	await operator.sees(text);
	operator.presses('!');
	await operator.sees('http');
	expect(shownBy(operator)).not.toMatch(anyCanary);
	operator.presses('y');
	operator.presses('escape', 'Y');
	await operator.sees('Sent the address');
	expect(shownBy(operator)).not.toMatch(anyCanary);
});

test('nor does a file of lines', async () => {
	const operator = operate({ ...canaryWorld(), at: 'logs --service berths --since 30m', columns: 120 });
	await operator.sees('8614 lines');
	const path = join(emptyFolder(), 'berths.jsonl');
	operator.presses('s', 'ctrl+u').types(path);
	operator.presses('enter');
	await operator.sees('Saved 1200 lines');
	expect(readFileSync(path, 'utf8')).not.toMatch(anyCanary);
});

test('nor does the screen of a night on which every server repeats what it was asked', async () => {
	const { url } = await serve(
		(request, response) => void response.writeHead(500).end(`${request.url}\n${request.rawHeaders.join('\n')}`),
	);
	const [bearer] = canaryProfiles(url);
	const endpoints = endpointsOf({ flags: {}, env: {}, saved: { name: 'night', profile: bearer ?? {} } });
	const sources = createSources(endpoints, { now: () => demoNow });
	const operator = operate({ sources, now: () => demoNow, at: 'service berths', columns: 200, rows: 60 });
	await operator.sees('[hidden]');
	operator.presses('!');
	await operator.sees(url);
	expect(shownBy(operator)).not.toMatch(anyCanary);
});
