import { basename } from 'node:path';
import { type Address, parseAddress } from '../analysis/address.ts';
import { plainTraceSearch } from '../analysis/plain-trace-search.ts';
import { plausibleSteps } from '../analysis/plausible-times.ts';
import { pastedTraceId } from '../analysis/trace-id.ts';
import { type FiledTraces, tracesSteps } from '../backends/trace-file/read.ts';
import { meantSteps, traceFileSource } from '../backends/trace-file/source.ts';
import type { TracesSource } from '../investigation/ports.ts';
import { finished, inSlices, type Steps } from '../model/steps.ts';
import { fixed, type Milliseconds, minute, toMilliseconds, type Window } from '../model/time.ts';
import type { Trace } from '../model/trace.ts';
import { type NamedFile, namedFile, standardInput, textOf } from './file-text.ts';
import { UsageError } from './usage-error.ts';

/** A file of traces that is there and is not read yet. */
export type TraceFile = {
	/** Of the place that the words name. */
	readonly kind: Address['kind'];
	readonly path: string;
	/** What sentences call it. */
	readonly name: string;
	/** Then no keys come from there. */
	readonly fromStandardInput: boolean;
	/**
	 * Reads it, once, and chooses what the words name. Throws a `UsageError` for a file that cannot be read or holds no
	 * trace, or not the one that is named.
	 */
	readonly open: (reading?: Reading) => Promise<OpenedTraces>;
};

/** Traces that were read, and which of them is meant. */
export type OpenedTraces = { readonly source: TracesSource; readonly address: Address };

/** Who waits for a file: `tell` hears how far it has been read, `signal` gives it up. */
export type Reading = { readonly tell: (words: string) => void; readonly signal: AbortSignal };

/** Room round a trace for its log lines and panels. */
const slack: Milliseconds = 5 * minute;

/**
 * The file in the words of an address, if one is named: by `--file`, or in the place of an ID (`trace ./slow.json`,
 * `trace -`). Text that is an ID is never taken for a file.
 */
export function traceFileIn(words: readonly string[], option: string | undefined): string | undefined {
	if (option !== undefined) return option;
	const [kind, argument = ''] = words;
	if (kind !== 'trace' || pastedTraceId(argument) !== undefined) return undefined;
	return argument === standardInput || /[/\\]|\.\w+$/.test(argument) ? argument : undefined;
}

/**
 * The file, looked at and not read. Of its traces the one is chosen that the words name, else the largest; its own time is
 * the window, unless the words name one. Throws a `UsageError` for a file that is not there and for words that are no
 * address.
 */
export function traceFileAt(path: string, words: readonly string[], now: () => Milliseconds): TraceFile {
	const file = namedFile(path);
	const meant = meantBy(words, path, now());
	let opened: Promise<OpenedTraces> | undefined;
	return {
		kind: meant.address.kind,
		path,
		name: file.name,
		fromStandardInput: path === standardInput,
		open: (reading = { tell: () => {}, signal: new AbortController().signal }) => {
			opened ??= opening(file, meant, { ...reading, now });
			return opened;
		},
	};
}

/** The place that words mean, and by which text they name its trace; `undefined` is the largest. */
type Meant = { readonly address: Address; readonly trace: string | undefined; readonly hasWindow: boolean };

/** Stands for the ID until the file is read. */
const unknownId = 'f'.repeat(32);

function meantBy([kind = 'trace', ...rest]: readonly string[], path: string, now: Milliseconds): Meant {
	if (kind !== 'trace') return { address: parsed([kind, ...rest], now), trace: undefined, hasWindow: true };
	const [first, ...others] = rest;
	const isNamed = first !== undefined && first !== path && !first.startsWith('--');
	const options = isNamed || first === path ? others : rest;
	return {
		address: parsed([kind, unknownId, ...options], now),
		trace: isNamed ? first : undefined,
		hasWindow: options.some(word => /^--(?:since|from|to)(?:=|$)/.test(word)),
	};
}

type Work = Reading & { readonly now: () => Milliseconds };

async function opening(file: NamedFile, meant: Meant, work: Work): Promise<OpenedTraces> {
	const { name } = file;
	const traces = await tracesIn(file, work);
	const source = traceFileSource({ name, traces, readSearch: plainTraceSearch, now: work.now });
	const { address } = meant;
	if (address.kind !== 'trace') return { source, address };
	const trace = await chosen(name, traces, meant, work);
	const found = { ...address, id: trace.id };
	return { source, address: meant.hasWindow ? found : { ...found, window: windowOf(trace) } };
}

async function tracesIn(file: NamedFile, work: Work): Promise<FiledTraces> {
	const { tell, signal } = work;
	const short = file.path === standardInput ? 'standard input' : basename(file.path);
	tell(`reading ${short}`);
	const text = await textOf(file, { signal, onRead: bytes => tell(`reading ${short}${bytesOf(bytes, file.size)}`) });
	const all = Buffer.byteLength(text);
	let share = 0;
	const steps = tracesSteps(text, position => {
		share = position / text.length;
	});
	const traces = await sliced(steps, work, () => `parsing ${short}${bytesOf(share * all, all)}`);
	if (!('why' in traces)) return traces;
	throw new UsageError(
		`${file.name} ${traces.why}.`,
		'OTLP JSON, answers of Tempo and Jaeger, and Zipkin JSON can be read.',
	);
}

async function chosen(name: string, traces: FiledTraces, meant: Meant, work: Work): Promise<Trace> {
	const [largest] = traces.outlines;
	const text = meant.trace === undefined ? (largest?.id ?? '') : (pastedTraceId(meant.trace) ?? meant.trace);
	const words = () => `reading ${largest?.spans} spans`;
	const found = await sliced(meantSteps(traces, text), work, words);
	if (found !== undefined && found.trace.spans.length > 0) return found.trace;
	if (found !== undefined) {
		const what = `No span of trace ${found.trace.id} in ${name} can be read.`;
		throw new UsageError(what, 'A span needs at least a spanId; times are nanoseconds since 1970.');
	}
	const ids = traces.outlines.slice(0, 3).map(({ id }) => id);
	const more = traces.outlines.length - ids.length;
	throw new UsageError(
		`${name} holds no trace ${meant.trace}.`,
		`It has ${ids.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
	);
}

const sliced = <Value>(steps: Steps<Value>, { now, signal, tell }: Work, words: () => string): Promise<Value> =>
	inSlices(steps, { now, signal, onPause: () => tell(words()) });

const megabyte = 1e6;

/** ` 12 of 50 MB`; nothing of less than one, which is read at once. */
function bytesOf(done: number, all: number | undefined): string {
	if ((all ?? done) < megabyte) return '';
	const read = Math.floor(done / megabyte);
	return all === undefined ? ` ${read} MB` : ` ${read} of ${Math.round(all / megabyte)} MB`;
}

function parsed(words: readonly string[], now: Milliseconds): Address {
	const read = parseAddress(words, now);
	if (read.ok) return read.address;
	throw new UsageError(read.problem.what, read.problem.next);
}

/** Round all spans as they are drawn: an end that cannot be is none of a window. */
function windowOf(trace: Trace): Window {
	const spans = finished(plausibleSteps(trace.spans));
	const starts = spans.map(({ start }) => toMilliseconds(start));
	const ends = spans.map(({ end }) => toMilliseconds(end));
	const from = starts.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
	const to = ends.reduce((most, at) => Math.max(most, at), from);
	return fixed(Math.max(0, from - slack), to + slack);
}
