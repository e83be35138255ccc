import { servicePlaceOfLine } from '../../analysis/log-pivots.ts';
import { otherErrorTest } from '../../analysis/same-crash.ts';
import type { LogsFindings } from '../../investigation/logs-findings.ts';
import type { LogLevel } from '../../model/log-entry.ts';
import type { LogsPlace } from '../../model/place.ts';
import { movedCursor, movements } from '../../widgets/scroll.ts';
import { type Binding, go, type Outcome, refuse, stay, turn } from '../screen.ts';
import { betweenKeys } from './between-keys.ts';
import { contextKeys } from './context-keys.ts';
import { orAgree } from './cost.ts';
import { edgeReached } from './edge.ts';
import { filterKeys, movedPick, withoutPick } from './filter-keys.ts';
import { inOrder } from './footer-order.ts';
import { jump, noRow } from './jump.ts';
import { keepKeys } from './keep-keys.ts';
import { layoutOf } from './layout.ts';
import { queryKeys } from './query-prompt.ts';
import { stopReading } from './reading-on.ts';
import { requestKeys } from './request-keys.ts';
import { rung } from './rung-key.ts';
import { searchKeys, withoutSearch } from './search.ts';
import { orInSide, sideKeys } from './side-keys.ts';
import { withoutSide } from './side-rows.ts';
import { cursorOf, type LogsShown, type LogsState, movedTo, recordsOf, selectedRecord, withoutGuess } from './state.ts';
import { streamKeys } from './stream-keys.ts';
import { tailKeys } from './tail-keys.ts';
import { scrolledTree, treeKeys } from './tree-keys.ts';
import { orInRange, volumeKeys, withoutChoice } from './volume-range.ts';
import { toWindowEnd } from './window-ends.ts';

type LogsBinding = Binding<LogsPlace, LogsFindings, LogsState>;
type Run = (shown: LogsShown) => Outcome<LogsState>;

const listHeight = (shown: LogsShown): number => layoutOf(shown).list.height;

const move =
	(key: string): Run =>
	shown => {
		if (shown.state.picked !== undefined) return movedPick(key, shown);
		const to = movedCursor(key, cursorOf(shown), recordsOf(shown).length, listHeight(shown));
		const beyond = toWindowEnd(key, shown);
		if (beyond !== undefined) return beyond;
		if (to === undefined || recordsOf(shown).length === 0) return refuse(noRow);
		const edge = edgeReached(key, to, shown);
		return edge === undefined ? stay(movedTo(shown, to, listHeight(shown))) : refuse(edge);
	};

/** To the nearest error of another crash than that under the cursor. */
const toError = (direction: 1 | -1): Run =>
	jump(direction, from => otherErrorTest(from, direction), 'No other line here is an error.');

const levelCycle: readonly (LogLevel | undefined)[] = [undefined, 'warn', 'error'];

const cycleLevel: Run = ({ place, state }) => {
	const next = levelCycle[(levelCycle.indexOf(place.level) + 1) % levelCycle.length];
	const { level: _, ...everyLevel } = place;
	return turn(next === undefined ? everyLevel : { ...everyLevel, level: next }, state);
};

const onlyWhenEmpty: Run = () => refuse('This key is for when nothing was found; there are lines here.');
const wrap: Run = ({ state }) => stay({ ...state, wrap: !state.wrap });

const scrollDetails =
	(by: number): Run =>
	shown =>
		shown.state.details
			? stay({ ...shown.state, detailScroll: Math.max(0, shown.state.detailScroll + by) })
			: (scrolledTree(shown, by) ?? refuse('The details are closed. d opens them.'));

const pivots: readonly LogsBinding[] = [
	{
		keys: ['p'],
		label: 'panels',
		help: 'Open the RED panels of the service that wrote this line.',
		run: shown => {
			const record = selectedRecord(shown);
			return record === undefined ? refuse(noRow) : go(servicePlaceOfLine(record, shown.place.window));
		},
	},
];

const jumps: readonly LogsBinding[] = [
	{ keys: ['e'], label: 'error', help: 'Next error.', footer: 2, run: toError(1) },
	{ keys: ['E'], label: 'error back', help: 'Previous error.', run: toError(-1) },
	...searchKeys,
];

const views: readonly LogsBinding[] = [
	{
		keys: ['L'],
		label: 'level',
		help: 'Show every level, warnings and worse, or errors and worse.',
		footer: 5,
		run: cycleLevel,
	},
	{
		keys: ['d'],
		label: 'details',
		help: 'Show all fields of the line, beside or below the list.',
		footer: 5.2,
		run: ({ state }) =>
			stay({ ...withoutSide(state), details: state.side !== undefined || !state.details, detailScroll: 0 }),
	},
	{ keys: ['J'], label: 'details down', help: 'Scroll the details down.', run: scrollDetails(4) },
	{ keys: ['K'], label: 'details up', help: 'Scroll the details up.', run: scrollDetails(-4) },
	{
		keys: ['w'],
		label: 'wrap',
		help: 'Wrap long lines; when nothing was found, look in a wider window.',
		footer: 6,
		run: rung('w', wrap),
	},
	{
		keys: ['i'],
		label: 'other spelling',
		help: 'When nothing was found: the ID spelt otherwise.',
		run: rung('i', onlyWhenEmpty),
	},
	{ keys: ['v'], label: 'every level', help: 'When nothing was found: every level.', run: rung('v', onlyWhenEmpty) },
	{
		keys: ['a'],
		label: 'whole trace',
		help: 'When nothing was found: the whole trace.',
		run: rung('a', onlyWhenEmpty),
	},
	{
		keys: ['x'],
		label: 'every text',
		help: 'When nothing was found: without the text.',
		run: rung('x', onlyWhenEmpty),
	},
	{
		keys: ['r'],
		label: 'by request',
		help: 'When nothing of a trace was found: by the request ID that its spans carry.',
		run: rung('r', onlyWhenEmpty),
	},
	{
		keys: ['b'],
		label: 'beside',
		help: 'When nothing of a span was found: all lines of its service while it lasted.',
		run: rung('b', onlyWhenEmpty),
	},
];

export const logsKeys: readonly LogsBinding[] = [
	...requestKeys,
	...pivots,
	...jumps,
	...movements.map(({ keys: [key, ...others], label, help }) => ({
		keys: [key, ...others],
		label,
		help,
		run: move(key),
	})),
	...betweenKeys,
	...filterKeys,
	...contextKeys,
	...streamKeys,
	...treeKeys,
	...tailKeys,
	...sideKeys,
	...queryKeys,
	...volumeKeys,
	...keepKeys,
	...views,
]
	.map(orInSide)
	.map(orInRange)
	.map(orAgree)
	.map(inOrder);

/**
 * `esc` takes back what was begun here, the nearest first: the choice of a range, of a field, the pane; reading that goes
 * on for long; a guess, the details, the search. Then it goes up: leaving ends what is still being asked.
 */
export const escapeLogs = (shown: LogsShown): Outcome<LogsState> | undefined => {
	const { state } = shown;
	if (state.choosing !== undefined) return stay(withoutChoice(state));
	if (state.picked !== undefined) return stay(withoutPick(state));
	if (state.side !== undefined) return stay(withoutSide(state));
	const stopped = stopReading(shown);
	if (stopped !== undefined) return stopped;
	if (state.guessing !== undefined) return stay(withoutGuess(state));
	if (state.details) return stay({ ...state, details: false, detailScroll: 0 });
	if (state.search !== '') return stay(withoutSearch(state));
	return undefined;
};
