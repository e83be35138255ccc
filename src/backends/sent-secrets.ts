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
	return [...secrets, ...parameters.map(([, value]) => value)].filter(secret => secret !== '');
}

/** With its scheme, without it, and the password or the ID of a key that is in it. */
function credentialsIn(authorization: string): readonly string[] {
	const [, scheme = '', credentials = ''] = /^(\S+) +(.*)$/.exec(authorization) ?? [];
	const parts = [authorization, credentials];
	if (scheme === 'Basic')
		return [
			...parts,
			Buffer.from(credentials, 'base64')
				.toString('utf8')
				.replace(/^[^:]*:/, ''),
		];
	const [, keyId] = /\bCredential=([^/]+)/.exec(credentials) ?? [];
	return keyId === undefined ? parts : [...parts, keyId];
}

/** The text with `[hidden]` in the place of each secret, as it is or in the escapes of URLs, forms, JSON and HTML. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
	const forms = [...new Set(secrets.flatMap(escapesOf))].filter(form => text.includes(form));
	// The longest first: a short one may be a part of it.
	return forms
		.sort((one, other) => other.length - one.length)
		.reduce((shown, form) => shown.replaceAll(patternOf(form), '[hidden]'), text);
}

const escapesOf = (secret: string): readonly string[] => [
	secret,
	encodeURIComponent(secret.toWellFormed()),
	`${new URLSearchParams([['', secret]])}`.slice(1),
	JSON.stringify(secret).slice(1, -1),
	secret.replace(/[&<>"']/g, character => entities[character] ?? character),
];

/** As Go's `html.EscapeString` writes them. */
const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&#34;',
	"'": '&#39;',
};

/** What is short may be a part of words that say something: it is a secret only where it stands by itself. */
function patternOf(form: string): RegExp {
	const literal = form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return form.length >= 8
		? new RegExp(literal, 'g')
		: new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'gu');
}
