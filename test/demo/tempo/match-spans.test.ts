import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type StoredTrace, spanFinderOf } from '../../../src/demo/tempo/match-spans.ts';
import { outlineFilterOf } from '../../../src/demo/tempo/outline-filter.ts';
import { parseTraceql } from '../../../src/demo/tempo/parse-traceql.ts';
import { traceOf } from '../../../src/demo/tempo/traces.ts';
import { minute } from '../../../src/model/time.ts';
import type { Span } from '../../../src/model/trace.ts';
import { incident, now } from '../served.ts';

const span = (id: string, more: Partial<Span> = {}): Span => ({
	id,
	service: 'edge',
	name: id,
	kind: 'internal',
	start: 0n,
	end: 5_000_000n,
	status: 'unset',
	statusMessage: '',
	attributes: {},
	resource: { 'service.name': 'edge' },
	events: [],
	links: [],
	...more,
});

const root = span('root', { kind: 'server', end: 2_000_000_000n, attributes: { 'http.status': 504, tier: 'gold' } });
const child = span('child', {
	parentId: 'root',
	service: 'store',
	resource: { 'service.name': 'store', zone: 'b' },
	status: 'error',
	statusMessage: 'gone',
	attributes: { 'http.status': '504', cached: false },
	events: [{ name: 'exception', at: 0n, attributes: { 'exception.type': 'Gone' } }],
});
const trace: StoredTrace = { id: 'ab', spans: [root, child], root, start: 0n, duration: 2000 };

describe('which spans a query selects', () => {
	test.each([
		['{}', ['root', 'child']],
		['{status=error}', ['child']],
		['{status!=error}', ['root']],
		['{!(status=error)}', ['root']],
		['{kind=server && duration>=2s}', ['root']],
		['{duration<10ms}', ['child']],
		['{name="root" || name="child"}', ['root', 'child']],
		['{name=~"chi"}', []],
		['{name=~"chi.*"}', ['child']],
		['{name!~"chi.*"}', ['root']],
		['{resource.service.name="store"}', ['child']],
		['{.service.name="store"}', ['child']],
		['{.zone="b"}', ['child']],
		['{span.http.status=504}', ['root']],
		['{span.http.status="504"}', ['child']],
		['{span.http.status>=500}', ['root']],
		['{span.http.status!=500}', ['root']],
		['{span.tier!="silver"}', ['root']],
		['{span.tier=nil}', ['child']],
		['{span.tier!=nil}', ['root']],
		['{span.cached=false}', ['child']],
		['{event.exception.type="Gone"}', ['child']],
		['{event:name="exception" && statusMessage="gone"}', ['child']],
		['{rootName="root" && traceDuration>1s}', ['root', 'child']],
		['{span:parentID="root"}', ['child']],
		['{trace:id="ab"}', ['root', 'child']],
		['{status=error} && {kind=server}', ['root', 'child']],
		['{status=ok} && {kind=server}', []],
		['{status=ok} || {kind=server}', ['root']],
	])('%s', (query, expected) => {
		const found = spanFinderOf(parseTraceql(query))(trace);
		expect(found.map(({ id }) => id)).toEqual(expected);
	});
});

describe('no request is passed over that a query would have found', () => {
	const from = incident.brokeAt + 5 * minute;
	const requests = [
		...incident.requestsIn({ from, to: from + minute / 2 }),
		...[...incident.requestsIn({ from, to: from + 10 * minute })].filter(
			({ status }) => status >= 400 && status !== 504,
		),
	];
	const traces = requests.map(request => ({ request, trace: traceOf(request, now) }));

	test('all of these traces have arrived', () => {
		expect(traces.filter(({ trace }) => trace?.root === undefined)).toEqual([]);
	});

	const passedOver = (text: string): readonly string[] => {
		const query = parseTraceql(text);
		const possible = outlineFilterOf(query, incident);
		const spansIn = spanFinderOf(query);
		const missed = traces.filter(
			({ request, trace }) => trace !== undefined && !possible(request.outline) && spansIn(trace).length > 0,
		);
		return missed.map(({ request }) => request.traceId);
	};

	const conditions = [
		'status=error',
		'status!=error',
		'duration>1s',
		'duration>=60ms',
		'duration<2ms',
		'traceDuration>2s',
		'traceDuration>=150ms',
		'traceDuration>250ms',
		'resource.service.name="till"',
		'.service.name="herald"',
		'name="GET /board"',
		'name="POST"',
		'rootName="POST /bookings"',
		'span.http.response.status_code>=500',
		'span.http.response.status_code=402',
		'span.rpc.grpc.status_code=4',
		`span.request.id="${requests[3]?.id}"`,
		`trace:id="${requests[4]?.traceId}"`,
		'kind=consumer',
	];

	test.each(conditions)('%s', condition => {
		expect(passedOver(`{${condition}}`)).toEqual([]);
	});

	test('nor by any two of them, joined or denied', () => {
		const one = fc.constantFrom(...conditions);
		const joint = fc.constantFrom('&&', '||');
		const inside = fc.oneof(
			one,
			fc.tuple(one, joint, one).map(parts => parts.join(' ')),
			one.map(condition => `!(${condition})`),
		);
		const queries = fc.oneof(
			inside.map(condition => `{${condition}}`),
			fc.tuple(inside, joint, inside).map(([left, operator, right]) => `{${left}} ${operator} {${right}}`),
		);
		fc.assert(
			fc.property(queries, text => {
				expect(passedOver(text)).toEqual([]);
			}),
			{ numRuns: 100 },
		);
	});
});
