import type { Steps } from '../model/steps.ts';

/** What becomes of a long JSON text while it is read. */
export type JsonReading = {
	/** Takes the place of an item of a long list; `list` is the key under which the list stands, empty when under none. */
	readonly item?: (list: string, item: unknown) => unknown;
	/** Told now and then how far the text has been read, in characters. */
	readonly onRead?: (position: number) => void;
	/** Characters that are parsed at once; 32,768 when absent. */
	readonly piece?: number;
	/** Integers that a number would round stay text where they are the value of an attribute. */
	readonly exact?: boolean;
};

/** Longer values than a piece are opened this deep; what lies deeper is parsed in one go. OTLP has its spans at 7. */
const deepest = 16;

/**
 * What `JSON.parse` makes of a text, in steps of a piece each. Objects and lists that are longer than a piece are opened;
 * what is in them goes to `JSON.parse`, whole items of a list by the run. Throws a `SyntaxError` where `JSON.parse` does.
 * Linear: a character is looked at twice, and once more for each long value that is opened round it.
 */
export function* jsonSteps(
	text: string,
	{ item, onRead, piece = 32_768, exact = false }: JsonReading = {},
): Steps<unknown> {
	const cursor = { text, at: 0, piece, exact, item: item ?? ((_, value) => value), onRead: onRead ?? (() => {}) };
	skipBlanks(cursor);
	const value = yield* readValue(cursor, 0, '');
	skipBlanks(cursor);
	if (cursor.at < text.length) throw damaged(cursor);
	return value;
}

type Cursor = {
	readonly text: string;
	at: number;
	readonly piece: number;
	readonly exact: boolean;
	readonly item: NonNullable<JsonReading['item']>;
	readonly onRead: (position: number) => void;
};

function* readValue(cursor: Cursor, depth: number, key: string): Steps<unknown> {
	const { text, at, piece } = cursor;
	const end = endOfValue(text, at, Math.min(text.length, at + piece));
	if (end !== undefined) return isLongInteger(cursor, end, key) ? taken(cursor, end) : parsed(cursor, end);
	const first = text.charCodeAt(at);
	if (depth < deepest && first === openBrace) return yield* readObject(cursor, depth);
	if (depth < deepest && first === openBracket) return yield* readList(cursor, depth, key);
	return parsed(cursor, endOfValue(text, at, text.length) ?? text.length);
}

function* readObject(cursor: Cursor, depth: number): Steps<unknown> {
	const entries: [string, unknown][] = [];
	cursor.at++;
	skipBlanks(cursor);
	if (takes(cursor, closeBrace)) return {};
	for (;;) {
		const key = parsed(cursor, endOfValue(cursor.text, cursor.at, cursor.text.length) ?? cursor.text.length);
		skipBlanks(cursor);
		if (typeof key !== 'string' || !takes(cursor, colon)) throw damaged(cursor);
		skipBlanks(cursor);
		entries.push([key, yield* readValue(cursor, depth + 1, key)]);
		skipBlanks(cursor);
		// Not by assignment: `__proto__` is a key like any other.
		if (takes(cursor, closeBrace)) return Object.fromEntries(entries);
		if (!takes(cursor, comma)) throw damaged(cursor);
		skipBlanks(cursor);
		cursor.onRead(cursor.at);
		yield;
	}
}

function* readList(cursor: Cursor, depth: number, key: string): Steps<unknown> {
	const items: unknown[] = [];
	cursor.at++;
	skipBlanks(cursor);
	if (takes(cursor, closeBracket)) return items;
	for (;;) {
		const end = endOfRun(cursor.text, cursor.at, Math.min(cursor.text.length, cursor.at + cursor.piece));
		if (end === undefined || end === cursor.at) items.push(cursor.item(key, yield* readValue(cursor, depth + 1, '')));
		else for (const each of parsedRun(cursor, end)) items.push(cursor.item(key, each));
		skipBlanks(cursor);
		if (takes(cursor, closeBracket)) return items;
		if (!takes(cursor, comma)) throw damaged(cursor);
		skipBlanks(cursor);
		cursor.onRead(cursor.at);
		yield;
	}
}

function parsed(cursor: Cursor, end: number): unknown {
	const value: unknown = JSON.parse(sliceTo(cursor, end));
	cursor.at = end;
	return value;
}

function parsedRun(cursor: Cursor, end: number): readonly unknown[] {
	const values: readonly unknown[] = JSON.parse(`[${sliceTo(cursor, end)}]`);
	cursor.at = end;
	return values;
}

/** OTLP writes 64-bit integers as text; some write them bare, as Jaeger's own JSON has them. Beyond 2⁵³ those would be rounded. */
const longIntegers = /("(?:value|intValue)"\s*:\s*)(-?\d{17,})(?=\s*[,}])/g;

/** The same where the value stands by itself, since what it is in was opened. */
const isLongInteger = ({ text, at, exact }: Cursor, end: number, key: string): boolean =>
	exact && (key === 'value' || key === 'intValue') && /^-?\d{17,}$/.test(text.slice(at, end));

function taken(cursor: Cursor, end: number): string {
	const slice = cursor.text.slice(cursor.at, end);
	cursor.at = end;
	return slice;
}

function sliceTo({ text, at, exact }: Cursor, end: number): string {
	const slice = text.slice(at, end);
	return exact ? slice.replaceAll(longIntegers, '$1"$2"') : slice;
}

const [quote, backslash, comma, colon] = [34, 92, 44, 58];
const [openBracket, closeBracket, openBrace, closeBrace] = [91, 93, 123, 125];

const isBlank = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;

function skipBlanks(cursor: Cursor): void {
	while (isBlank(cursor.text.charCodeAt(cursor.at))) cursor.at++;
}

function takes(cursor: Cursor, code: number): boolean {
	if (cursor.text.charCodeAt(cursor.at) !== code) return false;
	cursor.at++;
	return true;
}

const damaged = ({ at }: Cursor): SyntaxError => new SyntaxError(`Unexpected token in JSON at position ${at}`);

/** Where the value that begins at `from` ends; `undefined` when that is not before `limit`. What it is, is not checked. */
function endOfValue(text: string, from: number, limit: number): number | undefined {
	let depth = 0;
	for (let at = from; at < limit; at++) {
		const code = text.charCodeAt(at);
		if (code === quote) {
			at = closingQuote(text, at, limit);
			if (at < limit && depth === 0) return at + 1;
		} else if (code === openBrace || code === openBracket) depth++;
		else if (code === closeBrace || code === closeBracket) {
			if (depth === 0) return at;
			depth--;
			if (depth === 0) return at + 1;
		} else if (depth === 0 && (code === comma || code === colon || isBlank(code))) return at;
	}
	return depth === 0 && limit === text.length ? limit : undefined;
}

/** Where the last item that ends before `limit` ends, of those that begin at `from`; `undefined` when none does. */
function endOfRun(text: string, from: number, limit: number): number | undefined {
	let depth = 0;
	let end: number | undefined;
	for (let at = from; at < limit; at++) {
		const code = text.charCodeAt(at);
		if (code === quote) at = closingQuote(text, at, limit);
		else if (code === openBrace || code === openBracket) depth++;
		else if (code === comma && depth === 0) end = at;
		else if (code === closeBrace || code === closeBracket) {
			if (depth === 0) return at;
			depth--;
		}
	}
	return end;
}

/** The quote that ends the string whose first one is at `from`; `limit` when it is not before that. */
function closingQuote(text: string, from: number, limit: number): number {
	for (let at = from + 1; at < limit; at++) {
		const code = text.charCodeAt(at);
		if (code === quote) return at;
		if (code === backslash) at++;
	}
	return limit;
}
