import { expect, test, vi } from 'vitest';
import { shownPlace } from '../../src/app/state.ts';
import { createHttp } from '../../src/backends/http.ts';
import { createLoki } from '../../src/backends/loki/client.ts';
import { demoNow, demoWorld } from '../helpers/demo.ts';
import { logRiver } from '../helpers/log-river.ts';
import { lineAt, logsOnly } from '../helpers/log-store.ts';
import { operate } from '../helpers/operator.tsx';
import { answers } from '../helpers/outage.ts';
import { type Caller, serveWebSocket, type WebSocketScene } from '../helpers/websocket-server.ts';

vi.setConfig({ testTimeout: 40_000 });

test('the demo has no stream, says so, and shows lines as they are written all the same', async () => {
	const began = performance.now();
	const world = demoWorld(() => demoNow + (performance.now() - began));
	const operator = operate({ ...world, at: 'logs --service concierge --since 15m' });
	await operator.sees('request done');
	operator.presses('l');
	await operator.sees('live tail, asked every 2 s  space pauses  Loki at loki.demo opened no');
	const newest = () => operator.frame().split('\n').at(-4)?.slice(1, 13) ?? '';
	const first = newest();
	await expect.poll(newest, { timeout: 8000 }).not.toBe(first);
	const last = operator.row();
	operator.presses('k');
	await expect.poll(operator.row).not.toBe(last);
	const stays = operator.row();
	await operator.sees(/\d+ new lines {2}G/);
	expect(operator.row()).toBe(stays);
	operator.presses('G');
	await operator.loses('new line');
	operator.presses('l');
	await operator.loses('live tail,');
	expect(shownPlace(operator.store.getState())).not.toHaveProperty('follow');
});

const noon = Date.UTC(2026, 4, 4, 12);
const pier = { service_name: 'pier' };
const lineOf = (text: string, at: number) => lineAt(noon + at, pier, `level=info msg=${text}`);

/** The logs of a Loki whose stream is a real websocket and whose answers are in memory. */
async function follower(scene: WebSocketScene = {}) {
	const server = await serveWebSocket(scene);
	const endpoint = { backend: 'loki', url: server.url, origin: 'profile night', authorize: async () => ({}) } as const;
	const now = () => noon + performance.now();
	const loki = createLoki(createHttp(endpoint, { now }));
	const river = logRiver([lineOf('backlog', -60_000)]);
	const sources = logsOnly({ ...river.source, tail: (...question) => loki.tail(...question) });
	const operator = operate({ sources, now, at: 'logs --service pier --follow' });
	const write = (caller: Caller, text: string, at: number) => {
		const line = lineOf(text, at);
		river.hide([line]);
		caller.send({ streams: [{ stream: line.labels, values: [[`${line.at}`, line.line]] }] });
	};
	return { server, river, operator, write };
}

test('a stream is shown, held while paused, lost and found again', async () => {
	const { server, river, operator, write } = await follower();
	const caller = await server.caller(0);
	await operator.sees(/✓ live tail {2}space pauses$/m);
	write(caller, 'first', 1000);
	await operator.sees('first');
	expect(operator.row()).toContain('first');
	operator.presses('space');
	for (const text of ['second', 'third', 'fourth']) write(caller, text, 2000);
	// The first one as well, where a query brought it to the screen before the stream did.
	await operator.sees(/paused, [34] of 10,000 held {2}space goes on/);
	expect(operator.frame()).not.toContain('second');
	operator.presses('space');
	await operator.sees('fourth');
	caller.close(1011, 'reached tail max duration limit');
	await operator.sees(/stream lost, again in \d s: Loki at .* ended the stream \(1011\)/);
	river.hide([lineOf('meanwhile', 3000)]);
	const again = await server.caller(1);
	await operator.sees('meanwhile');
	write(again, 'fifth', 4000);
	await operator.sees('fifth');
	expect(operator.frame()).toMatch(
		/fourth[\s\S]*── reconnected, 1 s without the stream; read again by query ─+\n[\s\S]*meanwhile[\s\S]*fifth/,
	);
	expect(operator.frame().match(/msg=|backlog|first|second|third|fourth|meanwhile|fifth/g)).toHaveLength(7);
	operator.presses('l');
	await again.closed;
	await expect.poll(server.open).toBe(0);
});

test('going elsewhere ends the stream, and coming back reads what was written meanwhile', async () => {
	const { server, river, operator } = await follower();
	await operator.sees(/✓ live tail {2}space pauses$/m);
	operator.presses(':').types('logs --service quay').presses('enter');
	await (await server.caller(0)).closed;
	river.hide([lineOf('meanwhile', 3000)]);
	operator.presses('escape');
	await operator.sees('meanwhile');
});

test('where a proxy refuses websockets the lines are asked for', async () => {
	const { river, operator } = await follower({
		refuse: () => answers(403, '<html><title>Forbidden</title></html>', 'text/html'),
	});
	await operator.sees('live tail, asked every 2 s  space pauses  Loki at');
	river.hide([lineOf('polled', 3000)]);
	await operator.sees('polled');
});
