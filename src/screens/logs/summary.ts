import { formatCount } from '../../analysis/format.ts';
import { formatClock } from '../../analysis/format-time.ts';
import { isRequestPlace } from '../../analysis/log-pivots.ts';
import { countsByColumn, volumeOf } from '../../analysis/log-volume.ts';
import type { LogVolume } from '../../investigation/logs-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { LogLevel, LogRecord } from '../../model/log-entry.ts';
import type { Series } from '../../model/series.ts';
import { type TimeRange, toMilliseconds } from '../../model/time.ts';
import type { Surface } from '../../terminal/surface.ts';
import { type HistogramLayer, paintHistogram } from '../../widgets/histogram.ts';
import { paintSegments, type Segment, segment } from '../../widgets/line.ts';
import { badgeOf, badgeSegments, paintPaneState } from '../../widgets/pane-state.ts';
import type { Role, Theme } from '../../widgets/theme.ts';
import { recordsOf, selectedRecord } from './state.ts';
import type { LogsViewProps } from './view.tsx';

/** From the bottom of a bar upwards: what matters first. */
const layers: readonly { readonly levels: readonly LogLevel[]; readonly role: Role }[] = [
	{ levels: ['fatal', 'error'], role: 'error' },
	{ levels: ['warn'], role: 'warning' },
	{ levels: ['info', 'unknown', 'debug', 'trace'], role: 'baseline' },
];

const isLevel = ({ labels }: Series, levels: readonly LogLevel[]): boolean =>
	levels.some(level => level === labels.level);

/** Volume by level over the window; of one request over its own time. The cursor's instant is marked. */
export function paintVolume(surface: Surface, props: LogsViewProps): void {
	const { theme, findings, now } = props;
	const shown = shownVolume(props, surface.width);
	if (shown === undefined) {
		paintPaneState(surface, findings.volume, { theme, now, whom: 'Loki' });
		return;
	}
	const { volume, range } = shown;
	paintHistogram(
		surface,
		layers.map(({ levels, role }) => layerOf(volume, levels, range, surface.width, role, theme)),
		theme,
	);
	const record = selectedRecord(props);
	if (record === undefined || !(range.to > range.from)) return;
	const share = (toMilliseconds(record.entry.at) - range.from) / (range.to - range.from);
	const column = Math.min(surface.width - 1, Math.floor(share * surface.width));
	if (share >= 0 && share <= 1) surface.restyle(column, 0, 1, surface.height, theme.style('selection'));
}

function layerOf(
	{ series, grid }: LogVolume,
	levels: readonly LogLevel[],
	range: TimeRange,
	columns: number,
	role: Role,
	theme: Theme,
): HistogramLayer {
	const counted = series
		.filter(each => isLevel(each, levels))
		.map(each => countsByColumn(each, grid.step, range, columns));
	const counts = Array.from({ length: columns }, (_, column) =>
		counted.reduce((sum, each) => sum + (each[column] ?? 0), 0),
	);
	return { counts, style: theme.style(role), ...(role === 'error' ? { mark: theme.glyph('error') } : {}) };
}

/** A request lasts seconds in a window of minutes: its bars run over its own time. */
function shownVolume(
	props: LogsViewProps,
	columns: number,
): { readonly volume: LogVolume; readonly range: TimeRange } | undefined {
	const volume = lastValueOf(props.findings.volume);
	const records = recordsOf(props);
	const [first, last] = [records[0], records.at(-1)];
	if (!isRequestPlace(props.place) || first === undefined || last === undefined) {
		return volume === undefined ? undefined : { volume, range: props.range };
	}
	const [from, to] = [toMilliseconds(first.entry.at), toMilliseconds(last.entry.at) + 1];
	const step = Math.max(1, Math.ceil((to - from) / Math.max(1, columns)));
	const grid = { from: Math.floor(from / step) * step, to: Math.ceil(to / step) * step, step };
	return { volume: { grid, series: volumeOf(records, grid), levels: 'lines' }, range: { from, to } };
}

/** Counts, and below them what is missing or was left out. */
export function paintSummary(surface: Surface, props: LogsViewProps): void {
	const { theme } = props;
	const rows = [countSegments(props), ...remarks(props).map(remark => [remark])];
	rows.slice(0, surface.height).forEach((row, y) => {
		paintSegments(surface, 0, y, row, theme.glyph('ellipsis'));
	});
}

function countSegments(props: LogsViewProps): readonly Segment[] {
	const { theme, findings } = props;
	const records = recordsOf(props);
	const page = lastValueOf(findings.records);
	if (page === undefined) return [];
	const volume = lastValueOf(findings.volume);
	const fromLoki = volume?.levels === 'loki';
	const errors = fromLoki ? errorsIn(volume) : records.filter(isError).length;
	const total = fromLoki ? totalOf(volume) : records.length;
	const mark = errors === 0 ? [] : [segment(`${theme.glyph('error')} `, theme.style('error'))];
	return [
		...mark,
		segment(`${formatCount(errors)} ${errors === 1 ? 'error' : 'errors'}`, theme.style(errors === 0 ? 'dim' : 'error')),
		segment(
			`  ${formatCount(total)} ${total === 1 ? 'line' : 'lines'}${fromLoki ? ', by Loki’s own count' : ''}`,
			theme.style('dim'),
		),
	];
}

const isError = ({ level }: LogRecord): boolean => level === 'error' || level === 'fatal';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, value) => total + value, 0);
const totalOf = ({ series }: LogVolume): number => sum(series.flatMap(({ values }) => values));
const errorsIn = ({ series }: LogVolume): number =>
	sum(series.filter(each => isLevel(each, ['fatal', 'error'])).flatMap(({ values }) => values));

/** What must be known about the lines on show, the most important first. */
function remarks(props: LogsViewProps): readonly Segment[] {
	const { theme, findings, now, timeFormat } = props;
	const page = lastValueOf(findings.records);
	const warn = (text: string): Segment => segment(text, theme.style('warning'));
	const dim = (text: string): Segment => segment(text, theme.style('dim'));
	const from = page?.completeFrom;
	const clock = from === undefined ? '' : formatClock(toMilliseconds(from), timeFormat === 'local' ? 'local' : 'utc');
	const { lower = 0, unknown = 0 } = page?.hidden ?? {};
	const failedPane = [findings.records, findings.volume].find(({ status }) => status === 'failed');
	const search = props.state.search;
	return [
		...(failedPane === undefined ? [] : badgeSegments(badgeOf(failedPane, now), theme)),
		...(from === undefined
			? badgeSegments(badgeOf(findings.records, now), theme)
			: [warn(`every line from ${clock} on, before only errors`)]),
		...(search === '' ? [] : [dim(`/${search}  n N`)]),
		...(unknown > 0 ? [dim(`${unknown} lines without a level left out`)] : []),
		...(lower > 0 ? [dim(`${lower} milder lines left out`)] : []),
		...((page?.masked ?? 0) > 0 ? [dim(`${page?.masked} secrets masked`)] : []),
		...badgeSegments(badgeOf(findings.volume, now), theme),
	];
}
