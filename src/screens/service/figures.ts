import { formatClock, type TimeFormat } from '../../analysis/format-time.ts';
import { formatUnit } from '../../analysis/format-unit.ts';
import type { Panel } from '../../investigation/service-findings.ts';
import type { Series } from '../../model/series.ts';
import type { Milliseconds } from '../../model/time.ts';
import { type Segment, segment } from '../../widgets/line.ts';
import type { Role, Theme } from '../../widgets/theme.ts';

/** The value of a series at an instant: the sample nearest to it, or NaN when none is within a step. */
export function valueAt({ times, values }: Series, at: Milliseconds, step: Milliseconds): number {
	let nearest = Number.NaN;
	let distance = step;
	for (let index = 0; index < times.length; index++) {
		const away = Math.abs((times[index] ?? Number.NaN) - at);
		if (away <= distance) {
			distance = away;
			nearest = values[index] ?? Number.NaN;
		}
	}
	return nearest;
}

/** The newest value of a series that is one; NaN when there is none. */
export const newestValue = ({ values }: Series): number => values.findLast(value => !Number.isNaN(value)) ?? Number.NaN;

type FigureOptions = {
	readonly cursor: Milliseconds | undefined;
	readonly timeFormat: TimeFormat;
	readonly theme: Theme;
	/** One panel is enough to write out the instants of the cursor and of firing; all of them mark these. */
	readonly tellsWhen: boolean;
};

/** The figures beside a panel's name: under the cursor, or the newest; then the limit and the moment of firing. */
export function titleFigures(panel: Panel, roles: readonly Role[], options: FigureOptions): Segment[] {
	const { cursor, theme, timeFormat, tellsWhen } = options;
	const zone = timeFormat === 'local' ? 'local' : 'utc';
	const figures = panel.lines.flatMap(({ name, series }, index) => {
		const value = cursor === undefined ? newestValue(series) : valueAt(series, cursor, panel.grid.step);
		const label = panel.lines.length > 1 || name === 'average' ? `${name} ` : '';
		return [segment(`${label}${formatUnit(value, panel.unit)}  `, theme.style(roles[index] ?? 'text'))];
	});
	return [
		...figures,
		...(cursor === undefined || !tellsWhen ? [] : [segment(`at ${formatClock(cursor, zone)}  `, theme.style('dim'))]),
		...(panel.threshold === undefined
			? []
			: [segment(`limit ${formatUnit(panel.threshold.value, panel.unit)}  `, theme.style('threshold'))]),
		...(panel.firedAt === undefined || !tellsWhen
			? []
			: [segment(`fired ${formatClock(panel.firedAt, zone, 'minutes')}`, theme.style('threshold'))]),
	];
}
