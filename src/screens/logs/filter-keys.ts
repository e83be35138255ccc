import { chipText, fieldFilter, withFilter } from '../../analysis/log-filters.ts';
import { matchersIn } from '../../analysis/log-streams.ts';
import { formatMatcher } from '../../analysis/silence-matchers.ts';
import type { LogsFindings } from '../../investigation/logs-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { LogField, LogRecord } from '../../model/log-entry.ts';
import type { LogFilter, LogsPlace } from '../../model/place.ts';
import { movedCursor } from '../../widgets/scroll.ts';
import { chipProblem } from '../chip-row.ts';
import { type Binding, type LinePrompt, type Outcome, prompt, refuse, stay, turn } from '../screen.ts';
import { type LogsShown, type LogsState, selectedRecord } from './state.ts';

type LogsPrompt = LinePrompt<LogsPlace, LogsFindings, LogsState>;

/** What can be kept or hidden by its value: the fields of the line, then the labels of its stream, as the details show them. */
export const choosableFields = ({ fields, entry }: LogRecord): readonly LogField[] => [
	...fields,
	...Object.entries(entry.labels).map(([name, value]): LogField => ({ name, value, origin: 'label' })),
];

/** The same lines, narrowed by one more step; refused where the streams that are read decide it already. */
export function narrowed(shown: LogsShown, filter: LogFilter): Outcome<LogsState> {
	const { place, state } = shown;
	const settled = settledByStreams(lastValueOf(shown.findings.target)?.selector ?? '', filter);
	if (settled !== undefined) return refuse(settled);
	return turn({ ...place, filters: withFilter(place.filters, filter) }, withoutPick(state));
}

/** Why a step on a label would change nothing, or leave no line; `undefined` when the streams have several values of it. */
function settledByStreams(selector: string, { hide, test }: LogFilter): string | undefined {
	if (test.kind !== 'field' || test.origin !== 'label') return undefined;
	const { name, value } = test;
	const demanded = matchersIn(selector).find(matcher => matcher.name === name && matcher.operator === '=');
	if (demanded === undefined) return undefined;
	const words = `The query reads only streams with ${formatMatcher(demanded)}`;
	if (demanded.value !== value) return `${words}: no line has another value.`;
	return hide ? `${words}: hiding them would leave no line. Q edits it.` : `${words}: every line has it.`;
}

/** Keeps or hides the value of the field that is chosen; without a choice, the choice begins. */
export function narrowByPicked(shown: LogsShown, hide: boolean): Outcome<LogsState> {
	const record = selectedRecord(shown);
	if (record === undefined) return refuse('There is no line under the cursor.');
	const fields = choosableFields(record);
	if (fields.length === 0) return refuse('This line has no fields. & keeps the lines with a text.');
	const { picked } = shown.state;
	const field = picked === undefined ? undefined : fields[picked];
	if (field === undefined) return stay({ ...shown.state, picked: 0 });
	return narrowed(shown, fieldFilter(record, field, hide));
}

/** The choice moved among the fields of the line. */
export function movedPick(key: string, shown: LogsShown): Outcome<LogsState> {
	const record = selectedRecord(shown);
	const fields = record === undefined ? [] : choosableFields(record);
	const to = movedCursor(key, shown.state.picked ?? 0, fields.length, fields.length);
	return to === undefined ? stay(shown.state) : stay({ ...shown.state, picked: to });
}

export const withoutPick = ({ picked: _, ...rest }: LogsState): LogsState => rest;

function withoutFilter({ place, state }: LogsShown, index: number): Outcome<LogsState> {
	const { filters = [], ...unfiltered } = place;
	const left = filters.filter((_, at) => at !== index);
	return turn(left.length === 0 ? unfiltered : { ...unfiltered, filters: left }, state);
}

const noFilter = 'The lines are not narrowed. f keeps a value, F hides one, & keeps the lines with a text.';

/** `text`, `!text`, `/expression/`, `!/expression/`. */
function typedFilter(typed: string): LogFilter {
	const hide = typed.startsWith('!') && typed.length > 1;
	const body = hide ? typed.slice(1) : typed;
	const regex = /^\/(.+)\/$/.exec(body)?.[1];
	const test = regex === undefined ? ({ kind: 'text', text: body } as const) : ({ kind: 'regex', regex } as const);
	return hide ? { hide, test } : { test };
}

export const keepText: LogsPrompt = {
	label: 'keep lines with ',
	hint: 'enter keeps them  !text hides them  /…/ is a regular expression',
	begin: () => '',
	enter: (text, shown) => (text === '' ? stay(shown.state) : narrowed(shown, typedFilter(text))),
};

export const takeAway: LogsPrompt = {
	label: 'take away number ',
	hint: 'enter takes it away',
	begin: () => '',
	problem: (text, { place: { filters = [] } }) => chipProblem(text, filters.map(chipText)),
	enter: (text, shown) => withoutFilter(shown, Number(text) - 1),
};

export const filterKeys: readonly Binding<LogsPlace, LogsFindings, LogsState>[] = [
	{
		keys: ['f'],
		label: 'keep a value',
		labelNow: ({ state }) => (state.picked === undefined ? 'keep value' : 'keep'),
		help: 'Choose a field of the line; once more keeps only the lines with its value.',
		footer: 3,
		run: shown => narrowByPicked(shown, false),
	},
	{
		keys: ['F'],
		label: 'hide a value',
		labelNow: ({ state }) => (state.picked === undefined ? 'hide a value' : 'hide'),
		help: 'Choose a field of the line; once more hides the lines with its value.',
		run: shown => narrowByPicked(shown, true),
	},
	{
		keys: ['&'],
		label: 'keep a text',
		help: 'Keep only the lines with a text; !text hides them, /…/ is a regular expression.',
		run: () => prompt('keepText'),
	},
	{
		keys: ['backspace'],
		label: 'widen',
		help: 'Take the last step of narrowing away.',
		idle: ({ place }) => (place.filters === undefined ? noFilter : undefined),
		footer: 2.7,
		run: shown => withoutFilter(shown, (shown.place.filters ?? []).length - 1),
	},
	{
		keys: ['X'],
		label: 'widen by',
		help: 'Take any step of narrowing away, by its number.',
		idle: ({ place }) => (place.filters === undefined ? noFilter : undefined),
		run: () => prompt('takeAway'),
	},
];
