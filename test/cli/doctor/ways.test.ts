import { afterAll, describe, expect, test } from 'vitest';
import type { Way } from '../../../src/backends/ways/way.ts';
import { checkConnection } from '../../../src/cli/doctor/check-connection.ts';
import { examineAll } from '../../../src/cli/doctor/examine-all.ts';
import { makeCertificates } from '../../backends/ways/certificates.ts';
import { serveSecurely } from '../../backends/ways/servers.ts';
import { demoNow } from '../../helpers/demo.ts';
import { serveGrafana, token } from '../../helpers/grafana.ts';
import { type Handler, serve } from '../../helpers/loopback.ts';
import { answers } from '../../helpers/outage.ts';
import { emptyWard, endpointOf, plain, printed } from './ward.ts';

const pem = makeCertificates();
afterAll(pem.remove);

const shown = (file: string) => ({ cert: pem.read(`${file}.pem`), key: pem.read(`${file}.key`) });

/** An Alertmanager that says nothing of a cluster. */
const alertmanager: Handler = (_, response) =>
	void response
		.writeHead(200, { 'content-type': 'application/json' })
		.end(JSON.stringify({ versionInfo: { version: '0.33.1' } }));

/** What is printed of an Alertmanager with this certificate, reached so. */
async function printedOf(file: string, tls: Way['tls'], url?: string): Promise<string> {
	const served = url ?? (await serveSecurely(shown(file), alertmanager));
	const endpoint = { ...endpointOf('alertmanager', served), way: { env: {}, ...(tls === undefined ? {} : { tls }) } };
	const text = await printed(
		{ ...emptyWard(Date.now), endpoints: { alertmanager: endpoint } },
		plain(Number.MAX_SAFE_INTEGER).width,
	);
	return text
		.replaceAll(new URL(served).host, 'HOST')
		.replace(/answers in [\d.]+ ms/, 'answers in N ms')
		.replace(/on \d{4}-\d\d-\d\d/, 'on DATE');
}

describe('certificates', () => {
	test('their days are told, of the connection over which the questions went', async () => {
		expect(await printedOf('good', { ca: pem.path('ca.pem') })).toMatchInlineSnapshot(`
			"warn  Alertmanager at HOST: Alertmanager 0.33.1; answers in N ms; certificate good for less than a day; asks for no credentials; clock right

			What to do, worst first:
			  1. The certificate of Alertmanager at HOST expires in less than a day, on DATE. Have it renewed before connections fail.
			"
		`);
	});

	test('what is not checked is said', async () => {
		expect(await printedOf('self', { skipVerify: true })).toContain('certificate NOT CHECKED');
	});

	test('one that is not believed fails the backend, with the key that mends it', async () => {
		const text = await printedOf('other', { ca: pem.path('ca.pem') });
		expect(text).toMatch(/^FAIL {2}Alertmanager at HOST /);
		expect(text).toContain('The key is alertmanager.tls: smokejumper profile edit night.');
	});

	test('plain HTTP has none', async () => {
		const { url } = await serve(alertmanager);
		expect(await printedOf('good', undefined, url)).not.toContain('certificate');
	});
});

describe('a Grafana', () => {
	const now = () => demoNow;

	test('is looked at with all that stands behind it', async () => {
		const { url } = await serveGrafana({ now });
		const grafana = endpointOf('grafana', url, { Authorization: `Bearer ${token}` });
		const ward = { ...emptyWard(now), longest: 20_000, endpoints: { grafana } };
		const examined = await examineAll(ward, {});
		expect(
			examined.map(({ endpoint, dataSource = 'no data source', knocked: { failure, product } }) =>
				[endpoint.backend, dataSource, failure?.what ?? product?.name ?? 'nobody']
					.join(': ')
					.replace(/127[\d.:]+/, 'HOST'),
			),
		).toMatchInlineSnapshot(`
			[
			  "grafana: no data source: nobody",
			  "prometheus: Metrics: Prometheus",
			  "alertmanager: no data source: Alertmanager",
			  "loki: Logs: Loki",
			  "tempo: Traces: Tempo",
			]
		`);
	});

	test('that does not answer leaves alone who has a URL of its own', async () => {
		const { url } = await serve(alertmanager);
		const { url: page } = await serve(answers(502, 'Bad Gateway', 'text/plain'));
		const endpoints = { grafana: endpointOf('grafana', page), alertmanager: endpointOf('alertmanager', url) };
		const examined = await examineAll({ ...emptyWard(Date.now), endpoints }, {});
		expect(examined.map(({ endpoint, knocked }) => [endpoint.backend, knocked.failure?.kind])).toEqual([
			['alertmanager', undefined],
			['grafana', 'server'],
		]);
	});
});

describe('one connection as it is typed', () => {
	const look = (url: string, backend: 'alertmanager' | 'loki' = 'alertmanager') =>
		checkConnection({
			backend,
			endpoint: endpointOf(backend, url),
			now: Date.now,
			signal: new AbortController().signal,
		});

	test('that is good', async () => {
		const { url } = await serve(alertmanager);
		expect(await look(url)).toEqual({
			state: 'good',
			words: 'Alertmanager 0.33.1',
			version: '0.33.1',
			roundTrip: expect.any(Number),
		});
	});

	test('that is another server', async () => {
		const { url, host } = await serve((request, response) =>
			request.url === '/api/v2/status' ? alertmanager(request, response) : void response.writeHead(404).end('no'),
		);
		expect(await look(url, 'loki')).toMatchObject({
			state: 'bad',
			words: `Loki at ${host} does not know /loki/api/v1/labels (404). Alertmanager 0.33.1 answers there, which is no Loki.`,
			next: 'Write its URL in profile night: alertmanager.url, and that of Loki in profile night: loki.url.',
		});
	});

	test('whose clock is wrong', async () => {
		const { url } = await serve((request, response) => {
			response.setHeader('date', new Date(Date.now() + 3_600_000).toUTCString());
			alertmanager(request, response);
		});
		expect(await look(url)).toMatchObject({ state: 'warning', next: expect.stringContaining('ahead of ours') });
	});
});
