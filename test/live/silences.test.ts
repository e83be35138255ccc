import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Alertmanager, createAlertmanager } from '../../src/backends/alertmanager/client.ts';
import { createHttp } from '../../src/backends/http.ts';
import type { Matcher } from '../../src/model/labels.ts';
import type { NewSilence } from '../../src/model/silence.ts';
import { startProgram } from '../helpers/program.ts';
import { askingNow, failureLine } from '../helpers/replay.ts';
import { printed } from './printed.ts';
import { createProcesses } from './processes.ts';
import { startAlertmanager } from './servers.ts';

vi.setConfig({ testTimeout: 60_000 });

const processes = createProcesses();
const minute = 60_000;

let url: string;
let client: Alertmanager;

beforeAll(async () => {
	url = await startAlertmanager(processes);
	const endpoint = { backend: 'alertmanager', url, origin: 'profile prod-eu', authorize: async () => ({}) } as const;
	client = createAlertmanager(createHttp(endpoint, { now: Date.now }));
	await fires({ alertname: 'LedgerErrors', service: 'ledger', http_route: '/transfer', severity: 'critical' });
	await fires({ alertname: 'LedgerErrors', service: 'ledger', http_route: '/balance', severity: 'critical' });
}, 120_000);

afterAll(() => processes.stop());

async function fires(labels: Readonly<Record<string, string>>): Promise<void> {
	const headers = { 'content-type': 'application/json' };
	const answer = await fetch(`${url}/api/v2/alerts`, { method: 'POST', headers, body: JSON.stringify([{ labels }]) });
	expect(answer.status).toBe(200);
}

/** What the program prints of the alerts: `/transfer silenced by 8c1f…`. */
async function alertsNow(): Promise<readonly string[]> {
	type Printed = { readonly state: string; readonly labels: Record<string, string>; readonly silencedBy: string[] };
	const { body } = await printed('alerts', '--alertmanager-url', url);
	const lines = body.alerts.map(({ state, labels, silencedBy }: Printed) =>
		[labels.http_route, state, ...(silencedBy.length === 0 ? [] : ['by', ...silencedBy])].join(' '),
	);
	return lines.sort();
}

const stateOf = async (id: string): Promise<string | undefined> =>
	(await client.silences(askingNow())).value.find(silence => silence.id === id)?.state;

const silenceOf = (matchers: readonly Matcher[], length = 30 * minute): NewSilence => ({
	matchers,
	startsAt: Date.now(),
	endsAt: Date.now() + length,
	createdBy: 'on call',
	comment: 'the ledger is being mended',
});

const oneAlert: readonly Matcher[] = [
	{ name: 'alertname', operator: '=', value: 'LedgerErrors' },
	{ name: 'http_route', operator: '=', value: '/transfer' },
];

describe('silences of a real Alertmanager', () => {
	test('made, seen and expired: the alert is silenced meanwhile, and its neighbour never', async () => {
		expect(await alertsNow()).toEqual(['/balance firing', '/transfer firing']);
		const wanted = silenceOf(oneAlert);
		const { value: id } = await client.createSilence(wanted, askingNow());
		await expect.poll(alertsNow).toEqual(['/balance firing', `/transfer silenced by ${id}`]);
		const { value, notes } = await client.silences(askingNow());
		expect(notes).toEqual([]);
		expect(value.find(silence => silence.id === id)).toMatchObject({
			state: 'active',
			matchers: oneAlert,
			endsAt: wanted.endsAt,
			createdBy: 'on call',
			comment: 'the ledger is being mended',
		});
		await client.expireSilence(id, askingNow());
		await expect.poll(alertsNow).toEqual(['/balance firing', '/transfer firing']);
		expect(await stateOf(id)).toBe('expired');
	});

	test('every kind of matcher arrives as it was meant', async () => {
		const matchers: readonly Matcher[] = [
			{ name: 'alertname', operator: '=~', value: 'Ledger.*' },
			{ name: 'http_route', operator: '!=', value: '/transfer' },
			{ name: 'service', operator: '!~', value: 'till|"berths"\\d' },
		];
		const { value: id } = await client.createSilence(silenceOf(matchers), askingNow());
		await expect.poll(alertsNow).toEqual([`/balance silenced by ${id}`, '/transfer firing']);
		const made = (await client.silences(askingNow())).value.find(silence => silence.id === id);
		expect(made?.matchers).toHaveLength(3);
		expect(made?.matchers).toEqual(expect.arrayContaining([...matchers]));
		await client.expireSilence(id, askingNow());
		await expect.poll(alertsNow).toEqual(['/balance firing', '/transfer firing']);
	});

	test('one that ends by itself', async () => {
		const { value: id } = await client.createSilence(silenceOf(oneAlert, 1500), askingNow());
		await expect.poll(() => stateOf(id)).toBe('active');
		await expect.poll(() => stateOf(id), { timeout: 20_000 }).toBe('expired');
		await expect.poll(alertsNow).toEqual(['/balance firing', '/transfer firing']);
	});

	test('one that has ended can be ended again; one that was never there cannot', async () => {
		const { value: id } = await client.createSilence(silenceOf(oneAlert), askingNow());
		await client.expireSilence(id, askingNow());
		expect(await client.expireSilence(id, askingNow()).catch(failureLine)).toEqual({ value: undefined, notes: [] });
		const unknown = client.expireSilence('00000000-0000-4000-8000-000000000000', askingNow());
		expect(await unknown.catch(failureLine)).toContain('not-found: ');
	});

	test('what the server refuses is said in its words, and nothing is made', async () => {
		const before = (await client.silences(askingNow())).value.length;
		const everything = silenceOf([{ name: 'alertname', operator: '=~', value: '.*' }]);
		expect(await client.createSilence(everything, askingNow()).catch(failureLine)).toMatch(
			/did not accept the silence \(400\)\. It said: .*matcher/,
		);
		const past = silenceOf(oneAlert, -minute);
		expect(await client.createSilence(past, askingNow()).catch(failureLine)).toMatch(
			/did not accept the silence \(400\)\. It said: /,
		);
		expect((await client.silences(askingNow())).value).toHaveLength(before);
	});
});

test('on screen: an alert is silenced with S, for everybody to see, and fires again with u', async () => {
	const profiles = { current: 'night', profiles: { night: { readOnly: false, alertmanager: { url } } } };
	writeFileSync(`${processes.folder}/profiles.json`, JSON.stringify(profiles));
	const program = startProgram({ args: ['alerts'], env: { SMOKEJUMPER_CONFIG_DIR: processes.folder } });
	await program.sees('/transfer');
	program.presses('/', ...'transfer', 'enter');
	await program.sees('1 firing');
	program.presses('S');
	await program.sees('Silence LedgerErrors');
	program.presses(...'being mended', 'tab', 'tab');
	await program.sees('silence 30m');
	program.presses('enter');
	await program.sees('Silenced LedgerErrors until');
	const [silence] = (await client.silences(askingNow())).value.filter(({ state }) => state === 'active');
	expect(silence).toMatchObject({ comment: 'being mended' });
	await expect.poll(alertsNow).toEqual(['/balance firing', `/transfer silenced by ${silence?.id}`]);
	await program.sees('1 silenced');
	program.presses('u');
	await program.sees('Ended the silence of LedgerErrors.');
	await expect.poll(alertsNow).toEqual(['/balance firing', '/transfer firing']);
	program.presses('q');
	expect(await program.exited).toBe(0);
});
