import { readFileSync } from 'node:fs';
import { safeParse } from 'zod/mini';
import { firstDifference } from '../../backends/shape.ts';
import { UsageError } from '../usage-error.ts';
import { type Profile, type Profiles, profilesSchema } from './profile.ts';
import { demoProfile } from './profile-name.ts';

/**
 * The saved profiles; none when there is no file. Throws a `UsageError` when the file cannot be read or is not what it
 * should be. The file is never touched, and nothing of its contents is told: a secret may stand anywhere in it.
 */
export function readProfiles(path: string): Profiles {
	const text = textOf(path);
	if (text === undefined) return { profiles: {} };
	const json = jsonOf(text, path);
	const checked = safeParse(profilesSchema, json);
	if (checked.success) return checked.data;
	throw new UsageError(
		`The profiles in ${path} cannot be used: ${firstDifference(checked.error.issues, json)}.`,
		'Mend it; the file was left as it is.',
	);
}

function textOf(path: string): string | undefined {
	try {
		return readFileSync(path, 'utf8');
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
		if (code === 'ENOENT') return undefined;
		throw new UsageError(`The profiles file ${path} cannot be read (${code}).`, 'Mend it or move it away.');
	}
}

function jsonOf(text: string, path: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new UsageError(
			`The profiles file ${path} is not valid JSON.`,
			'Mend it or move it away; it was left as it is.',
		);
	}
}

export type NamedProfile = { readonly name: string; readonly profile: Profile };

/** The named profile, or the current one when no name is given. Throws a `UsageError` that names the ones there are. */
export function profileIn({ current, profiles }: Profiles, name: string | undefined): NamedProfile | undefined {
	const wanted = name ?? current;
	if (wanted === undefined) return undefined;
	const profile = Object.hasOwn(profiles, wanted) ? profiles[wanted] : undefined;
	if (profile !== undefined) return { name: wanted, profile };
	const names = [...Object.keys(profiles), demoProfile];
	throw new UsageError(
		`There is no profile called ${wanted}.`,
		names.length === 1
			? 'None is saved yet: smokejumper profile add --help.'
			: `Profiles are ${names.slice(0, -1).join(', ')} and ${names.at(-1)}.`,
	);
}
