import { expect, test } from 'vitest';
import { calleeOf } from '../../src/analysis/callee.ts';
import { traceTreeOf } from '../../src/analysis/trace-tree.ts';
import type { Attributes, SpanKind } from '../../src/model/trace.ts';
import { traceFromText } from '../helpers/trace-from-text.ts';

/** Whom the call of a trace calls that has these attributes. */
function calleeIn(attributes: Attributes, kind: SpanKind = 'client', more = '') {
	const trace = traceFromText(`till POST {server} :=====\n  till call {client} : ===${more}`);
	const spans = trace.spans.map((span, index) => {
		if (index === 1) return { ...span, kind, attributes };
		return index === 0 ? { ...span, attributes: { 'server.address': 'till.example:8080' } } : span;
	});
	const tree = traceTreeOf({ ...trace, spans });
	const node = tree.nodes[1];
	return node && calleeOf(tree, node);
}

test.each([
	[{ 'db.system.name': 'postgresql', 'db.namespace': 'berths' }, 'database', 'postgresql berths'],
	[{ 'db.system': 'mysql', 'db.name': 'till' }, 'database', 'mysql till'],
	[{ 'db.system': 'redis', 'server.address': 'cache-1' }, 'database', 'redis cache-1'],
	[{ 'db.system': 'other_sql' }, 'database', 'SQL'],
	[{ 'messaging.system': 'kafka', 'messaging.destination.name': 'tickets' }, 'messaging', 'kafka tickets'],
	[{ 'messaging.system': 'rabbitmq', 'messaging.destination': 'mail' }, 'messaging', 'rabbitmq mail'],
	[
		{ 'rpc.system': 'aws-api', 'rpc.service': 'DynamoDB', 'aws.dynamodb.table_names': ['seats'] },
		'cloud',
		'aws DynamoDB seats',
	],
	[{ 'server.address': 'api.stripe.example' }, 'external', 'external api.stripe.example'],
	[{ 'net.peer.name': 'api.stripe.example', 'http.method': 'POST' }, 'external', 'external api.stripe.example'],
	[{ 'url.full': 'https://user:x@API.stripe.example:443/v1?to=a.b' }, 'external', 'external api.stripe.example'],
	[{ 'http.url': 'https://api.stripe.example' }, 'external', 'external api.stripe.example'],
	[{ 'server.address': 'ledger' }, 'unseen', 'ledger'],
	[{ 'server.address': '10.0.3.7' }, 'unseen', '10.0.3.7'],
	[{ 'server.address': 'ledger.money.svc.cluster.local:80' }, 'unseen', 'ledger.money.svc.cluster.local'],
	[{ 'peer.service': 'ledger' }, 'unseen', 'ledger'],
	[{ 'rpc.system': 'grpc', 'rpc.service': 'money.v1.Ledger' }, 'rpc', 'grpc money.v1.Ledger'],
])('%o is %s: %s', (attributes, kind, words) => {
	expect(calleeIn(attributes)).toEqual({ kind, words });
});

test.each([
	['a host that a span of the trace serves', { 'server.address': 'till.example' }, 'client', ''],
	['a service of the trace in its cluster', { 'server.address': 'till.shop.svc.cluster.local' }, 'client', ''],
	['a call that a span answers', { 'server.address': 'api.example' }, 'client', '\n    api POST {server} : =='],
	[
		'a call that a service without kinds answers',
		{ 'server.address': 'api.example' },
		'client',
		'\n    api handle : ==',
	],
	['a server', { 'server.address': 'api.example', 'db.system': 'mysql' }, 'server', ''],
	['work within the service', { 'server.address': 'api.example' }, 'internal', ''],
	['a call without a word', {}, 'client', ''],
] as const)('%s has no callee', (_, attributes, kind, more) => {
	expect(calleeIn(attributes, kind, more)).toBeUndefined();
});

test('a database that runs within the service is one as well', () => {
	expect(calleeIn({ 'db.system': 'sqlite' }, 'internal')?.words).toBe('sqlite');
});
