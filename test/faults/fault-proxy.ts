import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a backend is asked. */
export type Question = {
	readonly method: string;
	/** With its query string. */
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
};

/** What a backend answers, whole; a `content-length` is not among the headers. */
export type WholeAnswer = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Buffer;
};

/** Whatever stands behind a proxy: a real server, or the demo's. */
export type Upstream = (question: Question) => Promise<WholeAnswer>;

/** One message that a fault may do with as it likes. `whole` asks the backend behind for what it would have answered. */
export type Message = {
	readonly request: IncomingMessage;
	readonly response: ServerResponse;
	readonly whole: () => Promise<WholeAnswer>;
};

/** What is done with a message in place of answering it; `refuses` stops listening instead. */
export type Fault = ((message: Message) => void | Promise<void>) | 'refuses';

export type FaultProxy = {
	readonly url: string;
	/** As sentences name it: `127.0.0.1:9090`. */
	readonly host: string;
	/** From now on messages fare so; those under way go on as they began. */
	readonly breaks: (fault: Fault) => Promise<void>;
	/** From now on messages are answered by the backend behind. */
	readonly mends: () => Promise<void>;
	/** From now on messages wait before anything is done with them, until `releases`. */
	readonly holds: () => Promise<void>;
	readonly releases: () => Promise<void>;
	/** Messages so far, and those of them that are under way: neither answered nor given up. */
	readonly asked: () => number;
	readonly open: () => number;
	readonly close: () => Promise<void>;
};

/** A server on a free port of 127.0.0.1 that stands before a backend and breaks what it says, as it is told. */
export async function openFaultProxy(upstream: Upstream): Promise<FaultProxy> {
	let fault: Fault | undefined;
	let gate: { readonly opened: Promise<void>; readonly open: () => void } | undefined;
	let [asked, open] = [0, 0];

	async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		asked += 1;
		open += 1;
		response.on('close', () => {
			open -= 1;
		});
		// The clock of an answer is that of the backend, or none.
		response.sendDate = false;
		// Whoever asks may go away in the middle of anything.
		response.on('error', () => undefined);
		const body = await textOf(request);
		await gate?.opened;
		if (response.destroyed) return;
		const { method = 'GET', url: path = '/', headers } = request;
		const whole = () => upstream({ method, path, headers, body });
		if (fault === undefined) sendWhole(response, await whole());
		else if (fault === 'refuses') response.destroy();
		else await fault({ request, response, whole });
	}

	const server = createServer((request, response) => {
		serve(request, response).catch(() => response.destroy());
	});
	const listen = (port: number) => new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
	await listen(0);
	const { port } = server.address() as AddressInfo;
	const host = `127.0.0.1:${port}`;

	/** Listens no longer while it refuses, but for messages that are to be held. */
	async function settle(): Promise<void> {
		const listens = fault !== 'refuses' || gate !== undefined;
		if (listens && !server.listening) await listen(port);
		if (listens || !server.listening) return;
		server.close();
		server.closeAllConnections();
	}

	function openGate(): void {
		gate?.open();
		gate = undefined;
	}

	return {
		url: `http://${host}`,
		host,
		breaks: next => {
			fault = next;
			return settle();
		},
		mends: () => {
			fault = undefined;
			return settle();
		},
		holds: () => {
			gate ??= createGate();
			return settle();
		},
		releases: () => {
			openGate();
			return settle();
		},
		asked: () => asked,
		open: () => open,
		close: async () => {
			openGate();
			server.closeAllConnections();
			await new Promise(resolve => server.close(resolve));
		},
	};
}

function createGate() {
	let open = () => {};
	const opened = new Promise<void>(resolve => {
		open = resolve;
	});
	return { opened, open };
}

export function sendWhole(response: ServerResponse, { status, headers, body }: WholeAnswer): void {
	response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
}

async function textOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks).toString();
}
