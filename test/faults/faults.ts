import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Fault, Message, WholeAnswer } from './fault-proxy.ts';
import { sendWhole } from './fault-proxy.ts';

/** The connection is cut before there is any answer, after its head, or after so much of its body. */
export const resetsBeforeHeaders: Fault = ({ request }) => {
	request.socket.destroy();
};

export const resetsAfterHeaders: Fault = async message => {
	begin(message.response, await message.whole());
	await written(message.response, Buffer.alloc(0));
	message.request.socket.destroy();
};

export const truncates =
	(share = 0.5): Fault =>
	async message => {
		const whole = await message.whole();
		begin(message.response, whole);
		await written(message.response, whole.body.subarray(0, Math.floor(whole.body.length * share)));
		message.request.socket.destroy();
	};

/** Nothing comes any more, and the connection stays: before the head, or after so many bytes of the body. */
export const stallsBeforeHeaders: Fault = () => {};

export const stallsAt =
	(byte: number): Fault =>
	async message => {
		const whole = await message.whole();
		begin(message.response, whole);
		await written(message.response, whole.body.subarray(0, Math.min(byte, whole.body.length - 1)));
	};

/** A byte every so many milliseconds, and never the last one. */
export const trickles =
	(every = 5): Fault =>
	async ({ response, whole }) => {
		const answer = await whole();
		begin(response, answer);
		let at = 0;
		const timer = setInterval(() => {
			if (at < answer.body.length - 1) response.write(answer.body.subarray(at, at + 1));
			at += 1;
		}, every);
		response.on('close', () => clearInterval(timer));
	};

/** Another body than the right one, with the right status and type. */
const rewrites =
	(change: (body: Buffer, answer: WholeAnswer) => Buffer): Fault =>
	async ({ response, whole }) => {
		const answer = await whole();
		sendWhole(response, { ...answer, body: change(answer.body, answer) });
	};

/** The middle is not JSON. */
export const corruptsJson = rewrites(body => {
	const middle = Math.floor(body.length / 2);
	return Buffer.concat([body.subarray(0, middle), Buffer.from('\u0000}{'), body.subarray(middle)]);
});

/** An answer that ends as HTTP has it, and in the middle as JSON has it. */
export const cutsJson = rewrites(body => body.subarray(0, Math.max(1, Math.floor(body.length / 2))));

export const answers =
	(status: number, body = '', headers: Readonly<Record<string, string>> = { 'content-type': 'text/plain' }): Fault =>
	({ response }) =>
		sendWhole(response, { status, headers, body: Buffer.from(body) });

export const answersNothing: Fault = ({ response }) => {
	response.writeHead(204).end();
};

export const loginPage =
	'<!doctype html><html><head><title>Sign in</title></head><body><form>who are you</form></body></html>';

/** The right answer under a wrong name. */
export const namesType =
	(type: string): Fault =>
	async ({ response, whole }) => {
		const answer = await whole();
		sendWhole(response, { ...answer, headers: { ...answer.headers, 'content-type': type } });
	};

/** `host`: another one, or this one when absent. */
export const redirects =
	(host?: string): Fault =>
	({ request, response }) => {
		const location = host === undefined ? '/login?next=here' : `https://${host}/login?state=t0ken`;
		sendWhole(response, {
			status: 302,
			headers: { location: encodeURI(location) },
			body: Buffer.from(request.url ?? ''),
		});
	};

const withCoding = (answer: WholeAnswer, coding: string, body: Buffer): WholeAnswer => ({
	...answer,
	headers: { ...answer.headers, 'content-encoding': coding },
	body,
});

/** Says gzip, and is not. */
export const liesAboutGzip: Fault = async ({ response, whole }) => {
	const answer = await whole();
	sendWhole(response, withCoding(answer, 'gzip', answer.body));
};

/** Is gzip, and does not say so. */
export const hidesGzip = rewrites(body => gzipSync(body));

/** Gzip that ends in its middle. */
export const cutsGzip: Fault = async ({ response, whole }) => {
	const answer = await whole();
	const packed = gzipSync(answer.body);
	sendWhole(response, withCoding(answer, 'gzip', packed.subarray(0, Math.floor(packed.length / 2))));
};

const piece = Buffer.alloc(64 * 1024, '[0],');

/** An answer of so many bytes, of which no more than a piece is ever held. */
export const answersHugely =
	(bytes: number): Fault =>
	async ({ response }) => {
		response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes });
		for (let sent = 0; sent < bytes && !response.destroyed; sent += piece.length) {
			await written(response, piece.subarray(0, Math.min(piece.length, bytes - sent)));
		}
		response.end();
	};

/** A small answer that unpacks to so many bytes: members of gzip one after the other (RFC 1952 §2.2). */
export const answersWithBomb =
	(bytes: number): Fault =>
	async ({ response }) => {
		const member = 2 ** 20;
		const packed = gzipSync(Buffer.alloc(member, ' '));
		response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
		for (let sent = 0; sent < bytes && !response.destroyed; sent += member) await written(response, packed);
		response.end();
	};

/** The right answer, by a clock that is so many milliseconds ahead of `now`. */
export const hasClock =
	(ahead: number, now: () => number): Fault =>
	async ({ response, whole }) => {
		const answer = await whole();
		const date = new Date(now() + ahead).toUTCString();
		sendWhole(response, { ...answer, headers: { ...answer.headers, date } });
	};

/** The right answer with every list of series, streams, alerts or batches told twice, or from its end. */
export const duplicatesSeries = rewrites(body => inLists(body, list => [...list, ...list]));
export const reordersSeries = rewrites(body => inLists(body, list => list.toReversed()));

/** Keys under which the four APIs list what has no order of its own. */
const unordered = new Set(['result', 'resourceSpans', 'batches', 'scopeSpans', 'spans', 'traces', 'groups', 'data']);

function inLists(body: Buffer, change: (list: readonly unknown[]) => readonly unknown[]): Buffer {
	const walk = (value: unknown, key: string): unknown => {
		if (Array.isArray(value)) {
			const items = value.map(item => walk(item, ''));
			return key === '' || !unordered.has(key) ? items : change(items);
		}
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner, name)]));
	};
	try {
		// A list that is the whole answer is that of alerts or silences.
		return Buffer.from(JSON.stringify(walk(JSON.parse(body.toString()), 'data')));
	} catch {
		return body;
	}
}

function begin(response: ServerResponse, { status, headers, body }: WholeAnswer): void {
	response.writeHead(status, { ...headers, 'content-length': body.length });
	response.flushHeaders();
}

/** Resolves when the bytes have left this program, or whoever asked is gone. */
const written = (response: Message['response'], bytes: Buffer): Promise<void> =>
	new Promise(resolve => {
		if (response.destroyed) return resolve();
		response.once('close', resolve);
		response.write(bytes, () => {
			response.off('close', resolve);
			resolve();
		});
	});

/** The right answer but for what `change` makes of its JSON, where the path of the question matches. */
export const retells =
	(path: RegExp, change: (json: Readonly<Record<string, unknown>>) => unknown): Fault =>
	async ({ request, response, whole }) => {
		const answer = await whole();
		if (!path.test(decodeURIComponent(request.url ?? ''))) return sendWhole(response, answer);
		const changed = change(JSON.parse(answer.body.toString()));
		sendWhole(response, { ...answer, body: Buffer.from(JSON.stringify(changed)) });
	};

/** Fails where the path of the question matches, and nowhere else. */
export const failsAt =
	(path: RegExp, status = 500): Fault =>
	async ({ request, response, whole }) => {
		const fails = path.test(decodeURIComponent(request.url ?? ''));
		sendWhole(response, fails ? { status, headers: {}, body: Buffer.from('out of memory') } : await whole());
	};
