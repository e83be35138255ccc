import type { HistogramBucket, HistogramSeries, Series } from '../model/series.ts';
import type { Milliseconds } from '../model/time.ts';

/**
 * The histogram behind series by `vmrange`, the label of VictoriaMetrics' buckets: `1.136e-02...1.292e-02`, the first
 * `0...1.000e-09`, the last `1.000e+18...+Inf`; each holds its own observations and none of the others'
 * (https://docs.victoriametrics.com/victoriametrics/keyconcepts/#histogram). A label that is no range is left out.
 */
export function histogramsOfRanges(series: readonly Series[]): HistogramSeries {
	const byTime = new Map<Milliseconds, HistogramBucket[]>();
	for (const { labels, times, values } of series) {
		const [, above, upTo] = /^(\S+)\.\.\.(\S+)$/.exec(labels.vmrange ?? '') ?? [];
		if (above === undefined || upTo === undefined) continue;
		const bounds = { above: boundOf(above), upTo: boundOf(upTo) };
		times.forEach((time, index) => {
			const bucket = { ...bounds, count: values[index] ?? Number.NaN };
			const known = byTime.get(time);
			if (known === undefined) byTime.set(time, [bucket]);
			else known.push(bucket);
		});
	}
	const times = [...byTime.keys()].toSorted((a, b) => a - b);
	const histograms = times.map(time => (byTime.get(time) ?? []).toSorted((a, b) => a.upTo - b.upTo));
	return { labels: {}, times, histograms };
}

/** Each power of ten has so many bounds, of which the label writes four digits. */
const boundsPerDecade = 18;

function boundOf(text: string): number {
	const bound = text === '+Inf' ? Number.POSITIVE_INFINITY : Number(text);
	return bound > 0 && bound < Number.POSITIVE_INFINITY
		? 10 ** (Math.round(Math.log10(bound) * boundsPerDecade) / boundsPerDecade)
		: bound;
}
