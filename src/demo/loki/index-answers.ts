import { type Labels, labelsKey, type Matcher } from '../../model/labels.ts';
import { hour, toMilliseconds } from '../../model/time.ts';
import type { Piecework } from '../piecework.ts';
import { Refusal } from '../refusal.ts';
import { type CountedSeries, volumeOf } from './count-logs.ts';
import { type Bounds, boundsOf, instantsOf } from './parameters.ts';
import { parseSelector } from './parse-logql.ts';
import { sampleOf, success, vectorAnswer } from './query-answers.ts';
import { type LogStore, streamsMatching } from './read-logs.ts';
import { statisticsOf } from './statistics.ts';
import type { LogStream } from './streams.ts';

/** `/labels`: `data` is left out when there is none. */
export function answerLabels(parameters: URLSearchParams, store: LogStore): object {
	const names = streamsIn(parameters, store).flatMap(({ labels }) => Object.keys(labels));
	return namesAnswer(names);
}

/** `/label/{name}/values` */
export function answerLabelValues(name: string, parameters: URLSearchParams, store: LogStore): object {
	const values = streamsIn(parameters, store).flatMap(({ labels }) => labels[name] ?? []);
	return namesAnswer(values);
}

const namesAnswer = (names: readonly string[]): object => {
	const data = [...new Set(names)].sort();
	return { status: 'success', ...(data.length > 0 ? { data } : {}) };
};

/** `/series`: the streams that match any of the selectors, all of them when there is none. */
export function answerSeries(parameters: URLSearchParams, store: LogStore): object {
	const selectors = [...parameters.getAll('match[]'), ...parameters.getAll('match')];
	const bounds = boundsOf(parameters, store.now());
	const matching = (selectors.length > 0 ? selectors : ['{}']).flatMap(selector =>
		existing(parseSelector(selector), bounds, store),
	);
	return success([...new Set(matching)].map(({ labels }) => labels));
}

/** A chunk is closed about once in an hour of a stream. */
const chunkLength = hour;

/**
 * `/index/stats`, without an envelope. Entries are counted over whole seconds; bytes are estimated from the mean length
 * of a few lines of each stream, and chunks from the length of the range: the index knows no better in a real server.
 */
export function* answerStats(parameters: URLSearchParams, store: LogStore): Piecework<object> {
	const bounds = boundsOf(parameters, store.now());
	const matching = existing(parseSelector(parameters.get('query') ?? ''), bounds, store);
	const present: { readonly lines: number; readonly bytes: number }[] = [];
	for (const stream of matching) {
		const volume = yield* volumeOf(stream, { after: bounds.start - 1n, until: bounds.end - 1n }, store);
		if (volume.lines > 0) present.push(volume);
	}
	const chunks = Math.ceil(Number((bounds.end - bounds.start) / 1_000_000n) / chunkLength);
	return {
		streams: present.length,
		chunks: present.length * chunks,
		bytes: present.reduce((sum, { bytes }) => sum + bytes, 0),
		entries: present.reduce((sum, { lines }) => sum + lines, 0),
	};
}

/** `/index/volume`: bytes by the labels that the selector names (or `targetLabels`), largest first; estimated as above. */
export function* answerVolume(parameters: URLSearchParams, store: LogStore): Piecework<object> {
	const bounds = boundsOf(parameters, store.now());
	const series = yield* volumes(parameters, bounds, store, [toMilliseconds(bounds.end)]);
	return vectorAnswer(series.toSorted((a, b) => (b.values[0]?.[1] ?? 0) - (a.values[0]?.[1] ?? 0)));
}

/** `/index/volume_range`: the same by steps, in the shape of a vector when every series has one value only. */
export function* answerVolumeRange(parameters: URLSearchParams, store: LogStore): Piecework<object> {
	const bounds = boundsOf(parameters, store.now());
	const series = yield* volumes(parameters, bounds, store, instantsOf(parameters, bounds));
	if (series.length > 0 && series.every(({ values }) => values.length === 1)) return vectorAnswer(series);
	return success({
		resultType: 'matrix',
		result: series.map(({ labels, values }) => ({ metric: labels, values: values.map(sampleOf) })),
		stats: statisticsOf({ lines: 0, bytes: 0, passed: 0, returned: series.length }),
	});
}

function* volumes(
	parameters: URLSearchParams,
	bounds: Bounds,
	store: LogStore,
	instants: readonly number[],
): Piecework<readonly CountedSeries[]> {
	if (parameters.get('aggregateBy') === 'labels') {
		throw new Refusal(400, "the demo's Loki does not aggregate volumes by labels");
	}
	const matchers = parseSelector(parameters.get('query') ?? '');
	const wanted = (parameters.get('targetLabels') ?? '').split(',').filter(name => name !== '');
	const names = wanted.length > 0 ? wanted : matchers.map(({ name }) => name);
	const found = new Map<string, { labels: Labels; values: [number, number][] }>();
	for (const stream of existing(matchers, bounds, store)) {
		const labels = Object.fromEntries(
			names.flatMap(name => (name in stream.labels ? [[name, stream.labels[name] ?? '']] : [])),
		);
		if (names.length > 0 && Object.keys(labels).length === 0) continue;
		const series = found.get(labelsKey(labels)) ?? { labels, values: [] };
		for (const [place, at] of instants.entries()) {
			const after = place === 0 ? bounds.start : BigInt(instants[place - 1] ?? 0) * 1_000_000n;
			const { bytes } = yield* volumeOf(stream, { after, until: BigInt(at) * 1_000_000n }, store);
			const known = series.values.find(([time]) => time === at);
			if (known !== undefined) known[1] += bytes;
			else if (bytes > 0) series.values.push([at, bytes]);
		}
		found.set(labelsKey(labels), series);
	}
	return [...found.values()].filter(({ values }) => values.length > 0);
}

const streamsIn = (parameters: URLSearchParams, store: LogStore): readonly LogStream[] =>
	existing(parseSelector(parameters.get('query') ?? ''), boundsOf(parameters, store.now()), store);

/** The matching streams that had lines in the range. */
function existing(matchers: readonly Matcher[], { start, end }: Bounds, store: LogStore): readonly LogStream[] {
	const until = Math.min(toMilliseconds(end), store.now());
	if (until < store.incident.beganAt || toMilliseconds(start) > store.now()) return [];
	return streamsMatching(matchers, until, store.incident);
}
