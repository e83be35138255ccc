import type { Note } from '../../model/answer.ts';
import type { Nanoseconds } from '../../model/time.ts';
import type { Span, SpanKind, SpanStatus, Trace, TraceSummary } from '../../model/trace.ts';
import { byteCount } from '../byte-count.ts';
import { attributesOf } from './attributes.ts';
import { spanIdIn, traceIdIn } from './ids.ts';
import {
	costAnswer,
	type ResourceSpans,
	type SearchAnswer,
	type WireSpan,
	type WireSummary,
	type WireTrace,
	wireSpan,
} from './schema.ts';
import { distinctSpans } from './span-identity.ts';

/** More spans than any screen can show, and few enough to keep in memory. */
const mostSpans = 100_000;

/** A trace as understood, and what was left out; no span at all means that the server does not have it. */
export type FoundTrace = { readonly trace: Trace; readonly notes: readonly Note[]; readonly unreadable: number };

/** The spans of all batches, without order. */
export function traceOf(id: string, wire: WireTrace | null | undefined): FoundTrace {
	const batches = wire?.resourceSpans ?? wire?.batches ?? [];
	const sent = batches.flatMap(spansSentIn);
	const read = sent.slice(0, mostSpans).map(readSpan);
	const known = read.filter(span => span !== undefined);
	const { spans, renamed } = distinctSpans(known.map(({ span }) => span));
	const unreadable = read.length - known.length;
	const endless = known.filter(span => span.endless).length;
	const notes = [
		counted(sent.length - read.length, 'partial', n => `The trace has ${n} more ${spanWord(n)}, which are left out.`),
		counted(
			unreadable,
			'partial',
			n => `${n} ${spanWord(n)} could not be read and ${n === 1 ? 'is' : 'are'} left out.`,
		),
		counted(
			endless,
			'warning',
			n => `${n} ${spanWord(n)} came without an end or a start and ${n === 1 ? 'is' : 'are'} drawn without length.`,
		),
		counted(
			renamed,
			'info',
			n => `${n} ${spanWord(n)} shared an ID with another and ${n === 1 ? 'was' : 'were'} told apart by kind.`,
		),
	].flat();
	return { trace: { id, spans }, notes, unreadable };
}

const counted = (count: number, kind: Note['kind'], text: (count: number) => string): readonly Note[] =>
	count > 0 ? [{ kind, text: text(count) }] : [];

const spanWord = (count: number): string => (count === 1 ? 'span' : 'spans');

type SentSpan = { readonly span: unknown; readonly resource: Span['resource']; readonly service: string };

/** Each span with the resource it came under; the resource is shared, not copied. */
function spansSentIn({ resource, scopeSpans, instrumentationLibrarySpans }: ResourceSpans): readonly SentSpan[] {
	const attributes = attributesOf(resource?.attributes);
	const name = attributes['service.name'];
	const service = typeof name === 'string' && name !== '' ? name : 'unknown service';
	const scopes = scopeSpans ?? instrumentationLibrarySpans ?? [];
	return scopes.flatMap(({ spans }) => (spans ?? []).map(span => ({ span, resource: attributes, service })));
}

type ReadSpan = { readonly span: Span; readonly endless: boolean };

/** `undefined` for what is no span, or one without an ID or any time. */
function readSpan({ span, resource, service }: SentSpan): ReadSpan | undefined {
	const read = wireSpan.safeParse(span);
	const id = read.success ? spanIdIn(read.data.spanId) : undefined;
	const times = read.success ? timesOf(read.data) : undefined;
	if (!read.success || id === undefined || times === undefined) return undefined;
	const { parentSpanId, name, kind, status, attributes, events, links } = read.data;
	const parentId = spanIdIn(parentSpanId);
	return {
		endless: times.endless,
		span: {
			id,
			...(parentId === undefined ? {} : { parentId }),
			service,
			name: name ?? '',
			kind: kindOf(kind),
			start: times.start,
			end: times.end,
			status: statusOf(status?.code),
			statusMessage: status?.message ?? '',
			attributes: attributesOf(attributes),
			resource,
			events: (events ?? []).map(event => ({
				name: event.name ?? '',
				at: instantOf(event.timeUnixNano),
				attributes: attributesOf(event.attributes),
			})),
			links: (links ?? []).map(link => ({
				traceId: traceIdIn(link.traceId ?? ''),
				spanId: spanIdIn(link.spanId) ?? '',
				attributes: attributesOf(link.attributes),
			})),
		},
	};
}

/** One end that is missing falls on the other; a span with neither cannot be drawn. */
function timesOf({ startTimeUnixNano, endTimeUnixNano }: WireSpan) {
	const [start, end] = [instantOf(startTimeUnixNano), instantOf(endTimeUnixNano)];
	if (start === 0n && end === 0n) return undefined;
	return { start: start === 0n ? end : start, end: end === 0n ? start : end, endless: start === 0n || end === 0n };
}

const instantOf = (wire: string | number | null | undefined): Nanoseconds =>
	BigInt(typeof wire === 'number' ? Math.round(wire) : (wire ?? 0));

const kinds: readonly SpanKind[] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const statuses: readonly SpanStatus[] = ['unset', 'ok', 'error'];

/** `SPAN_KIND_SERVER`, `server` or 2. */
const kindOf = (wire: string | number | null | undefined): SpanKind =>
	named(kinds, wire, 'SPAN_KIND_') ?? 'unspecified';

/** `STATUS_CODE_ERROR`, `error` or 2. */
const statusOf = (wire: string | number | null | undefined): SpanStatus =>
	named(statuses, wire, 'STATUS_CODE_') ?? 'unset';

const named = <Name extends string>(
	names: readonly Name[],
	wire: string | number | null | undefined,
	prefix: string,
): Name | undefined =>
	typeof wire === 'number' ? names[wire] : names.find(name => name === wire?.replace(prefix, '').toLowerCase());

/** The rows of a search, newest first. */
export const summariesOf = ({ traces }: SearchAnswer): readonly TraceSummary[] =>
	(traces ?? []).map(summaryOf).toSorted((a, b) => (a.start < b.start ? 1 : a.start > b.start ? -1 : 0));

/** A duration below one millisecond is omitted. Span sets hold a few spans each, but say how many matched. */
function summaryOf(wire: WireSummary): TraceSummary {
	const sets = wire.spanSets?.length ? wire.spanSets : wire.spanSet ? [wire.spanSet] : [];
	return {
		id: wire.traceID.toLowerCase().padStart(32, '0'),
		rootService: wire.rootServiceName ?? '',
		rootName: wire.rootTraceName ?? '',
		start: instantOf(wire.startTimeUnixNano),
		duration: instantOf(Math.min((wire.durationMs ?? 0) * 1e6, Number.MAX_SAFE_INTEGER)),
		matched: sets.reduce((sum, { matched, spans }) => sum + (matched ?? spans?.length ?? 0), 0),
		services: Object.entries(wire.serviceStats ?? {})
			.map(([name, { spanCount, errorCount }]) => ({ name, spans: spanCount ?? 0, errors: errorCount ?? 0 }))
			.sort((a, b) => (a.name < b.name ? -1 : 1)),
	};
}

/** A search ends with the first `limit` traces found, or when Tempo has looked through all its parts. */
export function searchNotes({ traces, metrics }: SearchAnswer, limit: number): readonly Note[] {
	const { completedJobs, totalJobs } = metrics ?? {};
	const unsearched = typeof totalJobs === 'number' ? totalJobs - (completedJobs ?? 0) : 0;
	const searched = `${completedJobs ?? 0} of ${totalJobs} parts`;
	if ((traces?.length ?? 0) >= limit) {
		const after = unsearched > 0 ? ` (${searched} searched)` : '';
		return [{ kind: 'partial', text: `Not all traces, nor the slowest: Tempo stopped at ${limit}${after}.` }];
	}
	return unsearched > 0
		? [{ kind: 'partial', text: `Tempo did not finish the search. It searched ${searched} of the window.` }]
		: [];
}

/** `70.1 kB read` */
export const costOf = (json: unknown): string | undefined => {
	const read = costAnswer.safeParse(json);
	return read.success ? `${byteCount(read.data.metrics.inspectedBytes)} read` : undefined;
};
