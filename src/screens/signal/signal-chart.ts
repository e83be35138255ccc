import { formatClock } from '../../analysis/format-time.ts';
import { formatUnit } from '../../analysis/format-unit.ts';
import type { AlertSignal } from '../../investigation/alerts-findings.ts';
import type { Alert } from '../../model/alert.ts';
import type { Surface } from '../../terminal/surface.ts';
import { paintChart } from '../../widgets/chart.ts';
import { paintTimeAxis } from '../../widgets/chart-axis.ts';
import type { ViewProps } from '../screen.ts';

type Drawing = Pick<ViewProps<never, never, never>, 'range' | 'timeFormat' | 'theme'>;

/** Fewer rows than this show no more than the sparkline beside the alert does. */
const leastRows = 6;
const mostRows = 16;

/**
 * What an alert's rule measures, with its limit and the moment it fired, where there is room for it. Returns the rows
 * used.
 */
export function paintSignal(
	surface: Surface,
	alert: Pick<Alert, 'state' | 'since'>,
	signal: AlertSignal,
	{ range, timeFormat, theme }: Drawing,
): number {
	const rows = Math.min(mostRows, surface.height - 1);
	const { times, values } = signal.series;
	if (rows < leastRows || times.length === 0) return 0;
	// The chart begins at zero: figures below it would be drawn as none.
	if (values.some(value => value < 0)) return 0;
	const zone = timeFormat === 'local' ? 'local' : 'utc';
	paintChart(
		surface.within(0, 0, surface.width, rows),
		{
			lines: [{ series: signal.series, style: theme.style('link') }],
			range,
			step: signal.grid.step,
			filled: true,
			format: value => formatUnit(value, signal.unit),
			memory: signal.unit === 'bytes',
			threshold: signal.threshold.value,
			marks: alert.state === 'pending' ? [] : [alert.since],
			points: [],
		},
		theme,
	);
	const axis = surface.within(0, rows, surface.width, 1);
	paintTimeAxis(axis, range, (at, precision, withDate) => formatClock(at, zone, precision, withDate), theme);
	return rows + 1;
}
