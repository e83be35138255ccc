import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A log of one service, oldest first, over the half hour before `now`: JSON, logfmt and text as three loggers write it. */
export type Lines = { readonly at: readonly bigint[]; readonly text: readonly string[] };

const length = 30n * 60n * 1_000_000_000n;

export function makeLines(count: number, now: number): Lines {
	const first = BigInt(now) * 1_000_000n - length;
	const step = length / BigInt(count);
	return {
		at: Array.from({ length: count }, (_, index) => first + BigInt(index) * step),
		text: Array.from({ length: count }, (_, index) => lineOf(index)),
	};
}

const hex = (index: number): string => ((index * 2_654_435_761) % 4_294_967_296).toString(16).padStart(8, '0');

function lineOf(index: number): string {
	const trace = (hex(index) + hex(index + 1)).repeat(2);
	switch (index % 3) {
		case 0:
			return JSON.stringify({
				level: index % 51 === 0 ? 'error' : 'info',
				msg: index % 51 === 0 ? 'berth could not be held' : 'berth held',
				method: 'POST',
				path: `/berths/${index % 100}`,
				status: index % 51 === 0 ? 503 : 201,
				duration_ms: index % 700,
				trace_id: trace,
			});
		case 1:
			return `level=info msg="page served" route=/quays/${index % 40} dur=${index % 90}ms trace_id=${trace}`;
		default:
			return `2026-05-04 12:00:00,123 WARN [worker-${index % 9}] c.e.harbour.Tides : slow answer of ${index % 997} ms`;
	}
}

export type LinesServer = {
	readonly url: string;
	/** The paths of the answers with lines, in the order in which they were asked for. */
	readonly asked: readonly string[];
	/** Lines sent so far. */
	readonly sent: () => number;
	/** The index of the oldest line sent so far. */
	readonly oldest: () => number;
	close(): void;
};

const rowsOf = ({ at, text }: Lines): readonly string[] =>
	text.map((line, index) => `["${at[index]}",${JSON.stringify(line)},{}]`);

/** Answers as Loki gives them for these lines, newest first, a page of so many after the other. */
export function answersOf(lines: Lines, limit: number): readonly string[] {
	const rows = rowsOf(lines).toReversed();
	return Array.from({ length: Math.ceil(rows.length / limit) }, (_, index) => {
		const values = rows.slice(index * limit, (index + 1) * limit);
		return resultOf('streams', `[{"stream":${stream},"values":[${values.join(',')}]}]`);
	});
}

/** Answers as Loki does for these lines, whatever the selector; with lines after `serviceTime` milliseconds each. */
export async function serveLines(lines: Lines, serviceTime = 0): Promise<LinesServer> {
	const rows = rowsOf(lines);
	const asked: string[] = [];
	let sent = 0;
	let oldest = lines.text.length;
	const answerTo = (url: URL): string => {
		if (!url.pathname.endsWith('/query_range')) return otherAnswer(url.pathname);
		if (url.searchParams.get('query')?.includes('count_over_time')) return resultOf('matrix', '[]');
		asked.push(`${url.pathname}${url.search}`);
		const { json, count, first } = page(lines.at, rows, url.searchParams);
		sent += count;
		oldest = Math.min(oldest, first);
		return json;
	};
	const server = createServer((request, response) => reply(request, response, { answerTo, serviceTime }));
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		asked,
		sent: () => sent,
		oldest: () => oldest,
		close: () => server.close(),
	};
}

type Answering = { readonly answerTo: (url: URL) => string; readonly serviceTime: number };

function reply(request: IncomingMessage, response: ServerResponse, { answerTo, serviceTime }: Answering): void {
	const url = new URL(request.url ?? '/', 'http://localhost');
	const send = () => {
		response.setHeader('content-type', 'application/json; charset=UTF-8');
		response.end(answerTo(url));
	};
	if (serviceTime > 0 && url.pathname.endsWith('/query_range')) setTimeout(send, serviceTime);
	else send();
}

const stream = '{"service_name":"pier","pod":"pier-7d9f"}';

function otherAnswer(path: string): string {
	if (path.endsWith('/series')) return `{"status":"success","data":[${stream}]}`;
	if (path.endsWith('/index/stats')) return '{"streams":1,"chunks":1,"bytes":20000000,"entries":100000}';
	return '{"status":"success","data":["service_name","pod"]}';
}

const resultOf = (type: string, result: string): string =>
	`{"status":"success","data":{"resultType":"${type}","result":${result},"encodingFlags":["categorize-labels"],"stats":{}}}`;

function page(at: readonly bigint[], rows: readonly string[], asked: URLSearchParams) {
	const from = lowest(at, BigInt(asked.get('start') ?? 0));
	const to = lowest(at, BigInt(asked.get('end') ?? 0));
	const limit = Number(asked.get('limit'));
	const isForward = asked.get('direction') === 'forward';
	const first = isForward ? from : Math.max(from, to - limit);
	const values = rows.slice(first, isForward ? Math.min(to, from + limit) : to);
	if (!isForward) values.reverse();
	const streams = values.length === 0 ? '[]' : `[{"stream":${stream},"values":[${values.join(',')}]}]`;
	return { json: resultOf('streams', streams), count: values.length, first };
}

/** The first index at this instant or after it. */
function lowest(at: readonly bigint[], instant: bigint): number {
	let [low, high] = [0, at.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((at[middle] ?? 0n) < instant) low = middle + 1;
		else high = middle;
	}
	return low;
}
