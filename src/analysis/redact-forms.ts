import { isHarmless, isSecretKey, kindOfKey } from './secret-key.ts';
import { maskOf, type Tally } from './secret-mask.ts';

/*
 * Secrets that stand beside their names without a sign between them: in command lines, in XML, and in lists of names and
 * values.
 */

const masked = String.raw`\[redacted [^\]]{0,40}\]`;
/** A word or what is in quotes, whose end may be cut off; a mask is one word. */
const word = String.raw`"[^"]*(?:"|$)|'[^']*(?:'|$)|(?:${masked}|[^\s"'|;<>\\])+`;

const option = new RegExp(String.raw`(?<![\w-])(--?([A-Za-z][\w-]{2,63})[ \t]+(?!-))(${word})`, 'g');

/** Words that follow an option in a sentence about it: `the --password option is missing`. */
const aboutOption =
	/^(?:and|or|is|was|are|not|no|option|options|flag|flags|argument|parameter|must|requires?|required|needs?|cannot|can|for|from|to|in|with|without|has|missing|when|if|instead)[,.:;]?$/i;

/** Commands with a password behind `-p`, which is a port or a path to most others; and their like. */
const passwordSwitch = new RegExp(
	String.raw`(\b(?:(?:sshpass|mysql\w{0,12}|mariadb[\w-]{0,12}|mongo\w{0,12}|(?:docker|podman|nerdctl|buildah|skopeo|crane|oras|registry|az|oc) login)\b[^\n|;]{0,200}?\s-p|redis-cli\b[^\n|;]{0,200}?\s-a|ldap[a-z]{3,9}\b[^\n|;]{0,200}?\s-w)[ \t]*)(${word})`,
	'g',
);
const userSwitch = new RegExp(
	String.raw`(\bcurl\b[^\n|;]{0,400}?\s(?:-[uU][ \t]*|--(?:proxy-)?user[ =])(["']?)[^\s:"']{0,200}:)((?:${masked}|[^\s"']|(?!\2)\s)+)`,
	'g',
);
const switchSign = /sshpass|mysql|mariadb|mongo|login|redis-cli|ldap/;

/** `<password>x</password>`, with a prefix, attributes, or the tags themselves escaped; the end may be cut off. */
const tag = String.raw`(?:<|&lt;)(?:[\w.-]{1,64}:)?([\w.-]{2,128})(?:\s(?:(?!&gt;)[^<>]){0,500})?(?:>|&gt;)`;
const element = new RegExp(String.raw`(${tag})((?:(?!&lt;)[^<])+)(?=(?:<|&lt;)\/|$)`, 'g');
const rawElement = new RegExp(String.raw`(${tag}\s{0,100}<!\[CDATA\[)((?:(?!\]\]>)[\s\S])+)(?=\]\]>|$)`, 'g');

/** `name=password value=x`, `key="password" value="x"`, a list of environment variables in YAML. */
const namedValue = new RegExp(
	String.raw`((?<![\w.-])(?:name|key|header)\\*["']?\s*[=:]\s*\\*["']?)([\w.-]{2,128})(\\*["']?[\s,;]+\\*["']?value\\*["']?\s*[=:]\s*)(\\"(?:(?!\\")[^"])*(?:\\"|$)|${word})`,
	'gi',
);

/** Masks what is secret in command lines, XML elements, and pairs of a name and a value. */
export function maskForms(text: string, tally: Tally): string {
	let done = text;
	if (/(?:^|[\s"'(])-/.test(done)) done = maskOptions(done, tally);
	if (done.includes('<') || done.includes('&lt;')) {
		const mask = (whole: string, head: string, name: string, body: string): string =>
			!isSecretKey(name) || isHarmless(body.trim()) ? whole : head + maskOf(kindOfKey(name), tally);
		done = done.replace(rawElement, mask).replace(element, mask);
	}
	if (/value/i.test(done)) {
		done = done.replace(namedValue, (whole, head: string, name: string, between: string, value: string) =>
			isSecretKey(name) ? head + name + between + maskedWord(value, kindOfKey(name), tally) : whole,
		);
	}
	return done;
}

function maskOptions(text: string, tally: Tally): string {
	let done = text.replace(option, (whole, head: string, name: string, value: string) =>
		isSecretKey(name) && !aboutOption.test(value) ? head + maskedWord(value, kindOfKey(name), tally) : whole,
	);
	if (switchSign.test(done)) {
		done = done.replace(
			passwordSwitch,
			(_, head: string, value: string) => head + maskedWord(value, 'password', tally),
		);
	}
	return done.includes('curl')
		? done.replace(
				userSwitch,
				(_, head: string, _quote: string, value: string) => head + maskedWord(value, 'password', tally),
			)
		: done;
}

/** The mask in the quotes of the value; what is no secret stays. */
function maskedWord(value: string, kind: string, tally: Tally): string {
	const quote = /^\\?["']/.exec(value)?.[0] ?? '';
	const bare = value.slice(quote.length, quote !== '' && value.endsWith(quote) ? -quote.length : undefined);
	return isHarmless(bare) ? value : `${quote}${maskOf(kind, tally)}${quote}`;
}
