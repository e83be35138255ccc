import type { Labels } from '../../model/labels.ts';
import type { LogLevel } from '../../model/log-entry.ts';
import type { Milliseconds } from '../../model/time.ts';

/** A line as it is stored, with the structured metadata that came with it. */
export type Wording = { readonly line: string; readonly metadata: Labels };

/** `2026-11-22T08:36:05.117Z` */
export const isoOf = (at: Milliseconds): string => new Date(at).toISOString();

/** `key=value key="two words"`, as Go's logfmt encoders write it. */
export const logfmt = (pairs: Readonly<Record<string, string | number>>): string =>
	Object.entries(pairs)
		.map(([key, value]) => `${key}=${/[\s"=]/.test(String(value)) ? JSON.stringify(String(value)) : value}`)
		.join(' ');

/** Spring Boot's console pattern with the trace in brackets, as Micrometer Tracing writes it. */
export const springLine = (line: {
	readonly at: Milliseconds;
	readonly level: string;
	readonly application: string;
	/** `trace,span`, or `,` outside a request. */
	readonly ids: string;
	readonly thread: string;
	readonly logger: string;
	readonly message: string;
}): string => {
	const time = isoOf(line.at).replace('T', ' ').replace('Z', '');
	const { level, application, ids, thread, logger, message } = line;
	return `${time} ${level.padStart(5)} [${application},${ids}] 1 --- [${thread}] ${logger.padEnd(40)} : ${message}`;
};

/** OTel's severity numbers (logs data model, "Severity fields"). */
export const severityNumber = (level: LogLevel): string =>
	({ trace: '1', debug: '5', info: '9', warn: '13', error: '17', fatal: '21', unknown: '0' })[level];

/** Nanoseconds in milliseconds with one digit, as the services round. */
export const tenths = (nanoseconds: number): number => Math.round(nanoseconds / 1e5) / 10;

/**
 * The level that Loki 3.4 finds in what `manifest` and `herald` write. Numeric levels are not read, and `INFO` or
 * `WARN` without a colon are not found in plain text; `ERROR` is.
 */
export const detectedWhenUnread = (level: LogLevel): LogLevel => (level === 'error' ? 'error' : 'unknown');
