import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redactCounted } from '../../src/analysis/redact.ts';
import { redactingLines } from '../../src/analysis/redact-lines.ts';

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

const frames = [
	(line: string) => line,
	(line: string) => `2026-11-22T08:36:05.117421421Z stdout F ${line}`,
	(line: string) => JSON.stringify({ log: `${line}\n`, stream: 'stdout' }),
];
/** The lines of a key behind the one that tells its beginning, as PEM and OpenSSH write them. */
const keyBody = fc.tuple(fc.uint8Array({ minLength: 300, maxLength: 1700 }), fc.constantFrom(64, 70, 76)).map(
	([bytes, width]) =>
		Buffer.from(bytes)
			.toString('base64')
			.match(new RegExp(`.{1,${width}}`, 'g')) ?? [],
);
/** A number alone on a line may be that of a card. */
const loneIdentifier = fc
	.oneof(
		identifier,
		hex(64),
		hex(64).map(id => id.toUpperCase()),
		hex(40),
	)
	.filter(id => !/^\d{13,19}$/.test(id));
const isTold = (line: string) => line.length >= 64 && /[a-z]/.test(line) && /[A-Z]/.test(line) && /\d/.test(line);

test('half a key is masked without its beginning, and no identifier that stands alone on a line, wherever', () => {
	fc.assert(
		fc.property(keyBody, loneIdentifier, fc.constantFrom(...frames), (body, id, framed) => {
			fc.pre(body.slice(0, -1).every(isTold));
			const [redactLine, stream] = [redactingLines(), {}];
			expect(redactLine(stream, framed(id)).text).toBe(framed(id));
			for (const line of body.slice(0, -1)) expect(redactLine(stream, framed(line)).text).not.toContain(line);
			const last = body.at(-1) ?? '';
			const read = redactLine(stream, framed(last)).text;
			if (last.length % 4 === 0 && last.endsWith('=')) expect(read).not.toContain(last);
			redactLine(stream, framed(body[0] ?? ''));
			expect(redactLine(stream, framed(id)).text).toBe(framed(id));
		}),
		{ numRuns: 1000 },
	);
});
