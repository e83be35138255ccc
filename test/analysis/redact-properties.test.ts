import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redactCounted } from '../../src/analysis/redact.ts';

/*
 * Lines of log as programs write them, each with secrets and identifiers in it. No secret may survive and every identifier
 * must, whatever stands beside it.
 */

const letters = (length: number) => fc.stringMatching(new RegExp(`^[A-Za-z0-9]{${length}}$`));
const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length - 1}}[1-9a-f]$`));

/** What finds a request, a build or an image again. */
const identifier = fc.oneof(
	hex(32),
	hex(16),
	fc.uuid(),
	fc.uuid().map(id => id.toUpperCase()),
	hex(40),
	hex(64).map(digest => `sha256:${digest}`),
	hex(64).map(digest => `registry.example/shop/till@sha256:${digest}`),
	fc.ulid(),
	fc.tuple(hex(32), hex(16)).map(([trace, span]) => `00-${trace}-${span}-01`),
	fc.tuple(hex(8), hex(24)).map(([time, rest]) => `1-${time}-${rest}`),
	fc.bigInt(2n ** 62n, 2n ** 64n - 1n).map(String),
);
const identifierKey = fc.constantFrom(
	...['trace_id', 'traceId', 'span_id', 'request_id', 'reqId', 'correlation_id', 'dd.trace_id', 'parent_span_id'],
);

/** A secret that only its name gives away. */
const plainSecret = fc.stringMatching(/^[a-z][A-Za-z0-9!?*_~]{5,20}[0-9][a-z]$/);
const secretKey = fc.constantFrom(
	'password',
	'db_password',
	'PGPASSWORD',
	'apiKey',
	'client_secret',
	'access_token',
	'passwd',
);

/** A secret that is known by itself. */
const knownSecret = fc.oneof(
	letters(36).map(text => `ghp_${text}`),
	letters(24).map(text => `sk_live_${text}`),
	letters(35).map(text => `AIza${text}`),
	letters(20).map(text => `glpat-${text}`),
	fc.tuple(letters(24), letters(30), letters(43)).map(([a, b, c]) => `eyJ${a}.eyJ${b}.${c}`),
	fc.stringMatching(/^[A-Z2-7]{16}$/).map(text => `AKIA${text}`),
	fc.constantFrom('4111 1111 1111 1111', '5555-5555-5555-4444', '378282246310005', '6011111111111117'),
);

type Part = { readonly text: string; readonly secrets: readonly string[]; readonly identifiers: readonly string[] };
const part = (text: string, secrets: readonly string[], identifiers: readonly string[]): Part => ({
	text,
	secrets,
	identifiers,
});

/** A piece of a plain line. */
const piece: fc.Arbitrary<Part> = fc.oneof(
	fc
		.constantFrom('order placed', 'status=200', 'took=812ms', 'upstream said no', 'level=info')
		.map(text => part(text, [], [])),
	fc.tuple(identifierKey, identifier).map(([key, id]) => part(`${key}=${id}`, [], [id])),
	fc.tuple(identifierKey, identifier).map(([key, id]) => part(`"${key}": "${id}"`, [], [id])),
	identifier.map(id => part(`[${id}]`, [], /^\d{13,19}$/.test(id) ? [] : [id])),
	fc.tuple(hex(32), hex(16)).map(([trace, span]) => part(`[till,${trace},${span}]`, [], [trace, span])),
	fc.tuple(secretKey, plainSecret).map(([key, secret]) => part(`${key}=${secret}`, [secret], [])),
	fc.tuple(secretKey, plainSecret).map(([key, secret]) => part(`${key}: "${secret}"`, [secret], [])),
	fc.tuple(secretKey, plainSecret).map(([key, secret]) => part(`--${key} ${secret}`, [secret], [])),
	fc.tuple(secretKey, plainSecret).map(([key, secret]) => part(`<${key}>${secret}</${key}>`, [secret], [])),
	fc.tuple(secretKey, plainSecret).map(([key, secret]) => part(`name=${key} value=${secret}`, [secret], [])),
	plainSecret.map(secret =>
		part(`postgres://till:${encodeURIComponent(secret)}@db:5432/shop`, [encodeURIComponent(secret)], []),
	),
	plainSecret.map(secret => part(`curl -u ann:${secret} https://a.example/x`, [secret], [])),
	plainSecret.map(secret => part(`Authorization: Bearer ${secret}`, [secret], [])),
	knownSecret.map(secret => part(`got ${secret} from edge`, [secret], [])),
);

const textLine: fc.Arbitrary<Part> = fc.array(piece, { minLength: 1, maxLength: 6 }).map(parts =>
	part(
		parts.map(({ text }) => text).join(' '),
		parts.flatMap(({ secrets }) => secrets),
		parts.flatMap(({ identifiers }) => identifiers),
	),
);

const jsonLine: fc.Arbitrary<Part> = fc
	.record({
		id: identifier,
		idKey: identifierKey,
		name: secretKey,
		secret: plainSecret,
		known: knownSecret,
		inner: textLine,
	})
	.map(({ id, idKey, name, secret, known, inner }) =>
		part(
			JSON.stringify({
				msg: inner.text,
				[idKey]: id,
				[name]: secret,
				req: { headers: { authorization: `Bearer ${secret}` }, args: ['--password', secret] },
				env: [{ name, value: secret }],
				note: `saw ${known}`,
			}),
			[secret, known, ...inner.secrets],
			[id, ...inner.identifiers],
		),
	);

test('no secret of a line survives, and every identifier does', () => {
	fc.assert(
		fc.property(fc.oneof(textLine, jsonLine), ({ text, secrets, identifiers }) => {
			const { text: redacted, masked } = redactCounted(text);
			for (const secret of secrets) expect(redacted).not.toContain(secret);
			for (const id of identifiers) expect(redacted).toContain(id);
			expect(masked > 0).toBe(secrets.length > 0);
			if (text.startsWith('{')) JSON.parse(redacted);
		}),
		{ numRuns: 5000 },
	);
});
