import { isRequestPlace } from '../../analysis/log-pivots.ts';
import type { LogsFindings } from '../../investigation/logs-findings.ts';
import type { LogsPlace } from '../../model/place.ts';
import { fixed, type TimeRange, toMilliseconds } from '../../model/time.ts';
import { type Choosing, chosenRange, chosenText, movedEdge } from '../choose-range.ts';
import { type Meaning, orWhile } from '../key-meanings.ts';
import { type Binding, type Outcome, refuse, stay, turn } from '../screen.ts';
import { rangeNow, whyUncounted } from './followed-volume.ts';
import { layoutOf } from './layout.ts';
import { type LogsShown, type LogsState, recordsOf, selectedRecord } from './state.ts';

/** What the volume spans. A request lasts seconds in a window of minutes: its bars run over its own time. */
export function volumeRange(shown: LogsShown): TimeRange {
	const records = recordsOf(shown);
	const [first, last] = [records[0], records.at(-1)];
	if (!isRequestPlace(shown.place) || first === undefined || last === undefined) return rangeNow(shown);
	return { from: toMilliseconds(first.entry.at), to: toMilliseconds(last.entry.at) + 1 };
}

const rangeChosen = (shown: LogsShown, choosing: Choosing): TimeRange =>
	chosenRange(choosing, volumeRange(shown), layoutOf(shown).volume.width);

/** `11:58:30 to 11:59:10  enter`, for the summary. */
export const choosingText = (shown: LogsShown, choosing: Choosing): string =>
	`${chosenText(rangeChosen(shown, choosing), choosing, shown.timeFormat)}${choosing.fixedAt === undefined ? '  h l' : ''}  enter`;

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
	const at = movedEdge(choosing.at, by, volumeRange(shown), layoutOf(shown).volume.width);
	return stay({ ...shown.state, choosing: { ...choosing, at } });
}

/** The first `enter` fixes an edge, the second one looks there. */
function fix(shown: LogsShown, choosing: Choosing): Outcome<LogsState> {
	if (choosing.fixedAt === undefined) return stay({ ...shown.state, choosing: { ...choosing, fixedAt: choosing.at } });
	const { from, to } = rangeChosen(shown, choosing);
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

type RangeMeaning = Meaning<LogsPlace, LogsFindings, LogsState, Choosing>;

const left: RangeMeaning = { label: () => 'edge left', run: (shown, choosing) => moved(shown, choosing, -1) };
const right: RangeMeaning = { label: () => 'edge right', run: (shown, choosing) => moved(shown, choosing, 1) };
const meanings: ReadonlyMap<string, RangeMeaning> = new Map([
	['l', right],
	['left', left],
	['right', right],
	['enter', { label: ({ fixedAt }) => (fixedAt === undefined ? 'fix the edge' : 'look there'), run: fix }],
]);

/** While a range is being chosen, the keys that move and fix its edges belong to it. */
export const orInRange = orWhile((state: LogsState) => state.choosing, meanings);
