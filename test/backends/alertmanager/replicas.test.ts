import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type Copy, createAlertmanagers, mergedAlerts } from '../../../src/backends/alertmanager/replicas.ts';
import { createHttp, type Http } from '../../../src/backends/http.ts';
import type { ManagedAlert } from '../../../src/model/alert.ts';
import { managedOf } from '../../helpers/alert-drawing.ts';
import { type Asked, answering, askingNow, failureLine, type Reply } from '../../helpers/replay.ts';

/** `a: Errors silenced@5`: what the Alertmanager `a` has, how it keeps it quiet, and when it heard of it last. */
function copyOf(text: string): Copy {
	const [, host = '', name = '', quiet, at] = /^(\w+): (\w+)(?: (\w+))?@(\d+)$/.exec(text) ?? [];
	const how: Partial<ManagedAlert> = quiet === undefined ? {} : { state: 'suppressed', [`${quiet}By`]: [`by-${host}`] };
	return {
		host,
		alert: managedOf(name, {}, { fingerprint: name, updatedAt: Number(at), receivers: [`pager-${host}`], ...how }),
	};
}

const told = ({ labels, updatedAt, silencedBy, inhibitedBy, mutedBy, differs }: ManagedAlert): string =>
	[
		`${labels.alertname}@${updatedAt}`,
		...silencedBy,
		...inhibitedBy,
		...mutedBy,
		...(differs ? [`(${differs})`] : []),
	].join(' ');

describe('copies of one alert', () => {
	test.each<[what: string, copies: readonly string[], merged: readonly string[]]>([
		['are one, and the newest counts', ['a: Errors@5', 'b: Errors@7'], ['Errors@7']],
		['beside others', ['a: Errors@5', 'b: Errors@5', 'b: Slow@3'], ['Errors@5', 'Slow@3']],
		['that both keep quiet', ['a: Errors silenced@5', 'b: Errors silenced@7'], ['Errors@7 by-b']],
		['of which one is heard', ['a: Errors silenced@9', 'b: Errors@7'], ['Errors@7 (silenced at a, not at b)']],
		[
			'of three',
			['a: Errors silenced@9', 'b: Errors@7', 'c: Errors silenced@1'],
			['Errors@7 (silenced at a, c, not at b)'],
		],
		[
			'kept quiet each in another way',
			['a: Errors silenced@9', 'b: Errors inhibited@7'],
			['Errors@9 by-a (silenced at a, not at b; inhibited at b, not at a)'],
		],
		['muted by the time of day', ['a: Errors muted@1', 'b: Errors muted@1'], ['Errors@1 by-a']],
		['that nobody has', [], []],
	])('%s', (_, copies, merged) => expect(mergedAlerts(copies.map(copyOf)).map(told)).toEqual(merged));

	test('go to the receivers of all', () => {
		expect(mergedAlerts(['a: Errors@1', 'b: Errors@2'].map(copyOf))[0]?.receivers).toEqual(['pager-a', 'pager-b']);
	});
});

describe('several Alertmanagers', () => {
	const httpAt = (name: string, answer: (asked: Asked) => Reply, sleep = async () => {}) => {
		const { dispatcher, asked } = answering(answer);
		const endpoint = {
			backend: 'alertmanager',
			url: `http://backend.example:9090/${name}`,
			origin: 'profile night',
			authorize: async () => ({}),
		} as const;
		const http: Http = createHttp(endpoint, { dispatcher, now: () => 0, random: () => 0, sleep });
		return { http, asked };
	};

	const wire = (fingerprint: string) => ({
		fingerprint,
		labels: { alertname: fingerprint },
		startsAt: '2026-11-22T08:33:44.597Z',
		status: { state: 'active' },
	});

	const has =
		(...fingerprints: readonly string[]) =>
		(): Reply => ({ status: 200, json: fingerprints.map(wire) });
	const isDown = (): Reply => ({ status: 403, text: 'forbidden' });

	test('are asked all, and their alerts are merged', async () => {
		const [a, b] = [httpAt('a', has('One', 'Two')), httpAt('b', has('Two', 'Three'))];
		const { value, notes } = await createAlertmanagers(a.http, [b.http]).alerts(askingNow());
		expect(value.map(({ fingerprint }) => fingerprint)).toEqual(['One', 'Two', 'Three']);
		expect(notes).toEqual([]);
		expect([...a.asked, ...b.asked].map(({ path }) => path)).toEqual(['/a/api/v2/alerts', '/b/api/v2/alerts']);
	});

	test('of which one fails leave the others, and a note says which', async () => {
		const [a, b] = [httpAt('a', isDown), httpAt('b', has('Two'))];
		const { value, notes } = await createAlertmanagers(a.http, [b.http]).alerts(askingNow());
		expect(value.map(({ fingerprint }) => fingerprint)).toEqual(['Two']);
		expect(notes).toEqual([
			{ kind: 'partial', text: expect.stringMatching(/^Alertmanager at .* What only it has of alerts is missing\.$/) },
		]);
	});

	test('that all fail reject, with what the first one said', async () => {
		const [a, b] = [httpAt('a', isDown), httpAt('b', () => ({ status: 401, text: 'no' }))];
		const asked = createAlertmanagers(a.http, [b.http]).alerts(askingNow());
		expect(await asked.catch(failureLine)).toMatch(/^forbidden: /);
	});

	test('whose asker goes away reject, and pass for nothing else', async () => {
		const left = new AbortController();
		const a = httpAt('a', has('One'));
		// By the time that b is to be asked again, a has answered.
		const b = httpAt(
			'b',
			() => ({ status: 503, text: 'later' }),
			async () => {
				await setTimeout(20);
				left.abort();
			},
		);
		const asked = createAlertmanagers(a.http, [b.http]).alerts(askingNow(left.signal));
		expect(await asked.catch(failureLine)).toMatch(/^cancelled: /);
	});

	const silence = (id: string) => ({
		id,
		status: { state: 'active' },
		matchers: [{ name: 'alertname', value: 'One', isRegex: false }],
		startsAt: '2026-11-22T08:33:44.597Z',
		endsAt: '2026-11-22T09:33:44.597Z',
		updatedAt: '2026-11-22T08:33:44.597Z',
		createdBy: 'ops',
		comment: 'known',
	});

	test('that gossip have each silence once', async () => {
		const silences =
			(...ids: readonly string[]) =>
			(): Reply => ({ status: 200, json: ids.map(silence) });
		const [a, b] = [httpAt('a', silences('s1', 's2')), httpAt('b', silences('s2', 's3'))];
		const { value } = await createAlertmanagers(a.http, [b.http]).silences(askingNow());
		expect(value.map(({ id }) => id)).toEqual(['s1', 's2', 's3']);
	});

	test('are given a new silence at one of them, once', async () => {
		const [a, b] = [httpAt('a', () => ({ status: 200, json: { silenceID: 's1' } })), httpAt('b', has())];
		const made = { matchers: [], startsAt: 0, endsAt: 60_000, createdBy: 'ops', comment: 'known' };
		expect((await createAlertmanagers(a.http, [b.http]).createSilence(made, askingNow())).value).toBe('s1');
		expect([a.asked.length, b.asked.length]).toEqual([1, 0]);
	});

	test('end a silence where it is known', async () => {
		const [a, b] = [httpAt('a', () => ({ status: 404 })), httpAt('b', () => ({ status: 200 }))];
		await createAlertmanagers(a.http, [b.http]).expireSilence('s1', askingNow());
		expect(b.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['DELETE /b/api/v2/silence/s1']);
		const nowhere = createAlertmanagers(a.http, [a.http]).expireSilence('s1', askingNow());
		expect(await nowhere.catch(failureLine)).toMatch(/^not-found: .*does not know this silence/);
	});
});
