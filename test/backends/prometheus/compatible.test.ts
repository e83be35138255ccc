import { describe, expect, test } from 'vitest';
import type { Prometheus } from '../../../src/backends/prometheus/client.ts';
import {
	build,
	goNotFound,
	outcomeOf,
	plain,
	type Reply,
	type Routes,
	refusal,
	running,
	success,
	tenanted,
} from '../../helpers/compatible-servers.ts';
import { askingNow } from '../../helpers/replay.ts';

const oneSample = success({ resultType: 'vector', result: [{ metric: {}, value: [1, '7'] }] });
const noRules = success({ groups: [] });

const query = (client: Prometheus) => client.query('up', 1000, askingNow());
const seven = [{ labels: {}, at: 1000, value: 7 }];

describe.each([
	['Mimir', '/prometheus'],
	['Cortex', '/api/prom'],
])('%s', (name, prefix) => {
	const limit = 'the query hit the limit of 100000 series that one query may touch (err-mimir-max-series-per-query)';
	const routes: Routes = {
		'/api/v1/query': oneSample,
		'/api/v1/query_range': refusal(422, 'execution', limit),
		'/api/v1/rules': noRules,
		'/api/v1/status/buildinfo': success({
			...build,
			application: name,
			version: '3.1.0',
			features: { ruler_config_api: 'true' },
		}),
		'/api/v1/series': refusal(429, 'too_many_requests', 'too many outstanding requests'),
		'/api/v1/labels': refusal(413, 'too_large_entry', 'the labels take more room than one answer may have'),
	};

	test('below its prefix, with a tenant', async () => {
		const server = await running(tenanted(prefix, routes));
		expect(await outcomeOf(query(server.at(prefix, 'team-a')), server)).toEqual([seven]);
		expect(await outcomeOf(query(server.at(`${prefix}/`, 'team-a|team-b')), server)).toEqual([seven]);
	});

	test('no tenant, and no prefix', async () => {
		const server = await running(tenanted(prefix, routes));
		expect(await outcomeOf(query(server.at(prefix)), server)).toBe(
			'unauthorized: Prometheus at HOST wants to know the tenant (401). It said: no org id. Set the tenant (sent as X-Scope-OrgID) in profile prod-eu.',
		);
		expect(await outcomeOf(query(server.at('', 'team-a')), server)).toBe(
			'not-found: Prometheus at HOST does not know /api/v1/query (404). It said: 404 page not found. Check the URL and its path prefix in profile prod-eu.',
		);
	});

	test('a limit is not a mistake in the query', async () => {
		const server = await running(tenanted(prefix, routes));
		const client = server.at(prefix, 'team-a');
		const range = { from: 0, to: 60_000 };
		expect(await outcomeOf(client.queryRange('up', { ...range, step: 1000 }, askingNow()), server)).toBe(
			`too-large: Prometheus at HOST allows no query as large as this (422). It said: ${limit}. Narrow the window or the query.`,
		);
		expect(await outcomeOf(client.series(['up'], range, 5, askingNow()), server)).toBe(
			'rate-limited: Prometheus at HOST asks for fewer questions (429). It said: too many outstanding requests. Wait a moment, then press R.',
		);
		expect(await outcomeOf(client.labelNames([], range, askingNow()), server)).toBe(
			'too-large: Prometheus at HOST finds the question or its answer too large (413). It said: the labels take more room than one answer may have. Narrow the window or the query.',
		);
	});

	test('a ruler without rules has none', async () => {
		const server = await running(tenanted(prefix, routes));
		const client = server.at(prefix, 'team-a');
		expect(await outcomeOf(client.rules(askingNow()), server)).toEqual([[]]);
	});
});

describe('a gateway that does not reach what keeps the rules', () => {
	const away: Reply = { status: 502 };
	const isBuild = (path: string) => path.endsWith('/buildinfo');

	test.each([
		[
			'VictoriaMetrics without its vmalert',
			success({}),
			'server: Prometheus at HOST answers, but what keeps its rules does not (502). Press R to ask again; if it stays, check that vmalert runs where -vmalert.proxyURL says.',
		],
		[
			'Mimir without its ruler',
			success({ ...build, version: '3.1.0' }),
			'server: Prometheus at HOST answers, but what keeps its rules does not (502). Press R to ask again; if it stays, check that its ruler runs.',
		],
		[
			'nothing behind it at all',
			away,
			'server: Prometheus at HOST is behind a gateway that cannot reach it (502). Press R to ask again; if it stays, check that Prometheus runs.',
		],
	])('%s', async (_, info, said) => {
		const server = await running((_, path) => (isBuild(path) ? info : away));
		expect(await outcomeOf(server.at('').rules(askingNow()), server)).toBe(said);
	});
});

describe('Thanos', () => {
	const away = 'receive series from Addr: 10.0.0.7:10901: rpc error: code = Unavailable';

	test('a store that is away is told in the warnings of a whole answer', async () => {
		const routes = { '/api/v1/query': success({ resultType: 'vector', result: [] }, { warnings: [away] }) };
		const server = await running(plain(routes));
		expect(await outcomeOf(query(server.at('')), server)).toEqual([[], `partial: ${away}`]);
	});

	test('without a rule endpoint its rules are empty', async () => {
		const routes = {
			'/api/v1/rules': success({ groups: [] }, { warnings: ['no rule endpoint is connected'] }),
			'/api/v1/status/buildinfo': success({ ...build, version: '0.39.2' }),
		};
		const server = await running(plain(routes));
		expect(await outcomeOf(server.at('').rules(askingNow()), server)).toEqual([
			[],
			'partial: no rule endpoint is connected',
		]);
	});
});

describe('VictoriaMetrics', () => {
	const note =
		"partial: VictoriaMetrics shows no rules unless vmalert is behind it (-vmalert.proxyURL): pending alerts are missing, and limits come from the alerts' own links.";

	test.each([
		['an old release', {}],
		['a new release', { version: '2.24.0' }],
	])('%s has no rules of its own, and says so of the build by saying nothing', async (_, info) => {
		let asked = 0;
		const server = await running((_, path) => {
			if (path.endsWith('/buildinfo')) asked++;
			return { '/api/v1/rules': noRules, '/api/v1/status/buildinfo': success(info) }[path];
		});
		const client = server.at('');
		expect(await outcomeOf(client.rules(askingNow()), server)).toEqual([[], note]);
		expect(await outcomeOf(client.rules(askingNow()), server)).toEqual([[], note]);
		expect(asked).toBe(1);
	});

	test('what has no build information is something else; what did not answer is asked again', async () => {
		let info: Reply = goNotFound;
		let asked = 0;
		const server = await running((_, path) => {
			if (!path.endsWith('/buildinfo')) return noRules;
			asked++;
			return info;
		});
		const nameless = server.at('');
		await nameless.rules(askingNow());
		expect(await outcomeOf(nameless.rules(askingNow()), server)).toEqual([[]]);
		expect(asked).toBe(1);
		info = { status: 500 };
		const sick = server.at('');
		expect(await outcomeOf(sick.rules(askingNow()), server)).toEqual([[]]);
		info = success({});
		expect(await outcomeOf(sick.rules(askingNow()), server)).toEqual([[], note]);
	});

	test('a storage node that is away, and a query that is too large', async () => {
		const words = 'cannot select more than -search.maxUniqueTimeseries=300000 series';
		const server = await running(
			plain({
				'/select/0/prometheus/api/v1/query': success({ resultType: 'vector', result: [] }, { isPartial: true }),
				'/select/0/prometheus/api/v1/query_range': refusal(422, '422', words),
			}),
		);
		const client = server.at('/select/0/prometheus');
		expect(await outcomeOf(query(client), server)).toEqual([[], 'partial: A part of the storage did not answer.']);
		const grid = { from: 0, to: 60_000, step: 1000 };
		expect(await outcomeOf(client.queryRange('up', grid, askingNow()), server)).toBe(
			`too-large: Prometheus at HOST allows no query as large as this (422). It said: ${words}. Narrow the window or the query.`,
		);
	});

	test("vmauth's 400 for a path that nobody takes is no bad query", async () => {
		const server = await running(() => ({ status: 400, text: 'missing route for "/api/v1/query"\n' }));
		expect(await outcomeOf(query(server.at('')), server)).toBe(
			'not-found: Prometheus at HOST does not know /api/v1/query (404). It said: missing route for "/api/v1/query". Check the URL and its path prefix in profile prod-eu.',
		);
	});
});
