import type { Grid } from '../../model/series.ts';
import type { Milliseconds, TimeRange } from '../../model/time.ts';

export type Parameters = readonly (readonly [string, string])[];

/** An instant or a length as the API reads it: seconds, with a fraction down to the millisecond. */
export const secondsText = (time: Milliseconds): string => String(Math.round(time) / 1000);

/** The answer tells what it read. */
const withStats = ['stats', 'true'] as const;

export const instantParameters = (promql: string, at: Milliseconds | undefined): Parameters => [
	['query', promql],
	...(at === undefined ? [] : [['time', secondsText(at)] as const]),
	withStats,
];

/** Both ends are inclusive. More than 11,000 steps are refused by the server. */
export const gridParameters = (promql: string, grid: Grid): Parameters => [
	['query', promql],
	...rangeParameters(grid),
	['step', secondsText(grid.step)],
	withStats,
];

/** Without a range Prometheus searches all it has. */
export const rangeParameters = ({ from, to }: TimeRange): Parameters => [
	['start', secondsText(from)],
	['end', secondsText(to)],
];

export const matchParameters = (selectors: readonly string[]): Parameters =>
	selectors.map(selector => ['match[]', selector] as const);

export const exemplarParameters = (promql: string, range: TimeRange): Parameters => [
	['query', promql],
	...rangeParameters(range),
];

/** How many of each; VictoriaMetrics has another name for it (https://docs.victoriametrics.com/#tsdb-stats). */
export const tsdbParameters = (limit: number): Parameters => [
	['limit', String(limit)],
	['topN', String(limit)],
];

/** `/api/v1/label/<name>/values`. */
export const labelValuesPath = (name: string): string =>
	`/api/v1/label/${encodeURIComponent(name.includes('/') ? escapedName(name) : name)}/values`;

/**
 * `http/route` → `U__http_2f_route`: Prometheus' spelling for names that a path cannot carry, since servers and proxies
 * take an encoded slash for a separator (https://github.com/prometheus/proposals, "UTF-8 support for metric and label names").
 */
const escapedName = (name: string): string =>
	`U__${[...name].map((character, at) => escapedCharacter(character, at === 0)).join('')}`;

function escapedCharacter(character: string, first: boolean): string {
	if (character === '_') return '__';
	if (/[A-Za-z:]/.test(character) || (!first && /\d/.test(character))) return character;
	return `_${character.codePointAt(0)?.toString(16)}_`;
}
