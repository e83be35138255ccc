import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTraceId, spanIdIn, traceIdIn, traceIdsMeant } from '../../../src/backends/tempo/ids.ts';

const full = '5b8efff798038103d269b633813fc700';

describe('trace IDs', () => {
	test.each([
		[full, full],
		[full.toUpperCase(), full],
		[`  ${full}\n`, full],
		[`0x${full}`, full],
		['5b8efff7-9803-8103-d269-b633813fc700', full],
		['W47/95gDgQPSabYzgT/HAA==', full],
		[`00-${full}-36ee5afbbc7f4c4b-01`, full],
		['834d448d30437653612c52739ba8fec', '0834d448d30437653612c52739ba8fec'],
		['36ee5afbbc7f4c4b', '000000000000000036ee5afbbc7f4c4b'],
		['Nu5a+7x/TEs=', '000000000000000036ee5afbbc7f4c4b'],
		['1', '00000000000000000000000000000001'],
		['4532698123409812345', '00000000000004532698123409812345'],
	])('%j is %s', (text, id) => {
		expect(parseTraceId(text)).toBe(id);
	});

	test.each([
		'',
		' ',
		'nothex',
		'0',
		'0'.repeat(32),
		`${full}0`,
		'W47/95gDgQPSabYzgT/HA===',
		'../../admin',
		'a b',
		'-',
	])('%j is none', text => {
		expect(parseTraceId(text)).toBeUndefined();
	});

	test.each([
		[full, [full]],
		['4532698123409812345', ['00000000000000003ee760ed8febeb79', '00000000000004532698123409812345']],
		['18446744073709551615', ['f'.repeat(16), '18446744073709551615']],
		['18446744073709551616', ['18446744073709551616']],
		['1234567890123456', ['00000000000000001234567890123456']],
		['00000000000000000', []],
		['checkout', []],
	])('%j may mean %j', (text, ids) => {
		expect(traceIdsMeant(text)).toEqual(ids.map(id => id.padStart(32, '0')));
	});

	test('every ID comes back from every spelling', () => {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), bytes => {
				fc.pre(bytes.some(byte => byte !== 0));
				const hex = Buffer.from(bytes).toString('hex');
				expect(parseTraceId(Buffer.from(bytes).toString('base64'))).toBe(hex);
				expect(traceIdIn(Buffer.from(bytes).toString('base64'))).toBe(hex);
				expect(parseTraceId(hex.replace(/^0+/, ''))).toBe(hex);
			}),
		);
	});
});

test.each([
	['Nu5a+7x/TEs=', '36ee5afbbc7f4c4b'],
	['36EE5AFBBC7F4C4B', '36ee5afbbc7f4c4b'],
	['ee5afbbc7f4c4b', '00ee5afbbc7f4c4b'],
	['', undefined],
	[undefined, undefined],
	['0000000000000000', undefined],
	['AAAAAAAAAAA=', undefined],
	['span one', 'span one'],
])('the span ID %j is %j', (wire, id) => {
	expect(spanIdIn(wire)).toBe(id);
});

test('the ID of every span comes back from base64, that for URLs too', () => {
	fc.assert(
		fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), bytes => {
			fc.pre(bytes.some(byte => byte !== 0));
			const hex = Buffer.from(bytes).toString('hex');
			expect(spanIdIn(Buffer.from(bytes).toString('base64'))).toBe(hex);
			expect(spanIdIn(`${Buffer.from(bytes).toString('base64url')}=`)).toBe(hex);
		}),
	);
});

test.each(['Nu5a=7x/TEs=', 'Nu5a 7x/TEs=', 'Nu5aü7x/TEs='])('%j is no base64, and stays as it is', wire => {
	expect(spanIdIn(wire)).toBe(wire);
});
