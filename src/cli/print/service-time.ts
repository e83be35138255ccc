import { formatDuration } from '../../analysis/format.ts';
import { formatInstant } from '../../analysis/format-time.ts';
import { formatUnit } from '../../analysis/format-unit.ts';
import type { Mark } from '../../analysis/marks.ts';
import { newestTime, valueAt } from '../../analysis/sample-at.ts';
import type {
	Baseline,
	HeatPanel,
	Panel,
	PanelLine,
	ServiceFindings,
	SlowTraces,
} from '../../investigation/service-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { ServicePlace } from '../../model/place.ts';
import type { Series } from '../../model/series.ts';
import { lengthInMilliseconds, toMilliseconds } from '../../model/time.ts';
import { type Block, table } from './document.ts';
import { type Json, nanosecondsJson, numberJson, secondsJson, seriesJson, timeJson } from './json.ts';
import type { Printing } from './printer.ts';

type Time = Pick<Printing<ServicePlace, ServiceFindings>, 'findings' | 'timeFormat' | 'now'>;

/** The figure of a line at the same moment of the day or the week before; empty when nothing is compared. */
export function figureBefore(
	baseline: Baseline | undefined,
	name: 'rate' | 'errors' | 'duration',
	panel: Panel,
	line: PanelLine,
): string {
	const before = baseline === undefined ? undefined : seriesBefore(baseline, name, line);
	if (before === undefined) return '';
	const at = newestTime(line.series) ?? panel.grid.to;
	return formatUnit(valueAt(before, at, panel.grid.step), panel.unit);
}

const seriesBefore = (baseline: Baseline, name: 'rate' | 'errors' | 'duration', line: PanelLine): Series | undefined =>
	name !== 'duration' ? baseline[name] : baseline.duration?.name === line.name ? baseline.duration.series : undefined;

/** What was done to the service, and requests to follow where the metrics carry no exemplars. */
export function timeBlocks({ findings, timeFormat, now }: Time): readonly Block[] {
	const marks = lastValueOf(findings.marks)?.marks ?? [];
	const traces = lastValueOf(findings.slow)?.traces ?? [];
	return [
		...(marks.length === 0
			? []
			: [
					table(
						[{ title: 'when' }, { title: 'deploys and restarts' }],
						marks.map(mark => [
							`${mark.within === 0 ? '' : 'by '}${formatInstant(mark.at, timeFormat, now)}`,
							markText(mark),
						]),
					),
				]),
		...(traces.length === 0
			? []
			: [
					table(
						[{ title: 'slow or failing trace' }, { title: 'took', align: 'right' }, { title: 'when' }],
						traces.map(({ id, duration, start }) => [
							id,
							formatDuration(lengthInMilliseconds(duration)),
							formatInstant(toMilliseconds(start), timeFormat, now),
						]),
					),
				]),
	];
}

function markText(mark: Mark): string {
	switch (mark.kind) {
		case 'deploy':
			return `deploy ${mark.from} to ${mark.to}`;
		case 'change':
			return `changed to generation ${mark.generation}`;
		case 'restart':
			return `restart of ${mark.who.join(', ')}`;
	}
}

/** The same as JSON, each field absent when it was not asked for. */
export function timeFields({ findings }: Pick<Time, 'findings'>): { readonly [name: string]: Json | undefined } {
	const baseline = lastValueOf(findings.baseline);
	const marks = lastValueOf(findings.marks);
	const slow = lastValueOf(findings.slow);
	const classes = lastValueOf(findings.classes);
	const heat = lastValueOf(findings.heat);
	return {
		baseline: baseline && baselineJson(baseline),
		events: marks?.marks.map(markJson),
		traces: slow?.traces.map(traceJson),
		rateByStatus: classes?.lines.map(({ name, query, series }) => ({ name, query, series: seriesJson(series) })),
		durationBuckets: heat && heatJson(heat),
	};
}

/** The points have the times of the panels, not those of then. */
const baselineJson = ({ comparison, rate, errors, duration }: Baseline): Json => ({
	comparedWith: comparison.name,
	backSeconds: comparison.back / 1000,
	rate: rate && seriesJson(rate),
	errors: errors && seriesJson(errors),
	duration: duration && { name: duration.name, series: seriesJson(duration.series) },
});

const markJson = (mark: Mark): Json => ({
	kind: mark.kind,
	at: timeJson(mark.at),
	withinSeconds: mark.within / 1000,
	...(mark.kind === 'deploy' ? { from: mark.from, to: mark.to } : {}),
	...(mark.kind === 'change' ? { generation: mark.generation } : {}),
	...(mark.kind === 'restart' ? { who: mark.who } : {}),
});

const traceJson = ({ id, start, duration, rootService, rootName }: SlowTraces['traces'][number]): Json => ({
	traceId: id,
	start: nanosecondsJson(start),
	durationSeconds: secondsJson(duration),
	rootService,
	rootName,
});

const heatJson = ({ map, query, empty }: HeatPanel): Json => ({
	query,
	empty,
	times: map.times.map(timeJson),
	buckets: map.rows.map(({ above, upTo, shares }) => ({
		aboveSeconds: numberJson(above),
		upToSeconds: numberJson(upTo),
		shares: shares.map(numberJson),
	})),
});
