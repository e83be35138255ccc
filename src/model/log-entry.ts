import type { Labels } from './labels.ts';
import type { Nanoseconds } from './time.ts';

/** One line of a log as Loki keeps it, before anybody has read the line. */
export type LogEntry = {
	readonly at: Nanoseconds;
	readonly line: string;
	/** The stream's index labels. */
	readonly labels: Labels;
	/** Structured metadata: fields beside the line (OTLP attributes, `trace_id`, `detected_level`…). */
	readonly metadata: Labels;
	/** What a parser stage of the query found in the line. */
	readonly parsed: Labels;
};

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'unknown';

/** How the line was written, as far as it can be told. */
export type LogFormat = 'json' | 'logfmt' | 'text';

/** A field of a log record. Nested JSON is flattened with dots: `req.id`. */
export type LogField = {
	readonly name: string;
	readonly value: string;
	readonly origin: 'line' | 'metadata' | 'label' | 'parsed';
};

/** An identifier found in a record, under the name it had there. */
export type Identifier = {
	readonly name: string;
	readonly value: string;
	readonly origin: LogField['origin'] | 'text';
};

/** A log line that has been read: what it says, who said it, and which request it belongs to. */
export type LogRecord = {
	/** Identity of the row from one refresh to the next: time, stream and line. */
	readonly key: string;
	readonly entry: LogEntry;
	readonly format: LogFormat;
	readonly level: LogLevel;
	readonly service: string;
	readonly message: string;
	/** In the order of the line, then metadata; without time, level and message. */
	readonly fields: readonly LogField[];
	readonly requestId?: Identifier | undefined;
	/** The value is normalised: 32 lower-case hex digits. */
	readonly traceId?: Identifier | undefined;
	readonly spanId?: Identifier | undefined;
	/** How many characters were read, when the line was too long to be read whole. */
	readonly readUpTo?: number | undefined;
	/** How many secrets were masked in it. */
	readonly masked: number;
};
