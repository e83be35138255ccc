import { formatDuration } from '../../analysis/format.ts';
import { condensed, type HeatRow } from '../../analysis/heat-map.ts';
import type { HeatPanel } from '../../investigation/service-findings.ts';
import type { Surface } from '../../terminal/surface.ts';
import { paintHeatMap } from '../../widgets/heat-map.ts';
import type { ServiceViewProps } from './view.tsx';

/** The buckets over time, the slowest on top: neighbours share a row where there are many, few are as high as there is room. */
export function paintHeat(surface: Surface, { map, grid }: HeatPanel, props: ServiceViewProps): void {
	const { state, range, theme } = props;
	const buckets = condensed(map.rows, surface.height).toReversed();
	const height = Math.max(1, Math.floor(surface.height / buckets.length));
	const rows = buckets.flatMap(row =>
		Array.from({ length: height }, (_, index) => ({ label: index === 0 ? labelOf(row) : '', shares: row.shares })),
	);
	const cursor = state.cursor === undefined ? {} : { cursor: state.cursor };
	paintHeatMap(surface, { times: map.times, rows, range, step: grid.step, ...cursor }, theme);
}

/** A row is named by the longest that its requests took, the last one by what they took at least. */
const labelOf = ({ above, upTo }: HeatRow): string =>
	Number.isFinite(upTo) ? formatDuration(upTo * 1000) : `>${formatDuration(above * 1000)}`;
