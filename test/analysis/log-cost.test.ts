import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundAbove, estimateText, formatBound, parseBytes, parseSamples } from '../../src/analysis/log-cost.ts';

test.each([
	['10GB', 10e9],
	['1.5 TB', 1.5e12],
	['512mb', 512e6],
	['7B', 7],
	['', undefined],
	['10', undefined],
	['-1GB', undefined],
	['1e3GB', undefined],
	['10GiB', undefined],
])('%s is %s bytes', (text, bytes) => {
	expect(parseBytes(text)).toBe(bytes);
});

test('what an address says of bytes is read back', () => {
	fc.assert(
		fc.property(fc.nat(2 ** 31), fc.nat(3), (figure, thousands) => {
			const bytes = figure * 1000 ** thousands;
			expect(parseBytes(formatBound(bytes))).toBe(bytes);
		}),
	);
});

test.each([
	[42e9, '51GB'],
	[10.1e9, '13GB'],
	[999e9, '1200GB'],
	[3, '4B'],
])('who agrees to %d bytes agrees to %s', (bytes, bound) => {
	expect(formatBound(boundAbove(bytes))).toBe(bound);
});

test('an estimate in words', () => {
	expect(estimateText({ bytes: 42e9, streams: 310 })).toBe('about 42 GB in 310 streams');
	expect(estimateText({ bytes: 1200, streams: 1 })).toBe('about 1.2 kB in 1 stream');
});

test.each([
	['500M', 5e8],
	['1.5 g', 1.5e9],
	['20000', 20_000],
	['2T', 2e12],
	['500MB', undefined],
	['many', undefined],
	['', undefined],
])('%j samples', (text, samples) => {
	expect(parseSamples(text)).toBe(samples);
});
