import { randomUUID } from 'node:crypto';
import { chownSync, lstatSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

export type ReplaceOptions = {
	/** Writes the text to a path where nothing is yet, for the owner's eyes alone. */
	readonly write?: (path: string) => void;
	/** Called last: what it throws leaves the file as it was. */
	readonly check?: () => void;
};

/**
 * Puts a file that only its owner may read in the place of another, whole or not at all: it is written beside it, down
 * to the disk, read back, and then renamed. Throws the system's error, or what `check` throws; the file is as it was then.
 */
export function replaceFile(path: string, text: string, { write, check }: ReplaceOptions = {}): void {
	const draft = join(dirname(path), `.${basename(path)}-${randomUUID()}.partial`);
	try {
		write?.(draft);
		// A writer that asks the system once leaves the part that a full disk took. This one asks on, and is told why.
		if (write === undefined || readFileSync(draft, 'utf8') !== text) {
			writeFileSync(draft, text, { mode: 0o600, flush: true });
		}
		const before = statSync(path, { throwIfNoEntry: false });
		// Who writes as root, through sudo, does not take the file from its owner.
		if (before !== undefined && process.getuid?.() === 0) chownSync(draft, before.uid, before.gid);
		check?.();
		renameSync(draft, path);
	} finally {
		rmSync(draft, { force: true });
	}
}

const mostLinks = 40;

/** Where a path leads through symbolic links, also when nothing is there yet: the links stay when that is replaced. */
export function linkedPath(path: string): string {
	let at = path;
	for (let links = 0; links < mostLinks; links++) {
		if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return at;
		at = resolve(dirname(at), readlinkSync(at));
	}
	return path;
}
