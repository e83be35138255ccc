/** A chart holds no more lines. */
export const mostQuantiles = 4;

/** What the duration panel shows unless the place says otherwise. */
export const usualQuantiles: readonly string[] = ['p50', 'p95', 'p99'];

/** With p90, where the many begin to wait, and p99.9, where the few do. */
export const moreQuantiles: readonly string[] = ['p50', 'p90', 'p99', 'p99.9'];

/** `p99.9` is 0.999, rounded to what binary fractions add; `undefined` for what is no quantile, p0 and p100 included. */
export function quantileOf(name: string): number | undefined {
	if (!/^p\d{1,2}(?:\.\d{1,3})?$/.test(name)) return undefined;
	const quantile = Number((Number(name.slice(1)) / 100).toPrecision(6));
	return quantile > 0 ? quantile : undefined;
}
