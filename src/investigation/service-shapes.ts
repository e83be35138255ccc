import { heatMapOfHistograms } from '../analysis/heat-histograms.ts';
import { type HeatMap, heatMapOf } from '../analysis/heat-map.ts';
import { durationFor, heatQuery, statusQuery } from '../analysis/red-queries.ts';
import type { DurationMetric } from '../analysis/service-target.ts';
import { statusLines } from '../analysis/status-lines.ts';
import { histogramsOfRanges } from '../analysis/vmrange.ts';
import { type Answer, answer } from '../model/answer.ts';
import type { HeatPanel, Panel } from './service-findings.ts';
import { type PanelQuestion, redScopeOf, unasked } from './service-panels.ts';

/** The rate by how requests ended, for a place that wants it. */
export async function askClasses(question: PanelQuestion): Promise<Answer<Panel>> {
	const { target, grid, over, metrics, asking } = question;
	const query = statusQuery(target, redScopeOf(question));
	const panel = { unit: 'per-second', grid, averagedOver: over } as const;
	if (query === undefined) {
		return answer({ ...panel, lines: [], empty: `No label of ${target.rateMetric} tells a status.` });
	}
	const { value, notes } = await metrics.queryRange(query, grid, asking);
	const lines = statusLines(value).map(line => ({ ...line, query }));
	return answer({ ...panel, lines, ...(lines.length === 0 ? { empty: unasked(question) } : {}) }, notes);
}

/** The durations by bucket, for a place that wants them. */
export async function askHeat(question: PanelQuestion): Promise<Answer<HeatPanel>> {
	const { target, grid } = question;
	const scope = redScopeOf(question);
	const duration = durationFor(target, scope, []);
	const query = heatQuery(target, scope);
	if (duration === undefined || query === undefined) {
		const what = target.duration === undefined ? 'metric of durations' : `bucket of ${target.duration.base}`;
		return answer({ map: noHeat, grid, empty: `There is no ${what} to draw. v shows the lines.` });
	}
	const { value: map, notes } = await askHeatMap(question, duration, query);
	return answer({ map: map ?? noHeat, grid, query, ...emptyHeat(map, duration) }, notes);
}

const noHeat: HeatMap = { times: [], rows: [] };

/** In seconds; `undefined` when the server has no native histogram to tell. */
async function askHeatMap(
	{ grid, metrics, asking }: PanelQuestion,
	{ flavour, scale }: DurationMetric,
	query: string,
): Promise<Answer<HeatMap | undefined>> {
	if (flavour === 'native') {
		const { value, notes } = await metrics.queryHistograms(query, grid, asking);
		return answer(value[0] && heatMapOfHistograms(value[0], scale), notes);
	}
	const { value, notes } = await metrics.queryRange(query, grid, asking);
	const map = flavour === 'vmrange' ? heatMapOfHistograms(histogramsOfRanges(value), scale) : heatMapOf(value, scale);
	return answer(map, notes);
}

function emptyHeat(map: HeatMap | undefined, { base }: DurationMetric): Pick<HeatPanel, 'empty'> {
	if (map === undefined)
		return { empty: `The server told no native histogram of ${base}: it keeps none, or nothing was counted.` };
	return map.rows.length === 0 ? { empty: 'No request fell into any bucket in this window.' } : {};
}
