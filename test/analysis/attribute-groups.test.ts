import { expect, test } from 'vitest';
import { attributeGroupsOf } from '../../src/analysis/attribute-groups.ts';
import type { Attributes } from '../../src/model/trace.ts';

const groupsOf = (attributes: Attributes) =>
	attributeGroupsOf(attributes).map(({ title, attributes: members }) => [title, ...members.map(({ name }) => name)]);

test('attributes in groups, the telling ones first, whatever the order they came in', () => {
	expect(
		groupsOf({
			zone: 'a',
			'thread.id': 3,
			'db.statement': 'SELECT',
			'db.operation': 'SELECT',
			'db.connection_string': 'x',
			'db.system': 'mysql',
			'http.status_code': 500,
			'http.method': 'GET',
			'http.route': '/x',
			'url.scheme': 'https',
			'net.peer.name': 'berths',
			'peer.service': 'berths',
			'rpc.grpc.status_code': 4,
			'rpc.system': 'grpc',
			'messaging.system': 'kafka',
			'error.type': 'timeout',
			'aws.request_id': 'r',
			'httpx.a': 1,
		}),
	).toEqual([
		['http', 'http.method', 'http.route', 'http.status_code', 'url.scheme'],
		['database', 'db.system', 'db.operation', 'db.statement', 'db.connection_string'],
		['rpc', 'rpc.system', 'rpc.grpc.status_code'],
		['messaging', 'messaging.system'],
		['exception', 'error.type'],
		['cloud', 'aws.request_id'],
		['network', 'net.peer.name', 'peer.service'],
		['code', 'thread.id'],
		['attributes', 'httpx.a', 'zone'],
	]);
});

test('a value that is written under the old and the new name is told once', () => {
	const [http] = attributeGroupsOf({
		'http.method': 'GET',
		'http.request.method': 'GET',
		'http.status_code': '500',
		'http.response.status_code': 500,
	});
	expect(http?.attributes).toEqual([
		{ name: 'http.request.method', value: 'GET', alsoAs: 'http.method' },
		{ name: 'http.response.status_code', value: 500, alsoAs: 'http.status_code' },
	]);
});

test('two names with two values are both told', () => {
	expect(groupsOf({ 'db.system': 'mysql', 'db.system.name': 'mariadb' })).toEqual([
		['database', 'db.system.name', 'db.system'],
	]);
	expect(groupsOf({})).toEqual([]);
});
