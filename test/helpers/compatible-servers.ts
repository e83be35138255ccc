import type { IncomingMessage } from 'node:http';
import { createHttp, type HttpOptions } from '../../src/backends/http.ts';
import { createPrometheus, type Prometheus } from '../../src/backends/prometheus/client.ts';
import type { Answer } from '../../src/model/answer.ts';
import { serve } from './loopback.ts';
import { failureLine } from './replay.ts';

/*
 * Servers that speak Prometheus' API, each with what its documentation says is different, on loopback:
 * https://grafana.com/docs/mimir/latest/references/http-api/, https://cortexmetrics.io/docs/api/,
 * https://thanos.io/tip/components/query.md/, https://docs.victoriametrics.com/victoriametrics/url-examples/.
 */

export type Reply = { readonly status: number; readonly json?: unknown; readonly text?: string };
export type Routes = Readonly<Record<string, Reply>>;
export type Server = (request: IncomingMessage, path: string) => Reply | undefined;

export const success = (data: unknown, more: object = {}): Reply => ({
	status: 200,
	json: { status: 'success', data, ...more },
});
export const refusal = (status: number, errorType: string, error: string): Reply => ({
	status,
	json: { status: 'error', errorType, error },
});

export const goNotFound: Reply = { status: 404, text: '404 page not found\n' };

/** What such a server says that it was built from. */
export const build = { branch: 'HEAD', goVersion: 'go1.26', revision: 'a1b2c3d' };

/** Everything is below a prefix, and nothing is told to somebody without a tenant. */
export const tenanted =
	(prefix: string, routes: Routes): Server =>
	({ headers }, path) => {
		if (!path.startsWith(`${prefix}/api/v1/`)) return goNotFound;
		if (headers['x-scope-orgid'] === undefined) return { status: 401, text: 'no org id\n' };
		return routes[path.slice(prefix.length)];
	};

export const plain =
	(routes: Routes): Server =>
	(_, path) =>
		routes[path];

export type Client = {
	readonly url: string;
	readonly host: string;
	readonly at: (path: string, tenant?: string) => Prometheus;
};

export async function running(server: Server): Promise<Client> {
	const { url, host } = await serve((request, response) => {
		const path = new URL(request.url ?? '/', 'http://server.example').pathname;
		const { status, json, text } = server(request, path) ?? goNotFound;
		response
			.writeHead(status, { 'content-type': json === undefined ? 'text/plain' : 'application/json' })
			.end(json === undefined ? text : JSON.stringify(json));
	});
	const options: HttpOptions = { now: () => 0, random: () => 0, sleep: async () => undefined };
	const at = (path: string, tenant?: string) =>
		createPrometheus(
			createHttp(
				{
					backend: 'prometheus',
					url: url + path,
					origin: 'profile prod-eu',
					authorize: async () => (tenant === undefined ? {} : { 'X-Scope-OrgID': tenant }),
				},
				options,
			),
		);
	return { url, host, at };
}

/** The values and the notes, or the failure in one line; `HOST` stands for the free port. */
export async function outcomeOf(question: Promise<Answer<unknown>>, { host }: Client): Promise<unknown> {
	return question.then(
		({ value, notes }) => [value, ...notes.map(({ kind, text }) => `${kind}: ${text}`)],
		thrown => failureLine(thrown).replaceAll(host, 'HOST'),
	);
}
