import { type Answer, answer, type Note } from '../../model/answer.ts';
import { type Failure, FailureError } from '../../model/failure.ts';
import { inSlices, type Steps } from '../../model/steps.ts';
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
	trace(id: string, hint: TimeRange | undefined, asking: Asking): Promise<Answer<Trace | undefined>>;
	/** Those of the file in which one span meets all conditions, newest first, whatever the window. */
	search(traceql: string, range: TimeRange, limit: number, asking: Asking): Promise<Answer<readonly TraceSummary[]>>;
};

type Asking = { readonly signal: AbortSignal };

/** What a source is made of; `name` is what the file is called in sentences. */
export type TraceFileParts = {
	readonly name: string;
	readonly traces: FiledTraces;
	readonly readSearch: ReadSearch;
	readonly now: () => Milliseconds;
};

/** Long answers are made in slices, so that keys are heard meanwhile. */
export function traceFileSource({ name, traces, readSearch, now }: TraceFileParts): TraceFileSource {
	const sliced = async <Value>(steps: Steps<Value>, { signal }: Asking): Promise<Value> => {
		try {
			return await inSlices(steps, { now, signal });
		} catch (error) {
			throw signal.aborted ? new FailureError(cancelled(name)) : error;
		}
	};
	return {
		trace: async (text, _hint, asking) => {
			const found = await sliced(meantSteps(traces, text), asking);
			if (found === undefined) return answer(undefined);
			return answer(found.trace, [...othersNote(name, traces, found.trace), ...traces.notes, ...found.notes]);
		},
		search: async (traceql, _range, limit, asking) => {
			const read = await readSearch(traceql);
			if ('unsupported' in read) throw new FailureError(unsupported(read.unsupported));
			const found = await sliced(searchSteps(traces, read.conditions), asking);
			const newest = found.toSorted((a, b) => (a.start < b.start ? 1 : a.start > b.start ? -1 : 0));
			return answer(newest.slice(0, limit), newest.length > limit ? [cutNote(limit, newest.length)] : []);
		},
	};
}

/** The first that is there of the IDs that a text may mean, in steps. */
export function* meantSteps(traces: FiledTraces, text: string): ReturnType<FiledTraces['steps']> {
	for (const id of [...traceIdsMeant(text), text]) {
		const found = yield* traces.steps(id);
		if (found !== undefined) return found;
	}
	return undefined;
}

function* searchSteps(traces: FiledTraces, conditions: JaegerConditions): Steps<readonly TraceSummary[]> {
	const isMet = meets(conditions);
	const found: TraceSummary[] = [];
	for (const { id } of traces.outlines) {
		const trace = (yield* traces.steps(id))?.trace;
		if (trace?.spans.some(isMet)) found.push(summaryOf(trace, isMet));
		yield;
	}
	return found;
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

const cancelled = (name: string): Failure => ({
	kind: 'cancelled',
	what: `${name} was not read to its end.`,
	next: 'Press R to read it again.',
});

const unsupported = (what: string): Failure => ({
	kind: 'bad-query',
	what: `A file of traces is not searched by ${what}.`,
	next: 'Ask for a service, a name, durations and attributes that equal a value, joined by &&.',
});
