import type { Matcher } from '../../model/labels.ts';
import type { Milliseconds } from '../../model/time.ts';
import type { Story } from '../story.ts';
import { gaugeSeries } from './gauges.ts';
import { labelsTest } from './label-test.ts';
import { requestSeries } from './request-metrics.ts';
import type { StoredSeries } from './series.ts';
import { createTally } from './tally.ts';

/** Where the evaluator gets its series from. */
export type Storage = { readonly select: (matchers: readonly Matcher[]) => readonly StoredSeries[] };

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
			const named = matchers.find(({ name, operator }) => name === '__name__' && operator === '=');
			const candidates = named === undefined ? series : (byName.get(named.value) ?? []);
			const passes = labelsTest(matchers);
			return candidates.filter(({ labels }) => passes(labels));
		},
	};
};

/** All series of the story, as far as it has come: what is later than `now` has not been scraped yet. */
export const storyStorage = (story: Story, now: () => Milliseconds): Storage => {
	const tally = createTally(story);
	const series = [...requestSeries(story, tally), ...gaugeSeries(story)];
	return storageOf(
		series.map(each => ({
			...each,
			samples: (from, to, purpose) => each.samples(from, Math.min(to, now()), purpose),
		})),
	);
};

/** The series of several stores. */
export const joined = (...stores: readonly Storage[]): Storage => ({
	select: matchers => stores.flatMap(store => store.select(matchers)),
});
