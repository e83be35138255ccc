import type { Nanoseconds } from '../../model/time.ts';
import type { Span, SpanEvent, SpanKind, SpanLink, SpanStatus } from '../../model/trace.ts';
import type { ItemReading } from '../message.ts';
import { attributesOf } from './attributes.ts';
import { spanIdIn, traceIdIn } from './ids.ts';
import { type WireSpan, wireSpanIn } from './schema.ts';

type Growing = { -readonly [Name in keyof Span]: Span[Name] };

/** A span of OTLP that has been read. A class, so that it is told from one that has not. */
export class ReadSpan {
	readonly #span: Growing | undefined;
	/** It came without its end or its start. */
	readonly endless: boolean;

	constructor(span?: Growing, endless = false) {
		this.#span = span;
		this.endless = endless;
	}

	/** The span with what its batch says of it; `undefined` for what is no span, and for one without an ID or any time. */
	from(service: string, resource: Span['resource']): Span | undefined {
		if (this.#span === undefined) return undefined;
		this.#span.service = service;
		this.#span.resource = resource;
		return this.#span;
	}
}

/** The lists of OTLP that hold spans, and the name of the list in each of their items; of the innermost none. */
const innerLists: Readonly<Record<string, string | undefined>> = {
	resourceSpans: 'scopeSpans',
	batches: 'scopeSpans',
	scopeSpans: 'spans',
};

/** Reads the spans of an answer as they come in: by themselves, or with a batch that is short enough to come whole. */
export function spanReading(): ItemReading {
	let count = 0;
	const read = (list: string, item: unknown): unknown => {
		if (list === 'spans') {
			if (!(item instanceof ReadSpan)) count++;
			return readSpan(item);
		}
		const inner = innerLists[list];
		const items = inner === undefined ? undefined : listIn(item, inner);
		if (inner !== undefined && items !== undefined)
			for (const [at, each] of items.entries()) items[at] = read(inner, each);
		return item;
	};
	return { read, count: () => count };
}

function listIn(item: unknown, name: string): unknown[] | undefined {
	const found = typeof item === 'object' && item !== null ? Reflect.get(item, name) : undefined;
	return Array.isArray(found) ? found : undefined;
}

/** Reads one span, unless it has been read already. */
export function readSpan(item: unknown): ReadSpan {
	if (item instanceof ReadSpan) return item;
	const wire = wireSpanIn(item);
	const id = spanIdIn(wire?.spanId);
	const times = wire === undefined ? undefined : timesOf(wire);
	if (wire === undefined || id === undefined || times === undefined) return new ReadSpan();
	const { parentSpanId, name, kind, status, attributes, events, links } = wire;
	const parentId = spanIdIn(parentSpanId);
	const span: Growing = {
		id,
		service: '',
		name: name ?? '',
		kind: kindOf(kind),
		start: times.start,
		end: times.end,
		status: statusOf(status?.code),
		statusMessage: status?.message ?? '',
		attributes: attributesOf(attributes),
		resource: {},
		events: events?.map(eventOf) ?? none,
		links: links?.map(linkOf) ?? none,
	};
	if (parentId !== undefined) span.parentId = parentId;
	return new ReadSpan(span, times.endless);
}

/** One list for all spans that have nothing in it: nearly all of a hundred thousand. */
const none: readonly never[] = [];

const eventOf = ({ name, timeUnixNano, attributes }: NonNullable<WireSpan['events']>[number]): SpanEvent => ({
	name: name ?? '',
	at: instantOf(timeUnixNano),
	attributes: attributesOf(attributes),
});

const linkOf = ({ traceId, spanId, attributes }: NonNullable<WireSpan['links']>[number]): SpanLink => ({
	traceId: traceIdIn(traceId ?? ''),
	spanId: spanIdIn(spanId) ?? '',
	attributes: attributesOf(attributes),
});

/** One end that is missing falls on the other; a span with neither cannot be drawn. */
function timesOf({ startTimeUnixNano, endTimeUnixNano }: WireSpan) {
	const [start, end] = [instantOf(startTimeUnixNano), instantOf(endTimeUnixNano)];
	if (start === 0n && end === 0n) return undefined;
	return { start: start === 0n ? end : start, end: end === 0n ? start : end, endless: start === 0n || end === 0n };
}

/** Nanoseconds as text or, rounded by others, as a number; 0 when absent. */
export const instantOf = (wire: string | number | null | undefined): Nanoseconds =>
	BigInt(typeof wire === 'number' ? Math.round(wire) : (wire ?? 0));

const kinds: readonly SpanKind[] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const statuses: readonly SpanStatus[] = ['unset', 'ok', 'error'];

/** Each name as it is sent: by number, in capitals behind its prefix, or plain. */
const sentAs = <Name extends string>(names: readonly Name[], prefix: string): ReadonlyMap<unknown, Name> =>
	new Map(
		names.flatMap((name, number): [unknown, Name][] => [
			[number, name],
			[`${prefix}${name.toUpperCase()}`, name],
			[name, name],
		]),
	);

const kindsSent = sentAs(kinds, 'SPAN_KIND_');
const statusesSent = sentAs(statuses, 'STATUS_CODE_');

/** `SPAN_KIND_SERVER`, `server` or 2. */
const kindOf = (wire: string | number | null | undefined): SpanKind =>
	kindsSent.get(wire) ?? named(kindsSent, wire, 'SPAN_KIND_') ?? 'unspecified';

/** `STATUS_CODE_ERROR`, `error` or 2. */
const statusOf = (wire: string | number | null | undefined): SpanStatus =>
	statusesSent.get(wire) ?? named(statusesSent, wire, 'STATUS_CODE_') ?? 'unset';

/** In other capitals. */
const named = <Name>(
	sent: ReadonlyMap<unknown, Name>,
	wire: string | number | null | undefined,
	prefix: string,
): Name | undefined => (typeof wire === 'string' ? sent.get(wire.replace(prefix, '').toLowerCase()) : undefined);
