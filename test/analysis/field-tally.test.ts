import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFieldTally, type FieldSummaries, type FieldSummary } from '../../src/analysis/field-tally.ts';
import { fieldFilter, passes } from '../../src/analysis/log-filters.ts';
import { recordOf } from '../../src/analysis/log-record.ts';
import type { Labels } from '../../src/model/labels.ts';
import type { LogRecord } from '../../src/model/log-entry.ts';

const recordsOf = (lines: readonly string[], labels: (index: number) => Labels = () => ({})): readonly LogRecord[] =>
	lines.map((line, index) => recordOf({ at: BigInt(index), line, labels: labels(index), metadata: {}, parsed: {} }));

function tallied(records: readonly LogRecord[]): FieldSummaries {
	const tally = createFieldTally();
	for (const record of records) tally.add(record);
	return tally.fields();
}

/** `values status line 60/3 200×40 502×20`. */
const drawn = ({ use, name, origin, lines, distinct, isMore, values, others, range }: FieldSummary): string =>
	[
		use,
		name,
		origin,
		`${lines}/${distinct}${isMore ? '+' : ''}`,
		...(use === 'identifier'
			? []
			: range === undefined
				? values.slice(0, 3).map(each => `${each.value}×${each.lines}`)
				: range),
		...(others === 0 || use === 'identifier' ? [] : [`others×${others}`]),
	].join(' ');

test('the fields that tell most come first, and identifiers last', () => {
	const lines = Array.from({ length: 120 }, (_, index) =>
		JSON.stringify({
			level: index % 10 === 0 ? 50 : 30,
			msg: 'berth given',
			version: '2.5.0',
			requestId: `r-${Math.floor(index / 2)}`,
			ticket: `t-${index}`,
			took: index * 3,
			colour: index % 3 === 0 ? 'red' : 'blue',
			status: index % 10 === 0 ? 502 : 200,
			...(index % 4 === 0 ? { 'http.route': '/berths' } : {}),
			...(index % 40 === 0 ? { 'err.message': `lamp ${index % 3} is out` } : {}),
		}),
	);
	const { fields, leftOut } = tallied(recordsOf(lines, index => ({ pod: `pier-${index % 2}`, service_name: 'pier' })));
	expect(fields.map(drawn)).toEqual([
		'values level record 120/2 info×108 error×12',
		'values err.message line 3/3 lamp 0 is out×1 lamp 1 is out×1 lamp 2 is out×1',
		'values status line 120/2 200×108 502×12',
		'values pod label 120/2 pier-0×60 pier-1×60',
		'values colour line 120/2 blue×80 red×40',
		'figure took line 120/120 0 357 others×70',
		'constant http.route line 30/1 /berths×30',
		'constant service_name label 120/1 pier×120',
		'constant version line 120/1 2.5.0×120',
		'identifier requestId line 120/60',
		'identifier ticket line 120/120',
	]);
	expect(leftOut).toBe(0);
});

test.each<readonly [string, (index: number) => unknown, string]>([
	['unique on every line', index => `x${index}`, 'identifier'],
	['on a few lines each', index => `x${Math.floor(index / 3)}`, 'identifier'],
	['on many lines each', index => `x${index % 30}`, 'values'],
	['many numbers', index => index % 90, 'figure'],
	['a few numbers', index => index % 9, 'values'],
	['instants', index => 1_795_335_969_000 + index, 'identifier'],
	['always the same', () => 'x', 'constant'],
	['empty', () => '', 'constant'],
])('a value that is %s', (_, value, use) => {
	const lines = Array.from({ length: 200 }, (_, index) => JSON.stringify({ msg: 'm', thing: value(index) }));
	expect(tallied(recordsOf(lines)).fields.find(({ name }) => name === 'thing')?.use).toBe(use);
});

test('a name that an ID has by convention is one, however few lines there are', () => {
	const [field] = tallied(recordsOf(['{"msg":"m","trace_id":"0af7651916cd43dd8448eb211c80319c"}'])).fields.slice(-1);
	expect(field).toMatchObject({ name: 'trace_id', use: 'identifier' });
});

describe('bounds', () => {
	test('of 10,000 names the common ones stay', () => {
		const lines = Array.from({ length: 3000 }, (_, index) =>
			JSON.stringify({ msg: 'm', common: index % 2, [`key${index * 2}`]: 1, [`key${index * 2 + 1}`]: 1 }),
		);
		const { fields, leftOut } = tallied(recordsOf(lines));
		expect(fields.length).toBeLessThanOrEqual(200);
		expect(leftOut).toBeGreaterThan(5000);
		expect(fields.find(({ name }) => name === 'common')).toMatchObject({ lines: 3000, distinct: 2 });
	});

	test('fifty values are shown, the rest is others, and what is long is no value to choose', () => {
		const lines = Array.from({ length: 2000 }, (_, index) =>
			JSON.stringify({ msg: 'm', thing: index % 4 === 0 ? 'x'.repeat(400) : `y${index % 4 === 1 ? 1 : index % 700}` }),
		);
		const thing = tallied(recordsOf(lines)).fields.find(({ name }) => name === 'thing');
		expect(thing).toMatchObject({ lines: 2000, isMore: true });
		expect(thing?.values).toHaveLength(50);
		expect(thing?.values[0]).toMatchObject({ value: 'y1', lines: 500 });
		expect(thing?.values.reduce((sum, { lines: count }) => sum + count, thing.others)).toBe(2000);
	});
});

test('a value is kept by a filter as often as it was counted', () => {
	const pair = fc.tuple(fc.constantFrom('a', 'b', 'pod', 'level', 'a b'), fc.constantFrom('x', 'y', '7', '', 'error'));
	const frame = fc.constantFrom<(fields: Readonly<Record<string, string>>) => string>(
		fields => JSON.stringify({ msg: 'm', ...fields }),
		fields =>
			`level=info msg=m ${Object.entries(fields)
				.map(([name, value]) => `${name.replace(' ', '_')}="${value}"`)
				.join(' ')}`,
		fields => `2026-05-04 11:58:57.950  WARN [quay] 1 --- [main] a.Crane : told ${Object.keys(fields).join(' ')}`,
	);
	const lines = fc.array(
		fc.tuple(frame, fc.array(pair, { maxLength: 4 })).map(([framed, pairs]) => framed(Object.fromEntries(pairs))),
		{ minLength: 1, maxLength: 20 },
	);
	fc.assert(
		fc.property(lines, written => {
			const records = recordsOf(written, index => ({ pod: `pier-${index % 2}` }));
			for (const { origin, name, values } of tallied(records).fields) {
				for (const { value, lines: count, field, sample } of values) {
					const { test: asked } =
						field === undefined ? { test: { kind: 'field', name, value } as const } : fieldFilter(sample, field, false);
					if (asked.kind !== 'field') throw new Error('not of a field');
					// Without an origin it is ours to test, whatever the server would say.
					const ours = { test: { kind: 'field', name: asked.name, value: asked.value } } as const;
					const kept = records.filter(record => passes(record, [ours])).length;
					expect(kept, `${origin} ${name}=${value}`).toBeGreaterThanOrEqual(count);
				}
			}
		}),
	);
});
