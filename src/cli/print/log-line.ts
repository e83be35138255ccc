import { formatRfc3339, formatRfc3339Nanoseconds } from '../../analysis/format-time.ts';
import type { Details } from '../../analysis/log-record.ts';
import type { Labels } from '../../model/labels.ts';
import type { LogEntry, LogField, LogFormat } from '../../model/log-entry.ts';

/** A line of log as it is printed, with its line break. In JSON, what a terminal would not show is still in it. */
export type WriteLine = (entry: LogEntry, details: Details) => string;

const perSecond = 1_000_000_000n;

/**
 * Writes lines as JSON, each with the names that {@link recordJson} has. There may be millions: what neighbours share, the
 * second, the names of their fields and the labels of the stream, is written once. It is put together of few pieces, since
 * V8 takes longer for each of them than for its characters.
 */
export function lineWriter(): WriteLine {
	const beginningOf = clock();
	const headOf = kept(level => kept((service: string) => headText(level, service)));
	const keyOf = kept((name: string) => ({ first: `${quoted(name)}:`, next: `,${quoted(name)}:` }));
	const ends = new WeakMap<Labels, string>();
	const endOf = (labels: Labels): string => {
		const end = ends.get(labels) ?? `},"labels":${JSON.stringify(labels)},"line":`;
		ends.set(labels, end);
		return end;
	};
	return (entry, details) => {
		const { level, service, message, format, requestId, traceId, spanId, fields } = details;
		const request = requestId === undefined ? '' : `,"requestId":${quoted(requestId.value)}`;
		// Normalised, they are hex.
		const trace = traceId === undefined ? '' : `,"traceId":"${traceId.value}"`;
		const span = spanId === undefined ? '' : `,"spanId":"${spanId.value}"`;
		return `${beginningOf(entry.at)}${headOf(level)(service)}${quoted(message)}${formats[format]}${request}${trace}${span}${fieldsText(
			fields,
			keyOf,
		)}${endOf(entry.labels)}${quoted(entry.line)}}\n`;
	};
}

const headText = (level: string, service: string): string =>
	`","level":"${level}","service":${quoted(service)},"message":`;

const formats: Readonly<Record<LogFormat, string>> = {
	json: ',"format":"json"',
	logfmt: ',"format":"logfmt"',
	text: ',"format":"text"',
};

/** As many names as are in use, and few enough to hold where lines have any number of them. */
const mostKept = 5000;

function kept<Value>(make: (name: string) => Value): (name: string) => Value {
	const values = new Map<string, Value>();
	return name => {
		const found = values.get(name);
		if (found !== undefined) return found;
		if (values.size >= mostKept) values.clear();
		const made = make(name);
		values.set(name, made);
		return made;
	};
}

/** Beyond this, `JSON.stringify` finds what must be escaped faster than a loop does. */
const shortText = 64;

/** The text as JSON has it. Most are short words in which nothing is escaped. */
function quoted(text: string): string {
	if (text.length > shortText) return JSON.stringify(text);
	for (let index = 0; index < text.length; index++) {
		const unit = text.charCodeAt(index);
		if (unit < 0x20 || unit === 0x22 || unit === 0x5c || unit >= 0xd800) return JSON.stringify(text);
	}
	return `"${text}"`;
}

/** More fields than these are looked through for names that come twice as an object does it. */
const fewFields = 32;

type KeyOf = (name: string) => { readonly first: string; readonly next: string };

/** Of fields with one name the last, as an object would keep it. */
function fieldsText(fields: readonly LogField[], keyOf: KeyOf): string {
	if (fields.length > fewFields) {
		const object = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
		return `,"fields":${JSON.stringify(object).slice(0, -1)}`;
	}
	let text = ',"fields":{';
	let isFirst = true;
	for (let index = 0; index < fields.length; index++) {
		const field = fields[index];
		if (field === undefined || isNamedAgain(fields, index)) continue;
		const key = keyOf(field.name);
		text += `${isFirst ? key.first : key.next}${quoted(field.value)}`;
		isFirst = false;
	}
	return text;
}

function isNamedAgain(fields: readonly LogField[], index: number): boolean {
	const name = fields[index]?.name;
	for (let later = index + 1; later < fields.length; later++) if (fields[later]?.name === name) return true;
	return false;
}

/** The time, and what stands before it: RFC 3339 with nanoseconds, of which the part up to the second is kept while it stays. */
function clock(): (at: bigint) => string {
	let second = '';
	let beginning: string | undefined;
	return at => {
		if (at < perSecond) return `{"time":"${formatRfc3339Nanoseconds(at)}`;
		const digits = at.toString();
		const whole = digits.slice(0, -9);
		if (whole !== second) {
			second = whole;
			const text = formatRfc3339(Number(whole) * 1000);
			beginning = text === 'unknown' ? undefined : `{"time":"${text.slice(0, 20)}`;
		}
		return beginning === undefined ? '{"time":"unknown' : `${beginning}${digits.slice(-9)}Z`;
	};
}
