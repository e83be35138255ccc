import { createReadStream } from 'node:fs';
import { type Address, parseAddress } from '../analysis/address.ts';
import { plainTraceSearch } from '../analysis/plain-trace-search.ts';
import { pastedTraceId } from '../analysis/trace-id.ts';
import { traceIdsMeant } from '../backends/tempo/ids.ts';
import { type FiledTraces, readTraces } from '../backends/trace-file/read.ts';
import { traceFileSource } from '../backends/trace-file/source.ts';
import type { TracesSource } from '../investigation/ports.ts';
import { fixed, type Milliseconds, minute, toMilliseconds, type Window } from '../model/time.ts';
import type { Trace } from '../model/trace.ts';
import { UsageError } from './usage-error.ts';

/** Traces that were saved, and which of them is meant. */
export type OpenedTraces = {
	readonly path: string;
	/** What sentences call it. */
	readonly name: string;
	readonly source: TracesSource;
	/** Then no keys come from there. */
	readonly fromStandardInput: boolean;
	readonly address: Address;
};

/** What a shell hands over for standard input. */
export const standardInput = '-';

/** The most that is read: as much as the answer of a server may have. */
const mostBytes = 64 * 2 ** 20;

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
 * Reads the file and chooses a trace: the one that the words name, else the largest. Its own time is the window, unless the
 * words name one. Throws a `UsageError` for a file that cannot be read or holds no trace, or not the one that is named.
 */
export async function openTraceFile(path: string, words: readonly string[], now: Milliseconds): Promise<OpenedTraces> {
	const name = path === standardInput ? 'Standard input' : path;
	const traces = readTraces(await textOf(path, name));
	if ('why' in traces) {
		throw new UsageError(
			`${name} ${traces.why}.`,
			'OTLP JSON, answers of Tempo and Jaeger, and Zipkin JSON can be read.',
		);
	}
	return {
		name,
		path,
		fromStandardInput: path === standardInput,
		source: traceFileSource(name, traces, plainTraceSearch),
		address: addressIn(words, { path, name, traces, now }),
	};
}

type Opened = {
	readonly path: string;
	readonly name: string;
	readonly traces: FiledTraces;
	readonly now: Milliseconds;
};

function addressIn(words: readonly string[], { path, name, traces, now }: Opened): Address {
	const [kind = 'trace', ...rest] = words;
	if (kind !== 'trace') return parsed([kind, ...rest], now);
	const [first, ...others] = rest;
	const isNamed = first !== undefined && first !== path && !first.startsWith('--');
	const trace = isNamed ? named(first, name, traces) : traces.read(traces.outlines[0]?.id ?? '')?.trace;
	const options = isNamed || first === path ? others : rest;
	const address = parsed(['trace', trace?.id ?? '', ...options], now);
	const hasWindow = options.some(word => /^--(?:since|from|to)(?:=|$)/.test(word));
	return hasWindow || trace === undefined ? address : { ...address, window: windowOf(trace) };
}

function named(text: string, name: string, traces: FiledTraces): Trace {
	const found = traceIdsMeant(pastedTraceId(text) ?? text).flatMap(id => traces.read(id)?.trace ?? [])[0];
	if (found !== undefined) return found;
	const ids = traces.outlines.slice(0, 3).map(({ id }) => id);
	const more = traces.outlines.length - ids.length;
	throw new UsageError(
		`${name} holds no trace ${text}.`,
		`It has ${ids.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
	);
}

function parsed(words: readonly string[], now: Milliseconds): Address {
	const read = parseAddress(words, now);
	if (read.ok) return read.address;
	throw new UsageError(read.problem.what, read.problem.next);
}

function windowOf({ spans }: Trace): Window {
	const starts = spans.map(({ start }) => toMilliseconds(start));
	const ends = spans.map(({ end }) => toMilliseconds(end));
	const from = starts.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
	const to = ends.reduce((most, at) => Math.max(most, at), from);
	return fixed(Math.max(0, from - slack), to + slack);
}

async function textOf(path: string, name: string): Promise<string> {
	const chunks: Buffer[] = [];
	let length = 0;
	try {
		for await (const chunk of path === standardInput ? process.stdin : createReadStream(path)) {
			const bytes = Buffer.from(chunk);
			length += bytes.length;
			if (length > mostBytes) throw new UsageError(`${name} has more than 64 MiB.`, 'Take one trace out of it.');
			chunks.push(bytes);
		}
	} catch (error) {
		if (error instanceof UsageError) throw error;
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
		throw new UsageError(`${name} cannot be read (${code}).`, 'Check the path.');
	}
	return Buffer.concat(chunks).toString();
}
