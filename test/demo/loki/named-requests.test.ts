import { describe, expect, test } from 'vitest';
import { createLogBook } from '../../../src/demo/loki/log-book.ts';
import { requestsNamedBy } from '../../../src/demo/loki/named-requests.ts';
import { parseLogql } from '../../../src/demo/loki/parse-logql.ts';
import { type LogStore, readLogs } from '../../../src/demo/loki/read-logs.ts';
import { createTallies } from '../../../src/demo/loki/tallies.ts';
import { finished } from '../../../src/demo/piecework.ts';
import { minute, toNanoseconds } from '../../../src/model/time.ts';
import { incident, now } from '../served.ts';

const store: LogStore = {
	incident,
	book: createLogBook(incident.story),
	tallies: createTallies(incident.story),
	now: () => now,
};
const [one, other] = [...incident.requestsIn({ from: now - minute, to: now - minute / 2 })].filter(
	({ method }) => method === 'POST',
);
if (one === undefined || other === undefined) throw new Error('nobody books');

const read = (stages: string, from = now - 2 * minute) => {
	const query = parseLogql(`{service_name=~".+"} ${stages}`);
	if (query.kind === 'metric') throw new Error('not a log query');
	const order = { from: toNanoseconds(from), to: toNanoseconds(now), direction: 'forward', limit: 5000 } as const;
	return { query, ...finished(readLogs(query, order, store)) };
};

const everything = (() => {
	const from = toNanoseconds(now - 2 * minute);
	const query = parseLogql('{service_name=~".+"}');
	if (query.kind === 'metric') throw new Error('not a log query');
	const order = { from, to: toNanoseconds(now), direction: 'forward', limit: Number.POSITIVE_INFINITY } as const;
	return finished(readLogs(query, order, store)).kept;
})();

const textsWith = (...ids: readonly string[]): readonly string[] =>
	everything.filter(({ line }) => ids.some(id => line.includes(id))).map(({ line }) => line);

describe('asking for an ID reads that request alone and finds what reading everything would', () => {
	test.each([
		[`|= "${one.id}"`, [one.id]],
		[`|= "\\"request_id\\":\\"${one.id}\\""`, [`"request_id":"${one.id}"`]],
		[`|= "${one.traceId}"`, [one.traceId]],
		[`|~ "${one.id}|${other.traceId}"`, [one.id, other.traceId]],
		[`|~ "(?i)(${one.id.toUpperCase()})"`, [one.id]],
		[`|= "${one.id}" or "${other.id}"`, [one.id, other.id]],
	])('%s', (stages, ids) => {
		const { kept, lines, query } = read(stages);
		expect(kept.map(({ line }) => line)).toEqual(textsWith(...ids));
		expect(kept.length).toBeGreaterThan(0);
		expect(lines).toBeLessThan(40);
		expect(requestsNamedBy(query.stages, incident)).toBeDefined();
	});

	test('a field beside the line', () => {
		const { kept } = read(`| trace_id="${one.traceId}" or request_id="${one.id}"`);
		const expected = everything.filter(({ metadata }) => metadata.trace_id === one.traceId);
		expect(kept.map(({ line }) => line)).toEqual(expected.map(({ line }) => line));
	});

	test('an unknown ID is found nowhere', () => {
		expect(read('|= "00000000-0000-4000-8000-000000000000"')).toMatchObject({ kept: [], lines: 0 });
	});

	test.each(['|= "upstream failed"', `!= "${one.id}"`, `|~ "${one.id}|upstream"`, `| request_id != "${one.id}"`])(
		'%s names nobody',
		stages => {
			expect(requestsNamedBy(read(stages, now - 1000).query.stages, incident)).toBeUndefined();
		},
	);
});
