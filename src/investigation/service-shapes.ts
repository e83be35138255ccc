import { heatMapOf } from '../analysis/heat-map.ts';
import { heatQuery, statusQuery } from '../analysis/red-queries.ts';
import { statusLines } from '../analysis/status-lines.ts';
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
	const { target, grid, metrics, asking } = question;
	const query = heatQuery(target, redScopeOf(question));
	const nothing = { map: { times: [], rows: [] }, grid };
	if (query === undefined) {
		const what = target.duration === undefined ? 'metric of durations' : `bucket of ${target.duration.base}`;
		return answer({ ...nothing, empty: `There is no ${what} to draw. v shows the lines.` });
	}
	const { value, notes } = await metrics.queryRange(query, grid, asking);
	const map = heatMapOf(value, target.duration?.scale ?? 1);
	const empty = map.rows.length === 0 ? { empty: 'No request fell into any bucket in this window.' } : {};
	return answer({ map, grid, query, ...empty }, notes);
}
