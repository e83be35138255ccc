import { readdirSync, readFileSync } from 'node:fs';
import { type Dispatcher, MockAgent } from 'undici';
import { type Asking, createHttp, type Http } from '../../src/backends/http.ts';
import type { QueryRecord } from '../../src/model/answer.ts';
import { type BackendName, failureOf, sentenceOf } from '../../src/model/failure.ts';

const recordings = new URL('../recordings/', import.meta.url);

/** One question to a real server, and what it answered. */
export type Recording = {
	readonly request: {
		readonly method: string;
		readonly path: string;
		readonly query: Readonly<Record<string, string | number>>;
	};
	readonly response: Reply;
};

/** A body is `json` or `text`; an absent content type means that the server named none. */
export type Reply = {
	readonly status: number;
	readonly contentType?: string | null;
	readonly headers?: Readonly<Record<string, string>>;
	readonly json?: unknown;
	readonly text?: string;
};

/** What a client asked, with its parameters wherever they travelled. */
export type Asked = {
	readonly method: string;
	/** Without the query string. */
	readonly path: string;
	readonly parameters: URLSearchParams;
	readonly headers: Readonly<Record<string, string>>;
};

/** `recordingsIn('prometheus-3.5.3')`: the names of its files without `.json`. */
export const recordingsIn = (folder: string): readonly string[] =>
	readdirSync(new URL(`${folder}/`, recordings))
		.filter(file => file.endsWith('.json'))
		.map(file => file.slice(0, -'.json'.length))
		.sort();

/** `recordingOf('prometheus-3.5.3/rules')`. */
export const recordingOf = (name: string): Recording =>
	JSON.parse(readFileSync(new URL(`${name}.json`, recordings), 'utf8'));

/** A dispatcher that answers from a function and notes what it was asked; no socket is opened. */
export function answering(answer: (asked: Asked) => Reply): {
	readonly dispatcher: Dispatcher;
	readonly asked: readonly Asked[];
} {
	const asked: Asked[] = [];
	const agent = new MockAgent();
	agent.disableNetConnect();
	agent
		.get(origin)
		.intercept({ path: () => true, method: () => true })
		.reply(({ method, path, headers, body }) => {
			const [plain = '', search = ''] = path.split('?');
			const parameters = new URLSearchParams([search, String(body ?? '')].filter(Boolean).join('&'));
			const question = { method, path: plain, parameters, headers: { ...headers } as Record<string, string> };
			asked.push(question);
			const { status, contentType, json, text = '', ...more } = answer(question);
			return {
				statusCode: status,
				data: json === undefined ? text : JSON.stringify(json),
				responseOptions: { headers: { ...(contentType ? { 'content-type': contentType } : {}), ...more.headers } },
			};
		})
		.persist();
	return { dispatcher: agent, asked };
}

/** Answers every question with one recording, and anything on another path with Go's own 404. */
export function replaying(name: string): ReturnType<typeof answering> {
	const { request, response } = recordingOf(name);
	return answering(({ path }) =>
		path === request.path ? response : { status: 404, contentType: 'text/plain', text: '404 page not found\n' },
	);
}

const origin = 'http://backend.example:9090';

/** A backend's door over a dispatcher that `answering` or `replaying` made. It retries without a pause. */
export const httpOver = (backend: BackendName, dispatcher: Dispatcher): Http =>
	createHttp(
		{ backend, url: origin, origin: `--${backend}-url`, authorize: async () => ({}) },
		{ dispatcher, now: () => 0, random: () => 0, sleep: async () => undefined },
	);

/** Somebody who asks, and keeps the evidence. */
export type KeptAsking = Asking & { readonly records: readonly QueryRecord[] };

export function askingNow(signal: AbortSignal = new AbortController().signal): KeptAsking {
	const records: QueryRecord[] = [];
	return { signal, record: query => void records.push(query), records };
}

/** Asks over a door and draws the answer in a few lines. */
export type Question = (http: Http, asking: Asking) => Promise<string>;

/** What a client makes of a recording: its drawing, or the failure in one line; the last line is the evidence. */
export async function outcomeOf(backend: BackendName, recording: string, question: Question): Promise<string[]> {
	const asking = askingNow();
	const drawing = await question(httpOver(backend, replaying(recording).dispatcher), asking).catch(failureLine);
	const [record] = asking.records;
	const cost = record?.cost === undefined ? '' : `, ${record.cost}`;
	return [...drawing.split('\n'), `[${record?.method} ${record?.outcome}${cost}]`];
}

/** `bad-query at 1:10: Prometheus at …`. */
export function failureLine(thrown: unknown): string {
	const failure = failureOf(thrown);
	const at = failure.position === undefined ? '' : ` at ${failure.position.line}:${failure.position.column}`;
	return `${failure.kind}${at}: ${sentenceOf(failure)}`;
}
