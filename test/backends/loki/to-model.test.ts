import { describe, expect, test } from 'vitest';
import { byteCount } from '../../../src/backends/byte-count.ts';
import { instantText, lokiRequest } from '../../../src/backends/loki/query.ts';
import { costOf, floatOf, readOf } from '../../../src/backends/loki/to-model.ts';

describe('numbers on the wire', () => {
	test.each([
		['+Inf', Number.POSITIVE_INFINITY],
		['-Inf', Number.NEGATIVE_INFINITY],
		['Inf', Number.POSITIVE_INFINITY],
		['NaN', Number.NaN],
		['1e-07', 1e-7],
	])('the sample %s', (text, value) => {
		expect(floatOf(text)).toBe(value);
	});

	test.each([
		[1_795_335_969_000_000_001n, '1795335969000000001'],
		// Ten digits or fewer would be read as seconds.
		[9_000_000_000n, '09000000000'],
		[0n, '00000000000'],
		[-5n, '00000000000'],
	])('the instant %s', (at, text) => {
		expect(instantText(at)).toBe(text);
	});

	test.each([
		[0, '0 B'],
		[812, '812 B'],
		[1000, '1.0 kB'],
		[1_081_344, '1.1 MB'],
		[12e9, '12.0 GB'],
		[3e18, '3000.0 PB'],
	])('%d bytes', (bytes, text) => {
		expect(byteCount(bytes)).toBe(text);
	});
});

test('a cost is told when the server tells it', () => {
	const withStats = (summary: object): unknown => ({ data: { stats: { summary } } });
	expect(costOf(withStats({ totalBytesProcessed: 90, totalLinesProcessed: 1 }))).toBe('90 B read, 1 line');
	expect(readOf(withStats({ totalBytesProcessed: 90, totalLinesProcessed: 1 }))).toBe(90);
	expect([readOf(withStats({})), readOf('no object')]).toEqual([undefined, undefined]);
	expect(costOf(withStats({}))).toBeUndefined();
	expect(costOf('no object')).toBeUndefined();
});

test('a question too long for a URL becomes a form', () => {
	expect(lokiRequest('/labels', [['query', 'x'.repeat(3900)]]).method).toBe('GET');
	expect(lokiRequest('/labels', [['query', '"'.repeat(1400)]]).method).toBe('POST');
});
