import type { LogLevel } from '../model/log-entry.ts';
import { plainName } from './log-keys.ts';

/** From worst to most talkative. */
const order: readonly LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'];

/** True when `level` is as bad as `limit` or worse; an unknown level is not. */
export const isAtLeast = (level: LogLevel, limit: LogLevel): boolean =>
	level !== 'unknown' && (limit === 'unknown' || order.indexOf(level) <= order.indexOf(limit));

const vocabulary: Readonly<Record<Exclude<LogLevel, 'unknown'>, string>> = {
	fatal: 'fatal critical crit emergency emerg panic alert ftl dpanic f c',
	error: 'error err severe fail failure e erro',
	warn: 'warn warning wrn w',
	info: 'info information informational notice inf log default i',
	debug: 'debug dbg dbug config fine d d1 d2 d3 d4 d5',
	trace: 'trace trc trce verbose vrb finer finest silly v t',
};

const levelOfVocabulary: ReadonlyMap<string, LogLevel> = new Map(
	order.flatMap(level =>
		level === 'unknown' ? [] : vocabulary[level].split(' ').map((word): [string, LogLevel] => [word, level]),
	),
);

/** A level as a logger spells it: `WARN`, `wrn`, `Information`, `E`, `fail`. */
export const levelOfWord = (word: string): LogLevel | undefined =>
	levelOfVocabulary.get(word) ?? levelOfVocabulary.get(word.trim().toLowerCase());

/**
 * A level given as a number. Which scale it is told by the field's name or by the number itself: OpenTelemetry's
 * `severity_number` 1–24, logback's `level_value` 10000–40000, Python's `levelno` 10–50, Google's `severity` 100–800,
 * pino's and bunyan's 10–60, slog's −8 to 8, and syslog's 0–7 (RFC 5424), of which 0 is left out: loggers of Go mean
 * "info" by it.
 */
export function levelOfNumber(value: number, name: string): LogLevel | undefined {
	if (!Number.isInteger(value)) return undefined;
	const key = plainName(name);
	if (key.endsWith('severitynumber')) return at(otelScale, Math.floor((value - 1) / 4));
	if (value >= 10_000) return at(logbackScale, Math.floor(value / 10_000) - 1);
	if (key.endsWith('levelno') && value >= 10) return at(pythonScale, Math.floor(value / 10) - 1);
	if (value >= 100) return at(googleScale, Math.floor(value / 100) - 1);
	if (value >= 10) return at(pinoScale, Math.floor(value / 10) - 1);
	if (value < 0) return value < -4 ? 'trace' : 'debug';
	return at(syslogScale, value - 1);
}

type Scale = readonly LogLevel[];
const otelScale: Scale = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
const logbackScale: Scale = ['debug', 'info', 'warn', 'error'];
const pythonScale: Scale = ['debug', 'info', 'warn', 'error', 'fatal'];
const googleScale: Scale = ['debug', 'info', 'info', 'warn', 'error', 'fatal', 'fatal', 'fatal'];
const pinoScale: Scale = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
/** Syslog's 1–7; 8 is slog's error. */
const syslogScale: Scale = ['fatal', 'fatal', 'error', 'warn', 'info', 'info', 'debug', 'error'];

const at = (scale: Scale, index: number): LogLevel | undefined => scale[index];

/** What stands behind a word to divide its level: slog's `INFO+2`, OpenTelemetry's `ERROR2`, PostgreSQL's `DEBUG5`. */
const shade = /(?<=[A-Za-z]{4})[+-]?\d{1,2}$/;

/** The value of a level field, word or number. */
export function levelOfValue(value: string, name: string): LogLevel | undefined {
	const word = levelOfWord(value) ?? levelOfWord(value.replace(shade, ''));
	if (word !== undefined) return word;
	return /^-?\d{1,6}$/.test(value) ? levelOfNumber(Number(value), name) : undefined;
}

/** The first level word of a text, and only near its head: later on it is more likely a part of the sentence. */
const wordInHead =
	/(?<![\w-])(?:(FATAL|CRITICAL|CRIT|EMERG|EMERGENCY|PANIC|ALERT|ERROR|ERR|SEVERE|WARN|WARNING|INFO|NOTICE|DEBUG|TRACE|VERBOSE)(?![\w-])|\[(fatal|crit|emerg|alert|error|err|warn|warning|info|notice|debug|trace)\]|(fatal|error|warn|warning|info|debug|trace)(?=:\s))/;
const head = 160;
/** Longer than any name of an exception. */
const crashHead = 500;

/** What announces a crash in languages whose runtimes write no level. */
const crash =
	/^(?:panic: |fatal error: |Traceback \(most recent call last\)|Exception in thread |Unhandled |Uncaught |Caused by: |(?:[a-z][\w$]*\.)+[A-Z][\w$]*(?:Exception|Error)\b|\w*(?:Exception|Error): )/;

/** The level that a plain text tells by its own words. */
export function levelInText(text: string): LogLevel | undefined {
	if (crash.test(text.slice(0, crashHead)))
		return text.startsWith('panic') || text.startsWith('fatal') ? 'fatal' : 'error';
	const found = wordInHead.exec(text.slice(0, head));
	const word = found?.[1] ?? found?.[2] ?? found?.[3];
	return word === undefined ? undefined : levelOfWord(word);
}

/** What Loki's distributor looks for anywhere in a line without a level, in whatever sentence it stands. */
const alarm = /\b(?:fatal|critical|panic|err(?:or)?|fail(?:ed|ure)?|warn(?:ing)?)s?\b/gi;
const deniedBefore = /\b(?:no|not an?|non|zero|0|without(?:\s+any)?|free of)[\s-]+$/i;
/** A field without a value, a figure, or a part of the program that is called so. */
const namedBehind =
	/^(?:[-\s]+free\b|"?\s*[:=]\s*(?:0\b(?![.\d])|""|<nil>|(?:null|nil|none|false)\b)|[-\s_](?:rate|ratio|count|budget|handler|handling|reporting|page)s?\b)/i;

/**
 * Whether all words of a text that sound like a failure tell that there is none, or name a figure: `(error rate 0)`,
 * `0 errors, no warnings`. False of a text without such a word.
 */
export function deniesFailure(text: string): boolean {
	const searched = text.slice(0, crashHead);
	let isDenied = false;
	for (const { 0: word, index } of searched.matchAll(alarm)) {
		const before = searched.slice(Math.max(0, index - 20), index);
		if (!deniedBefore.test(before) && !namedBehind.test(searched.slice(index + word.length))) return false;
		isDenied = true;
	}
	return isDenied;
}
