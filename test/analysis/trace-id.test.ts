import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	likelySpellings,
	normalSpanId,
	normalTraceId,
	otherSpellings,
	pastedTraceId,
} from '../../src/analysis/trace-id.ts';

const id = '0af7651916cd43dd8448eb211c80319c';
const span = 'b7ad6b7169203331';

describe('normalTraceId', () => {
	test.each([
		['plain hex', id, id],
		['upper case', id.toUpperCase(), id],
		['a UUID', '0af76519-16cd-43dd-8448-eb211c80319c', id],
		['16 digits', '8448eb211c80319c', '00000000000000008448eb211c80319c'],
		['leading zeros dropped', '48eb211c80319c', '000000000000000000' + '48eb211c80319c'],
		['traceparent', `00-${id}-${span}-01`, id],
		['b3', `${id}-${span}-1`, id],
		['b3 of 64 bits', `8448eb211c80319c-${span}-1-05e3ac9a4f6e3b90`, '00000000000000008448eb211c80319c'],
		['uber-trace-id', `${id}:${span}:0:1`, id],
		['uber-trace-id without its zeros', `1c80319c:${span}:0:1`, '0000000000000000000000001c80319c'],
		['X-Ray', 'Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=53995c3f42cd8ad8;Sampled=1', id],
		['X-Ray without Root', '1-0af76519-16cd43dd8448eb211c80319c', id],
		['Google Cloud', `projects/shop/traces/${id}`, id],
		['Datadog decimal', '9532127138774266268', '00000000000000008448eb211c80319c'],
		['zeros', '0'.repeat(32), undefined],
		['a single zero', '0', undefined],
		['a zero traceparent', `00-${'0'.repeat(32)}-${span}-01`, undefined],
		['a word', 'checkout', undefined],
		['too short', 'abc', undefined],
		['too long', `${id}00`, undefined],
		['a decimal beyond 64 bits', '99999999999999999999', undefined],
		['nothing', '', undefined],
	])('%s', (_, text, expected) => {
		expect(normalTraceId(text)).toBe(expected);
	});

	test('a short decimal is one only where the name says Datadog', () => {
		expect(normalTraceId('1234567890123456')).toBe('0000000000000000' + '1234567890123456');
		expect(normalTraceId('1234567890123456', true)).toBe('0000000000000000000462d53c8abac0');
	});
});

test.each([
	[span, span],
	['B7AD6B7169203331', span],
	['13235353014750950193', span],
	[`00-${id}-${span}-01`, span],
	['0000000000000000', undefined],
	['x', undefined],
])('normalSpanId(%s)', (text, expected) => {
	expect(normalSpanId(text)).toBe(expected);
});

test('likely spellings are as given, as normalised, and without the zeros that were put before it', () => {
	expect(likelySpellings(id)).toEqual([id]);
	expect(likelySpellings('0af76519-16cd-43dd-8448-eb211c80319c')).toEqual(['0af76519-16cd-43dd-8448-eb211c80319c', id]);
	expect(likelySpellings('00000000000000008448eb211c80319c')).toEqual([
		'00000000000000008448eb211c80319c',
		'8448eb211c80319c',
	]);
	expect(likelySpellings('req-7')).toEqual(['req-7']);
});

test('every other spelling of a trace ID leads back to it or to its low half', () => {
	const digits = fc.stringMatching(/^[1-9a-f][0-9a-f]{15}[1-9a-f][0-9a-f]{15}$/);
	fc.assert(
		fc.property(digits, trace => {
			const others = otherSpellings(trace);
			expect(others).not.toContain(trace);
			for (const other of others) {
				expect([trace, trace.slice(16).padStart(32, '0')]).toContain(normalTraceId(other, /^\d+$/.test(other)));
			}
		}),
	);
});

describe('an ID that somebody pastes', () => {
	const full = '5b8efff798038103d269b633813fc700';

	test.each([
		[full, full],
		[full.toUpperCase(), full.toUpperCase()],
		[` ${full}\n`, full],
		['5b8efff7-9803-8103-d269-b633813fc700', '5b8efff7-9803-8103-d269-b633813fc700'],
		['7f3c', '7f3c'],
		['4532698123409812345', '4532698123409812345'],
		[`0x${full}`, full],
		['W47/95gDgQPSabYzgT/HAA==', full],
		['W47_95gDgQPSabYzgT_HAA==', full],
		['Nu5a+7x/TEs=', '36ee5afbbc7f4c4b'],
		[`00-${full}-36ee5afbbc7f4c4b-01`, full],
		[`${full}-36ee5afbbc7f4c4b-1`, full],
		['463ac35c9f6413ad-0020000000000001', '0000000000000000463ac35c9f6413ad'],
		['5b8efff798038103:d269b633813fc700:0:1', '00000000000000005b8efff798038103'],
		['1-5b8efff7-98038103d269b633813fc700', full],
		[`projects/p/traces/${full}`, full],
	])('%j is %j', (text, id) => {
		expect(pastedTraceId(text)).toBe(id);
	});

	test.each(['', '0', '0'.repeat(32), `${full}0`, 'zz', 'AAAAAAAAAAAAAAAAAAAAAA==', './trace.json', '-', 'req-4309'])(
		'%j is none',
		text => {
			expect(pastedTraceId(text)).toBeUndefined();
		},
	);
});
