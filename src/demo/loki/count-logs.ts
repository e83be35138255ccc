import { type Labels, labelsKey } from '../../model/labels.ts';
import { type Milliseconds, type Nanoseconds, second as oneSecond, toNanoseconds } from '../../model/time.ts';
import type { Piecework } from '../piecework.ts';
import { Refusal } from '../refusal.ts';
import type { LogLine } from './log-book.ts';
import type { Grouping, MetricQuery } from './logql.ts';
import { type KeptLine, type LogStore, readEach, readLogs, sourcesFor, streamsMatching } from './read-logs.ts';
import type { LogStream } from './streams.ts';
import { levels, type Seconds } from './tallies.ts';

/** A series of a metric query: only the instants at which it has a value. */
export type CountedSeries = {
	readonly labels: Labels;
	readonly values: readonly (readonly [at: Milliseconds, value: number])[];
};

/** Evaluates at each of the instants, which ascend. Throws a `Refusal` as the server does. */
export function* countLogs(
	query: MetricQuery,
	instants: readonly Milliseconds[],
	store: LogStore,
): Piecework<readonly CountedSeries[]> {
	const weigh = countable(query, store) ? byTallies(query, store) : yield* byReading(query, instants, store);
	const found = new Map<string, { labels: Labels; values: [Milliseconds, number][] }>();
	const divisor = query.operation === 'rate' || query.operation === 'bytes_rate' ? query.range / oneSecond : 1;
	for (const at of instants) {
		const to = at - query.offset;
		const weights = yield* weigh({ after: toNanoseconds(to - query.range), until: toNanoseconds(to) });
		for (const [key, { labels, weight }] of weights) {
			const series = found.get(key) ?? { labels, values: [] };
			series.values.push([at, weight / divisor]);
			found.set(key, series);
		}
		yield;
	}
	if (found.size > mostSeries) throw tooManySeries;
	return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, series]) => series);
}

const mostSeries = 500;
const tooManySeries = new Refusal(
	400,
	`maximum number of series (${mostSeries}) reached for a single query; consider reducing query cardinality by adding ` +
		'more specific stream selectors, reducing the time range, or aggregating results with functions like sum, count or topk',
);

/** Open below, closed above: (after, until]. */
type Interval = { readonly after: Nanoseconds; readonly until: Nanoseconds };
type Weights = ReadonlyMap<string, { readonly labels: Labels; readonly weight: number }>;
type Weigh = (interval: Interval) => Piecework<Weights>;

/** Counting lines by stream and level needs no line to be worded; only `till` has more metadata than the level. */
function countable({ logs, operation, sum }: MetricQuery, { incident, now }: LogStore): boolean {
	if (logs.stages.length > 0 || operation.startsWith('bytes')) return false;
	const withMetadata = streamsMatching(logs.selector, now(), incident).some(({ service }) => service === 'till');
	const plain = sum?.mode === 'by' && sum.labels.every(label => !metadataNames.has(label));
	return plain || !withMetadata;
}

const metadataNames = new Set([
	'amount_cents',
	'http_response_status_code',
	'request_id',
	'scope_name',
	'service_version',
	'severity_number',
	'severity_text',
	'span_id',
	'trace_id',
]);

function byTallies(query: MetricQuery, store: LogStore): Weigh {
	const chosen = streamsMatching(query.logs.selector, store.now(), store.incident);
	const cells = chosen.flatMap(stream =>
		levels.map(level => {
			const labels = grouped({ ...stream.labels, detected_level: level }, query.sum);
			return { stream, level, labels, key: labelsKey(labels) };
		}),
	);
	const present = toNanoseconds(store.now());
	return function* ({ after, until }) {
		const weights = new Map<string, { labels: Labels; weight: number }>();
		const add = (key: string, labels: Labels, weight: number): void => {
			if (weight > 0) weights.set(key, { labels, weight: weight + (weights.get(key)?.weight ?? 0) });
		};
		const last = until < present ? until : present;
		const { whole, edges } = split({ after, until: last });
		yield* store.tallies.prepare(whole);
		for (const { stream, level, labels, key } of cells) add(key, labels, store.tallies.count(whole, stream, level));
		for (const edge of edges) {
			for (const { stream, level } of linesWithin(query, edge, store)) {
				const cell = cells.find(each => each.stream === stream && each.level === level);
				if (cell !== undefined) add(cell.key, cell.labels, 1);
			}
			yield;
		}
		return weights;
	};
}

/** The whole seconds (n - 1, n] of an interval, and what is left at its ends. */
function split({ after, until }: Interval): {
	readonly whole: Seconds;
	readonly edges: readonly Interval[];
} {
	const unit = 1_000_000_000n;
	const from = (after + unit - 1n) / unit;
	const to = until / unit;
	if (from > to) return { whole: { first: 1, last: 0 }, edges: until > after ? [{ after, until }] : [] };
	const edges = [
		{ after, until: from * unit },
		{ after: to * unit, until },
	].filter(edge => edge.until > edge.after);
	return { whole: { first: Number(from) + 1, last: Number(to) }, edges };
}

/** Of less than a second. */
const linesWithin = ({ logs }: MetricQuery, { after, until }: Interval, store: LogStore): readonly LogLine[] =>
	[...sourcesFor(logs, { ...unlimited, from: after + 1n, to: until + 1n }, store)].flat();

const unlimited = { direction: 'forward', limit: Number.POSITIVE_INFINITY } as const;

/** A line as it is counted. */
type Sample = { readonly at: Nanoseconds; readonly labels: Labels; readonly key: string; readonly weight: number };

/** Some thousand samples are weighed in well under a millisecond. */
const samplesPerPiece = 8_000;

function* byReading(query: MetricQuery, instants: readonly Milliseconds[], store: LogStore): Piecework<Weigh> {
	const first = (instants[0] ?? 0) - query.offset - query.range;
	const last = (instants.at(-1) ?? 0) - query.offset;
	const order = {
		...unlimited,
		from: toNanoseconds(first) + 1n,
		to: toNanoseconds(last) + 1n,
	};
	const ofBytes = query.operation.startsWith('bytes');
	const samples: Sample[] = [];
	yield* readEach(query.logs, order, store, kept => {
		const labels = grouped(labelsOf(kept), query.sum);
		const weight = ofBytes ? Buffer.byteLength(kept.line) : 1;
		samples.push({ at: kept.at, labels, key: labelsKey(labels), weight });
	});
	return function* ({ after, until }) {
		const weights = new Map<string, { labels: Labels; weight: number }>();
		for (let index = firstAfter(samples, after); index < samples.length; index++) {
			const sample = samples[index];
			if (sample === undefined || sample.at > until) break;
			const { key, labels, weight } = sample;
			weights.set(key, { labels, weight: weight + (weights.get(key)?.weight ?? 0) });
			if (index % samplesPerPiece === 0) yield;
		}
		return weights;
	};
}

function firstAfter(samples: readonly Sample[], after: Nanoseconds): number {
	let low = 0;
	let high = samples.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((samples[middle]?.at ?? 0n) <= after) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** All labels of a line; a line that a stage failed on spoils the whole metric query, as in Loki. */
function labelsOf({ source, metadata, parsed }: KeptLine): Labels {
	const labels = { ...source.stream.labels, ...metadata, ...parsed };
	if (parsed.__error__ === undefined) return labels;
	const series = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
	throw new Refusal(
		400,
		`pipeline error: '${parsed.__error__}' for series: '{${series.join(', ')}}'.\n` +
			`Use a label filter to intentionally skip this error. (e.g | __error__!="${parsed.__error__}").\n` +
			'To skip all potential errors you can match empty errors.(e.g __error__="")',
	);
}

function grouped(labels: Labels, sum: Grouping | undefined): Labels {
	if (sum === undefined) return labels;
	const wanted = ([name]: readonly [string, string]): boolean => sum.labels.includes(name) === (sum.mode === 'by');
	return Object.fromEntries(Object.entries(labels).filter(wanted));
}

/** Lines and bytes of streams within an interval; the bytes are the lines times the mean of a few worded ones. */
export function* volumeOf(
	stream: LogStream,
	interval: Interval,
	store: LogStore,
): Piecework<{ readonly lines: number; readonly bytes: number }> {
	const present = toNanoseconds(store.now());
	const { whole } = split({ ...interval, until: interval.until < present ? interval.until : present });
	yield* store.tallies.prepare(whole);
	const lines = levels.reduce((sum, level) => sum + store.tallies.count(whole, stream, level), 0);
	const length = yield* meanLength(stream, interval, store);
	return { lines, bytes: Math.round(lines * length) };
}

const sampledLines = 40;

function* meanLength(stream: LogStream, { after, until }: Interval, store: LogStore): Piecework<number> {
	const selector = Object.entries(stream.labels).map(([name, value]) => ({ name, operator: '=' as const, value }));
	const logs = { kind: 'logs', selector, stages: [] } as const;
	const order = { from: after + 1n, to: until + 1n, direction: 'backward', limit: sampledLines } as const;
	const { kept, bytes } = yield* readLogs(logs, order, store);
	return kept.length === 0 ? 0 : bytes / kept.length;
}
