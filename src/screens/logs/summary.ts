import { formatCount } from '../../analysis/format.ts';
import { formatClock } from '../../analysis/format-time.ts';
import { isRequestPlace } from '../../analysis/log-pivots.ts';
import { countsByColumn } from '../../analysis/log-volume.ts';
import type { LogVolume } from '../../investigation/logs-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { LogLevel, LogRecord } from '../../model/log-entry.ts';
import type { Series } from '../../model/series.ts';
import { type Milliseconds, type TimeRange, toMilliseconds } from '../../model/time.ts';
import type { Surface } from '../../terminal/surface.ts';
import { type HistogramLayer, paintHistogram } from '../../widgets/histogram.ts';
import { paintSegments, type Segment, segment } from '../../widgets/line.ts';
import { badgeOf, badgeSegments, paintPaneState } from '../../widgets/pane-state.ts';
import type { Role } from '../../widgets/theme.ts';
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
	const range = shownRange(props);
	const countsOf = isRequestPlace(props.place)
		? (levels: readonly LogLevel[]) => countsOfRecords(recordsOf(props), levels, range, surface.width)
		: countsOfVolume(lastValueOf(findings.volume), range, surface.width);
	if (countsOf === undefined) {
		paintPaneState(surface, findings.volume, { theme, now, whom: 'Loki' });
		return;
	}
	const painted = layers.map(
		({ levels, role }): HistogramLayer => ({
			counts: countsOf(levels),
			style: theme.style(role),
			...(role === 'error' ? { mark: theme.glyph('error') } : {}),
		}),
	);
	paintHistogram(surface, painted, theme);
	const record = selectedRecord(props);
	if (record === undefined) return;
	const column = columnAt(toMilliseconds(record.entry.at), range, surface.width);
	if (column >= 0 && column < surface.width) surface.restyle(column, 0, 1, surface.height, theme.style('selection'));
}

/** A request lasts seconds in a window of minutes: its bars run over its own time. */
function shownRange(props: LogsViewProps): TimeRange {
	const records = recordsOf(props);
	const [first, last] = [records[0], records.at(-1)];
	if (!isRequestPlace(props.place) || first === undefined || last === undefined) return props.range;
	return { from: toMilliseconds(first.entry.at), to: toMilliseconds(last.entry.at) + 1 };
}

const columnAt = (at: Milliseconds, { from, to }: TimeRange, columns: number): number =>
	to > from ? Math.floor(((at - from) / (to - from)) * columns) : 0;

type CountsOf = (levels: readonly LogLevel[]) => readonly number[];

const countsOfVolume = (volume: LogVolume | undefined, range: TimeRange, columns: number): CountsOf | undefined =>
	volume === undefined
		? undefined
		: levels => {
				const counted = volume.series
					.filter(each => isLevel(each, levels))
					.map(each => countsByColumn(each, volume.grid.step, range, columns));
				return Array.from({ length: columns }, (_, column) => sum(counted.map(each => each[column] ?? 0)));
			};

/** One line, one count: a request has too few of them for buckets. */
function countsOfRecords(
	records: readonly LogRecord[],
	levels: readonly LogLevel[],
	range: TimeRange,
	columns: number,
): readonly number[] {
	const counts = new Array<number>(columns).fill(0);
	for (const { level, entry } of records) {
		const column = columnAt(toMilliseconds(entry.at), range, columns);
		if (levels.includes(level)) counts[column] = (counts[column] ?? 0) + 1;
	}
	return counts;
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
			`  ${formatCount(total)} ${total === 1 ? 'line' : 'lines'}${fromLoki ? ' as Loki counts' : ''}`,
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
