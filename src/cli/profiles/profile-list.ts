import { backendNames } from '../../model/failure.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import { withoutUnseen } from '../print/json.ts';
import { UsageError } from '../usage-error.ts';
import type { Profile, Profiles } from './profile.ts';

/** The profiles in a format, text when it is not told. Throws a `UsageError` for a format that there is not. */
export function listText(saved: Profiles, format = 'text'): string {
	if (format === 'json') {
		return withoutUnseen(JSON.stringify(Object.entries(saved.profiles).map(entryOf(saved)), null, 2));
	}
	if (format !== 'text') throw new UsageError(`There is no output format ${format}.`, 'Formats are text and json.');
	const entries = Object.entries(saved.profiles);
	if (entries.length === 0) return 'No profile is saved yet. demo is always there.';
	return entries
		.map(([name, profile]) => {
			const mark = name === saved.current ? '*' : ' ';
			return `${mark} ${sanitize(name)}  ${backendsOf(profile).join(', ')}${profile.readOnly === false ? '' : '  read-only'}`;
		})
		.join('\n');
}

/** The backends that a profile joins. */
export const backendsOf = (profile: Profile): readonly string[] =>
	backendNames.filter(backend => profile[backend] !== undefined);

const entryOf =
	({ current }: Profiles) =>
	([name, profile]: readonly [string, Profile]) => ({
		name,
		isCurrent: name === current,
		label: profile.label ?? name,
		colour: profile.colour,
		since: profile.since,
		readOnly: profile.readOnly ?? true,
		backends: backendsOf(profile),
	});
