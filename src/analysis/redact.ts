import { rolesOf } from './log-keys.ts';
import { maskForms } from './redact-forms.ts';
import { redactJson } from './redact-json.ts';
import { maskPairs } from './redact-pairs.ts';
import { maskStatements } from './redact-sql.ts';
import { mayHoldSecret } from './secret-gate.ts';
import { isHarmless, isSecretKey, kindOfKey } from './secret-key.ts';
import { maskOf, type Tally } from './secret-mask.ts';
import { bearerTokens, keyLines, prefixedTokens, type SecretShape, secretRegions } from './secret-shapes.ts';
import { seenText } from './seen-text.ts';

/** A text without its secrets, and how many were taken out. */
export type Redaction = { readonly text: string; readonly masked: number };

/**
 * Takes secrets out of a text before it reaches the screen, the clipboard, a file or our own output. Each becomes
 * `[redacted KIND]`. Never touches trace, span and request IDs, git commits and digests. JSON stays JSON: its strings are
 * unescaped, redacted one by one under the name of their key, and escaped again; everything else is kept to the byte.
 * `redact(redact(x))` is `redact(x)`.
 */
export const redact = (text: string): string => redactCounted(text).text;

/** As {@link redact}, with the number of secrets that were masked. */
export function redactCounted(text: string): Redaction {
	const tally: Tally = { masked: 0 };
	if (!isSuspect(text)) return { text, masked: 0 };
	let redacted = redactText(text, '', tally);
	// What a mask leaves beside it may be a secret only now: `eyJ…` glued to `password=x` is first one word.
	for (let round = 1; round < maxRounds && tally.masked > 0; round++) {
		const again = redactText(redacted, '', tally);
		if (again === redacted) break;
		redacted = again;
	}
	return { text: redacted, masked: tally.masked };
}

const maxRounds = 8;

/** The value of a named field (label, annotation, structured metadata, span attribute) without its secrets. */
export const redactField = (name: string, value: string): string => redactValue(name, value, { masked: 0 });

/** As {@link redactField}, and e-mail addresses in any case: where values are shown only for what they look like. */
export const redactExample = (name: string, value: string): string =>
	maskEmails(redactField(name, value), { masked: 0 });

const isSuspect = (text: string): boolean =>
	mayHoldSecret(text) || keyLines.sign.test(text) || (areEmailsMasked && text.includes('@'));

let areEmailsMasked = false;

/**
 * Whether e-mail addresses are masked too. They help more often than they harm, so they stay unless a run is told
 * otherwise; it is told once, before anything is read.
 */
export function maskEmailsToo(isWanted: boolean): void {
	areEmailsMasked = isWanted;
}

function redactText(text: string, key: string, tally: Tally): string {
	if (!/^\s*[[{]\s*["[{]/.test(text)) return redactUnseen(text, key, tally);
	const redacted = redactJson(text, (name, value) => redactValue(name, value, tally));
	// `[[main]] password=x` and `{"a":1} token=x` only begin like JSON: what stands beside their strings is text.
	return isJson(text) ? redacted : redactUnseen(redacted, key, tally);
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

/** The text as it is while nothing in it is secret; otherwise redacted as it would be seen: a colour hides no key. */
function redactUnseen(text: string, key: string, tally: Tally): string {
	const seen = seenText(text);
	if (seen === text) return redactPlain(text, key, tally);
	const before = tally.masked;
	const redacted = redactPlain(seen, key, tally);
	return tally.masked > before ? redacted : text;
}

function redactPlain(text: string, key: string, tally: Tally): string {
	const withoutTokens = maskShapes(maskShapes(text, [...secretRegions, keyLines], tally), prefixedTokens, tally);
	const withoutKeys = maskCloudKeys(withoutTokens, text, tally);
	const withoutForms = maskStatements(maskForms(maskUrlPasswords(withoutKeys, tally), tally), tally);
	const withoutPairs = maskPairs(withoutForms, tally);
	const withoutBearers = maskShapes(withoutPairs, bearerTokens, tally);
	const withoutCards = isIdentifierKey(key) ? withoutBearers : maskCards(withoutBearers, tally);
	return areEmailsMasked ? maskEmails(withoutCards, tally) : withoutCards;
}

const isIdentifierKey = (key: string): boolean =>
	/(?:trace|span|req|request|correlation|transaction|parent)[_.-]?id$/i.test(key) ||
	rolesOf(key).some(({ role }) => role === 'trace' || role === 'span' || role === 'request');

const maskShapes = (text: string, shapes: readonly SecretShape[], tally: Tally): string =>
	shapes.reduce(
		(done, { kind, sign, pattern, isOne }) =>
			sign.test(done) ? done.replace(pattern, found => (isOne?.(found) === false ? found : maskOf(kind, tally))) : done,
		text,
	);

function redactValue(name: string, value: string, tally: Tally): string {
	if (!isSecretKey(name)) return isSuspect(value) ? redactText(value, name, tally) : value;
	return isHarmless(value) ? value : maskOf(kindOfKey(name), tally);
}

/** Forty characters of base64 beside an AWS key ID are its secret half; forty hex digits are a git commit. */
const cloudSecret = /(?<![\w/+=])(?![0-9a-f]{40}(?![\w/+=]))[A-Za-z0-9/+]{40}(?![\w/+=])/g;
const cloudKeyId = /\[redacted aws key id\]/;

const maskCloudKeys = (text: string, original: string, tally: Tally): string =>
	text !== original && cloudKeyId.test(text) ? text.replace(cloudSecret, () => maskOf('aws secret', tally)) : text;

/** `scheme://user:PASSWORD@host`: only the password; it may hold an `@`, not a `/` (RFC 3986 §3.2.1). */
const urlPassword = /(:\/\/[^\s:@/"']*:)(?!\[redacted )([^\s/?#"'<>]+)@/g;

const maskUrlPasswords = (text: string, tally: Tally): string =>
	text.includes('://')
		? text.replace(urlPassword, (_, before: string) => `${before}${maskOf('password', tally)}@`)
		: text;

/** Without separators no more than 16 digits: numbers of 17 to 20 are trace IDs and snowflakes, hardly ever cards. */
const cardNumber =
	/(?<![\w.-])(?:[3-6]\d{12,15}|[3-6]\d{3}([ -])\d{4}\1\d{4}\1\d{1,7}|3\d{3}([ -])\d{6}\2\d{4,5})(?![\w-]|\.\d)/g;

/** Payment cards: known first digits and lengths, and Luhn's check digit (ISO/IEC 7812); the last four stay. */
const maskCards = (text: string, tally: Tally): string =>
	text.replace(cardNumber, (found, _dash, _space, at: number) => {
		const digits = found.replace(/\D/g, '');
		if (!hasCardLength(digits) || !passesLuhn(digits) || isIdentifierAfter(text.slice(Math.max(0, at - 48), at)))
			return found;
		return maskOf(`card ${digits.slice(-4)}`, tally);
	});

/** `span_id=`, or the rest of a list of trace and span. */
const isIdentifierAfter = (before: string): boolean => {
	const name = /([\w.-]{2,48})["']?\s*[=:]\s*["']?$/.exec(before)?.[1];
	return (name !== undefined && isIdentifierKey(name)) || /[0-9a-f]{16}[,:-]$/i.test(before);
};

const hasCardLength = (digits: string): boolean => {
	if (digits.startsWith('3')) return digits.length >= 14 && digits.length <= 16;
	if (digits.startsWith('4')) return [13, 16, 19].includes(digits.length);
	return digits.length === 16 || (digits.startsWith('6') && digits.length > 16);
};

function passesLuhn(digits: string): boolean {
	const sum = [...digits].reverse().reduce((total, digit, index) => {
		const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
		return total + (value > 9 ? value - 9 : value);
	}, 0);
	return sum % 10 === 0;
}

const email = /(?<![\w.%+-])[\w.%+-]{1,64}(@[A-Za-z0-9.-]{1,255}\.[A-Za-z]{2,63})(?![A-Za-z]|[\w.%+-]{0,64}@)/g;

/** The domain stays: it tells customers from colleagues without telling who. */
const maskEmails = (text: string, tally: Tally): string =>
	text.includes('@') ? text.replace(email, (_, domain: string) => `${maskOf('email', tally)}${domain}`) : text;
