import type { LogField, LogFormat } from '../model/log-entry.ts';
import { runFinder } from './character-runs.ts';
import { lineField } from './line-field.ts';
import { readText } from './log-text.ts';
import { pairsIn, readLogfmt } from './logfmt.ts';

/** A line taken apart. */
export type ReadLine = {
	readonly format: LogFormat;
	/** In the order of the line; nested JSON flattened with dots, lists as JSON. */
	readonly fields: readonly LogField[];
	/** What a plain line says after its time, level and source; for JSON and logfmt the line itself. */
	readonly text: string;
	/** How many characters were read, when that is not all of them. */
	readonly readUpTo?: number;
};

/** Longer lines are read up to here: a megabyte of stack would stall the screen for what nobody reads in a row. */
export const longestRead = 65_536;
const mostFields = 300;
const deepest = 10;

/** The frames that container runtimes put round a line: CRI, and Docker's JSON. */
const criFrame = /^\d{4}-\d\d-\d\dT\S{8,40} std(?:out|err) [FP] /;
const dockerFrame = /^\s*\{"[Ll]og":"/;

/** Whether a line is in the JSON frame that Docker writes. */
export const isDockerFramed = (line: string): boolean => dockerFrame.test(line);

/** Takes a line apart, whatever wrote it. Never throws: what cannot be read otherwise is text. */
export function readLine(line: string): ReadLine {
	const whole = line.replace(criFrame, '');
	const cut = whole.length > longestRead;
	const text = cut ? whole.slice(0, longestRead) : whole;
	const read = dockerFrame.test(text) ? readDocker(text) : readInner(text);
	return cut ? { ...read, readUpTo: longestRead } : read;
}

function readInner(text: string): ReadLine {
	if (/^\s*\{/.test(text)) {
		const fields = readJson(text);
		if (fields !== undefined) return { format: 'json', fields, text };
	}
	const pairs = readLogfmt(text, mostFields);
	if (pairs !== undefined) return { format: 'logfmt', fields: pairs, text };
	const read = readText(text);
	return { format: 'text', fields: [...read.fields, ...pairsBehind(read.message)], text: read.message };
}

function readDocker(text: string): ReadLine {
	const value = parseJson(text);
	const inner = isObject(value) ? (value.log ?? value.Log) : undefined;
	return typeof inner === 'string' ? readInner(inner.replace(/\r?\n$/, '')) : readInner(text);
}

/** Pairs within a sentence, or the JSON object that zap's console encoder and many others put at its end. */
function pairsBehind(text: string): readonly LogField[] {
	const brace = text.endsWith('}') ? text.indexOf('{"') : -1;
	const object = brace >= 0 ? parseJson(text.slice(brace)) : undefined;
	return isObject(object) ? flattened(object) : pairsIn(text, mostFields);
}

/** The fields of a JSON object; of one that was cut, those that can be made out. */
function readJson(text: string): readonly LogField[] | undefined {
	const value = parseJson(text);
	if (isObject(value)) return flattened(value);
	const fields = value === undefined ? scrapsOf(text) : [];
	return fields.length > 0 ? fields : undefined;
}

/** Integers beyond 2^53 (decimal trace IDs, nanoseconds) keep their digits by becoming text. */
const longInteger = /([:[,]\s*)(-?\d{16,})(?=\s*[,}\]])/g;

const hasLongInteger = runFinder('0123456789', 16);

/** JSON as it is read everywhere here; `undefined` when it is none. Integers beyond 2^53 come as text. */
export function parseJson(text: string): unknown {
	if (hasLongInteger(text)) {
		const kept = text.replace(longInteger, '$1"$2"');
		if (kept !== text) return tried(kept) ?? tried(text);
	}
	return tried(text);
}

function tried(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** `{"req":{"id":1}}` as `req.id`. */
function flattened(object: Readonly<Record<string, unknown>>): readonly LogField[] {
	const pairs: LogField[] = [];
	const walk = (value: Readonly<Record<string, unknown>>, prefix: string, depth: number): void => {
		for (const key in value) {
			if (pairs.length >= mostFields) return;
			const inner = value[key];
			const name = prefix === '' ? key : `${prefix}.${key}`;
			if (isObject(inner) && depth < deepest) walk(inner, name, depth + 1);
			else pairs.push(lineField(name, textOf(inner)));
		}
	};
	walk(object, '', 1);
	return pairs;
}

const textOf = (value: unknown): string =>
	typeof value === 'string' ? value : typeof value === 'object' ? writtenAgain(value) : String(value);

/** Parsing knows no depth, writing ends with the stack (some thousand lists in each other); the line itself has it all. */
function writtenAgain(value: object | null): string {
	try {
		return JSON.stringify(value);
	} catch {
		return '…';
	}
}

/** `"key": value` wherever it can be told in JSON that does not parse; the last value may be cut. */
const scrap =
	/"((?:[^"\\]|\\.){1,200})"\s*:\s*(?:"((?:[^"\\]|\\.)*)(?:"|\\?$)|(-?\d[\d.eE+-]*|true|false|null)(?=[\s,}\]]|$))/g;

function scrapsOf(text: string): readonly LogField[] {
	const pairs: LogField[] = [];
	for (const [, name = '', quoted, bare = ''] of text.matchAll(scrap)) {
		pairs.push(lineField(name, quoted === undefined ? bare : unescaped(quoted)));
		if (pairs.length >= mostFields) break;
	}
	return pairs;
}

const unescaped = (body: string): string => {
	const value = body.includes('\\') ? tried(`"${body}"`) : body;
	return typeof value === 'string' ? value : body;
};
