import { existsSync, renameSync } from 'node:fs';
import Conf from 'conf';
import { type Profile, type Profiles, profilesSchema } from './profile.ts';
import { UsageError } from './usage-error.ts';

/** The saved profiles. Reading never writes; writing is atomic and leaves the file readable by its owner alone. */
export type ProfileStore = {
	readonly path: string;
	/** Throws a `UsageError` when the file cannot be read or is not what it should be; the file is left as it is. */
	read(): Profiles;
	/** A file that could not be read is moved aside first; its new path is the answer. */
	write(change: (profiles: Profiles) => Profiles): string | undefined;
};

/** Opens the store under the platform's configuration directory (`$XDG_CONFIG_HOME/smokejumper/profiles.json`). */
export function openProfileStore(directory?: string): ProfileStore {
	const open = () =>
		new Conf<Record<string, unknown>>({
			projectName: 'smokejumper',
			projectSuffix: '',
			configName: 'profiles',
			configFileMode: 0o600,
			clearInvalidConfig: false,
			...(directory === undefined ? {} : { cwd: directory }),
		});
	const path = pathOf(open);

	function read(): Profiles {
		const stored = storedIn(open, path);
		const checked = profilesSchema.safeParse(stored);
		if (checked.success) return checked.data;
		const [issue] = checked.error.issues;
		throw new UsageError(
			`The profiles in ${path} cannot be used: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`,
			'Mend that line; the file was left as it is.',
		);
	}

	return {
		path,
		read,
		write(change) {
			const { profiles, aside } = readOrMoveAside(read, path);
			open().store = change(profiles);
			return aside;
		},
	};
}

/** `conf` reads the file when it is opened, and throws on what is no JSON. */
function pathOf(open: () => Conf<Record<string, unknown>>): string {
	try {
		return open().path;
	} catch (error) {
		throw unreadable('', error);
	}
}

function storedIn(open: () => Conf<Record<string, unknown>>, path: string): unknown {
	try {
		return open().store;
	} catch (error) {
		throw unreadable(path, error);
	}
}

const unreadable = (path: string, error: unknown): UsageError =>
	new UsageError(
		`The profiles file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
		'Mend it or move it away; it was left as it is.',
	);

function readOrMoveAside(read: () => Profiles, path: string): { profiles: Profiles; aside?: string } {
	try {
		return { profiles: read() };
	} catch {
		const aside = freeName(path);
		renameSync(path, aside);
		return { profiles: { profiles: {} }, aside };
	}
}

function freeName(path: string): string {
	for (let number = 1; ; number++) {
		const name = `${path}.broken-${number}`;
		if (!existsSync(name)) return name;
	}
}

/** The named profile, or the current one. Throws a `UsageError` that names the ones there are. */
export function profileIn(
	profiles: Profiles,
	name: string | undefined,
): { name: string; profile: Profile } | undefined {
	const wanted = name ?? profiles.current;
	if (wanted === undefined) return undefined;
	const profile = profiles.profiles[wanted];
	if (profile !== undefined) return { name: wanted, profile };
	const names = Object.keys(profiles.profiles);
	throw new UsageError(
		`There is no profile called ${wanted}.`,
		names.length === 0
			? 'Save one with: smokejumper profile add NAME --prometheus-url URL.'
			: `Profiles are ${names.join(', ')}, and demo.`,
	);
}
