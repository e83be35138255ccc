import { describe, expect, test } from 'vitest';
import { createAlertmanager } from '../../../src/backends/alertmanager/client.ts';
import { createHttp } from '../../../src/backends/http.ts';
import type { NewSilence } from '../../../src/model/silence.ts';
import { type Handler, serve } from '../../helpers/loopback.ts';
import { askingNow, failureLine, type KeptAsking, type Reply } from '../../helpers/replay.ts';

const silence: NewSilence = {
	matchers: [
		{ name: 'alertname', operator: '=', value: 'PierErrors' },
		{ name: 'instance', operator: '!=', value: 'quay-1' },
		{ name: 'route', operator: '=~', value: '/berths|/cranes' },
		{ name: 'zone', operator: '!~', value: 'b.*' },
	],
	startsAt: Date.UTC(2026, 4, 4, 12),
	endsAt: Date.UTC(2026, 4, 4, 12, 30),
	createdBy: 'mira',
	comment: 'crane is being mended',
};

type Arrival = { readonly line: string; readonly type: string | undefined; readonly body: string };

/** A server that notes what arrives, body and all, and answers as told. */
async function desk(answerTo: Handler, totalTimeout = 5000) {
	const arrived: Arrival[] = [];
	const { url, host } = await serve((request, response) => {
		let body = '';
		request.on('data', chunk => {
			body += chunk;
		});
		request.on('end', () => {
			arrived.push({ line: `${request.method} ${request.url}`, type: request.headers['content-type'], body });
			answerTo(request, response);
		});
	});
	const http = createHttp(
		{ backend: 'alertmanager', url: `${url}/alerts`, origin: 'profile night', authorize: async () => ({}) },
		{ now: () => 0, random: () => 0, sleep: async () => undefined, totalTimeout },
	);
	const asking: KeptAsking = askingNow();
	const client = createAlertmanager(http);
	const told = async (work: Promise<{ readonly value: unknown }>) =>
		(await work.then(({ value }) => `${value}`, failureLine)).replaceAll(host, 'HOST');
	return {
		arrived,
		asking,
		create: (signal = asking.signal) => told(client.createSilence(silence, { ...asking, signal })),
		expire: (id: string) => told(client.expireSilence(id, asking)),
	};
}

const replying =
	({ status, json, text = '' }: Reply): Handler =>
	(_, response) => {
		response.writeHead(status, json === undefined ? {} : { 'content-type': 'application/json' });
		response.end(json === undefined ? text : JSON.stringify(json));
	};

const unclear = 'It may have been made: look in the list (:silences) before you make it again.';

describe('a silence is made', () => {
	test('by one POST of JSON, and the evidence shows what was sent', async () => {
		const { create, arrived, asking } = await desk(replying({ status: 200, json: { silenceID: 'ab12' } }));
		expect(await create()).toBe('ab12');
		expect(arrived).toMatchObject([{ line: 'POST /alerts/api/v2/silences', type: 'application/json' }]);
		expect(JSON.parse(arrived[0]?.body ?? '')).toEqual({
			matchers: [
				{ name: 'alertname', value: 'PierErrors', isRegex: false, isEqual: true },
				{ name: 'instance', value: 'quay-1', isRegex: false, isEqual: false },
				{ name: 'route', value: '/berths|/cranes', isRegex: true, isEqual: true },
				{ name: 'zone', value: 'b.*', isRegex: true, isEqual: false },
			],
			startsAt: '2026-05-04T12:00:00.000Z',
			endsAt: '2026-05-04T12:30:00.000Z',
			createdBy: 'mira',
			comment: 'crane is being mended',
		});
		expect(asking.records).toMatchObject([{ method: 'POST', parameters: [], body: arrived[0]?.body, outcome: 200 }]);
	});

	test.each([201, 202])('and Grafana answers %i', async status => {
		expect(await (await desk(replying({ status, json: { silenceID: 'ab12' } }))).create()).toBe('ab12');
	});

	test.each([
		[
			400,
			{ json: 'bad silence: invalid label matcher' },
			'did not accept the silence (400). It said: bad silence: invalid label matcher. Mend it and try again.',
		],
		[401, {}, 'wants credentials, and was sent none (401). Set auth of alertmanager in profile night.'],
		[
			403,
			{ text: 'read only' },
			'does not allow this (403). It said: read only. Check what the credentials in profile night may write, and the tenant.',
		],
		[502, {}, `is behind a gateway that cannot reach it (502). ${unclear}`],
		[503, {}, `is not ready or overloaded (503). ${unclear}`],
		[504, {}, `did not answer its gateway in time (504). ${unclear}`],
		[200, { text: 'OK' }, `answered something that is not JSON (200). It said: OK. ${unclear}`],
		[
			200,
			{ json: {} },
			`answered JSON that is not what the API of Alertmanager says: silenceID is missing. ${unclear}`,
		],
	])('a refusal with %i is told, and nothing is posted again', async (status, reply, sentence) => {
		const { create, arrived } = await desk(replying({ status, ...reply }));
		expect(await create()).toContain(`Alertmanager at HOST ${sentence}`);
		expect(arrived).toHaveLength(1);
	});

	test('a connection that is closed after the POST was read: exactly one POST arrived, and it may have been made', async () => {
		const { create, arrived, asking } = await desk(request => request.socket.destroy());
		expect(await create()).toBe(`refused: Alertmanager at HOST closed the connection before it answered. ${unclear}`);
		expect(arrived).toHaveLength(1);
		expect(asking.records).toHaveLength(1);
	});

	test('a server that says nothing: the silence may have been made', async () => {
		const { create, arrived } = await desk(() => {}, 100);
		expect(await create()).toBe(`timeout: Alertmanager at HOST did not answer within 0.1 s. ${unclear}`);
		expect(arrived).toHaveLength(1);
	});

	test('a server that nobody reaches has made nothing', async () => {
		const http = createHttp(
			{ backend: 'alertmanager', url: 'http://127.0.0.1:9', origin: 'profile night', authorize: async () => ({}) },
			{ now: () => 0 },
		);
		const told = await createAlertmanager(http).createSilence(silence, askingNow()).catch(failureLine);
		expect(told).toContain('refused the connection. Check that Alertmanager runs');
	});
});

describe('a silence is ended', () => {
	test('with an empty answer, or with the message of Grafana', async () => {
		for (const reply of [{ status: 200 }, { status: 200, json: { message: 'silence deleted' } }]) {
			const { expire, arrived } = await desk(replying(reply));
			expect(await expire('a/b')).toBe('undefined');
			expect(arrived).toMatchObject([{ line: 'DELETE /alerts/api/v2/silence/a%2Fb', body: '' }]);
		}
	});

	test('again when the connection broke: twice ended is ended', async () => {
		let tries = 0;
		const { expire, arrived } = await desk((request, response) => {
			tries += 1;
			if (tries === 1) request.socket.destroy();
			else response.end();
		});
		expect(await expire('ab12')).toBe('undefined');
		expect(arrived).toHaveLength(2);
	});

	test('unless it is unknown, or the credentials may only read', async () => {
		expect(await (await desk(replying({ status: 404 }))).expire('ab12')).toBe(
			'not-found: Alertmanager at HOST does not know this silence (404). It may be gone for long: look in the list (:silences).',
		);
		const older = await desk(replying({ status: 500, json: 'silence not found' }));
		expect(await older.expire('ab12')).toContain('not-found: Alertmanager at HOST does not know this silence (500).');
		const broken = await desk(replying({ status: 500, json: 'disk is full' }));
		expect(await broken.expire('ab12')).toBe(
			'server: Alertmanager at HOST failed (500). It said: disk is full. It may have ended: look in the list (:silences), or try again.',
		);
		expect(await (await desk(replying({ status: 403 }))).expire('ab12')).toContain('may write, and the tenant.');
	});
});
