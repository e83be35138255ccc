/** The quantiles that the duration panel can show, ascending. */
export const quantileNames = ['p50', 'p90', 'p95', 'p99', 'p99.9'] as const;
export type QuantileName = (typeof quantileNames)[number];

/** What it shows unless the place says otherwise. */
export const usualQuantiles: readonly QuantileName[] = ['p50', 'p95', 'p99'];

/** With p90, where the many begin to wait, and p99.9, where the few do: a chart holds no more than four lines. */
export const moreQuantiles: readonly QuantileName[] = ['p50', 'p90', 'p99', 'p99.9'];
export const mostQuantiles = 4;

/** Those of the names that can be shown, ascending and without doubles; the usual ones when there are none. */
export function quantilesIn(names: readonly string[] | undefined): readonly QuantileName[] {
	const wanted = quantileNames.filter(name => names?.includes(name));
	return wanted.length === 0 ? usualQuantiles : wanted.slice(0, mostQuantiles);
}
