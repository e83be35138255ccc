import type { Labels, Matcher } from '../../model/labels.ts';
import { type Milliseconds, type Nanoseconds, second as oneSecond } from '../../model/time.ts';
import type { Incident } from '../incident.ts';
import type { Piecework } from '../piecework.ts';
import { Refusal } from '../refusal.ts';
import { instantOf, type LogBook, type LogLine } from './log-book.ts';
import type { LogQuery } from './logql.ts';
import { requestsNamedBy } from './named-requests.ts';
import { pipelineOf, type RawLine, selectorOf } from './pipeline.ts';
import { type LogStream, streams } from './streams.ts';
import type { Tallies } from './tallies.ts';

/** What the demo's Loki answers from. */
export type LogStore = {
	readonly incident: Incident;
	readonly book: LogBook;
	readonly tallies: Tallies;
	/** Later lines are not written yet. */
	readonly now: () => Milliseconds;
};

/** A line that passed all stages. */
export type KeptLine = {
	readonly source: LogLine;
	readonly at: Nanoseconds;
	readonly line: string;
	readonly metadata: Labels;
	readonly parsed: Labels;
};

/** What was looked at on the way. */
export type Reading = { readonly lines: number; readonly bytes: number };

export type ReadingOrder = {
	/** Inclusive. */
	readonly from: Nanoseconds;
	/** Exclusive. */
	readonly to: Nanoseconds;
	readonly direction: 'forward' | 'backward';
	readonly limit: number;
};

/** A query that must read more lines than this is refused, as a real server refuses to read too many bytes. */
export const mostLinesRead = 150_000;

/** The streams that exist at the end of the range and match, in their order. */
export function streamsMatching(
	matchers: readonly Matcher[],
	until: Milliseconds,
	incident: Incident,
): readonly LogStream[] {
	const selects = selectorOf(matchers);
	const born = streams.length - (until < incident.story.releasedAt ? 1 : 0);
	return streams.slice(0, born).filter(({ labels }) => selects(labels));
}

/** The lines that pass, until the limit is reached or the range is through. Throws like `readEach`. */
export function* readLogs(
	query: LogQuery,
	order: ReadingOrder,
	store: LogStore,
): Piecework<Reading & { readonly kept: readonly KeptLine[] }> {
	const kept: KeptLine[] = [];
	const reading = yield* readEach(query, order, store, line => kept.push(line));
	return { ...reading, kept };
}

/**
 * Hands over each line that passes, a second of the story at a time. Throws a `Refusal` when that takes too much
 * reading.
 */
export function* readEach(
	query: LogQuery,
	order: ReadingOrder,
	store: LogStore,
	keep: (line: KeptLine) => void,
): Piecework<Reading> {
	const pipeline = pipelineOf(query.stages);
	let kept = 0;
	let lines = 0;
	let worded = 0;
	let bytes = 0;
	for (const sources of sourcesFor(query, order, store)) {
		for (const source of sources) {
			if (kept >= order.limit) return { lines, bytes };
			lines++;
			const raw = new OpenedLine(source);
			const parsed = pipeline(raw);
			if (parsed !== undefined) {
				kept++;
				keep({ source, at: instantOf(source), line: raw.line, metadata: raw.metadata, parsed });
			}
			if (raw.bytes > 0 && ++worded > mostLinesRead) throw tooMuch(bytes);
			bytes += raw.bytes;
		}
		yield;
	}
	return { lines, bytes };
}

/** A stored line whose parts are made once, when a stage or the answer wants them: most are passed over unread. */
class OpenedLine implements RawLine {
	readonly #source: LogLine;
	#line: string | undefined;
	#metadata: Labels | undefined;

	constructor(source: LogLine) {
		this.#source = source;
	}

	get labels(): Labels {
		return this.#source.stream.labels;
	}

	get line(): string {
		this.#line ??= this.#source.text();
		return this.#line;
	}

	get metadata(): Labels {
		this.#metadata ??= this.#source.metadata();
		return this.#metadata;
	}

	/** What had to be read of it. */
	get bytes(): number {
		return this.#line?.length ?? 0;
	}
}

/** The stored lines of the matching streams in the range, in the order of the question and a second at a time. */
export function* sourcesFor(query: LogQuery, order: ReadingOrder, store: LogStore): Generator<readonly LogLine[]> {
	const { incident, book, now } = store;
	const present = BigInt(Math.floor(now() * 1e3)) * 1000n + 1n;
	const to = order.to < present ? order.to : present;
	const chosen = new Set(streamsMatching(query.selector, now(), incident));
	const within = (line: LogLine): boolean => {
		const at = instantOf(line);
		return at >= order.from && at < to;
	};
	if (chosen.size === 0) return;
	const named = requestsNamedBy(query.stages, incident);
	if (named !== undefined) {
		const lines = named
			.flatMap(turn => book.linesOf(turn))
			.filter(line => chosen.has(line.stream) && within(line))
			.sort(byInstant);
		yield order.direction === 'backward' ? lines.reverse() : lines;
		return;
	}
	const seconds = secondsOf({ ...order, to }, incident);
	for (const second of seconds.all) {
		const inside = second > seconds.first && second < seconds.last;
		const stored = book.linesIn(second, chosen);
		const lines = inside ? stored : stored.filter(within);
		yield order.direction === 'backward' ? lines.reverse() : lines;
	}
}

const byInstant = (a: LogLine, b: LogLine): number => a.second - b.second || a.nanos - b.nanos;

/** The seconds that the range touches, in the order of the question. */
function secondsOf({ from, to, direction }: Omit<ReadingOrder, 'limit'>, { beganAt }: Incident) {
	const first = Math.max(Number(from / 1_000_000_000n), Math.floor(beganAt / oneSecond));
	const last = Number((to - 1n) / 1_000_000_000n);
	const all = Array.from({ length: Math.max(0, last - first + 1) }, (_, passed) => first + passed);
	return { first, last, all: direction === 'backward' ? all.reverse() : all };
}

const tooMuch = (bytes: number): Refusal =>
	new Refusal(
		400,
		`the query would read too many bytes (query: more than ${Math.round(bytes / 1e6)} MB, limit: ${mostLinesRead} lines); ` +
			'consider adding more specific stream selectors or reduce the time range of the query',
	);
