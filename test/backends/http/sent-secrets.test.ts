import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { basicOf } from '../../../src/backends/basic.ts';
import { credentialsIn, withoutSecrets } from '../../../src/backends/sent-secrets.ts';

/** Repeats itself nowhere. */
const long = [...Array(60).keys()]
	.map(at =>
		createHash('sha256')
			.update(`${at}`)
			.digest('base64')
			.replaceAll(/[A-Fa-f]/g, '\u00e9'),
	)
	.join(':');

test.each([
	['without a password', basicOf('ops', ''), 'refused: "no", for ops:', 'refused: "no", for [hidden]'],
	['with its scheme in small letters', `basic ${basicOf('ops', 'h4rbour').slice(6)}`, 'no h4rbour', 'no [hidden]'],
	['longer than a pattern may be', `Bearer ${long}`, `got ${long}.`, 'got [hidden].'],
])('credentials %s', (_, authorization, words, shown) => {
	expect(withoutSecrets(words, credentialsIn(authorization))).toBe(shown);
});
