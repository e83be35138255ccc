import { isHarmless, isPasswordKey, isSecretKey, kindOfKey, secretKeySign } from './secret-key.ts';
import { maskOf, type Tally } from './secret-mask.ts';

/**
 * A name and what stands between it and its value, in the many dresses of `key=value`: logfmt, query string, header,
 * YAML, embedded JSON with escaped quotes, Ruby's `=>`, Go's `:=`.
 */
const keyAndSign = /(?<![\w.-])([\w.-]{2,128})((?:\\*["'])?\s*(?:=>|:=|=|:|%3D)\s*)/gi;

/** A value in quotes, escaped ones too; the quote at its end may be cut off. Groups: quote, value. */
const quotedValue = /(\\*["'])((?:(?!\1)(?:\\\\\\["']|\\[\s\S]|[^\\]))*)(?:\1|\\?$)/y;

/** A value without quotes, behind the scheme of an `Authorization` header. Groups: scheme, value. */
const bareValue =
	/((?:Bearer|Basic|Token|ApiKey|Digest|Negotiate)\s+)?((?:\[redacted [^\]]{0,40}\]|,(?!\s|$|["'\w.-]+\s*[=:])|\\[^nrtu"']|[^\s,;&"'`()[\]{}|<>\\])+)/iy;

/** The rest of a `Cookie:` header after its first pair. */
const moreCookies = /(\[redacted cookie\])(?:;\s*[^\s;,="']+=(?:\[redacted [^\]]{0,40}\]|[^\s;"'\\])*)+/g;

/** Masks the values of secret keys in free text; a pair inside another's value is found as well. */
export function maskPairs(text: string, tally: Tally): string {
	if (!secretKeySign.test(text)) return text;
	const done: string[] = [];
	let from = 0;
	keyAndSign.lastIndex = 0;
	for (let found = keyAndSign.exec(text); found !== null; found = keyAndSign.exec(text)) {
		const [, key = '', between = ''] = found;
		if (!isSecretKey(key)) continue;
		const at = keyAndSign.lastIndex;
		const secret = secretAt(text, at, key, between);
		if (secret === undefined) continue;
		done.push(text.slice(from, at), secret.before, maskOf(kindOfKey(key), tally), secret.after);
		from = at + secret.length;
		keyAndSign.lastIndex = from;
	}
	done.push(text.slice(from));
	return done.join('').replace(moreCookies, '$1');
}

type FoundSecret = { readonly before: string; readonly after: string; readonly length: number };

function secretAt(text: string, at: number, key: string, between: string): FoundSecret | undefined {
	quotedValue.lastIndex = at;
	const quoted = quotedValue.exec(text);
	if (quoted !== null) {
		const [whole, quote = '', value = ''] = quoted;
		return isHarmless(value) ? undefined : { before: quote, after: quote, length: whole.length };
	}
	bareValue.lastIndex = at;
	const bare = bareValue.exec(text);
	if (bare === null) return undefined;
	const [whole, scheme = '', value = ''] = bare;
	if (isHarmless(value) || (scheme === '' && isProse(key, between, value))) return undefined;
	return { before: scheme, after: '', length: whole.length };
}

/** `auth: user unknown` is a sentence and `token: abc123` is not; of a password anything is believed. */
const isProse = (key: string, between: string, value: string): boolean =>
	/:\s+$/.test(between) && !isPasswordKey(key) && /^[A-Za-z]+$/.test(value);
