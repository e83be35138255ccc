import type { ListedProfile } from '../../model/profile-draft.ts';
import type { ProfileForm } from './form.ts';
import { formHints, pastedInForm, pressedInForm } from './form-keys.ts';
import type { ProfileList } from './list.ts';
import { listHints, pastedInList, pressedInList } from './list-keys.ts';
import type { SetupHint, SetupStep } from './setup-keys.ts';

/** What lies over the screens while profiles are seen to: the list of them, or one in the making. */
export type Setup = ProfileList | ProfileForm;

export const pressedInSetup = (setup: Setup, key: string, text: string | undefined): SetupStep =>
	setup.kind === 'form' ? pressedInForm(setup, key, text) : pressedInList(setup, key, text);

export const pastedInSetup = (setup: Setup, text: string): Setup =>
	setup.kind === 'form' ? pastedInForm(setup, text) : pastedInList(setup, text);

export const setupHints = (setup: Setup): readonly SetupHint[] =>
	setup.kind === 'form' ? formHints(setup) : listHints(setup);

/** The crumbs in the header, and the line below it. */
export function setupTitle(setup: Setup): { readonly crumbs: readonly string[]; readonly headline: string } {
	if (setup.kind === 'list')
		return { crumbs: ['profiles'], headline: 'A profile joins the backends that are asked together.' };
	switch (setup.purpose) {
		case 'first':
			return { crumbs: ['first run'], headline: 'Paste an address of what you have. One is enough to begin.' };
		case 'add':
			return { crumbs: ['profiles', 'new'], headline: 'Paste an address of what it has. One is enough.' };
		case 'edit':
			return {
				crumbs: ['profiles', setup.saved?.name ?? ''],
				headline: 'What is not shown here stays as it is saved.',
			};
	}
}

/** The list after it was read. */
export const withListed = (setup: ProfileList, entries: readonly ListedProfile[]): ProfileList => ({
	...setup,
	entries,
});
