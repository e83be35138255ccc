import { readFileSync, statSync } from 'node:fs';
import { safeParse } from 'zod/mini';
import { firstDifference } from '../../backends/shape.ts';
import { UsageError } from '../usage-error.ts';
import { jsonFaultIn } from './json-fault.ts';
import { layoutOf, layoutVersion, migrated } from './migrations.ts';
import { notUnderstood, type Profiles, profilesSchema } from './profile.ts';

/** The file of the profiles, read. */
export type ProfilesFile = {
	/** As this version understands them, of whatever version they were. */
	readonly profiles: Profiles;
	/** Profiles that only a newer version understands, as they stand there: they are written back. */
	readonly beyond: Readonly<Record<string, unknown>>;
	/** Which layout the file has; `undefined` where there is no file. */
	readonly layout?: number;
	/** What stands before the first key in it, so that it is written as it was. */
	readonly indent: string;
};

const usualIndent = '\t';

/** What the file holds is not what it should be. */
export class DamagedProfiles extends UsageError {
	/** Which file, and where in it. */
	readonly what: string;

	constructor(what: string, next: string) {
		super(what, next);
		this.what = what;
	}
}

/**
 * Reads the file; it is never touched, and nothing of its contents is told: a secret may stand anywhere in it. Throws a
 * `UsageError` when it cannot be read or is not what it should be. Of a newer version's, profiles that are not understood
 * are set apart.
 */
export function readProfilesFile(path: string): ProfilesFile {
	const text = textOf(path);
	if (text === undefined) return { profiles: { profiles: {} }, beyond: {}, indent: usualIndent };
	const json = jsonOf(text, path);
	const layout = layoutOf(json);
	const indent = /^\{\s*\n([\t ]+)"/.exec(text)?.[1] ?? usualIndent;
	return { ...understood(withProfiles(migrated(json)), layout, path), layout, indent };
}

function textOf(path: string): string | undefined {
	try {
		const stats = statSync(path, { throwIfNoEntry: false });
		if (stats === undefined) return undefined;
		// A device may have no end.
		if (!stats.isFile() && !stats.isDirectory())
			throw new UsageError(`${path} is no file.`, 'Put the profiles in one.');
		return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
	} catch (error) {
		if (error instanceof UsageError) throw error;
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
		throw new UsageError(`The profiles file ${path} cannot be read (${code}).`, 'Mend it or move it away.');
	}
}

function jsonOf(text: string, path: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		const { line, column } = jsonFaultIn(text) ?? { line: 1, column: 1 };
		throw new DamagedProfiles(
			`The profiles file ${path} is not valid JSON: line ${line}, column ${column}.`,
			'Mend it or move it away; it was left as it is.',
		);
	}
}

function understood(json: unknown, layout: number, path: string): Pick<ProfilesFile, 'profiles' | 'beyond'> {
	// zod looks at no key of that name, and what is set under it on an object is no key of it.
	const odd = withoutProfile(json, unchecked);
	const beyond = new Map<string, unknown>(odd && [[unchecked, odd.profile]]);
	const places = new Map<string, string>(odd && [[unchecked, `profiles.${unchecked} is no name for a profile`]]);
	for (let rest = odd === undefined ? json : odd.rest; ; ) {
		const checked = safeParse(profilesSchema, rest);
		if (isProfiles(rest, checked.success)) {
			const profiles = places.size === 0 ? rest : { ...rest, [notUnderstood]: Object.fromEntries(places) };
			return { profiles, beyond: Object.fromEntries(beyond) };
		}
		const issues = checked.error?.issues ?? [];
		const [, name] = issues[0]?.path ?? [];
		const difference = firstDifference(issues, rest);
		const without = layout > layoutVersion && typeof name === 'string' ? withoutProfile(rest, name) : undefined;
		if (without === undefined || typeof name !== 'string') {
			throw new DamagedProfiles(
				`The profiles in ${path} cannot be used: ${difference}.`,
				'Mend it; the file was left as it is.',
			);
		}
		beyond.set(name, without.profile);
		places.set(name, difference);
		rest = without.rest;
	}
}

const unchecked = '__proto__';

/** No schema of a profile changes what it reads, so that the order of the keys stays too. */
const isProfiles = (_json: unknown, isValid: boolean): _json is Profiles => isValid;

function withoutProfile(
	file: unknown,
	name: string,
): { readonly rest: unknown; readonly profile: unknown } | undefined {
	if (!isRecord(file) || !isRecord(file.profiles) || !Object.hasOwn(file.profiles, name)) return undefined;
	const { [name]: profile, ...profiles } = file.profiles;
	return { rest: { ...file, profiles }, profile };
}

const withProfiles = (json: unknown): unknown =>
	isRecord(json) && json.profiles === undefined ? { ...json, profiles: {} } : json;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
