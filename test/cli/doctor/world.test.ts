import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { exitCodeOf } from '../../../src/cli/doctor/doctor.ts';
import { backendJson } from '../../../src/cli/doctor/doctor-json.ts';
import { examineAll } from '../../../src/cli/doctor/examine-all.ts';
import { type Handler, serve } from '../../helpers/loopback.ts';
import { answers, hangs } from '../../helpers/outage.ts';
import { emptyWard, endpointOf, printed } from './ward.ts';

const canary = 'canary-4711-secret';
const bearer = { Authorization: `Bearer ${canary}` };

const json = (response: ServerResponse, value: unknown) =>
	response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));

/** A Prometheus of which nothing but its build is known. */
const prometheus: Handler = ({ url = '' }, response) => {
	if (!url.startsWith('/api/v1/status/buildinfo')) response.writeHead(404).end('404 page not found\n');
	else json(response, { status: 'success', data: { version: '3.5.3', revision: 'a1', goVersion: 'go1.26' } });
};

/** An Alertmanager whose clock is 40 s behind, and which knows two peers. */
const alertmanager: Handler = (_, response) => {
	response.setHeader('date', new Date(Date.now() - 40_000).toUTCString());
	json(response, { versionInfo: { version: '0.33.1' }, cluster: { status: 'ready', peers: [{}, {}, {}] } });
};

async function deadUrl(): Promise<string> {
	const { url } = await serve(answers(200, ''));
	// Nobody has ever listened on the port that stands before the first that is free to users.
	return url.replace(/:\d+$/, ':1');
}

/** Ways to be ill, all at once; the hosts as they are called in what is printed. */
async function illWorld() {
	const servers = {
		good: await serve(alertmanager),
		refuses: await serve(answers(401, 'Unauthorized', 'text/plain')),
		wrong: await serve(prometheus),
		page: await serve(answers(200, '<!doctype html><title>Sign in</title>', 'text/html')),
	};
	const dead = await deadUrl();
	const ward = {
		...emptyWard(Date.now),
		longest: 20_000,
		endpoints: {
			alertmanager: {
				...endpointOf('alertmanager', servers.good.url, bearer),
				replicas: [servers.refuses.url, dead],
			},
			loki: endpointOf('loki', servers.wrong.url, bearer),
			tempo: endpointOf('tempo', servers.page.url, bearer),
		},
	};
	const hosts = Object.entries(servers).map(([name, { host }]) => [host, `${name}.example`] as const);
	const named = (text: string) =>
		hosts
			.reduce((said, [host, name]) => said.replaceAll(host, name), text)
			.replace(/answers in [\d.]+ ms/, 'answers in N ms')
			.replaceAll(/[34]\d s behind/g, '40 s behind');
	return { ward, named };
}

test('each line says what is wrong with whom, and the advice what to do', async () => {
	const { ward, named } = await illWorld();
	const text = named(await printed(ward, Number.MAX_SAFE_INTEGER));
	expect(text).toMatchInlineSnapshot(`
		"warn  Alertmanager at good.example: Alertmanager 0.33.1; answers in N ms; takes the bearer token; clock 40 s behind; cluster ready with 3 members
		FAIL  Alertmanager at refuses.example refused the credentials (401)
		FAIL  Alertmanager at 127.0.0.1:1 refused the connection
		FAIL  Loki at wrong.example does not know /loki/api/v1/labels (404); Prometheus 3.5.3 answers there, which is no Loki
		FAIL  Tempo at page.example answered a web page instead of JSON, most often a login page (200)

		What to do, worst first:
		  1. Alertmanager at refuses.example refused the credentials (401). It said: Unauthorized. Check the credentials and the tenant in profile night. The key is alertmanager.auth: smokejumper profile edit night.
		  2. Alertmanager at 127.0.0.1:1 refused the connection. Check that Alertmanager runs, and the port of the URL in profile night. The key is alertmanager.url: smokejumper profile edit night.
		  3. Loki at wrong.example does not know /loki/api/v1/labels (404). Prometheus 3.5.3 answers there, which is no Loki. Write its URL in profile night: prometheus.url, and that of Loki in profile night: loki.url.
		  4. Tempo at page.example answered a web page instead of JSON, most often a login page (200). It said: Sign in. Check the URL and the credentials in profile night. The key is tempo.url: smokejumper profile edit night.
		  5. The clock of Alertmanager at good.example is 40 s behind ours. Compare both with a time server (chronyc tracking, or timedatectl).
		"
	`);
	expect(text).not.toContain(canary);
});

test('one that never answers is told last, holds nobody back, and stands where it belongs', async () => {
	const { url } = await serve(hangs);
	const { url: good } = await serve(alertmanager);
	const endpoints = {
		prometheus: endpointOf('prometheus', url),
		alertmanager: endpointOf('alertmanager', good),
	};
	const known: string[] = [];
	const text = await printed({ ...emptyWard(Date.now), endpoints }, Number.MAX_SAFE_INTEGER, known);
	expect(known).toEqual(['alertmanager', 'prometheus']);
	expect(text).toMatch(/^FAIL {2}Prometheus at [\d.:]+ did not answer within 5 s\nwarn {2}Alertmanager /);
	expect(text).toContain(
		'Check that Prometheus is not overloaded, and the network, the VPN and the proxies on the way to it.',
	);
});

test('a secret that never comes does not hold anybody back either', async () => {
	const silent = { ...endpointOf('loki', 'http://127.0.0.1:1'), authorize: () => new Promise<never>(() => {}) };
	const [examined] = await examineAll({ ...emptyWard(Date.now), longest: 100, endpoints: { loki: silent } }, {});
	expect(examined?.knocked.failure).toMatchObject({
		kind: 'secret',
		what: 'The credentials for Loki at 127.0.0.1:1 were not there within 0.1 s.',
	});
});

test('the exit code tells all, none and some apart', async () => {
	const { ward } = await illWorld();
	const examined = await examineAll(ward, {});
	const [good] = examined.filter(({ knocked }) => knocked.failure === undefined);
	const ill = examined.filter(({ knocked }) => knocked.failure !== undefined);
	expect(exitCodeOf(examined)).toBe(4);
	expect(exitCodeOf(ill)).toBe(3);
	expect(exitCodeOf(good === undefined ? [] : [good])).toBe(0);
});

test('JSON names the failure and who answers instead, and no secret', async () => {
	const { ward, named } = await illWorld();
	const examined = await examineAll(ward, {});
	const text = named(JSON.stringify(examined.map(each => backendJson(each, ward.longest))));
	expect(text).not.toContain(canary);
	const loki = JSON.parse(text).find(({ backend }: { readonly backend: string }) => backend === 'loki');
	expect(loki).toEqual({
		backend: 'loki',
		url: 'http://wrong.example',
		origin: 'profile night',
		state: 'bad',
		reachable: true,
		admitted: false,
		credentials: ['bearer token'],
		tenants: [],
		roundTripSeconds: expect.any(Number),
		complete: true,
		failure: {
			kind: 'not-found',
			status: 404,
			what: 'Loki at wrong.example does not know /loki/api/v1/labels (404).',
			words: '404 page not found',
		},
		instead: { backend: 'prometheus', product: 'Prometheus', version: '3.5.3', url: 'http://wrong.example' },
	});
});
