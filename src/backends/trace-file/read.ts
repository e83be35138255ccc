import type { Note } from '../../model/answer.ts';
import type { Steps } from '../../model/steps.ts';
import { jsonDocumentSteps } from '../json-documents.ts';
import { jsonSteps } from '../json-steps.ts';
import type { WireTrace } from '../tempo/schema.ts';
import { type FoundTrace, traceSteps } from '../tempo/to-model.ts';
import { tracesById } from '../tempo/traces-by-id.ts';
import { cameTwiceSteps } from './came-twice.ts';
import { documentSteps, merged, type TraceDocument } from './trace-documents.ts';

/** The traces of a text, the one with the most spans first. */
export type FiledTraces = {
	/** What concerns all of it: parts that hold no trace. */
	readonly notes: readonly Note[];
	readonly outlines: readonly { readonly id: string; readonly spans: number }[];
	/** One as it is understood, in steps; `undefined` when it is not there. It is understood once. */
	readonly steps: (id: string) => Steps<Pick<FoundTrace, 'trace' | 'notes'> | undefined>;
};

/** What a text is instead: the rest of a sentence that begins with its name. */
export type NoTraces = { readonly why: string };

/** The ID under which spans are found that name no trace. */
export const namelessId = '0'.repeat(32);

/**
 * Reads the traces that somebody saved, in steps: one JSON document or several in a row, each of which tells by its shape
 * who wrote it. Spans of one trace are put together wherever they stand. `onRead` is told now and then how many characters
 * have been read.
 */
export function* tracesSteps(text: string, onRead?: (position: number) => void): Steps<FiledTraces | NoTraces> {
	const plain = text.replace(/^\uFEFF/, '');
	if (plain.trim() === '') return { why: 'is empty' };
	const documents = yield* parsedSteps(plain, onRead);
	if (documents === undefined)
		return { why: /^\s*[[{]/.test(plain) ? 'is JSON that breaks off or is damaged' : 'is no JSON' };
	const documentsRead: (TraceDocument | undefined)[] = [];
	for (const json of documents) documentsRead.push(yield* documentSteps(json));
	const all = merged(documentsRead);
	const traces = new Map(
		[...tracesById(all?.resourceSpans ?? [])].map(([id, wire]) => [id === '' ? namelessId : id, wire] as const),
	);
	if (all === undefined || traces.size === 0) return { why: whatElse(documents) };
	const others = documentsRead.filter(document => document === undefined).length;
	const outlines = [...traces].map(([id, wire]) => ({ id, spans: countOf(wire) }));
	return {
		notes: [...all.notes, ...otherNotes(others, documents.length)],
		outlines: outlines.sort((a, b) => b.spans - a.spans),
		steps: understoodOnce(traces),
	};
}

function understoodOnce(traces: ReadonlyMap<string, WireTrace>): FiledTraces['steps'] {
	const known = new Map<string, FoundTrace>();
	return function* (id) {
		const wire = traces.get(id);
		const before = known.get(id);
		if (before !== undefined || wire === undefined) return before;
		const found = yield* traceSteps(id, wire);
		const whole = { ...found, notes: [...found.notes, ...(yield* cameTwiceSteps(wire))] };
		known.set(id, whole);
		return whole;
	};
}

/** Whole lines of a file that breaks off are read all the same; `undefined` when nothing is JSON. */
function* parsedSteps(text: string, onRead?: (position: number) => void): Steps<readonly unknown[] | undefined> {
	const whole = yield* jsonOrDamaged(text, onRead);
	if (whole !== damaged) return [whole];
	const values: unknown[] = [];
	let before = 0;
	for (const document of yield* jsonDocumentSteps(text)) {
		const begin = before;
		values.push(yield* jsonOrDamaged(document, position => onRead?.(begin + position)));
		before += document.length;
		onRead?.(before);
		yield;
	}
	return values.every(value => value === damaged) ? undefined : values;
}

const damaged = Symbol('damaged JSON');

function* jsonOrDamaged(text: string, onRead?: (position: number) => void): Steps<unknown> {
	try {
		return yield* jsonSteps(text, { exact: true, ...(onRead === undefined ? {} : { onRead }) });
	} catch {
		return damaged;
	}
}

const countOf = ({ resourceSpans }: WireTrace): number =>
	(resourceSpans ?? [])
		.flatMap(({ scopeSpans }) => scopeSpans ?? [])
		.reduce((sum, { spans }) => sum + (spans?.length ?? 0), 0);

const otherNotes = (others: number, all: number): readonly Note[] =>
	others === 0 ? [] : [{ kind: 'partial', text: `${others} of the ${all} parts of it hold no trace or are damaged.` }];

/** What it holds instead of a trace, where that is known. */
function whatElse(documents: readonly unknown[]): string {
	const holds = (name: string) =>
		documents.some(json => typeof json === 'object' && json !== null && Object.hasOwn(json, name));
	if (holds('resourceMetrics')) return 'holds metrics and no trace';
	if (holds('resourceLogs')) return 'holds logs and no trace';
	if (holds('address') && holds('spans')) return 'was printed with -o json, which cannot be read again; -o otlp can';
	return 'is JSON without a trace in it';
}
