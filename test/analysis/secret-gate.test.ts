import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayHoldSecret } from '../../src/analysis/secret-gate.ts';
import { secretKeySign } from '../../src/analysis/secret-key.ts';
import { bearerTokens, prefixedTokens, secretRegions } from '../../src/analysis/secret-shapes.ts';

const signs = [secretKeySign, ...[...secretRegions, ...prefixedTokens, ...bearerTokens].map(({ sign }) => sign)];

/** What is matched by a pattern, and letters of either case; word boundaries are what stands round it here. */
const matchedBy = (sign: RegExp) =>
	fc
		.tuple(fc.stringMatching(new RegExp(`^(?:${sign.source.replaceAll('\\b', '')})$`)), fc.boolean())
		.map(([text, isUpper]) => (isUpper ? text.toUpperCase() : text));

test.each(signs.map(sign => [sign]))('what has the sign %s is looked through', sign => {
	fc.assert(
		fc.property(
			matchedBy(sign),
			fc.constantFrom('', ' ', '"', '(', '='),
			fc.constantFrom('', ' ', 'ö'),
			(text, before, after) => {
				expect([text, mayHoldSecret(`${before}${text}${after}`)]).toEqual([text, true]);
			},
		),
		{ numRuns: 300 },
	);
});

test.each([
	'postgres://ann:sesame@db.example',
	'curl -u ann:sesame https://shop.example',
	'mysql -psesame',
	'mariadb -psesame',
	'mongosh',
	'redis-cli -a sesame',
	'ldapsearch -w sesame',
	'docker login -p sesame',
	'\\u0070assword',
	'to\u200bken',
	'\u001b[1m',
	'4111 1111 1111 1111',
	'4111111111111111',
	'pw=1',
	'PW',
	'a pw',
])('%j is looked through', text => {
	expect(mayHoldSecret(text)).toBe(true);
});

test.each(['berth held at 12:00:07.123', 'GET /berths/17 201 in 12 ms', 'größer als 3', ''])('%j passes', text => {
	expect(mayHoldSecret(text)).toBe(false);
});
