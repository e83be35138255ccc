import { closeSync, lstatSync, openSync, statSync } from 'node:fs';
import { type FileHandle, open, rename, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** A file that is not there under its name before it is whole. */
export type LineFile = {
	/** Rejects with the system's error. */
	readonly write: (text: string) => Promise<void>;
	/** Puts it where it belongs. */
	readonly finish: () => Promise<void>;
	/** As if it had never been begun. */
	readonly discard: () => Promise<void>;
};

/** The absolute path of what was typed; `~` is the home directory. */
export const pathOf = (typed: string, home: string): string =>
	/^~(?:\/|$)/.test(typed) ? join(home, typed.slice(1)) : resolve(typed);

/** What stands at a path. */
export type Standing = 'nothing' | 'file' | 'directory' | 'other';

/** Throws the system's error for a path that cannot be looked at. A link that leads nowhere is a file. */
export function standingAt(path: string): Standing {
	if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return 'nothing';
	const stats = statSync(path, { throwIfNoEntry: false });
	if (stats === undefined || stats.isFile()) return 'file';
	return stats.isDirectory() ? 'directory' : 'other';
}

let begun = 0;

/**
 * Begins a file that only its owner may read, under another name in the same directory. Throws the system's error at once,
 * so that who typed the name is still there to hear it.
 */
export function openLineFile(path: string): LineFile {
	const draft = join(dirname(path), `.smokejumper-${process.pid}-${begun++}.partial`);
	closeSync(openSync(draft, 'wx', 0o600));
	let handle: FileHandle | undefined;
	const close = async () => {
		const open = handle;
		handle = undefined;
		await open?.close();
	};
	return {
		async write(text) {
			handle ??= await open(draft, 'a');
			await handle.writeFile(text);
		},
		async finish() {
			// Some file systems tell only now that there was no room.
			await handle?.sync();
			await close();
			await rename(draft, path);
		},
		async discard() {
			await close().catch(() => {});
			await unlink(draft).catch(() => {});
		},
	};
}
