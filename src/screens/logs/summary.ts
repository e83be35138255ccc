import { formatCount } from '../../analysis/format.ts';
import { formatClock } from '../../analysis/format-time.ts';
import { isRequestPlace } from '../../analysis/log-pivots.ts';
import { completeFrom, isCut } from '../../analysis/log-stretch.ts';
import { countsByColumn } from '../../analysis/log-volume.ts';
import { cutNotes, cutWords, olderErrorsCut } from '../../investigation/log-reading.ts';
import type { LogsFindings, LogVolume } from '../../investigation/logs-findings.ts';
import { sentenceOf } from '../../model/failure.ts';
import { idle, lastOf, lastValueOf } from '../../model/loadable.ts';
import type { LogLevel, LogRecord } from '../../model/log-entry.ts';
import type { Series } from '../../model/series.ts';
import { type TimeRange, toMilliseconds } from '../../model/time.ts';
import type { Surface } from '../../terminal/surface.ts';
import { type HistogramLayer, paintHistogram } from '../../widgets/histogram.ts';
import { paintSegments, type Segment, segment } from '../../widgets/line.ts';
import { badgeOf, badgeSegments, paintFailures, paintPaneState } from '../../widgets/pane-state.ts';
import type { Role } from '../../widgets/theme.ts';
import { columnAt, paintChosen } from '../choose-range.ts';
import { filledRows } from './filled-rows.ts';
import { volumeNow, whyUncounted } from './followed-volume.ts';
import { isStoppable, readingText } from './reading-on.ts';
import { stoppedAt } from './resting.ts';
import { searchText } from './search.ts';
import { recordsOf, selectedRecord } from './state.ts';
import { tallyOf } from './tally.ts';
import type { LogsViewProps } from './view.tsx';
import { choosingText, volumeRange } from './volume-range.ts';
import { goingText } from './window-ends.ts';

type Layer = { readonly levels: readonly LogLevel[]; readonly role: Role };

const errorLevels: readonly LogLevel[] = ['fatal', 'error'];
/** Every line, what matters lowest. */
const lineLayers: readonly Layer[] = [
	{ levels: errorLevels, role: 'error' },
	{ levels: ['warn'], role: 'warning' },
	{ levels: ['info', 'unknown', 'debug', 'trace'], role: 'baseline' },
];
/** Errors once more by themselves: beside thousands of lines a few of them would not show. */
const errorLayers: readonly Layer[] = [{ levels: errorLevels, role: 'error' }];

const isLevel = ({ labels }: Series, levels: readonly LogLevel[]): boolean =>
	levels.some(level => level === labels.level);

/**
 * Every line over the window, and in the lowest row the errors to a scale of their own; of one request over its own
 * time. The cursor's instant is marked.
 */
export function paintVolume(surface: Surface, props: LogsViewProps): void {
	const { theme, findings, now } = props;
	const range = volumeRange(props);
	const countsOf = isRequestPlace(props.place)
		? (levels: readonly LogLevel[]) => countsOfRecords(recordsOf(props), levels, range, surface.width)
		: countsOfVolume(volumeNow(props), range, surface.width);
	if (countsOf === undefined) {
		paintPaneState(surface, findings.volume, { theme, now, whom: 'Loki', isStoppable: isStoppable(props) });
		return;
	}
	const painted = (layers: readonly Layer[]): readonly HistogramLayer[] =>
		layers.map(({ levels, role }) => ({ counts: countsOf(levels), style: theme.style(role) }));
	const lineRows = surface.height - 1;
	paintHistogram(surface.within(0, 0, surface.width, lineRows), painted(lineLayers), theme);
	paintHistogram(surface.within(0, lineRows, surface.width, 1), painted(errorLayers), theme);
	if (props.state.choosing !== undefined) {
		paintChosen(surface, props.state.choosing, range, theme);
		return;
	}
	const record = selectedRecord(props);
	if (record === undefined) return;
	const column = columnAt(toMilliseconds(record.entry.at), range, surface.width);
	if (column >= 0 && column < surface.width) surface.restyle(column, 0, 1, surface.height, theme.style('selection'));
}

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

/**
 * What the bars beside it count, and what is missing or was left out. Where there are no bars because Loki did not count, it
 * has their rows, and says why.
 */
export function paintSummary(surface: Surface, props: LogsViewProps): void {
	const { theme, findings } = props;
	if (lastValueOf(findings.records) === undefined || surface.height <= 0) return;
	const failure = whyUncounted(props);
	const counts = countRows(props, failure === undefined ? surface.height : 1);
	for (const [y, row] of filledRows(counts, remarks(props), surface.width).entries())
		paintSegments(surface, 0, y, row, theme.glyph('ellipsis'));
	if (failure === undefined) return;
	paintFailures(surface.within(0, 1, surface.width, surface.height - 1), [sentenceOf(failure)], theme);
}

/** The number of lines on the first row, that of errors on the last. */
const countRows = (props: LogsViewProps, height: number): readonly (readonly Segment[])[] => {
	const [lines, errors] = [lineCount(props), errorCount(props)];
	if (height === 1) return [[lines, segment('  '), ...errors]];
	return Array.from({ length: height }, (_, y) => (y === 0 ? [lines] : y === height - 1 ? errors : []));
};

const lineCount = (props: LogsViewProps): Segment =>
	segment(countText(countOf(props, recordsOf(props).length, totalOf), 'line'), props.theme.style('dim'));

function errorCount(props: LogsViewProps): readonly Segment[] {
	const { theme } = props;
	const { errors } = tallyOf(recordsOf(props));
	const count = countOf(props, errors, errorsIn);
	if (count.total === 0) return [segment(count.isMore ? 'no errors read' : 'no errors', theme.style('dim'))];
	const words = `${theme.glyph('error')} ${countText(count, 'error')}`;
	return [segment(words, theme.style('error')), ...errorsByService(props, count)];
}

/** How many there are; or how many were read, where there are more and nobody knows how many. */
type Count = { readonly total: number; readonly isMore: boolean };

/** Loki's count may lag behind its lines, and its levels are a guess, or none: it is not believed where more is on show. */
function countOf(props: LogsViewProps, read: number, countIn: (volume: LogVolume) => number): Count {
	const page = lastValueOf(props.findings.records);
	const volume = volumeNow(props);
	const counted = volume?.levels === 'loki' ? countIn(volume) : -1;
	return { total: Math.max(read, counted), isMore: counted < read && page !== undefined && isCut(page) };
}

/** `67.2k lines`, `1000+ lines`. */
const countText = ({ total, isMore }: Count, what: string): string =>
	`${formatCount(total)}${isMore ? '+' : ''} ${total === 1 && !isMore ? what : `${what}s`}`;

/** Whose errors they are, the most first, where several services are on show; of the lines read, where that is not all. */
function errorsByService(props: LogsViewProps, { total }: Count): readonly Segment[] {
	const { services, errors: read, errorsOf } = tallyOf(recordsOf(props));
	if (services <= 1 || errorsOf.length === 0) return [];
	return [
		...(read === total ? [] : [segment(`${formatCount(read)} read`, props.theme.style('dim'))]),
		...errorsOf
			.slice(0, mostNamed)
			.map(([service, count]) => segment(`${service} ${formatCount(count)}`, props.theme.serviceStyle(service))),
		...(errorsOf.length > mostNamed ? [segment(`+${errorsOf.length - mostNamed}`, props.theme.style('dim'))] : []),
	].flatMap(each => [segment('  '), each]);
}

/** As many services fit beside the chart. */
const mostNamed = 3;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, value) => total + value, 0);
const totalOf = ({ series }: LogVolume): number => sum(series.flatMap(({ values }) => values));
const errorsIn = ({ series }: LogVolume): number =>
	sum(series.filter(each => isLevel(each, errorLevels)).flatMap(({ values }) => values));

/** What must be known about the lines on show, the most important first. */
function remarks(props: LogsViewProps): readonly Segment[] {
	const { theme, findings, now, timeFormat } = props;
	const page = lastValueOf(findings.records);
	const warn = (text: string): Segment => segment(text, theme.style('warning'));
	const dim = (text: string): Segment => segment(text, theme.style('dim'));
	const from = page === undefined ? undefined : completeFrom(page);
	const clock = from === undefined ? '' : formatClock(toMilliseconds(from), timeFormat === 'local' ? 'local' : 'utc');
	const { lower = 0, unknown = 0, other = 0 } = page?.hidden ?? {};
	const panes = [...(stoppedAt(props) === undefined ? [findings.records] : []), findings.volume];
	const failedPane = panes.find(({ status }) => status === 'failed');
	const search = props.state.search;
	const { masked } = tallyOf(recordsOf(props));
	const { choosing } = props.state;
	const said = [
		...(choosing === undefined ? [] : [segment(choosingText(props, choosing), theme.style('strong'))]),
		...(failedPane === undefined ? [] : badgeSegments(badgeOf(failedPane, now), theme)),
		...badgeSegments(badgeOf(saidBy('others', props), now), theme),
		...(search === '' ? [] : [dim(searchText(props, theme.glyph('ellipsis')))]),
		...(from === undefined ? [] : [warn(`only errors before ${clock}`)]),
		...reachSegments(props),
		...(unknown > 0 ? [dim(counted(unknown, 'line', 'without a level left out'))] : []),
		...(other > 0 ? [dim(counted(other, 'line', 'filtered out here'))] : []),
		...(lower > 0 ? [dim(counted(lower, 'milder line', 'left out'))] : []),
		...(masked > 0 ? [dim(counted(masked, 'secret', 'masked'))] : []),
		...badgeSegments(badgeOf(findings.volume, now), theme),
	];
	return said.filter(({ text }, index) => said.findIndex(other => other.text === text) === index);
}

/** How far the lines were read, and the key that would read more of them. */
function reachSegments(props: LogsViewProps): readonly Segment[] {
	const { theme, findings, now, timeFormat } = props;
	const said = [goingText(props), readingText(props)].flatMap(text => text ?? []);
	if (said.length > 0) return said.map(text => segment(text, theme.style('warning')));
	const page = lastValueOf(findings.records);
	const cut = page === undefined ? undefined : cutWords(page);
	const stopped = stoppedAt(props);
	if (stopped !== undefined) {
		const clock = formatClock(toMilliseconds(stopped), timeFormat === 'local' ? 'local' : 'utc');
		return [`${cut} read`, `stopped at ${clock}  m reads on`].map(text => segment(text, theme.style('warning')));
	}
	const isTold = page === undefined || cut === undefined || completeFrom(page) !== undefined;
	const back = page?.unread.older === undefined ? '  G newest' : '';
	return [
		...(isTold ? [] : [segment(`${cut} read${back}`, theme.style('warning'))]),
		...badgeSegments(badgeOf(saidBy('us', props), now), theme),
	];
}

/**
 * The lines with the notes of the server and on what could not be read (`others`), or with our own that older errors
 * were cut (`us`); that the page was cut is told in fewer words. Without any note of others there is nothing to tell.
 */
function saidBy(who: 'us' | 'others', { findings: { records } }: LogsViewProps): LogsFindings['records'] {
	const last = lastOf(records);
	if (records.status === 'idle' || last === undefined) return who === 'us' ? records : idle;
	const cut = new Set(cutNotes(last.value).map(({ text }) => text));
	const notes = last.notes.filter(({ text }) => !cut.has(text) && (text === olderErrorsCut.text) === (who === 'us'));
	if (who === 'others') return notes.length === 0 ? idle : { status: 'loaded', ...last, notes };
	return records.status === 'loaded' ? { ...records, notes } : { ...records, last: { ...last, notes } };
}

const counted = (count: number, what: string, rest: string): string =>
	`${count} ${count === 1 ? what : `${what}s`} ${rest}`;
