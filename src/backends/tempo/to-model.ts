import type { Note } from '../../model/answer.ts';
import type { Steps } from '../../model/steps.ts';
import type { Span, Trace, TraceSummary } from '../../model/trace.ts';
import { byteCount } from '../byte-count.ts';
import { attributesOf } from './attributes.ts';
import { instantOf, readSpan } from './read-span.ts';
import { costAnswer, type ResourceSpans, type SearchAnswer, type WireSummary, type WireTrace } from './schema.ts';
import { distinctSteps } from './span-identity.ts';

/** More spans than any screen can show, and few enough to keep in memory. */
const mostSpans = 100_000;

/** A trace as understood, and what was left out; no span at all means that the server does not have it. */
export type FoundTrace = { readonly trace: Trace; readonly notes: readonly Note[]; readonly unreadable: number };

/** The spans of all batches, without order, read in steps. */
export function* traceSteps(id: string, wire: WireTrace | null | undefined): Steps<FoundTrace> {
	const known: Span[] = [];
	let [sent, unreadable, endless] = [0, 0, 0];
	for (const batch of wire?.resourceSpans ?? wire?.batches ?? []) {
		const { resource, service, spans } = spansIn(batch);
		for (const item of spans) {
			if (++sent > mostSpans) continue;
			if (sent % 64 === 0) yield;
			const read = readSpan(item);
			const span = read.from(service, resource);
			if (span === undefined) unreadable++;
			else known.push(span);
			if (read.endless) endless++;
		}
	}
	const { spans, renamed } = yield* distinctSteps(known);
	return { trace: { id, spans }, notes: notesOf({ more: sent - mostSpans, unreadable, endless, renamed }), unreadable };
}

type Oddities = Readonly<Record<'more' | 'unreadable' | 'endless' | 'renamed', number>>;

const notesOf = ({ more, unreadable, endless, renamed }: Oddities): readonly Note[] =>
	[
		counted(more, 'partial', n => `The trace has ${n} more ${spanWord(n)}, which are left out.`),
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
			n => `${n} ${spanWord(n)} shared an ID with another and ${n === 1 ? 'was' : 'were'} told apart.`,
		),
	].flat();

const counted = (count: number, kind: Note['kind'], text: (count: number) => string): readonly Note[] =>
	count > 0 ? [{ kind, text: text(count) }] : [];

const spanWord = (count: number): string => (count === 1 ? 'span' : 'spans');

/** A batch's spans with the resource they came under, which is shared, not copied. */
function spansIn({ resource, scopeSpans, instrumentationLibrarySpans }: ResourceSpans) {
	const attributes = attributesOf(resource?.attributes);
	const name = attributes['service.name'];
	const service = typeof name === 'string' && name !== '' ? name : 'unknown service';
	const scopes = scopeSpans ?? instrumentationLibrarySpans ?? [];
	return { resource: attributes, service, spans: scopes.flatMap(({ spans }) => spans ?? []) };
}

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
	if ((traces?.length ?? 0) >= limit) {
		return [{ kind: 'partial', text: `Not all traces, nor the slowest: Tempo stopped at ${limit}.` }];
	}
	return unsearched > 0
		? [{ kind: 'partial', text: `Tempo did not finish a search: it did ${completedJobs ?? 0} of ${totalJobs} jobs.` }]
		: [];
}

/** `70.1 kB read` */
export const costOf = (json: unknown): string | undefined => {
	const read = costAnswer.safeParse(json);
	return read.success ? `${byteCount(read.data.metrics.inspectedBytes)} read` : undefined;
};
