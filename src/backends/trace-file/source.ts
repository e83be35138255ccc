import { type Answer, answer, type Note } from '../../model/answer.ts';
import { type Failure, FailureError } from '../../model/failure.ts';
import type { Milliseconds, TimeRange } from '../../model/time.ts';
import type { Span, Trace, TraceSummary } from '../../model/trace.ts';
import type { JaegerConditions } from '../jaeger/query.ts';
import type { ReadSearch } from '../jaeger/search.ts';
import { summaryOf } from '../jaeger/summaries.ts';
import { traceIdsMeant } from '../tempo/ids.ts';
import type { FiledTraces } from './read.ts';

/** The traces of a file as the questions that a server would answer; nothing leaves the program. */
export type TraceFileSource = {
	/** The one with this ID in any spelling; `undefined` when it is not in the file. */
	trace(id: string): Promise<Answer<Trace | undefined>>;
	/** Those of the file in which one span meets all conditions, newest first, whatever the window. */
	search(traceql: string, range: TimeRange, limit: number): Promise<Answer<readonly TraceSummary[]>>;
};

/** `name` is what the file is called in sentences. */
export function traceFileSource(name: string, traces: FiledTraces, readSearch: ReadSearch): TraceFileSource {
	return {
		trace: async text => {
			const found = traceIdsMeant(text).flatMap(id => traces.read(id) ?? [])[0] ?? traces.read(text);
			if (found === undefined) return answer(undefined);
			return answer(found.trace, [...othersNote(name, traces, found.trace), ...traces.notes, ...found.notes]);
		},
		search: async (traceql, _range, limit) => {
			const read = readSearch(traceql);
			if ('unsupported' in read) throw new FailureError(unsupported(read.unsupported));
			const { conditions } = read;
			const found = traces.outlines.flatMap(({ id }) => {
				const trace = traces.read(id)?.trace;
				return trace?.spans.some(meets(conditions)) ? [summaryOf(trace, meets(conditions))] : [];
			});
			const newest = found.sort((a, b) => (a.start < b.start ? 1 : a.start > b.start ? -1 : 0));
			return answer(newest.slice(0, limit), newest.length > limit ? [cutNote(limit, newest.length)] : []);
		},
	};
}

const meets =
	({ service, operation, longerThan = 0, shorterThan = Number.POSITIVE_INFINITY, tags }: JaegerConditions) =>
	(span: Span): boolean => {
		const length: Milliseconds = Number(span.end - span.start) / 1e6;
		return (
			(service ?? span.service) === span.service &&
			(operation ?? span.name) === span.name &&
			length >= longerThan &&
			length <= shorterThan &&
			Object.entries(tags).every(([key, value]) => textOf(span, key) === value)
		);
	};

const textOf = (span: Span, key: string): string => {
	if (key === 'error') return String(span.status === 'error');
	if (key === 'span.kind') return span.kind;
	return String(span.attributes[key] ?? span.resource[key]);
};

const othersNote = (name: string, { outlines }: FiledTraces, { id, spans }: Trace): readonly Note[] => {
	const [largest] = outlines;
	if (outlines.length < 2) return [];
	const which =
		largest?.id === id ? `this is the largest, with ${spans.length} spans` : `the largest is ${largest?.id}`;
	return [{ kind: 'warning', text: `${name} holds ${outlines.length} traces: ${which}.` }];
};

const cutNote = (limit: number, all: number): Note => ({
	kind: 'partial',
	text: `The newest ${limit} of the ${all} traces of the file.`,
});

const unsupported = (what: string): Failure => ({
	kind: 'bad-query',
	what: `A file of traces is not searched by ${what}.`,
	next: 'Ask for a service, a name, durations and attributes that equal a value, joined by &&.',
});
