import type { ServerResponse } from 'node:http';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { createHttp, type HttpOptions } from '../../../src/backends/http.ts';
import { doorTo, serve } from '../../helpers/loopback.ts';
import { askingNow, failureLine } from '../../helpers/replay.ts';

const schema = z.object({ data: z.array(z.object({ value: z.string() })) });
const good = JSON.stringify({ data: [{ value: 'one' }] });

type Reply = (response: ServerResponse) => void;

const reply =
	(status: number, headers: Record<string, string> = {}, body: string | Uint8Array = ''): Reply =>
	response =>
		response.writeHead(status, headers).end(body);

/** What comes out of the door when a real server answers like this; `HOST` stands for the free port. */
async function outcomeOf(answer: Reply, options: Partial<HttpOptions> = {}, query?: string): Promise<string> {
	const { url, host } = await serve((_, response) => answer(response));
	const request = { path: '/api/v1/query', ...(query === undefined ? {} : { query }) };
	const outcome = await doorTo(url, options).json(request, schema, askingNow()).then(JSON.stringify, failureLine);
	return outcome.replaceAll(host, 'HOST');
}

const html = { 'content-type': 'text/html' };
const text = { 'content-type': 'text/plain' };
const page = '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>…</body></html>';

test.each([
	['profile night', 'Set auth of prometheus in profile night.'],
	['--prometheus-url', 'Set auth of prometheus in a profile (smokejumper profile add --help).'],
	['this form', 'Choose in the line Auth what lets you in.'],
])('who was sent nothing is told apart from who refuses what was sent, of %s', async (origin, next) => {
	const { url, host } = await serve((_, response) => response.writeHead(401).end());
	const asked = async (sent: Readonly<Record<string, string>>) => {
		const door = createHttp({ backend: 'prometheus', url, origin, authorize: async () => sent }, { now: () => 0 });
		return (await door.json({ path: '/' }, schema, askingNow()).catch(failureLine)).toString().replaceAll(host, 'HOST');
	};
	expect(await asked({ 'x-scope-orgid': 'team-a' })).toBe(
		`unauthorized: Prometheus at HOST wants credentials, and was sent none (401). ${next}`,
	);
	expect(await asked({ 'x-api-key': 'hunter2' })).toBe(
		`unauthorized: Prometheus at HOST refused the credentials (401). Check the credentials and the tenant in ${origin}.`,
	);
});

describe('statuses', () => {
	const cases: readonly (readonly [what: string, answer: Reply, sentence: string])[] = [
		[
			'401',
			reply(401, text, 'Unauthorized'),
			'unauthorized: Prometheus at HOST wants credentials, and was sent none (401). It said: Unauthorized. Set auth of prometheus in profile prod-eu.',
		],
		[
			'401 for want of a tenant',
			reply(401, text, 'no org id'),
			'unauthorized: Prometheus at HOST wants to know the tenant (401). It said: no org id. Set the tenant (sent as X-Scope-OrgID) in profile prod-eu.',
		],
		[
			"401 that Grafana's proxy turned into 400",
			reply(400, text, 'Authentication to data source failed'),
			'unauthorized: Prometheus at HOST refused the credentials (401). It said: Authentication to data source failed. Check the credentials and the tenant in profile prod-eu.',
		],
		[
			'400 of VictoriaMetrics for a path that it does not know',
			reply(400, text, 'remoteAddr: "10.0.0.9:57176"; unsupported path requested: "/api/v1/query"'),
			'not-found: Prometheus at HOST does not know /api/v1/query (404). It said: remoteAddr: "10.0.0.9:57176"; unsupported path requested: "/api/v1/query". Check the URL and its path prefix in profile prod-eu.',
		],
		[
			'400 of vmauth for credentials that it does not know, and quotes',
			reply(400, text, 'cannot find the provided auth token "Basic bWU6aHVudGVy" in config\n'),
			'unauthorized: Prometheus at HOST refused the credentials (401). It said: cannot find the provided auth token in config. Check the credentials and the tenant in profile prod-eu.',
		],
		[
			'403 of AWS',
			reply(403, {}, '{"Message":"Missing Authentication Token"}'),
			'forbidden: Prometheus at HOST does not allow this (403). It said: Missing Authentication Token. Check what the credentials in profile prod-eu may read, and the tenant.',
		],
		[
			'404',
			reply(404, text, '404 page not found\n'),
			'not-found: Prometheus at HOST does not know /api/v1/query (404). It said: 404 page not found. Check the URL and its path prefix in profile prod-eu.',
		],
		[
			"404 of a tenant's Alertmanager that was never configured",
			reply(404, text, 'the Alertmanager is not configured\n'),
			'not-found: Prometheus at HOST has no configuration for this tenant (404). It said: the Alertmanager is not configured. Give it one, or check the tenant in profile prod-eu.',
		],
		[
			'404 with a page',
			reply(404, html, '<html><head><title>nginx: 404</title></head></html>'),
			'not-found: Prometheus at HOST does not know /api/v1/query (404). It said: nginx: 404. Check the URL and its path prefix in profile prod-eu.',
		],
		[
			'405',
			reply(405),
			'bad-query: Prometheus at HOST did not accept the question (405). Check that the URL in profile prod-eu is that of Prometheus.',
		],
		['408', reply(408), 'timeout: Prometheus at HOST gave up waiting for the question (408). Press R to ask again.'],
		[
			'413',
			reply(413, text, 'too big'),
			'too-large: Prometheus at HOST finds the question or its answer too large (413). It said: too big. Narrow the window or the query.',
		],
		[
			'429 with a long wait',
			reply(429, { 'retry-after': '30' }, '{"status":"error","error":"too many outstanding requests"}'),
			'rate-limited: Prometheus at HOST asks for fewer questions (429). It said: too many outstanding requests. Wait 30 s, then press R.',
		],
		[
			'429 without one',
			reply(429),
			'rate-limited: Prometheus at HOST asks for fewer questions (429). Wait a moment, then press R.',
		],
		[
			'500',
			reply(500, {}, '{"status":"error","errorType":"internal","error":"disk is gone"}'),
			'server: Prometheus at HOST failed (500). It said: disk is gone. Press R to ask again; if it stays, look into the logs of Prometheus.',
		],
		[
			'502',
			reply(502),
			'server: Prometheus at HOST is behind a gateway that cannot reach it (502). Press R to ask again; if it stays, check that Prometheus runs.',
		],
		[
			'503',
			reply(503, text, 'Service Unavailable'),
			'server: Prometheus at HOST is not ready or overloaded (503). It said: Service Unavailable. Press R to ask again; if it stays, check that Prometheus has started.',
		],
		[
			'504',
			reply(504),
			'server: Prometheus at HOST did not answer its gateway in time (504). Narrow the window or the query, then press R.',
		],
		[
			'a redirect elsewhere',
			reply(302, { location: 'https://login.example/start?token=s3cret' }),
			'redirected: Prometheus at HOST redirects to https://login.example, most often a login page (302). Check the URL and the credentials in profile prod-eu.',
		],
		[
			'a redirect on the same host',
			reply(301, { location: '/login' }),
			'redirected: Prometheus at HOST redirects to http://HOST/login, most often a login page (301). Check the URL and the credentials in profile prod-eu.',
		],
		[
			'a redirect on the same host to what may be a token',
			reply(302, { location: '/s3cr3t/login?state=s3cret' }),
			'redirected: Prometheus at HOST redirects to http://HOST, most often a login page (302). Check the URL and the credentials in profile prod-eu.',
		],
		[
			'a redirect to nowhere',
			reply(303),
			'redirected: Prometheus at HOST redirects to an unnamed place, most often a login page (303). Check the URL and the credentials in profile prod-eu.',
		],
	];

	test.each(cases)('%s', async (_, answer, sentence) => {
		expect(await outcomeOf(answer)).toBe(sentence);
	});

	test.each([400, 422])('%i for a query is about the query, and says where', async status => {
		const words = 'invalid parameter "query": 1:12: parse error: unexpected end of input';
		const answer = reply(status, {}, JSON.stringify({ status: 'error', error: words }));
		expect(await outcomeOf(answer, {}, 'äöü + sum(')).toBe(
			`bad-query at 1:9: Prometheus at HOST could not run the query (${status}). It said: ${words}. Mend the query and ask again.`,
		);
	});
});

describe('bodies of 200', () => {
	const cases: readonly (readonly [what: string, answer: Reply, outcome: string])[] = [
		['good JSON', reply(200, {}, good), good],
		['gzip', reply(200, { 'content-encoding': 'gzip' }, gzipSync(good)), good],
		['deflate', reply(200, { 'content-encoding': 'deflate' }, deflateSync(good)), good],
		['brotli', reply(200, { 'content-encoding': 'br' }, brotliCompressSync(good)), good],
		[
			'a login page',
			reply(200, html, page),
			'not-json: Prometheus at HOST answered a web page instead of JSON, most often a login page (200). It said: Sign in. Check the URL and the credentials in profile prod-eu.',
		],
		[
			'JSON that breaks off',
			reply(200, {}, good.slice(0, -5)),
			'not-json: Prometheus at HOST answered JSON that breaks off or is damaged (200). Narrow the window, then press R; if it stays, a proxy on the way to profile prod-eu cuts long answers.',
		],
		[
			'text',
			reply(200, text, 'ok'),
			'not-json: Prometheus at HOST answered something that is not JSON (200). It said: ok. Check that the URL in profile prod-eu is that of Prometheus.',
		],
		[
			'nothing',
			reply(200),
			'wrong-shape: Prometheus at HOST answered nothing (200). Press R to ask again; if it stays, check the URL in profile prod-eu and the proxy on the way to it.',
		],
		[
			'a missing part',
			reply(200, {}, '{"data":[{"value":"one"},{}]}'),
			'wrong-shape: Prometheus at HOST answered JSON that is not what the API of Prometheus says: data[1].value is missing. Check that the URL in profile prod-eu is that of Prometheus.',
		],
		[
			'another type',
			reply(200, {}, '{"data":{}}'),
			'wrong-shape: Prometheus at HOST answered JSON that is not what the API of Prometheus says: data should be of type array. Check that the URL in profile prod-eu is that of Prometheus.',
		],
		[
			'damaged gzip',
			reply(200, { 'content-encoding': 'gzip' }, 'not gzip at all'),
			'not-json: Prometheus at HOST sent a compressed answer that is damaged. Press R to ask again; if it stays, check the proxy on the way to profile prod-eu.',
		],
		[
			'damaged brotli',
			reply(200, { 'content-encoding': 'br' }, 'not brotli at all'),
			'not-json: Prometheus at HOST sent a compressed answer that is damaged. Press R to ask again; if it stays, check the proxy on the way to profile prod-eu.',
		],
		[
			'gzip that breaks off',
			reply(200, { 'content-encoding': 'gzip' }, gzipSync(good).subarray(0, 20)),
			'not-json: Prometheus at HOST sent a compressed answer that breaks off. Press R to ask again; if it stays, check the proxy on the way to profile prod-eu.',
		],
		[
			'a coding nobody asked for',
			reply(200, { 'content-encoding': 'zstd' }, 'x'),
			'not-json: Prometheus at HOST answered in a compression that was not asked for. It said: zstd. Check the proxy on the way to profile prod-eu.',
		],
	];

	test.each(cases)('%s', async (_, answer, outcome) => {
		expect(await outcomeOf(answer)).toBe(outcome);
	});

	test('204 gives undefined to the schema', async () => {
		const { url } = await serve((_, response) => response.writeHead(204).end());
		expect(await doorTo(url).json({ path: '/' }, z.optional(schema), askingNow())).toBe(undefined);
	});

	const fast = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
	test.each([
		['plain', {}, Buffer.alloc(3 * 2 ** 20, ' ')],
		['a gzip bomb', { 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(200 * 2 ** 20, ' '))],
		['a brotli bomb', { 'content-encoding': 'br' }, brotliCompressSync(Buffer.alloc(200 * 2 ** 20, ' '), fast)],
	])('a body over the cap: %s', async (_, headers, body) => {
		expect(await outcomeOf(reply(200, headers, body), { maxBodyBytes: 2 * 2 ** 20 })).toBe(
			'too-large: Prometheus at HOST answered more than 2 MB. Narrow the window or the query, then press R.',
		);
	});

	test('words are cut at 500 characters and put on one line', async () => {
		const { url } = await serve((_, response) => response.writeHead(500).end(`a\n  b ${'🔥'.repeat(2000)}`));
		const failed = await doorTo(url)
			.json({ path: '/' }, schema, askingNow())
			.catch(thrown => thrown.failure);
		expect(failed.words).toBe(`a b ${'🔥'.repeat(495)}…`);
	});
});
