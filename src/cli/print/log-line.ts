import { formatRfc3339, formatRfc3339Nanoseconds } from '../../analysis/format-time.ts';
import type { Details } from '../../analysis/log-record.ts';
import type { Labels } from '../../model/labels.ts';
import type { LogEntry, LogField } from '../../model/log-entry.ts';

/** A line of log as it is printed, with its line break. In JSON, what a terminal would not show is still in it. */
export type WriteLine = (entry: LogEntry, details: Details) => string;

const perSecond = 1_000_000_000n;

/**
 * Writes lines as JSON, each with the names that {@link recordJson} has. There may be millions: what neighbours share, the
 * second and the labels of the stream, is written once.
 */
export function lineWriter(): WriteLine {
	const labelsText = new WeakMap<Labels, string>();
	const labelsOf = (labels: Labels): string => {
		const known = labelsText.get(labels) ?? JSON.stringify(labels);
		labelsText.set(labels, known);
		return known;
	};
	const timeOf = clock();
	return (entry, details) => {
		const { level, service, message, format, requestId, traceId, spanId, fields } = details;
		return (
			`{"time":"${timeOf(entry.at)}","level":"${level}","service":${quoted(service)},` +
			`"message":${quoted(message)},"format":"${format}"${identifier('requestId', requestId)}` +
			`${identifier('traceId', traceId)}${identifier('spanId', spanId)},"fields":${fieldsText(fields)},` +
			`"labels":${labelsOf(entry.labels)},"line":${quoted(entry.line)}}\n`
		);
	};
}

const identifier = (name: string, found: { readonly value: string } | undefined): string =>
	found === undefined ? '' : `,"${name}":${quoted(found.value)}`;

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

/** Of fields with one name the last, as an object would keep it. */
function fieldsText(fields: readonly LogField[]): string {
	if (fields.length > fewFields)
		return JSON.stringify(Object.fromEntries(fields.map(({ name, value }) => [name, value])));
	let text = '';
	for (let index = 0; index < fields.length; index++) {
		const field = fields[index];
		if (field === undefined || isNamedAgain(fields, index)) continue;
		text += `${text === '' ? '' : ','}${quoted(field.name)}:${quoted(field.value)}`;
	}
	return `{${text}}`;
}

function isNamedAgain(fields: readonly LogField[], index: number): boolean {
	const name = fields[index]?.name;
	for (let later = index + 1; later < fields.length; later++) if (fields[later]?.name === name) return true;
	return false;
}

/** RFC 3339 with nanoseconds; the part up to the second is kept while it stays the same. */
function clock(): (at: bigint) => string {
	let second = '';
	let text = '';
	return at => {
		if (at < perSecond) return formatRfc3339Nanoseconds(at);
		const digits = at.toString();
		const whole = digits.slice(0, -9);
		if (whole !== second) {
			second = whole;
			text = formatRfc3339(Number(whole) * 1000);
		}
		return text === 'unknown' ? text : `${text.slice(0, 20)}${digits.slice(-9)}Z`;
	};
}
