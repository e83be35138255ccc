import { isSecretKey, isSecretOption } from './secret-key.ts';

/** What is left of a value that stands under this name. */
export type RedactNamed = (name: string, value: string) => string;

/** A string, a number after a key, or the name of a key; the last string may be cut. */
const jsonScalar = /"((?:[^"\\]|\\[\s\S])*)("(?:(\s*:)(?:(\s*)(-?\d[\d.eE+-]*)(?=\s*[,}\]]|\s*$))?)?|\\?$)/g;

/**
 * JSON with its strings and numbers redacted one by one under the name they stand at; everything else is kept to the byte.
 * That name is the key, or what the object says the value is called (`{"name":"password","value":"x"}`), or the option
 * before it in a command line (`["--password","x"]`).
 */
export function redactJson(text: string, redactNamed: RedactNamed): string {
	const names = namesIn(text);
	return text.replace(
		jsonScalar,
		(whole, body: string, end: string, colon?: string, gap?: string, digits?: string, at = 0) => {
			if (colon !== undefined) {
				const key = unescaped(body) ?? body;
				names.enter(key);
				if (digits === undefined) return whole;
				const value = redactNamed(names.nameOf(at, at + whole.length), digits);
				return value === digits ? whole : `"${body}"${colon}${gap}${JSON.stringify(value)}`;
			}
			const value = unescaped(body);
			const name = names.nameOf(at, at + whole.length);
			// A string cut in the middle, or one that is no JSON: taken as it stands, without its escapes undone.
			if (value === undefined || end !== '"') return `"${redactNamed(name, body).replaceAll('"', "'")}${end}`;
			names.pass(value, at + whole.length);
			const redacted = redactNamed(name, value);
			return redacted === value ? whole : JSON.stringify(redacted);
		},
	);
}

const nameKey = /^(?:name|key|header)$/i;
const valueKey = /^(?:value|val|(?:string|int)_?value)$/i;
/** Behind a value: its name, when that comes second. */
const nameBehind = /\s*,\s*"(?:name|key|header)"\s*:\s*"([^"\\]{1,128})"/iy;

/** Keeps track of the name under which the next value stands. */
function namesIn(text: string) {
	let key = '';
	/** A name given or an option read, and where that ended. */
	let said: { readonly name: string; readonly kind: 'name' | 'option'; readonly end: number } | undefined;

	const isStillSaid = (at: number): boolean => {
		if (said === undefined) return false;
		const between = text.slice(said.end, at);
		return said.kind === 'name' ? valueKey.test(key) && !between.includes('}') : /^\s*,\s*$/.test(between);
	};
	const laterName = (end: number): string | undefined => {
		if (!valueKey.test(key)) return undefined;
		nameBehind.lastIndex = end;
		return nameBehind.exec(text)?.[1];
	};
	return {
		enter(name: string): void {
			key = name;
		},
		/** The name of the value from `at` to `end`. */
		nameOf(at: number, end: number): string {
			const name = said !== undefined && isStillSaid(at) ? said.name : laterName(end);
			return name !== undefined && isSecretKey(name) ? name : key;
		},
		/** Remembers a string that may name what follows it. */
		pass(value: string, end: number): void {
			if (nameKey.test(key)) said = { name: value, kind: 'name', end };
			else if (isSecretOption(value)) said = { name: value, kind: 'option', end };
		},
	};
}

function unescaped(body: string): string | undefined {
	if (!body.includes('\\')) return body;
	try {
		const value: unknown = JSON.parse(`"${body}"`);
		return typeof value === 'string' ? value : undefined;
	} catch {
		return undefined;
	}
}
