import { readdirSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { WebSocket } from 'undici';

/** What a running program holds. Sizes in bytes, after a full collection of garbage. */
export type Holding = {
	/** Objects, strings and code. */
	readonly heap: number;
	/** Buffers, typed arrays, WebAssembly: outside the heap, but held by it. */
	readonly external: number;
	/** What the operating system has given it. */
	readonly resident: number;
	readonly timers: number;
	/** Whatever else keeps the event loop alive: terminals, sockets, requests under way. */
	readonly handles: number;
	/** Listeners on the process and its streams. */
	readonly listeners: number;
	/** Open files of the process, and how many of them are sockets; absent where the system does not tell (no `/proc`). */
	readonly files?: number;
	readonly sockets?: number;
	/** Milliseconds of processor time since its start. */
	readonly worked: number;
};

export type Probe = {
	readonly holds: () => Promise<Holding>;
	/** Calls with each piece of a heap snapshot, as the tools of Chromium read it. */
	readonly snapshot: (take: (piece: string) => void) => Promise<void>;
	readonly close: () => void;
};

/** Evaluated in the program. The collector runs first, by a call of its own. */
const expression = `(() => {
	const { heapUsed, external, rss } = process.memoryUsage();
	const { user, system } = process.cpuUsage();
	const resources = process.getActiveResourcesInfo();
	const timers = resources.filter(name => name === 'Timeout').length;
	const listenersOf = emitter => emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0);
	const listeners = [process, process.stdin, process.stdout].reduce((sum, each) => sum + listenersOf(each), 0);
	const passing = resources.filter(name => name === 'Immediate').length;
	return JSON.stringify({
		heap: heapUsed, external, resident: rss, timers, handles: resources.length - timers - passing, listeners,
		worked: (user + system) / 1000,
	});
})()`;

/** A port of this machine on which nobody listens. */
export const freePort = (): Promise<number> =>
	new Promise((resolve, reject) => {
		const server = createServer().once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
		});
	});

/** Options with which Node lets itself be looked into, and says nothing of it on the terminal. */
export const probed = (port: number): readonly string[] => [
	`--inspect=127.0.0.1:${port}`,
	'--inspect-publish-uid=http',
];

/** Looks into a program that Node runs with the options of `probed` (https://nodejs.org/api/inspector.html). */
export async function openProbe(port: number, pid: number): Promise<Probe> {
	const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
	const [target] = (await answer.json()) as readonly { readonly webSocketDebuggerUrl: string }[];
	if (target === undefined) throw new Error('The program cannot be looked into.');
	const socket = new WebSocket(target.webSocketDebuggerUrl);
	const waiting = new Map<number, { resolve(result: Result): void; reject(error: Error): void }>();
	let take: (piece: string) => void = () => {};
	socket.addEventListener('message', ({ data }) => {
		const message = JSON.parse(String(data)) as Message;
		if (message.method === 'HeapProfiler.addHeapSnapshotChunk') take(message.params.chunk);
		if (!('id' in message)) return;
		waiting.get(message.id)?.resolve(message.result ?? {});
		waiting.delete(message.id);
	});
	socket.addEventListener('close', () => {
		for (const { reject } of waiting.values()) reject(new Error('The program has ended.'));
	});
	await new Promise<void>((resolve, reject) => {
		socket.addEventListener('open', () => resolve());
		socket.addEventListener('error', () => reject(new Error('The program cannot be looked into.')));
	});
	let last = 0;
	const ask = (method: string, params: object = {}): Promise<Result> =>
		new Promise((resolve, reject) => {
			const id = ++last;
			waiting.set(id, { resolve, reject });
			socket.send(JSON.stringify({ id, method, params }));
		});
	return {
		async holds() {
			await ask('HeapProfiler.collectGarbage');
			const { result } = await ask('Runtime.evaluate', { expression, returnByValue: true });
			return { ...(JSON.parse(result?.value ?? '') as Holding), ...filesOf(pid) };
		},
		async snapshot(taker) {
			take = taker;
			await ask('HeapProfiler.takeHeapSnapshot');
		},
		close: () => socket.close(),
	};
}

type Result = { readonly result?: { readonly value: string } };

/** What comes of the protocol: an answer to a question, or a piece of a snapshot. */
type Message =
	| { readonly method?: never; readonly id: number; readonly result?: Result }
	| { readonly method: 'HeapProfiler.addHeapSnapshotChunk'; readonly params: { readonly chunk: string } };

function filesOf(pid: number): Pick<Holding, 'files' | 'sockets'> {
	const folder = `/proc/${pid}/fd`;
	try {
		const names = readdirSync(folder);
		return { files: names.length, sockets: names.filter(name => isSocket(join(folder, name))).length };
	} catch {
		return {};
	}
}

/** A file that was closed meanwhile is none. */
function isSocket(path: string): boolean {
	try {
		return readlinkSync(path).startsWith('socket:');
	} catch {
		return false;
	}
}
