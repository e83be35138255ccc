import { describe, expect, test } from 'vitest';
import { fieldColumns } from '../../src/analysis/field-columns.ts';
import { recordOf } from '../../src/analysis/log-record.ts';
import { lineAt } from '../helpers/log-store.ts';

const records = (count: number, line: (index: number) => object) =>
	Array.from({ length: count }, (_, index) =>
		recordOf(lineAt(index, { app: 'pier' }, JSON.stringify({ msg: 'done', ...line(index) }))),
	);

describe('a field has a column of its own', () => {
	test('where most lines have it and it varies: status first, figures at the right', () => {
		const columns = fieldColumns(
			records(20, index => ({
				customer: `c${index}`,
				route: index % 2 === 0 ? '/berths' : '/quays/{name}',
				duration_ms: index * 10,
				status: 200 + index,
			})),
		);
		expect(columns).toEqual([
			{ name: 'status', heading: 'status', width: 6, right: true },
			{ name: 'route', heading: 'route', width: 13, right: false },
			{ name: 'duration_ms', heading: 'duration', width: 8, right: true },
			{ name: 'customer', heading: 'customer', width: 8, right: false },
		]);
	});

	test.each([
		['that is the same everywhere', (_: number) => ({ zone: 'a' })],
		['that few lines have', (index: number) => (index % 2 === 0 ? { zone: index } : {})],
		['that is too long', (index: number) => ({ text: `${index} ${'x'.repeat(40)}` })],
		['that is an error', (index: number) => ({ err: `e${index}` })],
		['that is an ID', (index: number) => ({ request_id: `aaaaaaaaaaaaaaa${index}` })],
	])('never one %s', (_, line) => expect(fieldColumns(records(20, line))).toEqual([]));

	test('and at most four have one', () => {
		const line = (index: number) => Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map(name => [name, index]));
		expect(fieldColumns(records(20, line))).toHaveLength(4);
	});

	test('never among a few lines', () => {
		expect(fieldColumns(records(2, index => ({ status: 200 + index })))).toEqual([]);
	});

	test('as long as lines are read on, until there are twice as many', () => {
		const line = (index: number) => ({ status: index < 25 ? 200 + index : 'a very long status' });
		const [some, more, many] = [20, 35, 60].map(count => fieldColumns(records(count, line)));
		expect(some).toMatchObject([{ name: 'status', width: 6 }]);
		expect(more).toBe(some);
		expect(many).toMatchObject([{ name: 'status', width: 18 }]);
	});

	test('told from some of the lines, once for all of them', () => {
		let reads = 0;
		const [one] = records(1, () => ({ status: 200 }));
		if (one === undefined) throw new Error('there is a record');
		const many = Array.from({ length: 100_000 }, (_, index) => ({
			...one,
			entry: one.entry,
			requestId: undefined,
			traceId: undefined,
			spanId: undefined,
			message: 'done',
			get fields() {
				reads++;
				return [{ name: 'status', value: String(200 + (index % 7)), origin: 'line' as const }];
			},
		}));
		expect(fieldColumns(many).map(({ name }) => name)).toEqual(['status']);
		expect(reads).toBeLessThanOrEqual(200);
		expect(fieldColumns(many)).toBe(fieldColumns(many));
		expect(reads).toBeLessThanOrEqual(200);
	});
});
