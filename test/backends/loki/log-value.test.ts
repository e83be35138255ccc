import { expect, test } from 'vitest';
import { createLoki } from '../../../src/backends/loki/client.ts';
import { failureOf } from '../../../src/model/failure.ts';
import { answering, askingNow, httpOver } from '../../helpers/replay.ts';

const range = { from: 0n, to: 10n };

async function toldOf(values: unknown) {
	const json = { data: { resultType: 'streams', result: [{ stream: { app: 'pier' }, values }] } };
	const { dispatcher } = answering(() => ({ status: 200, contentType: 'application/json', json }));
	const loki = createLoki(httpOver('loki', dispatcher));
	const question = { logql: '{app="pier"}', range, limit: 9, direction: 'backward' } as const;
	return loki.logs(question, askingNow()).then(
		({ value }) => value.entries.map(({ at, line, metadata, parsed }) => [at, line, metadata, parsed]),
		error => failureOf(error).what.replace(/^.* says: /, ''),
	);
}

test.each([
	['without categories', [['1', 'a']], [[1n, 'a', {}, {}]]],
	['with none', [['1', '', {}]], [[1n, '', {}, {}]]],
	[
		'with both',
		[['1', 'a', { structuredMetadata: { x: 'y' }, parsed: { z: '' } }]],
		[[1n, 'a', { x: 'y' }, { z: '' }]],
	],
	['with empty halves', [['1', 'a', { structuredMetadata: null }]], [[1n, 'a', {}, {}]]],
	['without values', null, []],
])('lines %s are read', async (_, values, entries) => {
	expect(await toldOf(values)).toEqual(entries);
});

test.each([
	[{}, 'data.result[0].values holds an unexpected value.'],
	[[['1', 'a'], 'b'], 'data.result[0].values[1] should be of type array.'],
	[[[1, 'a']], 'data.result[0].values[0][0] should be of type string.'],
	[[['x1', 'a']], 'data.result[0].values[0][0] should be of type string.'],
	[[['1'.repeat(20), 'a']], 'data.result[0].values[0][0] should be of type string.'],
	[[['1', null]], 'data.result[0].values[0][1] should be of type string.'],
	[[['1']], 'data.result[0].values[0][1] is missing.'],
	[[['1', 'a', 'b']], 'data.result[0].values[0][2] should be of type object.'],
	[[['1', 'a', { parsed: [] }]], 'data.result[0].values[0][2].parsed should be of type object.'],
	[
		[['1', 'a', { structuredMetadata: { n: 5 } }]],
		'data.result[0].values[0][2].structuredMetadata.n should be of type string.',
	],
])('%j is no line', async (values, told) => {
	expect(await toldOf(values)).toBe(told);
});
