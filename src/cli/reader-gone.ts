import { readdir, readFile, readlink } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Milliseconds } from '../model/time.ts';

const lookEvery: Milliseconds = 500;

/** Resolves when nobody reads any more; rejects when the signal aborts. */
export type ReaderGone = (signal: AbortSignal) => Promise<void>;

/**
 * Tells when nobody reads the pipe on stdout any more (`| head -1`), also while there is nothing to write: Node watches a
 * pipe that it only writes to for nothing, and Linux lets an empty write to one without a reader succeed. Linux tells in
 * `/proc` who has a pipe open (proc(5): `fd`, `fdinfo`). `undefined` where that cannot be known: on other systems, of other
 * outputs, and where the reader is somebody else's. To be had before anything is written: who has read enough is gone.
 */
export async function watchReader(): Promise<ReaderGone | undefined> {
	const pipe = await linkOf('/proc/self/fd/1');
	if (pipe?.startsWith('pipe:') !== true) return undefined;
	const first = await readersOf(pipe);
	if (first.length === 0) return undefined;
	return async signal => {
		for (let readers = first; readers.length > 0; ) {
			await pause(lookEvery, undefined, { signal });
			const links = await Promise.all(readers.map(linkOf));
			// The one that has gone may have handed it on.
			if (!links.includes(pipe)) readers = await readersOf(pipe);
		}
	};
}

const linkOf = (path: string): Promise<string | undefined> => readlink(path).catch(() => undefined);

/** The paths in `/proc` under which processes have the pipe open for reading. */
async function readersOf(pipe: string): Promise<readonly string[]> {
	const processes = (await readdir('/proc').catch(() => [])).filter(name => /^\d+$/.test(name));
	const each = await Promise.all(
		processes.map(async id => {
			const open = await readdir(`/proc/${id}/fd`).catch(() => []);
			const read = await Promise.all(
				open.map(async fd => ((await isReader(id, fd, pipe)) ? [`/proc/${id}/fd/${fd}`] : [])),
			);
			return read.flat();
		}),
	);
	return each.flat();
}

/** The two lowest bits of `flags`, which is octal, are the way in which it is open: 0 for reading. */
async function isReader(id: string, fd: string, pipe: string): Promise<boolean> {
	if ((await linkOf(`/proc/${id}/fd/${fd}`)) !== pipe) return false;
	const info = await readFile(`/proc/${id}/fdinfo/${fd}`, 'utf8').catch(() => '');
	return /^flags:\s*[0-7]*[04]$/m.test(info);
}
