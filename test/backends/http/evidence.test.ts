import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { type Endpoint, parseBase, whoOf } from '../../../src/backends/endpoint.ts';
import { createHttp } from '../../../src/backends/http.ts';
import type { OpenQuery } from '../../../src/model/answer.ts';
import { FailureError } from '../../../src/model/failure.ts';
import { answering, askingNow, failureLine } from '../../helpers/replay.ts';

const endpoint = (more: Partial<Endpoint> = {}): Endpoint => ({
	backend: 'prometheus',
	url: 'http://backend.example:9090/prometheus/',
	origin: 'profile prod-eu',
	authorize: async () => ({}),
	...more,
});

const clock = (): (() => number) => {
	let now = 0;
	return () => {
		now += 21;
		return now;
	};
};

const put = async (target: Endpoint, request: object, reply = {}) => {
	const { dispatcher, asked } = answering(() => ({ status: 200, json: { read: 7 }, ...reply }));
	const asking = askingNow();
	const http = createHttp(target, { dispatcher, now: clock() });
	const outcome = await http.json({ path: '/api/v1/query', ...request }, z.unknown(), asking).catch(failureLine);
	return { asked, records: asking.records, outcome };
};

const parameters = [
	['query', 'sum(rate(x{a="b c"}[5m])) + 1'],
	['match[]', 'ü'],
] as const;

describe('what is sent', () => {
	test('a GET carries its parameters in the URL, below the prefix', async () => {
		const { asked, records } = await put(endpoint(), { parameters, query: 'promql' });
		expect(asked).toMatchObject([{ method: 'GET', path: '/prometheus/api/v1/query' }]);
		expect([...(asked[0]?.parameters ?? [])]).toEqual(parameters);
		expect(records).toEqual([
			{
				backend: 'prometheus',
				method: 'GET',
				url: 'http://backend.example:9090/prometheus/api/v1/query?query=sum%28rate%28x%7Ba%3D%22b+c%22%7D%5B5m%5D%29%29+%2B+1&match%5B%5D=%C3%BC',
				parameters: [],
				query: 'promql',
				took: 21,
				bytes: 10,
				outcome: 200,
			},
		]);
	});

	test('a POST carries them as a form', async () => {
		const { asked, records } = await put(endpoint(), { method: 'POST', parameters });
		expect([...(asked[0]?.parameters ?? [])]).toEqual(parameters);
		expect(asked[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
		expect(records).toMatchObject([
			{ method: 'POST', url: 'http://backend.example:9090/prometheus/api/v1/query', parameters },
		]);
	});

	test('headers of the endpoint and of the request, whatever their case', async () => {
		const authorize = async () => ({ Authorization: 'Bearer s3cret', 'X-Scope-OrgID': 'team-a' });
		const { asked } = await put(endpoint({ authorize }), { headers: { Accept: 'text/plain' } });
		expect(asked[0]?.headers).toEqual({
			accept: 'text/plain',
			'accept-encoding': 'gzip, deflate, br',
			'user-agent': 'smokejumper',
			authorization: 'Bearer s3cret',
			'x-scope-orgid': 'team-a',
		});
	});

	test('what the server says it cost', async () => {
		const costOf = (json: unknown) => `${JSON.stringify(json)} read`;
		expect((await put(endpoint(), { costOf })).records[0]?.cost).toBe('{"read":7} read');
		expect((await put(endpoint(), { costOf }, { status: 400 })).records[0]).not.toHaveProperty('cost');
	});
});

describe('a question under way', () => {
	const overheard = async (reply: object, url = endpoint().url) => {
		const told: string[] = [];
		const { dispatcher } = answering(() => {
			told.push('sent');
			return { status: 200, json: {}, ...reply };
		});
		const begin = (query: OpenQuery) => {
			told.push(JSON.stringify(query));
			return () => void told.push('over');
		};
		const http = createHttp(endpoint({ url, authorize: async () => ({ 'X-Token': 's3cret' }) }), {
			dispatcher,
			now: () => 7,
		});
		const asking = { ...askingNow(), begin };
		await http.json({ path: '/api/v1/query', method: 'POST', parameters }, z.unknown(), asking).catch(failureLine);
		return told;
	};

	test.each([200, 400])('is told before it is sent, and is over with its answer (%i)', async status => {
		const told = await overheard({ status });
		expect(told.slice(1)).toEqual(['sent', 'over']);
		expect(JSON.parse(told[0] ?? '')).toEqual({
			backend: 'prometheus',
			method: 'POST',
			url: 'http://backend.example:9090/prometheus/api/v1/query',
			parameters,
			since: 7,
		});
	});

	test('shows no secret', async () => {
		const told = await overheard({}, 'http://oncall:s3cret%21@backend.example:9090/prometheus?key=s3cret');
		expect(told.join()).not.toContain('s3cret');
	});
});

describe('an answer that cannot be read', () => {
	test.each([
		['not-json', { text: '{"read": 7' }],
		['wrong-shape', { text: '' }],
		['wrong-shape', { json: { read: 'seven' } }],
	])('is recorded as %s, whatever its status (%j)', async (outcome, reply) => {
		const { dispatcher } = answering(() => ({ status: 200, ...reply }));
		const asking = askingNow();
		const http = createHttp(endpoint(), { dispatcher, now: clock() });
		const schema = z.object({ read: z.number() });
		await http.json({ path: '/api/v1/query' }, schema, asking).catch(failureLine);
		expect(asking.records).toMatchObject([{ outcome }]);
	});

	test('is recorded with its status where that is no good one', async () => {
		const { records } = await put(endpoint(), {}, { status: 500, json: {} });
		expect(records).toMatchObject([{ outcome: 500 }]);
	});
});

describe('secrets', () => {
	const secretive = endpoint({
		url: 'http://oncall:s3cret%21@backend.example:9090/prometheus?key=s3cret',
		authorize: async () => ({ 'X-Token': 's3cret' }),
	});

	test('user and password of the URL become Basic authorization, its parameters go along', async () => {
		const { asked } = await put(secretive, {});
		expect(asked[0]?.headers.authorization).toBe(`Basic ${Buffer.from('oncall:s3cret!').toString('base64')}`);
		expect(asked[0]?.parameters.get('key')).toBe('s3cret');
	});

	test.each([200, 302, 401, 404, 500])('neither the evidence nor a failure shows any (%i)', async status => {
		const reply = { status, text: 'no', json: undefined, headers: { location: 'https://login.example/?t=s3cret' } };
		const { records, outcome } = await put(secretive, { parameters }, reply);
		expect(JSON.stringify([records, outcome, whoOf(secretive)])).not.toContain('s3cret');
		expect(outcome).toContain('Prometheus at backend.example:9090 ');
	});

	test('one that cannot be read is a failure that does not repeat its cause', async () => {
		const authorize = () => Promise.reject(new Error('vault read s3cret: exit 1'));
		const { outcome, asked, records } = await put(endpoint({ authorize }), {});
		expect(outcome).toBe(
			'secret: The credentials for Prometheus at backend.example:9090 could not be read. Check the credentials in profile prod-eu.',
		);
		expect([asked, records]).toEqual([[], []]);
	});

	test("a failure of the endpoint's own is kept", async () => {
		const failure = { kind: 'secret', what: 'PROM_TOKEN is not set.', next: 'Set it.' } as const;
		const { outcome } = await put(endpoint({ authorize: () => Promise.reject(new FailureError(failure)) }), {});
		expect(outcome).toBe('secret: PROM_TOKEN is not set. Set it.');
	});
});

describe('base URLs', () => {
	test.each([
		['https://host.example', 'https://host.example', ''],
		['https://host.example/', 'https://host.example', ''],
		['https://host.example/select/0/prometheus//', 'https://host.example', '/select/0/prometheus'],
		['http://[::1]:9090/p', 'http://[::1]:9090', '/p'],
		['HTTP://Host.Example:80/P', 'http://host.example', '/P'],
	])('%s', (url, origin, prefix) => {
		expect(parseBase(endpoint({ url }))).toMatchObject({ origin, prefix });
	});

	test.each(['', 'localhost:9090', 'host.example/prometheus', 'ftp://host.example', 'http://'])(
		'%s is none',
		async url => {
			const { outcome, asked } = await put(endpoint({ url }), {});
			expect(outcome).toBe(
				'not-configured: The URL of Prometheus is not an http or https URL. Mend it in profile prod-eu.',
			);
			expect(asked).toEqual([]);
		},
	);
});
