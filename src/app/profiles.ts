import { second } from '../model/time.ts';
import { emptyForm } from '../screens/profiles/form.ts';
import { openChecks, wantedChecks } from '../screens/profiles/form-checks.ts';
import { checkedInForm, unsavedForm } from '../screens/profiles/form-keys.ts';
import { openList } from '../screens/profiles/list.ts';
import { pressedInSetup, type Setup, withListed } from '../screens/profiles/setup.ts';
import type { ProfileDeed, SetupStep } from '../screens/profiles/setup-keys.ts';
import { carriedOver } from './carried-over.ts';
import type { Opened } from './profiles-port.ts';
import type { Message, State, Step } from './state.ts';
import type { Want } from './wanted.ts';

/** A line that is being typed is looked at when nothing was typed for so long. */
const typingRest = second / 2;

const only = (state: State): Step => ({ state, effects: [] });

/** The first thing to be seen where nothing is configured: a form, or the profiles of which none is the current one. */
export const firstSetup = (saved: readonly string[]): Setup =>
	saved.length === 0 ? emptyForm('first', saved) : openList(undefined);

/** Opens the list of profiles; they are read anew. */
export function listed(state: State, told?: string): State {
	const { profiles: _, ...rest } = state;
	return { ...rest, setup: openList(state.profile, told) };
}

/** Opens another profile, unless a change is on its way whose answer would come to the wrong one. */
export function switched(state: State, name: string): Step {
	const { sent } = state;
	if (sent === undefined) return { state, effects: [{ type: 'profile', deed: { kind: 'open', name } }] };
	const text = `Alertmanager has not answered yet on ${sent.change.about}. Wait for that before another profile is opened.`;
	return only({ ...state, message: { text, tone: 'refusal' } });
}

/** A key while profiles are seen to. */
export const pressedInOpenSetup = (state: State, setup: Setup, key: string, text: string | undefined): Step =>
	followed(state, setup, pressedInSetup(setup, key, text));

function followed(state: State, setup: Setup, step: SetupStep): Step {
	switch (step.type) {
		case 'stay':
			return only({ ...state, setup: step.setup });
		case 'help':
			return only({ ...state, overlay: { kind: 'help', scroll: 0 } });
		case 'leave':
			return left(state, setup);
		case 'do': {
			const next = { ...state, setup: step.setup };
			return step.deed.kind === 'open'
				? switched(next, step.deed.name)
				: { state: next, effects: [{ type: 'profile', deed: step.deed }] };
		}
	}
}

/** Up from a form to the list that it came from; where nothing is open there is nothing below the list. */
function left(state: State, setup: Setup): Step {
	if (setup.kind === 'form' && setup.purpose !== 'first') return only(listed(state));
	if (state.unconnected) return { state, effects: [{ type: 'quit' }] };
	const { setup: _, ...rest } = state;
	return only(rest);
}

/** What the form and the list over the screens, and a `:profile` in the making, lack. */
export function setupWants({ setup, prompt, profiles }: State): readonly Want[] {
	const isNamed = prompt?.kind === 'command' && prompt.text.trimStart().startsWith('profile') && profiles === undefined;
	const isListed = setup?.kind === 'list' && setup.entries === undefined && setup.unread === undefined;
	return [
		...(isNamed || isListed ? [{ kind: 'profiles', key: 'profiles', again: false } as const] : []),
		...(setup?.kind === 'form' && !setup.saving
			? openChecks(setup).map(
					({ backend, draft, of, isTyped }) =>
						({
							kind: 'check',
							key: `check ${backend} ${of}`,
							backend,
							draft,
							of,
							rest: isTyped ? typingRest : 0,
							again: false,
						}) as const,
				)
			: []),
	];
}

/** The state after the profiles were read, or could not be. */
export function profilesRead(state: State, { profiles, why }: Extract<Message, { type: 'profilesRead' }>): State {
	const { setup } = state;
	const known = { ...state, profiles };
	if (setup?.kind !== 'list') return known;
	return { ...known, setup: why === undefined ? withListed(setup, profiles) : { ...setup, unread: why } };
}

/** The state after news of a look at a backend: the form may have waited for it to be saved. */
export function checked(state: State, { backend, check }: Extract<Message, { type: 'checked' }>): Step {
	const { setup } = state;
	if (setup?.kind !== 'form' || !wantedChecks(setup).some(({ of }) => of === check.of)) return only(state);
	return followed(state, setup, checkedInForm(setup, backend, check));
}

/** The state after a deed was done. */
export function profileDone(state: State, { deed, opened, now }: Extract<Message, { type: 'profileDone' }>): Step {
	if (opened !== undefined) return only(connectedAnew({ ...state, now }, opened));
	switch (deed.kind) {
		case 'save': {
			const { setup } = state;
			const isEdited = setup?.kind === 'form' && setup.purpose === 'edit';
			const isOpen = deed.draft.was !== undefined && deed.draft.was === state.profile;
			return isEdited && !isOpen ? only(listed(state, `Saved ${deed.draft.name}.`)) : switched(state, deed.draft.name);
		}
		case 'rename': {
			const told = listed(state, `${deed.name} is ${deed.to} now.`);
			return deed.name === state.profile ? switched(told, deed.to) : only(told);
		}
		default:
			return only(listed(state, doneText(deed)));
	}
}

function doneText(deed: ProfileDeed): string {
	switch (deed.kind) {
		case 'copy':
			return `${deed.to} is a copy of ${deed.name}. e edits it.`;
		case 'remove':
			return `Removed ${deed.name}.`;
		default:
			return '';
	}
}

/** The same places over other backends: what was answered is forgotten, and asked anew. */
function connectedAnew(before: State, { profile, banner, lacks, since }: Opened): State {
	const { setup, profile: _, unconnected, undo: __, dialog: ___, since: ____, ...rest } = before;
	// Whoever begins at an address has not been there over any other profile.
	const { history, isCut } = unconnected
		? { history: before.history, isCut: false }
		: carriedOver(before.history, since);
	const behind = isCut ? ' What is of one installation alone was left behind.' : '';
	const isNew = unconnected === true && setup?.kind === 'form' && profile !== undefined;
	const more = isNew ? ` It is saved as ${profile}: :profile adds to it.` : '';
	return {
		...rest,
		...(profile === undefined ? {} : { profile }),
		banner,
		lacks,
		...(since === undefined ? {} : { since }),
		history,
		slots: new Map(),
		health: new Map(),
		read: { bytes: 0 },
		budgets: new Map(),
		message: { text: `${banner.word} is open.${behind}${more}`, tone: 'plain' },
	};
}

/** The state after a deed that failed: what was typed stays, and whatever was open is still open. */
export function profileFailed(state: State, { deed, why }: Extract<Message, { type: 'profileFailed' }>): State {
	const { setup } = state;
	if (setup === undefined) return { ...state, message: { text: why, tone: 'refusal' } };
	if (setup.kind === 'list') return { ...state, setup: { ...setup, problem: why } };
	// What is saved and cannot be opened is seen to in the list.
	if (deed.kind === 'open' && setup.saving) return { ...state, setup: { ...openList(state.profile), problem: why } };
	return { ...state, setup: unsavedForm(setup, why) };
}
