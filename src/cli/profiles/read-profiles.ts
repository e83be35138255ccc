import { UsageError } from '../usage-error.ts';
import { notUnderstood, type Profile, type Profiles } from './profile.ts';
import { demoProfile } from './profile-name.ts';
import { readProfilesFile } from './profiles-file.ts';

/** The saved profiles; none when there is no file. Throws a `UsageError` as `readProfilesFile` does. */
export const readProfiles = (path: string): Profiles => readProfilesFile(path).profiles;

export type NamedProfile = { readonly name: string; readonly profile: Profile };

/** The named profile, or the current one when no name is given. Throws a `UsageError` that names the ones there are. */
export function profileIn(saved: Profiles, name: string | undefined): NamedProfile | undefined {
	const { current, profiles } = saved;
	const wanted = name ?? current;
	if (wanted === undefined) return undefined;
	const profile = Object.hasOwn(profiles, wanted) ? profiles[wanted] : undefined;
	if (profile !== undefined) return { name: wanted, profile };
	checkUnderstood(saved, wanted);
	const names = [...Object.keys(profiles), demoProfile];
	throw new UsageError(
		`There is no profile called ${wanted}.`,
		names.length === 1
			? 'None is saved yet: smokejumper profile add --help.'
			: `Profiles are ${names.slice(0, -1).join(', ')} and ${names.at(-1)}.`,
	);
}

/** Throws a `UsageError` when a newer version has written the profile so that this one cannot use it. */
export function checkUnderstood(saved: Profiles, name: string): void {
	const places = saved[notUnderstood] ?? {};
	if (!Object.hasOwn(places, name)) return;
	throw new UsageError(
		`The profile ${name} is of a newer smokejumper: ${places[name]}.`,
		'Use that version for it; the other profiles can be used.',
	);
}
