import type { LogField, LogRecord } from '../model/log-entry.ts';
import { hour, type Milliseconds, type Nanoseconds } from '../model/time.ts';
import type { Span, SpanEvent, Trace } from '../model/trace.ts';
import { isAtLeast } from './log-level.ts';
import { durationIn } from './notable-fields.ts';
import { oneLine } from './span-words.ts';

/**
 * What the lines of a request tell of its course, as a trace that nobody sent: for a request whose trace is not there.
 *
 *     lines                                          spans
 *     02:00.010 concierge started                    concierge POST /bookings   :  ──────────────
 *     02:00.020 berths    reserve                      berths 3 lines           :   ────────────
 *     02:01.900 berths    SELECT took_ms=1700            berths SELECT          :    ────────────
 *     02:02.010 concierge POST /bookings took_ms=2000
 *
 * A service is at work from its first line to its last; a line that tells a length was written at the end of it. What
 * lies wholly in the time of another hangs below it: who called whom the lines do not tell. Every line is an event of its
 * span.
 */
export function traceFromLogs(id: string, records: readonly LogRecord[]): Trace {
	const works = [...recordsByService(records)].map(([service, lines]) => workOf(service, lines));
	const begun: Work[] = [];
	const spans: Span[] = [];
	for (const work of works.toSorted(compareStretches)) {
		const around = begun.findLast(({ to }) => to >= work.to);
		spans.push(...spansOf(work, around?.id));
		begun.push(work);
	}
	return { id, spans };
}

/** What one service did, by its lines in time order. */
type Work = Stretch & { readonly id: string; readonly service: string; readonly lines: readonly LogRecord[] };

/** A stretch of time that a line tells of, or all lines of a service. */
type Stretch = { readonly name: string; readonly from: Nanoseconds; readonly to: Nanoseconds };
type Told = Stretch & { readonly line: LogRecord };

function recordsByService(records: readonly LogRecord[]): ReadonlyMap<string, readonly LogRecord[]> {
	const services = new Map<string, LogRecord[]>();
	for (const record of records) {
		const lines = services.get(record.service);
		if (lines === undefined) services.set(record.service, [record]);
		else lines.push(record);
	}
	return services;
}

/** Longer than a request takes: a length of something else. */
const longestRequest: Milliseconds = hour;

function toldBy(line: LogRecord): readonly Told[] {
	const took = durationIn(line.fields) ?? stepLengthIn(line.fields);
	if (took === undefined || !(took > 0) || took > longestRequest) return [];
	const to = line.entry.at;
	return [{ line, name: nameOf(line), from: to - BigInt(Math.round(took * 1e6)), to }];
}

/** `upstream_ms=2057.4`, `queryMs=12`: the length of something that the line does not call a duration. */
const stepLength = /^[a-z_.]*(?:_ms|_millis|[a-z]Ms|[a-z]Millis)$/;
/** What may be waited, not what was. */
const noLength = /time_?out|deadline|budget|limit|ttl|interval|delay|retry|max|min|threshold|age/i;

const stepLengthIn = (fields: readonly LogField[]): Milliseconds | undefined => {
	const field = fields.find(({ name, value }) => stepLength.test(name) && !noLength.test(name) && number.test(value));
	return field === undefined ? undefined : Number(field.value);
};

const number = /^\d+(?:\.\d+)?$/;

function workOf(service: string, unsorted: readonly LogRecord[]): Work {
	const lines = unsorted.toSorted((a, b) => compare(a.entry.at, b.entry.at));
	const told = lines.flatMap(toldBy);
	const all = [...lines.map(({ entry: { at } }) => ({ from: at, to: at })), ...told];
	const from = all.reduce((least, each) => (each.from < least ? each.from : least), all[0]?.from ?? 0n);
	const to = all.reduce((most, each) => (each.to > most ? each.to : most), all[0]?.to ?? 0n);
	const whole = told.toSorted(compareStretches)[0];
	const count = `${lines.length} line${lines.length === 1 ? '' : 's'}`;
	const name = whole !== undefined && isWhole(whole, { from, to }) ? whole.name : count;
	return { id: spanIdOf(service, name, from), service, lines, name, from, to };
}

/** It takes nearly all of the time of its service: it is the request itself. */
const isWhole = (told: Pick<Stretch, 'from' | 'to'>, { from, to }: Pick<Stretch, 'from' | 'to'>): boolean =>
	(told.to - told.from) * 10n >= (to - from) * 9n;

function spansOf(work: Work, parentId: string | undefined): readonly Span[] {
	const top = spanOf(work, work.lines, parentId);
	const [first, ...inner] = work.lines.flatMap(toldBy).sort(compareStretches);
	const steps = first === undefined || (first.name === work.name && isWhole(first, work)) ? inner : [first, ...inner];
	return [
		top,
		...steps.map((step, index) => {
			const id = spanIdOf(work.service, `${step.name} ${index}`, step.from);
			return spanOf({ ...step, id, service: work.service }, [step.line], top.id);
		}),
	];
}

function spanOf(
	{ id, service, name, from, to }: Omit<Work, 'lines'>,
	lines: readonly LogRecord[],
	parentId: string | undefined,
): Span {
	const failed = lines.find(({ level }) => isAtLeast(level, 'error'));
	return {
		id,
		...(parentId === undefined ? {} : { parentId }),
		service,
		name,
		kind: 'unspecified',
		start: from,
		end: to,
		status: failed === undefined ? 'unset' : 'error',
		statusMessage: failed === undefined ? '' : oneLine(failed.message).slice(0, longestName),
		attributes: { 'made up from': lines.length === 1 ? '1 log line' : `${lines.length} log lines` },
		resource: { 'service.name': service },
		events: lines.slice(0, mostEvents).map(eventOf),
		links: [],
	};
}

const mostEvents = 100;
const longestName = 120;

const eventOf = ({ message, level, entry }: LogRecord): SpanEvent => ({
	name: oneLine(message).slice(0, longestName),
	at: entry.at,
	attributes: { level },
});

const methodNames = /^(?:http\.(?:request\.)?)?(?:method|verb)$/i;
const routeNames = /^(?:(?:http\.)?(?:route|path|target)|url\.path|uri|request_?uri|rpc\.method|grpc\.method)$/i;

/** `POST /bookings` where the line has both, else what it says. */
function nameOf({ fields, message }: LogRecord): string {
	const fieldOf = (names: RegExp) => fields.find(({ name }) => names.test(name))?.value.split('?')[0] ?? '';
	const route = fieldOf(routeNames);
	const name = route === '' ? message : `${fieldOf(methodNames)} ${route}`;
	return oneLine(name).slice(0, longestName);
}

/** FNV-1a of 64 bits: the same lines make the same IDs, so that a span stays selected when they are read again. */
function spanIdOf(...parts: readonly (string | bigint)[]): string {
	let hash = 0xcbf29ce484222325n;
	for (const character of parts.join('\0')) {
		hash = BigInt.asUintN(64, (hash ^ BigInt(character.codePointAt(0) ?? 0)) * 0x100000001b3n);
	}
	return hash.toString(16).padStart(16, '0');
}

/** By start, longer ones first. */
const compareStretches = (a: Pick<Stretch, 'from' | 'to'>, b: Pick<Stretch, 'from' | 'to'>): number =>
	compare(a.from, b.from) || compare(b.to, a.to);

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
