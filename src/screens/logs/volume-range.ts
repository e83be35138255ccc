import { formatClock } from '../../analysis/format-time.ts';
import { isRequestPlace } from '../../analysis/log-pivots.ts';
import type { LogsFindings } from '../../investigation/logs-findings.ts';
import type { LogsPlace } from '../../model/place.ts';
import { fixed, type Milliseconds, type TimeRange, toMilliseconds } from '../../model/time.ts';
import type { Surface } from '../../terminal/surface.ts';
import type { Theme } from '../../widgets/theme.ts';
import { type Binding, type Outcome, refuse, stay, turn } from '../screen.ts';
import { rangeNow, whyUncounted } from './followed-volume.ts';
import { layoutOf } from './layout.ts';
import { type LogsShown, type LogsState, recordsOf, selectedRecord } from './state.ts';

/** A range of the volume that is being chosen: the edge that moves, and the one that is fixed already. */
export type Choosing = { readonly at: Milliseconds; readonly fixedAt?: Milliseconds };

/** What the volume spans. A request lasts seconds in a window of minutes: its bars run over its own time. */
export function volumeRange(shown: LogsShown): TimeRange {
	const records = recordsOf(shown);
	const [first, last] = [records[0], records.at(-1)];
	if (!isRequestPlace(shown.place) || first === undefined || last === undefined) return rangeNow(shown);
	return { from: toMilliseconds(first.entry.at), to: toMilliseconds(last.entry.at) + 1 };
}

export const columnAt = (at: Milliseconds, { from, to }: TimeRange, columns: number): number =>
	to > from ? Math.floor(((at - from) / (to - from)) * columns) : 0;

/** The first and the last column of the range that is being chosen. */
function chosenColumns({ at, fixedAt = at }: Choosing, range: TimeRange, columns: number): readonly [number, number] {
	const within = (instant: Milliseconds) => Math.max(0, Math.min(columns - 1, columnAt(instant, range, columns)));
	const ends = [within(at), within(fixedAt)];
	return [Math.min(...ends), Math.max(...ends)];
}

/** The instants at which the columns begin and end. */
function chosenRange(shown: LogsShown, choosing: Choosing): TimeRange {
	const range = volumeRange(shown);
	const columns = layoutOf(shown).volume.width;
	const [first, last] = chosenColumns(choosing, range, columns);
	const instantOf = (column: number) => Math.round(range.from + (column * (range.to - range.from)) / columns);
	return { from: instantOf(first), to: Math.max(instantOf(last + 1), instantOf(first) + 1) };
}

/** Lays the choice over the bars. */
export function paintChosen(surface: Surface, choosing: Choosing, range: TimeRange, theme: Theme): void {
	const [first, last] = chosenColumns(choosing, range, surface.width);
	surface.restyle(first, 0, last - first + 1, surface.height, theme.style('selection'));
}

/** `11:58:30 to 11:59:10  enter looks there`, for the summary. */
export function choosingText(shown: LogsShown, choosing: Choosing): string {
	const { from, to } = chosenRange(shown, choosing);
	const clock = (at: Milliseconds) => formatClock(at, shown.timeFormat === 'local' ? 'local' : 'utc');
	return choosing.fixedAt === undefined ? `from ${clock(from)}  h l  enter` : `${clock(from)} to ${clock(to)}  enter`;
}

export const withoutChoice = ({ choosing: _, ...state }: LogsState): LogsState => state;

const begin = (shown: LogsShown): Outcome<LogsState> => {
	if (whyUncounted(shown) !== undefined)
		return refuse('Loki did not count the lines, so there is no volume to choose on. R asks again.');
	const { height, width } = layoutOf(shown).volume;
	if (height === 0 || width <= 0) return refuse('There is no room for the volume here. + takes a shorter window.');
	const record = selectedRecord(shown);
	if (record === undefined) return refuse('There are no lines to choose among. + takes a shorter window.');
	return stay({ ...shown.state, choosing: { at: toMilliseconds(record.entry.at) } });
};

/** The edge that moves, a column further. */
function moved(shown: LogsShown, choosing: Choosing, by: 1 | -1): Outcome<LogsState> {
	const range = volumeRange(shown);
	const columns = layoutOf(shown).volume.width;
	const column = Math.max(0, Math.min(columns - 1, columnAt(choosing.at, range, columns) + by));
	const at = range.from + ((column + 0.5) * (range.to - range.from)) / columns;
	return stay({ ...shown.state, choosing: { ...choosing, at } });
}

/** The first `enter` fixes an edge, the second one looks there. */
function fix(shown: LogsShown, choosing: Choosing): Outcome<LogsState> {
	if (choosing.fixedAt === undefined) return stay({ ...shown.state, choosing: { ...choosing, fixedAt: choosing.at } });
	const { from, to } = chosenRange(shown, choosing);
	return turn({ ...shown.place, window: fixed(from, to) }, withoutChoice(shown.state));
}

type LogsBinding = Binding<LogsPlace, LogsFindings, LogsState>;
const notChoosing = 'V begins choosing a range on the volume.';

export const volumeKeys: readonly LogsBinding[] = [
	{
		keys: ['V'],
		label: 'range',
		help: 'Choose a range on the volume: h and l move an edge, enter fixes it, and then looks there.',
		run: begin,
	},
	{
		keys: ['h'],
		pair: 'l',
		label: 'edge',
		help: 'Move the edge of the range that is being chosen to the left; l moves it to the right.',
		idle: ({ state }) => (state.choosing === undefined ? notChoosing : undefined),
		run: shown => (shown.state.choosing === undefined ? refuse(notChoosing) : moved(shown, shown.state.choosing, -1)),
	},
];

type Meaning = {
	readonly label: (choosing: Choosing) => string;
	readonly run: (shown: LogsShown, choosing: Choosing) => Outcome<LogsState>;
};

const left: Meaning = { label: () => 'edge left', run: (shown, choosing) => moved(shown, choosing, -1) };
const right: Meaning = { label: () => 'edge right', run: (shown, choosing) => moved(shown, choosing, 1) };
const meanings: ReadonlyMap<string, Meaning> = new Map([
	['l', right],
	['left', left],
	['right', right],
	['enter', { label: ({ fixedAt }) => (fixedAt === undefined ? 'fix the edge' : 'look there'), run: fix }],
]);

/** While a range is being chosen, the keys that move and fix its edges belong to it; else the binding does what it does. */
export function orInRange(binding: LogsBinding): LogsBinding {
	const meaning = meanings.get(binding.keys[0] ?? '');
	if (meaning === undefined) return binding;
	return {
		...binding,
		labelNow: shown =>
			shown.state.choosing === undefined
				? (binding.labelNow?.(shown) ?? binding.label)
				: meaning.label(shown.state.choosing),
		idle: shown => (shown.state.choosing === undefined ? binding.idle?.(shown) : undefined),
		run: shown => (shown.state.choosing === undefined ? binding.run(shown) : meaning.run(shown, shown.state.choosing)),
	};
}
