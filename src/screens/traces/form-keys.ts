import { traceChips } from '../../analysis/trace-conditions.ts';
import type { TracesFindings } from '../../investigation/traces-findings.ts';
import type { TracesPlace } from '../../model/place.ts';
import { movedCursor, movements } from '../../widgets/scroll.ts';
import { chipProblem } from '../chip-row.ts';
import { type Meaning, orWhile } from '../key-meanings.ts';
import { type Binding, type LinePrompt, type Outcome, prompt, refuse, stay, turn } from '../screen.ts';
import { type FormState, formAbove, formCursor, formRows, leadsOn } from './form.ts';
import { layoutOf } from './layout.ts';
import type { TracesShown, TracesState } from './state.ts';

export const withoutForm = ({ form: _, ...state }: TracesState): TracesState => state;

const noRow = 'There is nothing to choose here. esc goes back.';

/** Keeps what is under the cursor, or goes on to what it is about. */
function choose(shown: TracesShown, form: FormState): Outcome<TracesState> {
	const rows = formRows(shown, form);
	const row = rows[formCursor(rows, form, shown)];
	if (row === undefined) return refuse(noRow);
	const { leadsTo } = row;
	if ('form' in leadsTo) return stay({ ...shown.state, form: leadsTo.form });
	return turn(leadsTo.place, withoutForm(shown.state));
}

const moveIn =
	(key: string) =>
	(shown: TracesShown, form: FormState): Outcome<TracesState> => {
		const rows = formRows(shown, form);
		const height = Math.max(1, layoutOf(shown).form.height - 1);
		const to = movedCursor(key, formCursor(rows, form, shown), rows.length, height);
		const row = to === undefined ? undefined : rows[to];
		return row === undefined ? refuse(noRow) : stay({ ...shown.state, form: { ...form, picked: row.text } });
	};

type FormMeaning = Meaning<TracesPlace, TracesFindings, TracesState, FormState>;
const chooses: FormMeaning = { label: form => (leadsOn(form) ? 'choose' : 'keep it'), run: choose };
const meanings: ReadonlyMap<string, FormMeaning> = new Map([
	['enter', chooses],
	['f', chooses],
	...movements.map(
		({ keys: [key], label }) => [key, { label: () => label, run: moveIn(key) } satisfies FormMeaning] as const,
	),
]);

/** While a condition is being made, the keys that move and choose belong to it. */
export const orInForm = orWhile((state: TracesState) => state.form, meanings);

/** The form a level further up; `undefined` where there is none. */
export function leftForm({ state }: TracesShown): Outcome<TracesState> | undefined {
	if (state.form === undefined) return undefined;
	const form = formAbove(state.form);
	return stay(form === undefined ? withoutForm(state) : { ...state, form });
}

const noCondition = 'There is no condition to take away. f makes one, Q edits the query.';
const idle = ({ place }: TracesShown): string | undefined => (traceChips(place).length === 0 ? noCondition : undefined);

function withoutChip({ place, state }: TracesShown, index: number): Outcome<TracesState> {
	const chip = traceChips(place).at(index);
	return chip === undefined ? refuse(noCondition) : turn(chip.without, state);
}

export const takeAway: LinePrompt<TracesPlace, TracesFindings, TracesState> = {
	label: 'take away number ',
	hint: 'enter takes it away',
	begin: () => '',
	problem: (text, { place }) =>
		chipProblem(
			text,
			traceChips(place).map(chip => chip.text),
		),
	enter: (text, shown) => withoutChip(shown, Number(text) - 1),
};

export const formKeys: readonly Binding<TracesPlace, TracesFindings, TracesState>[] = [
	{
		keys: ['f'],
		label: 'condition',
		help: 'Make a condition without typing: service, operation, errors, duration, an attribute; / looks among the choices.',
		// While it is open `enter` does the same, and is named.
		footerNow: ({ state }) => (state.form === undefined ? 3 : undefined),
		run: ({ state: { choosing: _, ...state } }) => stay({ ...state, form: { filter: '' } }),
	},
	{
		keys: ['backspace'],
		label: 'widen',
		help: 'Take the last condition away.',
		idle,
		footer: 3.5,
		run: shown => withoutChip(shown, -1),
	},
	{
		keys: ['X'],
		label: 'widen by',
		help: 'Take any condition away, by its number.',
		idle,
		run: () => prompt('takeAway'),
	},
];
