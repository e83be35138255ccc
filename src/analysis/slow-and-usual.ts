import type { Milliseconds } from '../model/time.ts';
import { lengthInMilliseconds } from '../model/time.ts';
import type { TraceSummary } from '../model/trace.ts';

/** How long requests of one kind take, by those that a search has found. */
export type DurationSample = {
	readonly count: number;
	readonly median: Milliseconds;
	readonly p95: Milliseconds;
};

/** How long a request takes that is called slow, and one that is called usual; both ends inclusive. */
export type DurationLimits = {
	readonly slow: { readonly from: Milliseconds; readonly to?: Milliseconds };
	readonly usual: { readonly from: Milliseconds; readonly to: Milliseconds };
	/** The request that was given is not slow among its like. */
	readonly isGivenUsual: boolean;
};

/** What takes longer than this many times the request that is looked at is not like it. */
const likeness = 2;
/** A request is slow only if it takes this much longer than the median, whatever the quantiles of a few are. */
const leastSlowness = 1.25;

/** The value below which this share of the sorted ones lies: the nearest rank. */
const rankedAt = (sorted: readonly number[], share: number): number =>
	sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;

export function durationSampleOf(durations: readonly Milliseconds[]): DurationSample {
	const sorted = durations.toSorted((a, b) => a - b);
	return { count: sorted.length, median: rankedAt(sorted, 0.5), p95: rankedAt(sorted, 0.95) };
}

/**
 * The limits by which slow and usual requests are asked for. Usual is what lies between the quartiles; slow is what is
 * nearer to the request that was given than to the median, up to twice as long, or beyond p95 when none was given or that
 * one is not slow.
 *
 *     ├──────┤usual├───────┤        p95├──── slow
 *                 median       ├ halfway … given … 2 × given ┤   slow, where a request is given
 *
 * `durations` are those of the sample, the given one's not among them; `undefined` when there is nothing to judge by.
 */
export function durationLimitsOf(
	durations: readonly Milliseconds[],
	given: Milliseconds | undefined,
): DurationLimits | undefined {
	const sorted = durations.toSorted((a, b) => a - b);
	if (sorted.length === 0) return undefined;
	const median = rankedAt(sorted, 0.5);
	const usual = { from: rankedAt(sorted, 0.25), to: rankedAt(sorted, 0.75) };
	const beyond = Math.max(rankedAt(sorted, 0.95), median * leastSlowness);
	if (given === undefined) return { slow: { from: beyond }, usual, isGivenUsual: false };
	if (given <= median * leastSlowness) return { slow: { from: beyond }, usual, isGivenUsual: true };
	const halfway = (median + given) / 2;
	return {
		slow: { from: halfway, to: given * likeness },
		usual: { ...usual, to: Math.min(usual.to, halfway) },
		isGivenUsual: false,
	};
}

type Range = { readonly from: Milliseconds; readonly to?: Milliseconds };

/** The traces of that length nearest to `wanted`, at most `most`, each once. */
export function nearestTraces(
	traces: readonly TraceSummary[],
	{ from, to = Number.POSITIVE_INFINITY }: Range,
	wanted: Milliseconds,
	most: number,
): readonly TraceSummary[] {
	const distance = ({ duration }: TraceSummary) =>
		Math.abs(Math.log((lengthInMilliseconds(duration) + 1) / (wanted + 1)));
	const fitting = new Map(
		traces
			.filter(({ duration }) => lengthInMilliseconds(duration) >= from && lengthInMilliseconds(duration) <= to)
			.map(trace => [trace.id, trace]),
	);
	return [...fitting.values()].toSorted((a, b) => distance(a) - distance(b) || (a.id < b.id ? -1 : 1)).slice(0, most);
}

/** The root that most of the traces have; `undefined` where none has one. */
export function commonRootOf(
	traces: readonly TraceSummary[],
): { readonly service: string; readonly operation: string } | undefined {
	const counts = new Map<string, { readonly service: string; readonly operation: string; count: number }>();
	for (const { rootService, rootName } of traces) {
		if (rootService === '' || rootName === '') continue;
		const key = JSON.stringify([rootService, rootName]);
		const known = counts.get(key) ?? { service: rootService, operation: rootName, count: 0 };
		known.count++;
		counts.set(key, known);
	}
	const [most] = [...counts.values()].toSorted((a, b) => b.count - a.count);
	return most === undefined ? undefined : { service: most.service, operation: most.operation };
}
