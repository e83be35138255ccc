import { labelsKey, type Matcher } from '../../model/labels.ts';
import { hour, type Milliseconds } from '../../model/time.ts';
import { dayBefore, type Story } from '../story.ts';
import { gaugeSeries } from './gauges.ts';
import { labelsTest } from './label-test.ts';
import { requestShelves } from './request-metrics.ts';
import { requestPages } from './request-pages.ts';
import type { Shelf, StoredSeries } from './series.ts';
import { serviceGraphShelf } from './service-graph.ts';
import { createTally } from './tally.ts';

/** Where the evaluator gets its series from. */
export type Storage = { readonly select: (matchers: readonly Matcher[]) => readonly StoredSeries[] };

/** The metric name that a selector demands. */
export const nameIn = (matchers: readonly Matcher[]): string | undefined =>
	matchers.find(({ name, operator }) => name === '__name__' && operator === '=')?.value;

/** Series in a list, found by their names. */
export const storageOf = (series: readonly StoredSeries[]): Storage => {
	const byName = new Map<string, StoredSeries[]>();
	for (const each of series) {
		const name = each.labels.__name__ ?? '';
		const named = byName.get(name) ?? [];
		named.push(each);
		byName.set(name, named);
	}
	return {
		select: matchers => {
			const named = nameIn(matchers);
			const candidates = named === undefined ? series : (byName.get(named) ?? []);
			const passes = labelsTest(matchers);
			return candidates.filter(({ labels }) => passes(labels));
		},
	};
};

/** All series of the story, as far as it has come: what is later than `now` has not been scraped yet. */
export const storyStorage = (story: Story, now: () => Milliseconds): Storage => {
	const shelves = [
		...withDayBefore(story),
		serviceGraphShelf(story),
		{ prefixes: [''], series: () => gaugeSeries(story) },
	];
	const upToNow = (each: StoredSeries): StoredSeries => ({
		...each,
		samples: (from, to, purpose) => each.samples(from, Math.min(to, now()), purpose),
		*prepare(from, to, purpose) {
			yield* each.prepare?.(from, Math.min(to, now()), purpose) ?? [];
		},
	});
	return joined(...shelves.map(({ prefixes, series }) => shelved({ prefixes, series: () => series().map(upToNow) })));
};

/** How much of the day before is kept: the hour of the incident, and as long as anybody is likely to look on. */
const keptOfDayBefore = 3 * hour;

/** The request metrics of the story, and of the same hours a day earlier, so that they can be compared. */
const withDayBefore = (story: Story): readonly Shelf[] => {
	const before = dayBefore(story);
	const end = before.beganAt + keptOfDayBefore;
	const earlier = requestShelves(before, createTally(before, requestPages));
	return requestShelves(story, createTally(story, requestPages)).map((shelf, at) => ({
		prefixes: shelf.prefixes,
		series: () => {
			const known = new Map(earlier[at]?.series().map(each => [labelsKey(each.labels), each]));
			return shelf.series().map(each => continued(known.get(labelsKey(each.labels)), end, each));
		},
	}));
};

/** One series with the samples of two: of the first up to an instant, of the second after it. */
const continued = (first: StoredSeries | undefined, end: Milliseconds, second: StoredSeries): StoredSeries =>
	first === undefined
		? second
		: {
				...second,
				isIn: (from, to) => second.isIn(from, to) || first.isIn(from, Math.min(to, end)),
				samples: (from, to, purpose) => {
					const later = second.samples(from, to, purpose);
					if (from >= end) return later;
					const earlier = first.samples(from, Math.min(to, end), purpose);
					return {
						times: [...earlier.times, ...later.times],
						values: [...earlier.values, ...later.values],
					};
				},
				*prepare(from, to, purpose) {
					yield* second.prepare?.(from, to, purpose) ?? [];
					if (from < end) yield* first.prepare?.(from, Math.min(to, end), purpose) ?? [];
				},
			};

const shelved = ({ prefixes, series }: Shelf): Storage => {
	let made: Storage | undefined;
	return {
		select: matchers => {
			const named = nameIn(matchers);
			if (named !== undefined && !prefixes.some(prefix => named.startsWith(prefix))) return [];
			made ??= storageOf(series());
			return made.select(matchers);
		},
	};
};

/** The series of several stores. */
export const joined = (...stores: readonly Storage[]): Storage => ({
	select: matchers => stores.flatMap(store => store.select(matchers)),
});
