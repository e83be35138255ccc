import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { edited, inserted, type TextField } from '../../src/widgets/text-field.ts';

/** `serv|ice`: the text with the cursor drawn in it. */
const field = (drawn: string): TextField => ({ text: drawn.replace('|', ''), cursor: drawn.indexOf('|') });
const drawn = ({ text, cursor }: TextField): string => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

describe('a key in a text field', () => {
	test.each([
		['left', 'ab|c', 'a|bc'],
		['left', '|abc', '|abc'],
		['ctrl+b', 'ab|', 'a|b'],
		['right', 'a|bc', 'ab|c'],
		['ctrl+f', 'abc|', 'abc|'],
		['home', 'ab|c', '|abc'],
		['ctrl+a', 'ab|c', '|abc'],
		['end', '|abc', 'abc|'],
		['ctrl+e', 'a|bc', 'abc|'],
		['backspace', 'ab|c', 'a|c'],
		['ctrl+h', 'ab|', 'a|'],
		['backspace', '|abc', '|abc'],
		['delete', 'a|bc', 'a|c'],
		['delete', 'abc|', 'abc|'],
		['ctrl+u', 'ab|c', '|c'],
		['ctrl+k', 'ab|c', 'ab|'],
		['ctrl+w', 'service ledger|', 'service |'],
		['ctrl+w', 'service  |ledger', '|ledger'],
		['left', 'a🔥|', 'a|🔥'],
		['right', '|🔥a', '🔥|a'],
		['backspace', 'a🔥|b', 'a|b'],
		['delete', 'a|🔥b', 'a|b'],
	])('%s in %s gives %s', (key, before, after) => {
		const result = edited(field(before), key, undefined);
		expect(result && drawn(result)).toBe(after);
	});

	test('that types goes in at the cursor', () => {
		expect(edited(field('a|c'), 'b', 'b')).toEqual(field('ab|c'));
		expect(edited(field('a|c'), 'space', ' ')).toEqual(field('a |c'));
	});

	test.each(['up', 'pagedown', 'f5', 'shift+tab'])('%s is none of it', key => {
		expect(edited(field('a|'), key, undefined)).toBeUndefined();
	});
});

test('pasted lines become one line, and a long paste ends with a whole character', () => {
	expect(inserted(field('a|z'), 'b\r\n\tc\nd')).toEqual(field('ab c d|z'));
	expect(inserted(field('|'), '🔥'.repeat(3000)).text).toBe('🔥'.repeat(2000));
	expect(inserted(field('x|'), '🔥'.repeat(3000)).text).toBe(`x${'🔥'.repeat(1999)}`);
});

test('the cursor stays inside the text and outside surrogate pairs, whatever is pressed', () => {
	const keys = fc.constantFrom(
		'left',
		'right',
		'home',
		'end',
		'backspace',
		'delete',
		'ctrl+u',
		'ctrl+k',
		'ctrl+w',
		'typed',
	);
	const presses = fc.array(fc.record({ key: keys, text: fc.string({ unit: 'grapheme', maxLength: 3 }) }));
	fc.assert(
		fc.property(presses, steps => {
			let now = field('|');
			for (const { key, text } of steps) {
				now = edited(now, key, key === 'typed' ? text : undefined) ?? now;
				expect(now.cursor).toBeGreaterThanOrEqual(0);
				expect(now.cursor).toBeLessThanOrEqual(now.text.length);
				expect(now.text.slice(0, now.cursor).isWellFormed()).toBe(true);
			}
		}),
	);
});
