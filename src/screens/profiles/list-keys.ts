import { movedCursor, movements } from '../../widgets/scroll.ts';
import { edited, inserted } from '../../widgets/text-field.ts';
import { pressedInAnswers } from '../dialogs/confirm-dialog.ts';
import { emptyForm, fieldOf, formOfSaved } from './form.ts';
import { nameProblem } from './form-keys.ts';
import { cursorOf, demoRow, namesIn, type ProfileList, pickedProfile, rowsOf } from './list.ts';
import { hintsOf, type SetupHint, type SetupKey, type SetupStep, stay } from './setup-keys.ts';

type Key = SetupKey<ProfileList>;

/** A key that needs a saved profile under the cursor. */
const onSaved = (list: ProfileList, label: string): string | undefined =>
	pickedProfile(list) === undefined ? undefined : label;

const demoStays = 'demo is the embedded incident: it is always there, and always the same.';
const refused = (list: ProfileList, problem: string): SetupStep => stay({ ...list, problem });

/** Rows that a page of the list has, about; the list is seldom longer than a screen. */
const pageRows = 10;

/** The keys of the list, in the order of the footer. */
export const listKeys: readonly Key[] = [
	{
		keys: ['enter'],
		label: 'open',
		help: 'Open the profile: the places of the trail are asked from its backends.',
		run: list =>
			list.entries === undefined
				? stay(list)
				: { type: 'do', deed: { kind: 'open', name: rowsOf(list)[cursorOf(list)] ?? demoRow }, setup: list },
	},
	{ keys: ['a'], label: 'add', help: 'Add a profile.', run: list => stay(emptyForm('add', namesIn(list))) },
	{
		keys: ['e'],
		label: 'edit',
		labelNow: list => onSaved(list, 'edit'),
		help: 'Edit the profile; its secrets are not shown, and stay unless others are typed.',
		run: list => {
			const picked = pickedProfile(list);
			return picked === undefined ? refused(list, demoStays) : stay(formOfSaved(picked, namesIn(list)));
		},
	},
	{
		keys: ['d'],
		label: 'remove',
		labelNow: list => onSaved(list, 'remove'),
		help: 'Remove the profile, once that is confirmed.',
		run: removing,
	},
	{ keys: ['escape', 'q'], label: 'leave', help: 'Go back to what was on show.', run: () => ({ type: 'leave' }) },
	{
		keys: ['c'],
		label: 'copy',
		labelNow: list => onSaved(list, 'copy'),
		help: 'Copy the profile under another name.',
		run: list => naming(list, 'copy'),
	},
	{
		keys: ['r'],
		label: 'rename',
		labelNow: list => onSaved(list, 'rename'),
		help: 'Give the profile another name.',
		run: list => naming(list, 'rename'),
	},
	...movements.map(
		({ keys, label, help }): Key => ({ keys, label, help, footer: false, run: list => moved(list, keys[0]) }),
	),
	{ keys: ['?'], label: 'help', help: 'Show every key of this list.', run: () => ({ type: 'help' }) },
];

function moved(list: ProfileList, key: string): SetupStep {
	const rows = rowsOf(list);
	const to = rows[movedCursor(key, cursorOf(list), rows.length, pageRows) ?? cursorOf(list)];
	return stay(to === undefined ? list : { ...list, cursor: to });
}

function naming(list: ProfileList, what: 'copy' | 'rename'): SetupStep {
	const picked = pickedProfile(list);
	if (picked === undefined) return refused(list, demoStays);
	const { name } = picked;
	return stay({ ...list, cursor: name, naming: { what, name, field: fieldOf(what === 'copy' ? `${name}-2` : name) } });
}

function removing(list: ProfileList): SetupStep {
	const picked = pickedProfile(list);
	if (picked === undefined) return refused(list, demoStays);
	const { name } = picked;
	if (name === list.open) return refused(list, `${name} is open. Open another one first, then remove it.`);
	return stay({ ...list, cursor: name, removing: { name, focus: 'leave' } });
}

export function listHints(list: ProfileList): readonly SetupHint[] {
	const leave = { keys: ['escape'], label: 'leave' };
	if (list.naming !== undefined) return [{ keys: ['enter'], label: list.naming.what }, leave];
	if (list.removing !== undefined)
		return [{ keys: ['tab'], label: 'other answer' }, { keys: ['enter'], label: 'answer' }, leave];
	return hintsOf(listKeys, list);
}

/** A key in the list; what was wrong and what was done is told until then. */
export function pressedInList(
	{ problem: _, told: __, ...list }: ProfileList,
	key: string,
	text: string | undefined,
): SetupStep {
	const { naming, removing } = list;
	if (naming !== undefined) return pressedInName(list, naming, key, text);
	if (removing !== undefined) return pressedInRemoval(list, removing, key);
	return listKeys.find(({ keys }) => keys.includes(key))?.run(list) ?? stay(list);
}

function pressedInName(
	{ naming: _, ...list }: ProfileList,
	naming: NonNullable<ProfileList['naming']>,
	key: string,
	text: string | undefined,
): SetupStep {
	const { what, name, field } = naming;
	if (key === 'escape') return stay(list);
	if (key !== 'enter') return stay({ ...list, naming: { ...naming, field: edited(field, key, text) ?? field } });
	const to = field.text.trim();
	if (what === 'rename' && to === name) return stay(list);
	const problem = nameProblem(to, namesIn(list));
	if (problem !== undefined) return stay({ ...list, naming, problem });
	return { type: 'do', deed: { kind: what, name, to }, setup: { ...list, cursor: to } };
}

function pressedInRemoval(
	{ removing: _, ...list }: ProfileList,
	{ name, focus }: NonNullable<ProfileList['removing']>,
	key: string,
): SetupStep {
	const step = pressedInAnswers(focus, key);
	if (step.type === 'stay') return stay({ ...list, removing: { name, focus: step.focus } });
	if (step.type === 'leave') return stay(list);
	const { cursor: __, ...rest } = list;
	return { type: 'do', deed: { kind: 'remove', name }, setup: rest };
}

/** Only a name is typed here. */
export const pastedInList = (list: ProfileList, text: string): ProfileList =>
	list.naming === undefined
		? list
		: { ...list, naming: { ...list.naming, field: inserted(list.naming.field, text.trim()) } };
