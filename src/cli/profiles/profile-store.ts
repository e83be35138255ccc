import { chmodSync, constants, copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { locked, type Patience } from './file-lock.ts';
import { layoutVersion } from './migrations.ts';
import type { Profiles } from './profile.ts';
import { DamagedProfiles, type ProfilesFile, readProfilesFile } from './profiles-file.ts';
import { profilesJsonSchema, schemaName } from './profiles-json-schema.ts';
import { checkUnderstood } from './read-profiles.ts';
import { linkedPath, replaceFile } from './replace-file.ts';

/** The saved profiles, for whoever changes them. */
export type ProfileStore = {
	readonly path: string;
	/** As `readProfiles`. */
	read(): Profiles;
	/**
	 * Changes the file as it is now, while nobody else does: at once or not at all, and for the owner's eyes only. Symbolic
	 * links stay. What this version does not know stays too. Rejects with a `UsageError` when the file cannot be read or
	 * written, and with what `change` throws; the file is as it was then.
	 */
	write(change: (profiles: Profiles) => Profiles, how?: WriteOptions): Promise<Written>;
};

export type WriteOptions = {
	/** A damaged file does not hinder: it is kept beside the new one. */
	readonly evenBroken?: boolean;
};

/** What became of the file that was there. */
export type Written = {
	/** Where the file that could not be read is kept. */
	readonly aside?: string;
	/** Where the file is kept as an older or a newer version wrote it. */
	readonly backup?: string;
	/** A newer version has written the file, whose layout it keeps. */
	readonly isNewer?: boolean;
};

export const openProfileStore = (path: string, patience?: Patience): ProfileStore => ({
	path,
	read: () => readProfilesFile(path).profiles,
	async write(change, { evenBroken = false } = {}) {
		try {
			mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
			const target = linkedPath(path);
			// Loaded before the lock is taken, and only by who writes: it takes longer than all else before the first frame.
			const { confText, writeConf } = await import('./conf-file.ts');
			return await locked(
				`${target}.lock`,
				isHeld => {
					const file = evenBroken ? readable(target) : readProfilesFile(target);
					const after = changed(file, change);
					const kept = keepBefore(target, file);
					const next = { values: after, indent: (file ?? noFile).indent };
					replaceFile(target, confText(next), {
						write: draft => writeConf(draft, next),
						check: () => checkHeld(isHeld),
					});
					keepSchema(path, after);
					return kept;
				},
				patience,
			);
		} catch (error) {
			throw error instanceof Error && 'code' in error ? writeTrouble(path, String(error.code)) : error;
		}
	},
});

function readable(path: string): ProfilesFile | undefined {
	try {
		return readProfilesFile(path);
	} catch (error) {
		if (error instanceof DamagedProfiles) return undefined;
		throw error;
	}
}

const noFile: ProfilesFile = { profiles: { profiles: {} }, beyond: {}, indent: '\t' };

/** The file as it is written. */
type Whole = Readonly<Record<string, unknown>>;

/** What is to be in the file: what only a newer version understands goes back into it. */
function changed(file: ProfilesFile = noFile, change: (profiles: Profiles) => Profiles): Whole {
	const { beyond, profiles: before } = file;
	const after = change(before);
	for (const name of Object.keys(after.profiles)) checkUnderstood(before, name);
	return {
		...(after.$schema === undefined ? { $schema: `./${schemaName}` } : {}),
		...(after.version === undefined ? { version: layoutVersion } : {}),
		...after,
		profiles: { ...after.profiles, ...beyond },
	};
}

/** A file of another version, or one that cannot be read, is kept as it was before this version writes it for the first time. */
function keepBefore(path: string, file: ProfilesFile | undefined): Written {
	if (file === undefined) return { aside: copyOf(path, freeName(`${path}.broken`)) };
	const { layout = layoutVersion } = file;
	if (layout === layoutVersion) return {};
	const newer = layout > layoutVersion ? { isNewer: true } : {};
	const backup = `${path}.version-${layout}`;
	// A newer version's keeps its layout, so this is met at each write; older ones are met once, or again after a return.
	if (layout > layoutVersion && existsSync(backup)) return newer;
	return { ...newer, backup: copyOf(path, existsSync(backup) ? freeName(backup) : backup) };
}

function copyOf(path: string, copy: string): string {
	copyFileSync(path, copy, constants.COPYFILE_EXCL);
	chmodSync(copy, 0o600);
	return copy;
}

function freeName(path: string): string {
	for (let number = 1; ; number++) {
		const name = `${path}-${number}`;
		if (!existsSync(name)) return name;
	}
}

function checkHeld(isHeld: () => boolean): void {
	if (isHeld()) return;
	throw new UsageError(
		'Writing the profiles took too long, and another program began.',
		'Nothing was changed. Try again.',
	);
}

/** The schema for editors, where the file names it so; a newer version's is not taken back. That it fails harms nothing. */
function keepSchema(path: string, { $schema, version }: Whole): void {
	if ($schema !== `./${schemaName}` || version !== layoutVersion) return;
	const beside = join(dirname(path), schemaName);
	const schema = profilesJsonSchema();
	try {
		if (!existsSync(beside) || readFileSync(beside, 'utf8') !== schema) replaceFile(beside, schema);
	} catch {
		// The profiles are written.
	}
}

/** Why the system did not let it be written, in a sentence. Exported for its table. */
export function writeTrouble(path: string, code: string): UsageError {
	const what = `The profiles cannot be written to ${path}`;
	switch (code) {
		case 'ENOSPC':
		case 'EDQUOT':
		case 'EFBIG':
			return new UsageError(`${what}: no room is left there (${code}).`, 'Make room; the file is as it was.');
		case 'EACCES':
		case 'EPERM':
		case 'EROFS':
			return new UsageError(
				`${what}: nothing may be written in its folder (${code}).`,
				'Let it be writable, or name another folder in SMOKEJUMPER_CONFIG_DIR; smokejumper --prometheus-url and its like need none.',
			);
		default:
			return new UsageError(`${what} (${code}).`, 'Check its folder.');
	}
}
