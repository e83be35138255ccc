import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { times } from './keys.ts';
import { largeTraceJson } from './large-trace.ts';
import { median } from './median.ts';
import { shownBy } from './shown.ts';
import { pause, type Running, run } from './terminal.ts';

/** What it costs to open a trace and to look round in it. Times in milliseconds. */
export type Opening = {
	readonly megabytes: number;
	/** From the last byte of the answer to the first frame with the trace on it. */
	readonly opened: number;
	/** How long its main thread was at work in that time, whatever else ran on the machine; absent where the system does not say. */
	readonly worked?: number;
	/** `JSON.parse` of the same text here, in one go. */
	readonly parse: number;
	/** The longest that a key waited for what it shows while the trace was read; absent when it was over before a key. */
	readonly wait?: number;
	/** Medians, until the last byte of the frame is written. */
	readonly move: number;
	readonly zoom: number;
	readonly fold: number;
	/** Resident memory in MB, with the trace open. */
	readonly memory: number;
};

const runs = 3;
const moves = 16;
const traceId = '73c80000000000000000000000000001';
/** The server begins to answer after this, so that the program has long started. */
const answersAfter = 1500;

/** Opens the trace in the program a few times: medians of the openings, the longest of the waits. */
export async function measureOpening(program: string, folder: string, spans: number): Promise<Opening> {
	const text = largeTraceJson(spans);
	const server = await serveTrace(text);
	const home = join(folder, 'home');
	mkdirSync(home, { recursive: true });
	const start = () =>
		run(process.execPath, [program, '--tempo-url', server.url, 'trace', traceId], {
			HOME: home,
			SMOKEJUMPER_CONFIG_DIR: home,
		});
	const openings: Opened[] = [];
	const parse: number[] = [];
	const waits: number[] = [];
	for (let turn = 0; turn < runs; turn++) {
		parse.push(parseTime(text));
		const looker = start();
		openings.push(await timeToOpen(looker, spans, server.sent()));
		looker.kill();
		const presser = start();
		waits.push(...(await waitsWhileOpening(presser, server.sent())));
		presser.kill();
	}
	const running = start();
	await timeToOpen(running, spans, server.sent());
	const looking = await measureLooking(running);
	running.kill();
	server.close();
	const wait = waits.length === 0 ? {} : { wait: Math.max(...waits) };
	const worked = openings.flatMap(each => each.worked ?? []);
	return {
		megabytes: text.length / 1e6,
		opened: median(openings.map(each => each.opened)),
		...(worked.length === 0 ? {} : { worked: median(worked) }),
		parse: median(parse),
		...wait,
		...looking,
	};
}

function parseTime(text: string): number {
	const began = performance.now();
	JSON.parse(text);
	return performance.now() - began;
}

type Opened = Pick<Opening, 'opened' | 'worked'>;

async function timeToOpen(running: Running, spans: number, sent: Promise<number>): Promise<Opened> {
	const shown = await shownBy(running);
	const last = await sent;
	const before = workOf(running);
	const { at } = await shown.sees(new RegExp(`(?<![\\d,])${spans} spans  `));
	const opened = at - last;
	shown.close();
	const after = workOf(running);
	return before === undefined || after === undefined ? { opened } : { opened, worked: after - before };
}

/** Milliseconds for which the main thread of a process has been at work, as Linux counts them. */
function workOf({ pid }: Running): number | undefined {
	const file = `/proc/${pid}/schedstat`;
	return existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6 : undefined;
}

/** How often a key is pressed while the trace is read. */
const pressEvery = 30;

/** Opens and closes the list of keys until the trace is there: how long each time until the list was. */
async function waitsWhileOpening(running: Running, sent: Promise<number>): Promise<readonly number[]> {
	const shown = await shownBy(running);
	await sent;
	const waits: number[] = [];
	for (;;) {
		running.press('?');
		const { took } = await shown.sees(keysOfScreen);
		running.press('?');
		await pause(pressEvery);
		if (shown.finds(/\d spans {2}/) !== undefined) break;
		waits.push(took);
	}
	shown.close();
	return waits;
}

/** What only the list of keys says. */
const keysOfScreen = /^Everywhere/;

/** From the span that is selected when the trace opens, which is its culprit, deep in it. */
async function measureLooking(running: Running): Promise<Pick<Opening, 'move' | 'zoom' | 'fold' | 'memory'>> {
	await running.settles(500);
	const paint = await paintsOf(running);
	const move = await medianOf(times(moves / 2, 'k', 'j'), paint);
	await paint('k');
	const zooms: number[] = [];
	for (let turn = 0; turn < moves; turn++) {
		zooms.push(await paint('\r'));
		// Escape alone is told from the beginning of a longer key by waiting, which is no part of the paint.
		await paint('\x1b');
	}
	const fold = await medianOf(times(moves, 'Z'), paint);
	const kilobytes = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(running.pid)]));
	return { move, zoom: median(zooms), fold, memory: Math.round(kilobytes / 1024) };
}

async function medianOf(keys: readonly string[], paint: (key: string) => Promise<number>): Promise<number> {
	const took: number[] = [];
	for (const key of keys) took.push(await paint(key));
	return median(took);
}

/** How long nothing is written once a frame is. */
const quiet = 60;
const patience = 5000;

/** Presses a key that paints something: milliseconds until the last byte of it. */
async function paintsOf(running: Running): Promise<(key: string) => Promise<number>> {
	let last = 0;
	running.hears(() => {
		last = performance.now();
	});
	return async key => {
		const pressed = performance.now();
		running.press(key);
		while (last < pressed || performance.now() - last < quiet) {
			if (performance.now() - pressed > patience) throw new Error(`Nothing was painted for ${JSON.stringify(key)}.`);
			await pause(1);
		}
		return last - pressed;
	};
}

/** Answers every question for a trace with this one. */
async function serveTrace(text: string) {
	const body = Buffer.from(text);
	let onSent: (at: number) => void = () => undefined;
	const server = createServer((request, response) => {
		const isTrace = request.url?.startsWith('/api/v2/traces/') ?? false;
		response.statusCode = isTrace ? 200 : 404;
		response.setHeader('content-type', 'application/json');
		if (!isTrace) response.end('{}');
		else setTimeout(() => response.end(body, () => onSent(performance.now())), answersAfter);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		/** When the last byte of the next answer was handed over. */
		sent: () =>
			new Promise<number>(resolve => {
				onSent = resolve;
			}),
		close: () => server.close(),
	};
}
