import type { Base, Headers } from './endpoint.ts';

/** Headers of `authorize` that anybody may know. */
const open = new Set(['x-scope-orgid', 'x-tenant', 'x-amz-date', 'x-amz-content-sha256']);

/** Whatever went out with a message and must not come back to the operator in the words of a server that repeats it. */
export function sentSecrets({ authorization, parameters }: Base, headers: Headers): readonly string[] {
	const sent = Object.entries({ ...(authorization === undefined ? {} : { authorization }), ...headers });
	const secrets = sent.flatMap(([name, value]) => {
		if (open.has(name.toLowerCase())) return [];
		return name.toLowerCase() === 'authorization' ? credentialsIn(value) : [value];
	});
	return [...secrets, ...parameters.map(([, value]) => value)];
}

/** With its scheme, without it, and the password or the ID of a key that is in it. */
export function credentialsIn(authorization: string): readonly string[] {
	const [, scheme = '', credentials = ''] = /^(\S+) +(.*)$/.exec(authorization) ?? [];
	const parts = [authorization, credentials];
	if (scheme.toLowerCase() === 'basic') {
		const pair = Buffer.from(credentials, 'base64').toString('utf8');
		const password = pair.slice(pair.indexOf(':') + 1);
		// Clients of OAuth 2.0 encode it as forms do (RFC 6749 §2.3.1).
		const [decoded = password] = new URLSearchParams(`p=${password.replaceAll('&', '%26')}`).getAll('p');
		return [...parts, pair, password, decoded];
	}
	const [, keyId] = /\bCredential=([^/]+)/.exec(credentials) ?? [];
	return keyId === undefined ? parts : [...parts, keyId];
}

/** The text with `[hidden]` in the place of each secret, as it is or in the escapes of URLs, forms, JSON and HTML. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
	const pieces = new Set(secrets.flatMap(piecesOf));
	// All are looked for in the text as it came: one may be a part of another, or overlap it.
	const found = [...pieces].flatMap(piece =>
		[...text.matchAll(patternOf(piece))].map(({ index, 0: { length } }) => ({ from: index, to: index + length })),
	);
	let [shown, at] = ['', 0];
	for (const { from, to } of found.sort((one, other) => one.from - other.from)) {
		if (from > at || shown === '') shown += `${text.slice(at, from)}[hidden]`;
		at = Math.max(at, to);
	}
	return shown + text.slice(at);
}

const longestPiece = 200;

/** V8 takes no pattern of a secret of some thousand characters. All pieces are about as long: a short one is a word. */
function piecesOf(secret: string): readonly string[] {
	const characters = [...secret];
	const count = Math.ceil(characters.length / longestPiece);
	const length = Math.ceil(characters.length / count);
	return [...Array(count).keys()].map(at => characters.slice(at * length, (at + 1) * length).join(''));
}

/** What is short may be a part of words that say something: it is a secret only where it stands by itself. */
function patternOf(secret: string): RegExp {
	const pattern = [...secret].map(waysToWrite).join('');
	return new RegExp(secret.length >= 8 ? pattern : `(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, 'giu');
}

/** Letters and digits of ASCII are left as they are; each writer has a mind of its own about the rest. */
function waysToWrite(character: string): string {
	if (/[A-Za-z0-9]/.test(character)) return character;
	const code = character.codePointAt(0) ?? 0;
	const hex = code.toString(16);
	const units = [...Array(character.length).keys()].map(at => character.charCodeAt(at).toString(16).padStart(4, '0'));
	const ways = [
		`\\\\?\\u{${hex}}`,
		percentEncoded(character),
		...(character === ' ' ? ['\\+'] : []),
		units.map(unit => `\\\\u${unit}`).join(''),
		`&#(?:0*${code}|x0*${hex});`,
		...(character in entities ? [`&${entities[character]};`] : []),
	];
	return `(?:${ways.join('|')})`;
}

const percentEncoded = (character: string): string =>
	[...Buffer.from(character)].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('');

const entities: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };
