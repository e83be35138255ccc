import type { LogField, LogRecord } from '../model/log-entry.ts';
import type { Milliseconds } from '../model/time.ts';
import { formatDuration, formatId } from './format.ts';
import { plainName, rolesOf } from './log-keys.ts';

/** What stands behind the message in a row: one thing worth a glance. */
export type NotableField = {
	readonly text: string;
	readonly weight: 'error' | 'warning' | 'plain' | 'id';
	/** The field it is of, and its value alone: what a column of its own shows. */
	readonly name: string;
	readonly value: string;
};

const statusNames = /(?:^|[._])(?:status|statuscode|status_code|response_code|downstreamstatus|code)$/i;
const pathNames = /(?:^|[._])(?:route|path|uri|url|target|requestpath|http\.route)$/i;
const errorNames =
	/^(?:err|error|error\.message|err\.message|exception|exception\.message|exc_info|reason|errormessage)$/i;
/** Where and in what a line was written rather than what happened. */
const dull =
	/^(?:pid|hostname|host|thread.*|caller|logger.*|source.*|file|line|func.*|module|v|version|ecs.*|@.*|name|stream|scope.*|target|severity.*|flags|observed.*|client.*|agent|user_?agent|service.*|deployment.*|telemetry.*|process.*|stack.*|.*\.stack|.*stack_?trace|method|http\.method|taskname|errorverbose)$/i;

/** Milliseconds in one unit of a duration field, by the end of its name; a bare `duration` may be anything. */
const durationUnits: readonly (readonly [RegExp, number])[] = [
	[/(?:duration|elapsed|latency|took|time|wait|waited)_?(?:ms|millis|milliseconds)$|^responsetime$/i, 1],
	[/(?:duration|elapsed|latency|took|time|wait|waited)_?(?:s|sec|seconds)$|^request_time$/i, 1000],
	[/(?:duration|elapsed|latency|took)_?(?:us|micros)$/i, 0.001],
	[/(?:duration|elapsed|latency|took)_?(?:ns|nanos)$/i, 1e-6],
	// nginx: seconds, several with commas between when it tried again
	[/^upstream_response_time$/i, 1000],
];
/** Elastic Common Schema: nanoseconds. */
const ecsDuration = /(?:^|\.)event\.duration$/;
const bareDuration = /^(?:duration|elapsed|latency|took|responsetime)$/i;

/**
 * The fields that matter in a row, most telling first: status, path, duration, error, then the rest, and last the
 * identifiers, which are there to be followed and not to be read. What was said already is not said twice. `ellipsis`
 * stands in shortened IDs.
 */
export function notableFields(record: LogRecord, ellipsis = '…'): readonly NotableField[] {
	const { fields, message } = record;
	const ids = new Set([record.requestId?.name, record.traceId?.name, record.spanId?.name]);
	const first = (names: RegExp): LogField | undefined => fields.find(({ name }) => names.test(name));
	const status = first(statusNames);
	const path = first(pathNames);
	const duration = fields.find(({ name }) => durationOf(name, '1') !== undefined);
	const error = first(errorNames);
	const told = [status, path, duration, error].filter(field => field !== undefined);
	const values = new Set(told.map(({ value }) => value));
	const rest = fields.filter(
		field =>
			!told.includes(field) &&
			!values.has(field.value) &&
			!ids.has(field.name) &&
			!isIdentifier(field.name) &&
			!dull.test(field.name) &&
			field.value !== '',
	);
	return [
		...(status === undefined || message.endsWith(status.value)
			? []
			: [{ text: status.value, weight: weightOf(status.value), name: status.name, value: status.value }]),
		...(path === undefined || message.includes(path.value) ? [] : [plain(path.value, path)]),
		...(duration === undefined ? [] : [durationField(duration)]),
		...(error === undefined || isNothing(error.value)
			? []
			: [{ text: pair('err', error.value), weight: 'error' as const, name: 'err', value: error.value }]),
		...rest.filter(({ origin }) => origin !== 'metadata').map(field => plain(pair(field.name, field.value), field)),
		...rest.filter(({ origin }) => origin === 'metadata').map(field => plain(pair(field.name, field.value), field)),
		...(record.requestId === undefined ? [] : [idField('req', record.requestId, ellipsis)]),
		...(record.traceId === undefined ? [] : [idField('trace', record.traceId, ellipsis)]),
	];
}

const plain = (text: string, { name, value }: Named): NotableField => ({ text, weight: 'plain', name, value });

function durationField(field: Named): NotableField {
	const text = durationOf(field.name, field.value) ?? field.value;
	return plain(text, { name: field.name, value: text.slice(text.indexOf('=') + 1) });
}

const idField = (word: string, { name, value }: Named, ellipsis: string): NotableField => ({
	text: `${word}=${formatId(value, ellipsis)}`,
	weight: 'id',
	name,
	value,
});

type Named = { readonly name: string; readonly value: string };

const pair = (name: string, value: string): string => `${name}=${/\s/.test(value) ? JSON.stringify(value) : value}`;
const isNothing = (value: string): boolean => value === '' || value === 'null' || value === '{}';
const isIdentifier = (name: string): boolean =>
	rolesOf(name).some(({ role }) => role === 'request' || role === 'trace' || role === 'span') ||
	plainName(name) === 'traceflags';

const weightOf = (status: string): NotableField['weight'] =>
	/^5\d\d$/.test(status) ? 'error' : /^4\d\d$/.test(status) ? 'warning' : 'plain';

/** The status that the fields tell of a request: HTTP's or gRPC's. */
export const statusIn = (fields: readonly LogField[]): string | undefined =>
	fields.find(({ name }) => statusNames.test(name))?.value;

/** How long the fields say that a request took; `undefined` where none does, or its unit is not known. */
export function durationIn(fields: readonly LogField[]): Milliseconds | undefined {
	for (const { name, value } of fields) {
		const unit = unitOf(name);
		const [, number, suffix] = /^(\d+(?:\.\d+)?)\s*(ns|us|µs|ms|s)?$/.exec(value) ?? [];
		if (number === undefined || (unit === undefined && !bareDuration.test(lastPart(name)))) continue;
		const factor = suffix === undefined ? unit : suffixes[suffix];
		if (factor !== undefined) return Number(number) * factor;
	}
	return undefined;
}

const suffixes: Readonly<Record<string, number>> = { ns: 1e-6, us: 0.001, µs: 0.001, ms: 1, s: 1000 };

const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** Milliseconds in one unit of the field; `undefined` when it is no duration, or of no known unit. */
const unitOf = (name: string): number | undefined =>
	ecsDuration.test(name) ? 1e-6 : durationUnits.find(([names]) => names.test(lastPart(name)))?.[1];

/** The value with its unit, as it is read; `undefined` when the field is no duration. */
function durationOf(name: string, value: string): string | undefined {
	const last = lastPart(name);
	const number = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
	const unit = unitOf(name);
	if (unit !== undefined) return number === undefined ? value : formatDuration(number * unit).replace(' ', '');
	if (!bareDuration.test(last)) return undefined;
	return number === undefined ? value : `${last}=${value}`;
}
