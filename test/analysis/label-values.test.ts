import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	findingOf,
	labelsToSample,
	pairQuery,
	seriesQuery,
	shownPair,
	valuesQuery,
} from '../../src/analysis/cardinality.ts';
import { shapeNames, shapeOf, verdictOf } from '../../src/analysis/label-values.ts';

describe('the shape of a value', () => {
	test.each([
		['uuid', '025f18ed-1adc-418a-a04c-27397d23bfd8'],
		['uuid', '025F18ED1ADC418AA04C27397D23BFD8'],
		['hex', '7f3c9a01'],
		['hex', '0x7ffd4a2b9c10'],
		['hex', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
		['word', 'deadbeef'],
		['word', 'facade'],
		['number', '42'],
		['number', '-1.5e3'],
		['number', '8412907'],
		['timestamp', '1795336569'],
		['timestamp', '1795336569595'],
		['timestamp', '1795336569.595'],
		['timestamp', '2026-11-22T03:12:44Z'],
		['timestamp', '2026-11-22'],
		['email', 'clerk@nightline.example'],
		['path', '/orders/8412'],
		['path', '/u/025f18ed-1adc-418a-a04c-27397d23bfd8/mail'],
		['path', 'https://shop.example/carts/7f3c9a01?x=1'],
		['word', '/orders/{id}'],
		['word', '/v2/orders'],
		['word', 'https://shop.example:8443/health'],
		['identifier', 'req_3fK9aQ7xTz1Lm0Pd'],
		['address', '10.0.0.7:9100'],
		['address', '10.0.0.7'],
		['address', '[::1]:9100'],
		['address', 'berths:9464'],
		['address', 'ledger.shop.example'],
		['text', 'connection to ledger was reset while it was read'],
		['word', 'STATUS_CODE_ERROR'],
		['word', 'booking-service'],
		['word', 'SELECT berths'],
		['word', ''],
	])('%s: %s', (shape, value) => {
		expect(shapeOf(value)).toBe(shape);
	});

	test('is told of any text', () => {
		fc.assert(fc.property(fc.string(), value => Object.keys(shapeNames).includes(shapeOf(value))));
	});
});

describe('the verdict on a label', () => {
	const uuids = Array.from({ length: 20 }, (_, index) => `025f18ed-1adc-418a-a04c-27397d23bf${10 + index}`);
	const numbers = Array.from({ length: 100 }, (_, index) => String(index));

	test.each([
		[
			'IDs',
			uuids,
			4000,
			true,
			'20 of 20 sampled values look like UUIDs, and there are 4000: each new one is a new series.',
		],
		[
			'half IDs',
			[...uuids, ...numbers.slice(0, 20)],
			40,
			true,
			'20 of 40 sampled values look like UUIDs, and there are 40: each new one is a new series.',
		],
		[
			'less than half IDs',
			[...uuids, ...numbers.slice(0, 21)],
			41,
			false,
			'21 of 41 sampled values look like numbers, and there are 41.',
		],
		['a rack of machines', uuids.slice(0, 9), 9, false, '9 of 9 sampled values look like UUIDs, and there are 9.'],
		['codes', numbers.slice(0, 60), 60, false, '60 of 60 sampled values look like numbers, and there are 60.'],
		[
			'account numbers',
			numbers,
			100,
			true,
			'100 of 100 sampled values look like numbers, and there are 100: too many to be codes or ports.',
		],
		[
			'names of many',
			['a', 'b'],
			10_000,
			true,
			'2 of 2 sampled values look like words, and there are 10000: too many to be a fixed set.',
		],
		['names', ['a'], 30, false, '1 of 1 sampled values looks like words, and there are 30.'],
		['nothing', [], 30, false, 'No value was seen in this window.'],
	] as const)('%s', (_, values, count, unbounded, why) => {
		expect(verdictOf(values, count)).toMatchObject({ unbounded, why });
	});

	test('of several shapes without bound the commonest is named', () => {
		const mixed = ['clerk@a.example', 'guest@a.example', ...uuids.slice(0, 3), 'x'];
		expect(verdictOf(mixed, 600)).toMatchObject({ shape: 'uuid', unbounded: true });
	});
});

describe('what is looked into', () => {
	test('the labels with the most values, but not those of the exposition itself', () => {
		const counted = Array.from({ length: 12 }, (_, index) => ({ name: `l${index}`, count: index }));
		const labels = labelsToSample([{ name: '__name__', count: 900 }, { name: 'le', count: 90 }, ...counted]);
		expect(labels.map(({ name }) => name)).toEqual(['l11', 'l10', 'l9', 'l8', 'l7', 'l6', 'l5']);
	});
});

describe('a finding', () => {
	test('counts the label on the largest metric that has it, and shows what is typical', () => {
		const values = ['x', '025f18ed-1adc-418a-a04c-27397d23bfd8', '125f18ed-1adc-418a-a04c-27397d23bfd8'];
		expect(findingOf({ name: 'message_id', count: 412 }, { values, metrics: ['sent_total', 'mails'] })).toMatchObject({
			label: 'message_id',
			count: 412,
			metric: 'sent_total',
			unbounded: true,
			examples: [values[1], values[2], 'x'],
			query: 'count(count by (message_id) (sent_total{message_id!=""}))',
		});
	});

	test('never shows whose mail it is, nor a secret', () => {
		const values = ['clerk@nightline.example', 'https://clerk:hunter2secret@shop.example/x'];
		const { examples } = findingOf({ name: 'user', count: 20 }, { values, metrics: [] });
		expect(examples[0]).toBe('[redacted email]@nightline.example');
		expect(examples.join()).not.toContain('hunter2secret');
	});
});

describe('the queries', () => {
	test('mean what they say, whatever is in a name', () => {
		expect(valuesQuery('user', undefined)).toBe('count(count by (user) ({user!=""}))');
		expect(valuesQuery('user.id', 'logins')).toBe('count(count by ("user.id") (logins{"user.id"!=""}))');
		expect(seriesQuery('http.requests')).toBe('count({"http.requests"})');
		expect(pairQuery('path=/a?b="c"')).toBe('count({path="/a?b=\\"c\\""})');
	});

	test('a pair that holds a secret is shown without it and counted by nobody', () => {
		const pair = 'password=hunter2secret';
		expect(shownPair(pair)).not.toContain('hunter2secret');
		expect(pairQuery(pair)).toBeUndefined();
	});
});
