import { correctedBy } from '../analysis/corrected-by.ts';
import { chosenBy } from '../analysis/stream-choices.ts';
import type { Correction } from '../model/alert.ts';
import type { StreamChoice } from '../model/stream-choice.ts';
import type { Profile } from './profile.ts';
import type { ProfileStore } from './profile-store.ts';
import { profileIn } from './read-profiles.ts';

type Conventions = NonNullable<Profile['conventions']>;

/**
 * Writes the correction into the profile as it stands in the file now: somebody else may have written since it was
 * opened. Throws a `UsageError` when the file cannot be read or has lost the profile, and leaves it as it is then.
 */
export const keepIn = (store: ProfileStore, name: string, correction: Correction): void =>
	writeConventions(store, name, before => ({
		...before,
		alertedServices: [...correctedBy(before.alertedServices ?? [], correction)],
	}));

/** Writes the streams of a service likewise. */
export const keepStreamsIn = (store: ProfileStore, name: string, choice: StreamChoice): void =>
	writeConventions(store, name, before => ({ ...before, logStreams: [...chosenBy(before.logStreams ?? [], choice)] }));

function writeConventions(store: ProfileStore, name: string, change: (before: Conventions) => Conventions): void {
	profileIn(store.read(), name);
	store.write(({ profiles, ...rest }) => {
		const { conventions = {}, ...profile } = profiles[name] ?? {};
		return { ...rest, profiles: { ...profiles, [name]: { ...profile, conventions: change(conventions) } } };
	});
}
