import { correctedBy } from '../analysis/corrected-by.ts';
import type { Correction } from '../model/alert.ts';
import type { Profiles } from './profile.ts';
import type { ProfileStore } from './profile-store.ts';
import { profileIn } from './read-profiles.ts';

/**
 * Writes the correction into the profile as it stands in the file now: somebody else may have written since it was
 * opened. Throws a `UsageError` when the file cannot be read or has lost the profile, and leaves it as it is then.
 */
export function keepIn(store: ProfileStore, name: string, correction: Correction): void {
	profileIn(store.read(), name);
	store.write(profiles => withCorrection(profiles, name, correction));
}

function withCorrection({ profiles, ...rest }: Profiles, name: string, correction: Correction): Profiles {
	const { conventions = {}, ...profile } = profiles[name] ?? {};
	const alertedServices = [...correctedBy(conventions.alertedServices ?? [], correction)];
	return {
		...rest,
		profiles: { ...profiles, [name]: { ...profile, conventions: { ...conventions, alertedServices } } },
	};
}
