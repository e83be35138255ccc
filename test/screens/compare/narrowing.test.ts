import { describe, expect, test } from 'vitest';
import { compare } from '../../../src/screens/compare/index.ts';
import { comparisonOf, openCompare } from './open-compare.ts';

const drawing = `
	edge POST /pay   :==========
	  till pay       : ========
`;
const attributes = [
	{ scope: 'span', name: 'http.route', value: '/pay' },
	{ scope: 'resource', name: 'zone', value: 7 },
] as const;
const narrowed = () => openCompare(comparisonOf([drawing], [drawing]), { attributes });
const placeOf = (outcome: unknown) => (outcome as { to: object }).to;

describe('a comparison of requests with attributes', () => {
	test('names them on top, by number, and keeps its last row', () => {
		const rows = narrowed().frame().split('\n');
		expect(rows[0]?.trim()).toBe('1 span.http.route=/pay  2 resource.zone=7');
		expect(rows.at(-1)).toContain('edge POST /pay');
		const nothing = openCompare({ found: false, why: 'There is none.', query: undefined }, { attributes });
		expect(nothing.frame()).toContain('backspace takes a condition away');
	});

	test('is widened by the last, by any, and not by none', () => {
		const open = narrowed();
		expect(placeOf(open.presses('backspace'))).toMatchObject({ attributes: [attributes[0]] });
		expect(open.presses('X')).toMatchObject({ type: 'prompt', name: 'takeAway' });
		expect(placeOf(compare.prompts?.takeAway?.enter('1', open.shown()))).toMatchObject({ attributes: [attributes[1]] });
		expect(compare.prompts?.takeAway?.problem?.('3', open.shown())).toMatch(/^Type a number: 1 span/);
		const plain = openCompare(comparisonOf([drawing], [drawing]));
		expect(plain.presses('backspace')).toMatchObject({ type: 'refuse' });
		const one = openCompare(comparisonOf([drawing], [drawing]), { attributes: [attributes[0]] });
		expect(placeOf(one.presses('backspace'))).not.toHaveProperty('attributes');
	});

	test('is narrowed by what is typed, another value taking the place of one', () => {
		const open = narrowed();
		expect(open.presses('f')).toMatchObject({ type: 'prompt', name: 'narrow' });
		const narrow = compare.prompts?.narrow;
		expect(narrow?.problem?.('route', open.shown())).toMatch(/^Write it as span\.http\.route=/);
		expect(narrow?.problem?.(' span.http.route=/refund ', open.shown())).toBeUndefined();
		expect(placeOf(narrow?.enter('span.http.route=/refund', open.shown()))).toMatchObject({
			attributes: [attributes[1], { scope: 'span', name: 'http.route', value: '/refund' }],
		});
	});

	test('leads to traces that have them, too', () => {
		expect(narrowed().presses('T')).toMatchObject({ to: { kind: 'traces', attributes } });
	});
});
