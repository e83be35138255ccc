import { type Labels, labelsKey } from '../model/labels.ts';
import type { LogEntry, LogField, LogLevel, LogRecord } from '../model/log-entry.ts';
import { claimFields, says } from './claimed-fields.ts';
import { impliedLevelOf, requestLineOf } from './implied-level.ts';
import { longestRead, type ReadLine, readLine } from './log-fields.ts';
import { deniesFailure, isAtLeast, levelInText, levelOfValue } from './log-level.ts';
import { serviceOf } from './log-service.ts';
import { isParsedField } from './logql.ts';
import { identifiersIn } from './request-of.ts';

/**
 * Reads a log line: what it says, how bad it is, who said it, and which request it belongs to. Redact the entry first: the
 * record quotes it. Level and service are kept; the rest is read again when it is looked at and was not lately, so that
 * 100,000 lines weigh little more than their text.
 */
export function recordOf(entry: LogEntry, masked = 0): LogRecord {
	const { level, service } = readDetails(entry);
	return new ReadRecord({ entry, key: keyOf(entry), level, service, masked });
}

type Kept = Pick<LogRecord, 'key' | 'entry' | 'level' | 'service' | 'masked'>;

class ReadRecord implements LogRecord {
	readonly entry: LogEntry;
	readonly key: string;
	readonly level: LogLevel;
	readonly service: string;
	readonly masked: number;

	constructor({ entry, key, level, service, masked }: Kept) {
		this.entry = entry;
		this.key = key;
		this.level = level;
		this.service = service;
		this.masked = masked;
	}
	get format() {
		return lately(this.entry).format;
	}
	get message() {
		return lately(this.entry).message;
	}
	get fields() {
		return lately(this.entry).fields;
	}
	get requestId() {
		return lately(this.entry).requestId;
	}
	get traceId() {
		return lately(this.entry).traceId;
	}
	get spanId() {
		return lately(this.entry).spanId;
	}
	get readUpTo() {
		return lately(this.entry).readUpTo;
	}
}

/** What is read out of a line. */
export type Details = Omit<LogRecord, 'key' | 'entry' | 'masked'>;

/** As many lines as a few screens show. Both halves together are what is remembered; the older one is dropped whole. */
const rememberedHalf = 1000;
let recent = new Map<LogEntry, Details>();
let older = new Map<LogEntry, Details>();

function lately(entry: LogEntry): Details {
	const known = recent.get(entry);
	if (known !== undefined) return known;
	const details = older.get(entry) ?? readDetails(entry);
	if (recent.size >= rememberedHalf) {
		older = recent;
		recent = new Map();
	}
	recent.set(entry, details);
	return details;
}

/** All that a record tells of a line, for whoever needs it once and keeps no record. Redact the entry first. */
export function readDetails(entry: LogEntry): Details {
	const line = readLine(entry.line);
	const fields = fieldsOf(entry, line);
	const { level, message, identifiers, others } = claimFields(fields, line.format === 'text');
	const said = line.format === 'text' ? line.text : messageOf(line, fields, message);
	const { requestId, traceId, spanId } = identifiersIn(
		line.format === 'text' ? entry.line.slice(0, longestRead) : said,
		fields,
		identifiers,
	);
	return {
		format: line.format,
		level: level ?? levelWithoutField(entry, line),
		service: serviceOf(entry.labels, fields),
		message: said,
		fields: message === undefined ? others : others.filter(field => field !== message),
		requestId,
		traceId,
		spanId,
		readUpTo: line.readUpTo,
	};
}

/** The line's own fields, then those beside it, then what the query's parser found under names not seen yet. */
function fieldsOf(entry: LogEntry, line: ReadLine): readonly LogField[] {
	if (isEmpty(entry.metadata) && isEmpty(entry.parsed)) return line.fields;
	const fields = line.fields.slice();
	for (const name in entry.metadata) fields.push({ name, value: entry.metadata[name] ?? '', origin: 'metadata' });
	const parsed = Object.entries(entry.parsed);
	if (parsed.length > 0) {
		const seen = new Set(fields.map(({ name }) => name.replace(/\W/g, '_')));
		for (const [name, value] of parsed) {
			if (!seen.has(name) && !name.startsWith('__error') && !isParsedField(name))
				fields.push({ name, value, origin: 'parsed' });
		}
	}
	return fields;
}

function isEmpty(labels: Labels): boolean {
	for (const _ in labels) return false;
	return true;
}

/**
 * The level of a line without a field that tells it: by its text, by the labels of its stream, by what its logger
 * means where it leaves the level out, and last by what Loki guessed: Loki passes over numbers, so that a failed request
 * of a pino logger is `unknown` to it, and a line without a level that has the word "error" anywhere an error. Its guess of a failure
 * is believed unless the line itself denies it: a failure that is missed costs more than one too many.
 */
function levelWithoutField(entry: LogEntry, line: ReadLine): LogLevel {
	const own = line.format === 'text' ? levelInText(entry.line) : undefined;
	const implied = line.format === 'text' ? undefined : impliedLevelOf(line.fields);
	const guess = own === undefined ? guessedLevel(entry) : undefined;
	const isMistaken = guess !== undefined && isAtLeast(guess, 'warn') && deniesFailure(entry.line);
	return own ?? levelOfLabels(entry.labels) ?? implied ?? (isMistaken ? undefined : guess) ?? 'unknown';
}

function levelOfLabels(labels: Labels): LogLevel | undefined {
	for (const name of ['level', 'severity', 'severity_text', 'lvl']) {
		const value = labels[name];
		const level = value === undefined ? undefined : levelOfValue(value, name);
		if (level !== undefined) return level;
	}
	return undefined;
}

const guessedLevel = ({ metadata, labels, parsed }: LogEntry): LogLevel | undefined => {
	const guess = metadata.detected_level ?? labels.detected_level ?? parsed.detected_level;
	return guess === undefined ? undefined : levelOfValue(guess, 'detected_level');
};

function messageOf(line: ReadLine, fields: readonly LogField[], field: LogField | undefined): string {
	if (field === undefined) return summaryOf(fields) ?? line.text;
	return /^@mt$|template$/i.test(field.name) ? rendered(field.value, fields) : field.value;
}

/**
 * Serilog's and .NET's templates: `Took {Elapsed:0.0} ms` with the field `Elapsed`. A hole stays when filling it would make
 * the message longer than any line is read.
 */
function rendered(template: string, fields: readonly LogField[]): string {
	let room = longestRead;
	return template.replace(/\{[@$]?(\w{1,100})(?:[,:][^{}]{0,100})?\}/g, (hole, name: string) => {
		const value = fields.find(each => each.name === name || each.name.endsWith(`.${name}`))?.value ?? hole;
		room -= value.length;
		return room < 0 ? hole : value;
	});
}

/** A request log without a message: `GET /cart 200`. */
function summaryOf(fields: readonly LogField[]): string | undefined {
	const request = requestLineOf(fields);
	if (request !== undefined) return [request.method, request.path, request.status].filter(Boolean).join(' ');
	return fields.find(
		({ name, value }) => /(?:^|[._])(?:err|error|error\.message|exception|errormessage)$/i.test(name) && says(value),
	)?.value;
}

const streams = new WeakMap<Labels, number>();

function keyOf({ at, line, labels, metadata }: LogEntry): string {
	const stream = streams.get(labels) ?? hashOf(labelsKey(labels));
	streams.set(labels, stream);
	return `${at}-${hashOf(line, hashOf(labelsKey(metadata), stream)).toString(36)}`;
}

/** FNV-1a over UTF-16 units; tells lines of one nanosecond apart. */
function hashOf(text: string, seed = 0x811c9dc5): number {
	let hash = seed;
	for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	return hash >>> 0;
}
