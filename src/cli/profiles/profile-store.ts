import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import Conf from 'conf';
import { UsageError } from '../usage-error.ts';
import type { Profiles } from './profile.ts';
import { readProfiles } from './read-profiles.ts';

/** The saved profiles, for whoever changes them. */
export type ProfileStore = {
	readonly path: string;
	/** As `readProfiles`. */
	read(): Profiles;
	/**
	 * Writes at once or not at all, and for the owner's eyes only. A file that cannot be read is moved aside first; its
	 * new path is the answer. Throws a `UsageError` when the file cannot be written.
	 */
	write(change: (profiles: Profiles) => Profiles): string | undefined;
};

export const openProfileStore = (path: string): ProfileStore => ({
	path,
	read: () => readProfiles(path),
	write(change) {
		const before = readable(path);
		const after = change(before ?? { profiles: {} });
		try {
			mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
			const aside = before === undefined ? movedAside(path) : undefined;
			fileAt(path).store = after;
			return aside;
		} catch (error) {
			const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
			throw new UsageError(`The profiles cannot be written to ${path} (${code}).`, 'Check its folder.');
		}
	},
});

const fileAt = (path: string): Conf<Record<string, unknown>> =>
	new Conf<Record<string, unknown>>({
		cwd: dirname(path),
		configName: basename(path, '.json'),
		configFileMode: 0o600,
		clearInvalidConfig: false,
	});

function readable(path: string): Profiles | undefined {
	try {
		return readProfiles(path);
	} catch (error) {
		if (error instanceof UsageError) return undefined;
		throw error;
	}
}

function movedAside(path: string): string {
	const aside = freeName(path);
	renameSync(path, aside);
	return aside;
}

function freeName(path: string): string {
	for (let number = 1; ; number++) {
		const name = `${path}.broken-${number}`;
		if (!existsSync(name)) return name;
	}
}
