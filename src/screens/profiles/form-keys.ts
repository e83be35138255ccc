import type { BackendName } from '../../model/failure.ts';
import { edited, inserted } from '../../widgets/text-field.ts';
import { backendsOf, type Check, draftOf, isBackend, isText, nameOf, type ProfileForm, textOf } from './form.ts';
import { firstBad, openChecks, unreadable, wantedChecks, withCheck } from './form-checks.ts';
import { choicesOf, hasUrl, left, moved, turned, withOtherTraces, withText } from './form-lines.ts';
import { hintsOf, type SetupHint, type SetupKey, type SetupStep, stay } from './setup-keys.ts';

const isChoice = (form: ProfileForm): boolean => choicesOf(form, form.focus).length > 0;

/** The keys of the form, in the order of the footer; every other key is typed. */
export const formKeys: readonly SetupKey<ProfileForm>[] = [
	{
		keys: ['enter'],
		label: 'save and open',
		labelNow: ({ purpose }) => (purpose === 'edit' ? 'save' : 'save and open'),
		help: 'Save the profile and open it, once every backend was tested.',
		run: entered,
	},
	{
		keys: ['escape'],
		label: 'leave',
		labelNow: ({ purpose }) => (purpose === 'first' ? 'quit' : 'leave'),
		help: 'Leave; nothing is written.',
		run: () => ({ type: 'leave' }),
	},
	{ keys: ['tab', 'down'], label: 'next', help: 'The next line.', run: form => stay(moved(form, 1)) },
	{
		keys: ['shift+tab', 'up'],
		label: 'line before',
		help: 'The line before.',
		footer: false,
		run: form => stay(moved(form, -1)),
	},
	{
		keys: ['right', 'left', 'space'],
		shown: ['left', 'right'],
		label: 'choose',
		labelNow: form => (isChoice(form) ? 'choose' : undefined),
		help: 'On a line of choices: the next, the one before.',
		run: form => stay(turned(form, 1)),
	},
	{
		keys: ['ctrl+t'],
		label: 'Jaeger',
		labelNow: ({ focus, traces }) =>
			focus === traces ? (traces === 'tempo' ? 'Jaeger instead' : 'Tempo instead') : undefined,
		help: 'Traces are in Jaeger, or in Tempo again.',
		run: form => stay(form.way === 'grafana' ? form : withOtherTraces(form)),
	},
	{
		keys: ['ctrl+x'],
		label: 'CA file',
		help: 'The line for a file of authorities, where a certificate is of one of your own.',
		footer: false,
		run: form => stay({ ...left(form), asksForCa: true, focus: 'ca' }),
	},
	{
		keys: ['ctrl+d'],
		label: 'demo',
		labelNow: ({ purpose }) => (purpose === 'first' ? 'demo' : undefined),
		help: 'Look at the embedded demo; nothing is written.',
		run: form =>
			form.purpose === 'first' ? { type: 'do', deed: { kind: 'open', name: 'demo' }, setup: form } : stay(form),
	},
];

export const formHints = (form: ProfileForm): readonly SetupHint[] => hintsOf(formKeys, form);

/** A key in the form. While it is written there is nothing to change. */
export function pressedInForm(before: ProfileForm, key: string, text: string | undefined): SetupStep {
	if (before.saving) return stay(before);
	const { problem: _, note: __, entered: ___, ...form } = before;
	const { focus } = form;
	if (key === 'left' && isChoice(form)) return stay(turned(form, -1));
	// In a line that is typed these move the cursor, or are text.
	const isTyped = isText(focus) && (key === 'right' || key === 'left' || key === 'space');
	const bound = isTyped ? undefined : formKeys.find(({ keys }) => keys.includes(key));
	if (bound !== undefined) return bound.run(form);
	if (!isText(focus)) return stay(form);
	// What the first URL suggests is there to be changed, not to be typed anew.
	const field = focus === 'name' && !form.isNamed ? withText(form, 'name', nameOf(form)).texts.name : form.texts[focus];
	const next = edited(field, key, text);
	if (next === undefined) return stay(form);
	return stay({ ...form, texts: { ...form.texts, [focus]: next }, ...(focus === 'name' ? { isNamed: true } : {}) });
}

/** What is pasted is whole: it is looked at at once. */
export function pastedInForm(before: ProfileForm, text: string): ProfileForm {
	if (before.saving || !isText(before.focus)) return before;
	const { problem: _, note: __, entered: ___, ...form } = before;
	const { focus } = before;
	const pasted = isBackend(focus) ? text.trim() : text.replace(/\s+$/, '');
	const next = { ...form, texts: { ...form.texts, [focus]: inserted(form.texts[focus], pasted) } };
	return left(focus === 'name' ? { ...next, isNamed: true } : next);
}

/** What is missing gets the focus. Else the form is saved as soon as all of it was looked at. */
function entered(before: ProfileForm): SetupStep {
	const form = left(before);
	const lack = lackOf(form);
	if (lack !== undefined) return stay({ ...form, ...lack });
	return openChecks(form).length > 0 ? stay({ ...form, entered: true }) : decided(form);
}

type Lack = Pick<ProfileForm, 'focus'> & { readonly problem: string };

function lackOf(form: ProfileForm): Lack | undefined {
	const [first = 'way'] = backendsOf(form);
	const demo = form.purpose === 'first' ? ' ^D opens the demo without any.' : '';
	if (!hasUrl(form)) return { focus: first, problem: `There is no address yet: paste one of them here.${demo}` };
	const wrong = unreadable(form);
	if (wrong !== undefined) return { focus: wrong.backend, problem: wrong.problem };
	if (form.auth === 'basic' && textOf(form, 'user') === '') return { focus: 'user', problem: 'Type the user.' };
	const keeps = form.saved?.keepsSecret && form.saved.draft.auth === form.auth;
	if ((form.auth === 'basic' || form.auth === 'bearer') && textOf(form, 'secret') === '' && !keeps) {
		const what = form.auth === 'basic' ? 'password' : 'token';
		return { focus: 'secret', problem: `Type or paste the ${what}, or where it is: env:NAME, file:PATH, cmd:COMMAND.` };
	}
	const problem = nameProblem(nameOf(form), form.taken, form.saved?.name);
	return problem === undefined ? undefined : { focus: 'name', problem };
}

/** What is wrong with a name for a profile; one may keep its own. */
export function nameProblem(name: string, taken: readonly string[], own?: string): string | undefined {
	if (!/^\w[\w.-]*$/.test(name) || name === '__proto__') {
		return 'A name has letters, digits, dots, dashes and underscores.';
	}
	if (name === 'demo') return 'demo is the embedded incident. Choose another name.';
	return name !== own && taken.includes(name) ? `There is a profile ${name} already. Choose another name.` : undefined;
}

/** All was looked at: what is well is saved; what is not, once it was agreed to. */
function decided({ entered: _, ...form }: ProfileForm): SetupStep {
	const bad = firstBad(form);
	const agreed = JSON.stringify(wantedChecks(form).map(({ of }) => of));
	if (bad !== undefined && form.agreed !== agreed) {
		const { words, next = '', isUntrusted } = bad.checked;
		const problem = ['enter again saves it all the same.', words, next].filter(Boolean).join(' ');
		return stay({ ...form, focus: isUntrusted ? 'ca' : bad.backend, agreed, problem });
	}
	return { type: 'do', deed: { kind: 'save', draft: draftOf(form) }, setup: { ...form, saving: true } };
}

/** The form after news of a look at a backend: the last one that `enter` waited for lets it be saved. */
export function checkedInForm(before: ProfileForm, backend: BackendName, check: Check): SetupStep {
	const form = withCheck(before, backend, check);
	return form.entered && openChecks(form).length === 0 ? decided(form) : stay(form);
}

/** What was typed stays where it could not be written. */
export const unsavedForm = ({ saving: _, ...form }: ProfileForm, why: string): ProfileForm => ({
	...form,
	problem: why,
});
