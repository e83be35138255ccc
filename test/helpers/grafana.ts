import type { IncomingMessage, ServerResponse } from 'node:http';
import { createDemoServers } from '../../src/demo/dispatcher.ts';
import type { DemoReply } from '../../src/demo/route.ts';
import type { Milliseconds } from '../../src/model/time.ts';
import { serve } from './loopback.ts';

export type GrafanaOptions = {
	readonly now: () => Milliseconds;
	readonly dataSources?: readonly DataSource[];
	/** Viewers may not list data sources; they read the settings. */
	readonly viewer?: boolean;
	/** `forbidden`, or what Grafana evaluates itself, as `/api/prometheus/grafana/api/v1/rules` tells it. */
	readonly rules?: unknown;
};

type DataSource = {
	readonly uid: string;
	readonly name: string;
	readonly type: string;
	readonly isDefault?: boolean;
	/** What `/api/datasources/uid/UID` tells besides. */
	readonly detail?: object;
};

export const token = 'glsa_of-the-test';

import { replyOf } from './demo-reply.ts';
/** One of each, and a second Prometheus. */
export const dataSources: readonly DataSource[] = [
	{ uid: 'p-old', name: 'Ancient metrics', type: 'prometheus' },
	{ uid: 'p-new', name: 'Metrics', type: 'prometheus', isDefault: true },
	{ uid: 'l1', name: 'Logs', type: 'loki' },
	{ uid: 't1', name: 'Traces', type: 'tempo' },
	{ uid: 'x1', name: 'Sales', type: 'postgres' },
];

/** POSTs that Grafana lets through to a Prometheus; others are refused before it is asked. */
const allowedPosts = /^\/api\/v1\/(?:query|query_range|series|labels|query_exemplars)$/;

/**
 * Grafana on loopback below `/grafana`: its own API for what smokejumper asks of it, and its proxy before the demo's servers.
 * `asked` lists the paths in the order in which they came.
 */
export async function serveGrafana(options: GrafanaOptions) {
	const demo = createDemoServers(options);
	const asked: string[] = [];
	const { url } = await serve(async (request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? '', 'http://any');
		const path = pathname.replace(/^\/grafana/, '');
		asked.push(path);
		const body = await textOf(request);
		if (request.headers.authorization !== `Bearer ${token}`) return send(response, unauthorized);
		const proxied = behind(path, options.dataSources ?? dataSources);
		if (proxied === undefined) return send(response, ownAnswer(path, options));
		if (request.method === 'POST' && proxied.server === 'prometheus' && !allowedPosts.test(proxied.path)) {
			return send(response, notAllowed);
		}
		const form = new URLSearchParams(request.headers['content-type']?.includes('form') ? body : '');
		const answer = demo(`http://${proxied.server}.demo`, {
			method: request.method ?? 'GET',
			path: proxied.path,
			parameters: new URLSearchParams([...searchParams, ...form]),
			headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
			body,
		});
		return pass(response, answer === undefined ? undefined : replyOf(answer));
	});
	return { url: `${url}/grafana`, asked };
}

/** The demo's server that a path leads to, and the path there. */
function behind(path: string, known: readonly DataSource[]): { server: string; path: string } | undefined {
	const own = /^\/api\/alertmanager\/grafana(\/.*)$/.exec(path);
	if (own !== null) return { server: 'alertmanager', path: own[1] ?? '' };
	const [, uid, rest = ''] = /^\/api\/datasources\/proxy\/uid\/([^/]+)(\/.*)$/.exec(path) ?? [];
	const source = known.find(each => each.uid === uid);
	return source === undefined ? undefined : { server: source.type, path: rest };
}

type Own = readonly [status: number, json: unknown];

const unauthorized: Own = [401, { message: 'Unauthorized' }];
const notAllowed: Own = [403, { message: 'non allow-listed POSTs not allowed on proxied Prometheus datasource' }];

function ownAnswer(path: string, { dataSources: all = dataSources, viewer, rules }: GrafanaOptions): Own {
	switch (path) {
		case '/api/datasources':
			return viewer === true ? [403, { message: 'You need permission: datasources:read' }] : [200, all];
		case '/api/frontend/settings':
			return [
				200,
				{
					defaultDatasource: all.find(({ isDefault }) => isDefault)?.name,
					datasources: {
						...Object.fromEntries(all.map(({ name, uid, type }) => [name, { uid, type }])),
						'-- Mixed --': { uid: '-- Mixed --', type: 'datasource' },
					},
				},
			];
		case '/api/prometheus/grafana/api/v1/rules':
			if (rules === 'forbidden') return [403, { message: 'You need permission: alert.rules:read' }];
			return [200, rules ?? { status: 'success', data: { groups: [] } }];
		default:
			return detailAt(path, all);
	}
}

function detailAt(path: string, all: readonly DataSource[]): Own {
	const source = all.find(({ uid }) => path === `/api/datasources/uid/${uid}`);
	return source === undefined ? [404, { message: 'Not found' }] : [200, { ...source, ...source.detail }];
}

const send = (response: ServerResponse, [status, json]: Own): unknown =>
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));

const pass = (response: ServerResponse, reply: DemoReply | undefined): unknown =>
	reply === undefined
		? send(response, [502, { message: 'Bad gateway' }])
		: response
				.writeHead(reply.status, reply.contentType === undefined ? {} : { 'content-type': reply.contentType })
				.end(reply.body);

async function textOf(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of request) text += chunk;
	return text;
}
