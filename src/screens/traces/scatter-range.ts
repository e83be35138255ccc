import { type DurationScale, durationAtTop, durationInRow, rowOfDuration } from '../../analysis/duration-scale.ts';
import { formatDuration } from '../../analysis/format.ts';
import { withCondition } from '../../analysis/trace-conditions.ts';
import type { TracesFindings } from '../../investigation/traces-findings.ts';
import type { TracesPlace } from '../../model/place.ts';
import { fixed, type Milliseconds, toMilliseconds } from '../../model/time.ts';
import type { Surface } from '../../terminal/surface.ts';
import { axisColumns } from '../../widgets/chart-axis.ts';
import type { Theme } from '../../widgets/theme.ts';
import { type Choosing, chosenRange, chosenText, movedEdge, paintChosen } from '../choose-range.ts';
import { type Meaning, orWhile } from '../key-meanings.ts';
import { type Binding, type Outcome, refuse, stay, turn } from '../screen.ts';
import { durationOf, scaleOf } from './durations.ts';
import { layoutOf } from './layout.ts';
import { selectedTrace, type TracesShown, type TracesState } from './state.ts';

/**
 * A range of the scatter that is being chosen: of time, and of durations as soon as `j` or `k` has moved that edge. `home`
 * is the duration at which it began.
 */
export type TraceChoosing = Choosing & {
	readonly home: Milliseconds;
	readonly level?: Milliseconds;
	readonly fixedLevel?: Milliseconds;
};

/** The first and the last row of the durations that are being chosen; `undefined` while all of them are. */
function chosenRows(
	choosing: TraceChoosing,
	scale: DurationScale,
	rows: number,
): readonly [number, number] | undefined {
	const { home, level, fixedLevel } = choosing;
	if (level === undefined && fixedLevel === undefined) return undefined;
	const ends = [level ?? home, fixedLevel ?? home].map(each => rowOfDuration(each, scale, rows));
	return [Math.min(...ends), Math.max(...ends)];
}

/** Lays the choice over the dots. */
export function paintScatterChoice(
	plot: Surface,
	{ state: { choosing }, range, theme }: TracesShown & { readonly theme: Theme },
	scale: DurationScale,
): void {
	if (choosing === undefined) return;
	const [first, last] = chosenRows(choosing, scale, plot.height) ?? [0, plot.height - 1];
	paintChosen(plot.within(0, first, plot.width, last - first + 1), choosing, range, theme);
}

/** What the scatter is narrowed to: of durations up to either end nothing is asked beyond it. */
function narrowedTo(shown: TracesShown, choosing: TraceChoosing): TracesPlace {
	const { scatter } = layoutOf(shown);
	const scale = scaleOf(shown);
	const { from, to } = chosenRange(choosing, shown.range, scatter.width - axisColumns);
	const place: TracesPlace = { ...shown.place, window: fixed(from, to) };
	const rows = chosenRows(choosing, scale, scatter.height);
	if (rows === undefined) return place;
	const [first, last] = rows;
	const fasterThan = first === 0 ? place.fasterThan : twoDigits(durationAtTop(first, scale, scatter.height), Math.ceil);
	const slowerThan =
		last === scatter.height - 1
			? place.slowerThan
			: twoDigits(durationAtTop(last + 1, scale, scatter.height), Math.floor);
	return withCondition(withCondition(place, 'slowerThan', slowerThan), 'fasterThan', fasterThan);
}

/** A length in whole milliseconds that says no more than was chosen, and leaves none of it out. */
function twoDigits(length: Milliseconds, round: (value: number) => number): Milliseconds {
	const unit = Math.max(1, 10 ** (Math.floor(Math.log10(length)) - 1));
	return round(length / unit) * unit;
}

/** `11:58:30 to 11:59:10, 20 ms to 2 s  enter`, for the summary. */
export function choosingText(shown: TracesShown, choosing: TraceChoosing): string {
	const { scatter } = layoutOf(shown);
	const scale = scaleOf(shown);
	const time = chosenText(chosenRange(choosing, shown.range, scatter.width - axisColumns), choosing, shown.timeFormat);
	const rows = chosenRows(choosing, scale, scatter.height);
	const edge = (row: number) => formatDuration(Number(durationAtTop(row, scale, scatter.height).toPrecision(2)));
	const durations = rows === undefined ? '' : `, ${edge(rows[1] + 1)} to ${edge(rows[0])}`;
	const next = choosing.fixedAt === undefined ? 'h l time  j k duration  enter' : 'enter looks there';
	return `${time}${durations}  ${next}`;
}

export const withoutChoice = ({ choosing: _, ...state }: TracesState): TracesState => state;

const begin = (shown: TracesShown): Outcome<TracesState> => {
	if (layoutOf(shown).scatter.height === 0)
		return refuse('There is no scatter here to choose on: it needs two traces and more rows.');
	const summary = selectedTrace(shown);
	if (summary === undefined) return refuse('There is no trace under the cursor.');
	const choosing = { at: toMilliseconds(summary.start), home: durationOf(summary) };
	return stay({ ...withoutForm(shown.state), choosing });
};

const withoutForm = ({ form: _, ...state }: TracesState): TracesState => state;

function movedInTime(shown: TracesShown, choosing: TraceChoosing, by: 1 | -1): Outcome<TracesState> {
	const at = movedEdge(choosing.at, by, shown.range, layoutOf(shown).scatter.width - axisColumns);
	return stay({ ...shown.state, choosing: { ...choosing, at } });
}

function movedInDuration(shown: TracesShown, choosing: TraceChoosing, by: 1 | -1): Outcome<TracesState> {
	const rows = layoutOf(shown).scatter.height;
	const scale = scaleOf(shown);
	const row = rowOfDuration(choosing.level ?? choosing.home, scale, rows) + by;
	const level = durationInRow(Math.max(0, Math.min(rows - 1, row)), scale, rows);
	return stay({ ...shown.state, choosing: { ...choosing, level } });
}

/** The first `enter` fixes a corner, the second one looks there. */
function fix(shown: TracesShown, choosing: TraceChoosing): Outcome<TracesState> {
	if (choosing.fixedAt !== undefined) return turn(narrowedTo(shown, choosing), withoutChoice(shown.state));
	const { at, level } = choosing;
	const fixedCorner = { ...choosing, fixedAt: at, ...(level === undefined ? {} : { fixedLevel: level }) };
	return stay({ ...shown.state, choosing: fixedCorner });
}

type TracesBinding = Binding<TracesPlace, TracesFindings, TracesState>;
const notChoosing = 'V begins choosing a range on the scatter.';

const whileChoosing = (state: TracesState): TraceChoosing | undefined => state.choosing;

type RangeMeaning = Meaning<TracesPlace, TracesFindings, TracesState, TraceChoosing>;

const left: RangeMeaning = { label: () => 'edge left', run: (shown, choosing) => movedInTime(shown, choosing, -1) };
const right: RangeMeaning = { label: () => 'edge right', run: (shown, choosing) => movedInTime(shown, choosing, 1) };
const meanings: ReadonlyMap<string, RangeMeaning> = new Map([
	['h', left],
	['left', left],
	['l', right],
	['right', right],
	['j', { label: () => 'shorter', run: (shown, choosing) => movedInDuration(shown, choosing, 1) }],
	['k', { label: () => 'longer', run: (shown, choosing) => movedInDuration(shown, choosing, -1) }],
	['enter', { label: ({ fixedAt }) => (fixedAt === undefined ? 'fix the corner' : 'look there'), run: fix }],
]);

/** While a range is being chosen, the keys that move and fix its corners belong to it. */
export const orInScatter = orWhile(whileChoosing, meanings);

const refused = (): Outcome<TracesState> => refuse(notChoosing);
const idle = ({ state }: TracesShown): string | undefined => (state.choosing === undefined ? notChoosing : undefined);

export const scatterKeys: readonly TracesBinding[] = [
	{
		keys: ['V'],
		label: 'range',
		help: 'Choose a range on the scatter: h and l move its edge in time, j and k in duration, enter fixes a corner, and then looks there.',
		run: begin,
	},
	{
		keys: ['h'],
		label: 'edge',
		help: 'Move the edge of the range to the left; l moves it to the right.',
		idle,
		run: refused,
	},
	{ keys: ['left'], label: 'edge left', help: 'Move the edge of the range to the left.', idle, run: refused },
	{ keys: ['right'], label: 'edge right', help: 'Move the edge of the range to the right.', idle, run: refused },
];
