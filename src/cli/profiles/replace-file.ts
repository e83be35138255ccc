import { randomUUID } from 'node:crypto';
import {
	closeSync,
	fchownSync,
	fsyncSync,
	lstatSync,
	openSync,
	readlinkSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * Puts a file that only its owner may read in the place of another, whole or not at all: it is written beside it, down
 * to the disk, and then renamed. `writeFileSync` writes on where the system took a part only, as it does of the last bytes
 * that a disk has room for. Throws the system's error, or what `check` throws, which is called last; the file is as it was then.
 */
export function replaceFile(path: string, text: string, check: () => void = () => {}): void {
	const draft = join(dirname(path), `.${basename(path)}-${randomUUID()}.partial`);
	try {
		writeDraft(draft, text, path);
		check();
		renameSync(draft, path);
	} finally {
		rmSync(draft, { force: true });
	}
}

function writeDraft(draft: string, text: string, path: string): void {
	const descriptor = openSync(draft, 'wx', 0o600);
	try {
		writeFileSync(descriptor, text);
		const before = statSync(path, { throwIfNoEntry: false });
		// Who writes as root, through sudo, does not take the file from its owner.
		if (before !== undefined && process.getuid?.() === 0) fchownSync(descriptor, before.uid, before.gid);
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
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
