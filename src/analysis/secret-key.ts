/** Names that hold a secret wherever they stand in a field's name, compared without `_ - .` and in lower case. */
const anywhere =
	/password|passwd|passphrase|passcode|secret|credential|apikey|accesskey|accountkey|privatekey|signingkey|encryptionkey|authorization|cookie|sessionid|amzsignature|googsignature|token$|jwt$/;

/** Words so short or so common that they count only as the whole last word of a name: `db_pass`, but not `bypass`. */
const lastWords: ReadonlySet<string> = new Set([
	'pass',
	'pwd',
	'pw',
	'psk',
	'auth',
	'otp',
	'totp',
	'pin',
	'cvv',
	'cvc',
	'csrf',
	'xsrf',
	'sig',
	'sid',
]);

/** What stands beside a secret without being one: a Kubernetes secret's name, a token's type, the ID of a request. */
const aboutOne =
	/(?:name|ref|version|arn|path|type|length|len|count|expiry|expires|expired|policy|status|enabled|valid|file|stdin|(?:request|trace|span|correlation)id)$/;

/** A word that makes a free text worth looking through for `key=value` secrets. */
export const secretKeySign =
	/pass|pwd|pw|psk|secret|credential|(?:api|access|account|private|signing|encryption)[\s_.-]?key|auth|cookie|session[_.-]?id|signature|token|jwt|otp|pin|cv[vc]|[cx]srf|sig|sid/i;

/**
 * True when a field of this name holds something that must not be shown (password, token, key, cookie, PIN…).
 * Counters of tokens (`max_tokens`) and names of secrets (`secretName`) do not.
 */
export function isSecretKey(name: string): boolean {
	if (!secretKeySign.test(name)) return false;
	const plain = name.replace(/[_.\-\s]/g, '').toLowerCase();
	if (aboutOne.test(plain)) return false;
	if (anywhere.test(plain)) return true;
	const last = name
		.replace(/([a-z\d])([A-Z])/g, '$1_$2')
		.split(/[_.\-\s]+/)
		.at(-1);
	return last !== undefined && lastWords.has(last.toLowerCase());
}

/** `--password`, whose value is the next word of a command line. */
export const isSecretOption = (word: string): boolean => /^--?[A-Za-z][\w-]{2,63}$/.test(word) && isSecretKey(word);

/** Secrets that may well be a plain word, so that even `password: sesame` is masked. */
export const isPasswordKey = (name: string): boolean => /pass(?:wor|phr|cod|wd)|pwd|secret|psk/i.test(name);

/** What a secret's field holds when it holds none: nothing, a placeholder, or the mask itself. */
export const isHarmless = (value: string): boolean =>
	/^(?:|null|nil|none|undefined|true|false|-|\*+|<[a-z ]+>|\[redacted [^\]]*\])$/i.test(value);

/** How a mask calls what a field of this name holds. */
export function kindOfKey(name: string): string {
	const plain = name.replace(/[_.\-\s]/g, '').toLowerCase();
	const known = ['password', 'passwd', 'secret', 'token', 'authorization', 'cookie', 'key', 'session', 'credential'];
	const kind = known.find(word => plain.includes(word));
	return kind === 'passwd' ? 'password' : (kind ?? 'secret');
}
