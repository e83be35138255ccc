import type { Note } from '../../model/answer.ts';
import type { Span, Trace, TraceSummary } from '../../model/trace.ts';

/** A found trace, of which all spans are known, as a row of a search; `isMeant` are those that the search is about. */
export function summaryOf({ id, spans }: Trace, isMeant: (span: Span) => boolean): TraceSummary {
	const start = spans.reduce((least, span) => (span.start < least ? span.start : least), spans[0]?.start ?? 0n);
	const end = spans.reduce((most, span) => (span.end > most ? span.end : most), start);
	const root = rootOf(spans);
	return {
		id,
		rootService: root?.service ?? '',
		rootName: root?.name ?? '',
		start,
		duration: end - start,
		matched: spans.filter(isMeant).length,
		services: countsOf(spans),
	};
}

/** The first span without a parent; the first of all where the root is missing. */
const rootOf = (spans: readonly Span[]): Span | undefined => {
	const roots = spans.filter(({ parentId }) => parentId === undefined);
	return (roots.length > 0 ? roots : spans).toSorted((a, b) => (a.start < b.start ? -1 : 1))[0];
};

function countsOf(spans: readonly Span[]): TraceSummary['services'] {
	const counts = new Map<string, { name: string; spans: number; errors: number }>();
	for (const { service: name, status } of spans) {
		const count = counts.get(name) ?? { name, spans: 0, errors: 0 };
		count.spans++;
		if (status === 'error') count.errors++;
		counts.set(name, count);
	}
	return [...counts.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Jaeger says nothing of what lies beyond the limit. */
export const stoppedNote = (limit: number): Note => ({
	kind: 'partial',
	text: `Not all traces, nor the slowest: Jaeger stopped at ${limit}.`,
});
