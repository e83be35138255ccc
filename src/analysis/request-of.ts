import type { Identifier, LogField } from '../model/log-entry.ts';
import { runFinder } from './character-runs.ts';
import { rolesOf } from './log-keys.ts';
import { normalSpanId, normalTraceId } from './trace-id.ts';

/** Which request and which trace a line belongs to. */
export type Identifiers = {
	readonly requestId: Identifier | undefined;
	readonly traceId: Identifier | undefined;
	readonly spanId: Identifier | undefined;
};

/**
 * Finds the identifiers of a line: in its fields under the names that loggers use, the best name first, and else in the
 * text, as Spring's `[app,trace,span]`, `traceID=…` or a `traceparent`. Trace and span IDs come normalised.
 */
export function requestOf(fields: readonly LogField[], text: string): Identifiers {
	const found: FoundIdentifiers = {};
	for (const field of fields) {
		for (const { role, rank } of rolesOf(field.name)) {
			if (role === 'request' || role === 'trace' || role === 'span') offerField(found, field, role, rank);
		}
	}
	return identifiersIn(text, fields, found);
}

/** Takes a field into account whose name claims one of these roles. */
export function offerField(found: FoundIdentifiers, field: LogField, role: keyof FoundIdentifiers, rank: number): void {
	const value = valueFor(role, field);
	if (role === 'trace' && isSkyWalking(field.value)) offer(found, 'request', rank + 50, field);
	if (value === undefined) return;
	offer(found, role, rank, value === field.value ? field : { ...field, value });
	if (role === 'trace') offerSpanOf(found, rank, field);
}

/** What was found in the fields, and for what was not in the text. */
export function identifiersIn(text: string, fields: readonly LogField[], found: FoundIdentifiers): Identifiers {
	inText(text, found);
	for (const { name, value } of fields) if (isScopes(name, value)) inText(value, found);
	return {
		requestId: found.request?.identifier,
		traceId: found.trace?.identifier,
		spanId: found.span?.identifier,
	};
}

type Claim = { readonly rank: number; readonly identifier: Identifier };
/** The best of each so far. */
export type FoundIdentifiers = { request?: Claim; trace?: Claim; span?: Claim };

function offer(found: FoundIdentifiers, role: keyof FoundIdentifiers, rank: number, identifier: Identifier): void {
	const before = found[role];
	if (before === undefined || rank < before.rank) found[role] = { rank, identifier };
}

function valueFor(role: keyof FoundIdentifiers, { name, value }: LogField): string | undefined {
	if (role === 'request') return isRequestId(value) ? (onlyItem.exec(value)?.[1] ?? value) : undefined;
	const decimal = value.trim().length <= longestDecimal && ofDatadog.test(name);
	if (role === 'trace') return normalTraceId(value, decimal);
	return normalSpanId(value, decimal);
}

/** Of an unsigned 64-bit integer, also behind `0x`. */
const longestDecimal = 22;
const ofDatadog = /^[_.\-/]*d[_.\-/]*d/i;

/** The value of a header that was written as a list of one. */
const onlyItem = /^\["([^"\\]+)"\]$/;

/** SkyWalking's trace ID: no tracing backend that reads OpenTelemetry knows it by these digits, but every line has it. */
const isSkyWalking = (value: string): boolean => value.length > 50 && /^[0-9a-f]{32}\.\d{1,9}\.\d{17}$/.test(value);

/** Lists of .NET's scopes and of Rust's spans carry the identifiers of what the line happened in. */
const isScopes = (name: string, value: string): boolean =>
	value.startsWith('[{') && /(?:^|\.)(?:scopes|spans)$/i.test(name);

function inText(text: string, found: FoundIdentifiers): void {
	if (found.trace !== undefined && found.request !== undefined) return;
	const hasId = hasLongHex(text);
	if (found.trace === undefined && hasId) traceInText(text, found);
	if (found.request === undefined && (hasId || requestSign.test(text))) requestInText(text, found);
}

/** In every trace ID, and in the UUIDs that requests have. */
const hasLongHex = runFinder('0123456789abcdefABCDEF', 12);
const requestSign = /req|correlation/i;

/** `traceparent` and `b3` name the span as well. */
function offerSpanOf(found: FoundIdentifiers, rank: number, field: LogField): void {
	if (field.value.length < 49 || !/^(?:[0-9a-f]{2}-)?[0-9a-f]{32}-[0-9a-f]{16}/i.test(field.value)) return;
	const value = normalSpanId(field.value);
	if (value !== undefined) offer(found, 'span', rank + 50, { ...field, value });
}

const nothing = /^(?:-|0|null|nil|none|undefined|n\/a|unknown|<[a-z]+>|0{8}-0{4}-0{4}-0{4}-0{12})$/i;

/** One word of a sensible length that says something. */
export const isRequestId = (value: string): boolean =>
	value.length >= 2 && value.length <= 128 && !/\s/.test(value) && !nothing.test(value);

/** A counter such as `req-7` belongs to one process; another one counts the same. Only a long ID finds other services. */
export const isUniqueId = (value: string): boolean => value.length >= 10 && /\d/.test(value);

/** Spring Cloud Sleuth's and Micrometer's brackets. */
const springContext = /\[(?:[^\],[]*,)?([0-9a-f]{32}|[0-9a-f]{16})[,-]([0-9a-f]{16})(?:,(?:true|false)?)?\]/;
const traceWord =
	/(?:trace[ _.-]?id|\btrace)(?:\\?["'])?\s*[=:]\s*(?:\\?["'])?([0-9a-f]{16,32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\w-])/i;
const spanWord = /span[ _.-]?id(?:\\?["'])?\s*[=:]\s*(?:\\?["'])?([0-9a-f]{16})(?!\w)/i;
const w3c = /(?<![\w-])[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?![\w-])/;
const xray = /Root=(1-[0-9a-f]{8}-[0-9a-f]{24})/;
/** New Relic's suffix: NR-LINKING|entity|host|trace|span|service| */
const newRelic = /NR-LINKING\|[^|]*\|[^|]*\|([0-9a-f]{32})\|([0-9a-f]{16})?\|/;

function traceInText(text: string, found: FoundIdentifiers): void {
	const bracket = springContext.exec(text) ?? w3c.exec(text) ?? newRelic.exec(text);
	const trace = bracket?.[1] ?? traceWord.exec(text)?.[1] ?? xray.exec(text)?.[1];
	const value = trace === undefined ? undefined : normalTraceId(trace);
	if (value === undefined) return;
	offer(found, 'trace', 100, { name: 'trace', value, origin: 'text' });
	const span = normalSpanId(bracket?.[2] ?? spanWord.exec(text)?.[1] ?? '');
	if (span !== undefined) offer(found, 'span', 100, { name: 'span', value: span, origin: 'text' });
}

const requestWord = /(?:request|req|correlation)(?:[ _.-]?id)(?:\\?["'])?\s*[=:]\s*(?:\\?["'])?([\w:./+-]{4,128})/i;
/** Rails' tagged logging and its imitators: a UUID in brackets at the head. */
const taggedUuid = /^.{0,80}?\[([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\]/i;

const skyWalkingWord = /(?<![\w.])[0-9a-f]{32}\.\d{1,9}\.\d{17}(?![\w.])/;

function requestInText(text: string, found: FoundIdentifiers): void {
	const value = requestWord.exec(text)?.[1] ?? taggedUuid.exec(text)?.[1] ?? skyWalkingWord.exec(text)?.[0];
	if (value !== undefined && isRequestId(value)) {
		offer(found, 'request', 100, { name: 'request', value, origin: 'text' });
	}
}
