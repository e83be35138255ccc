import { closeSync, linkSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { setTimeout as elapsed } from 'node:timers/promises';
import { type Milliseconds, second } from '../../model/time.ts';
import { UsageError } from '../usage-error.ts';

/** How long one waits for a lock. */
export type Patience = {
	/** A lock that has not changed for as long was left by a program that was ended: what is done under one takes milliseconds. */
	readonly leftover: Milliseconds;
	/** Then it is given up. */
	readonly most: Milliseconds;
};

const usualPatience: Patience = { leftover: 2 * second, most: 5 * second };
const pause: Milliseconds = 20;

/**
 * Does something while nobody else does, among all programs that lock the same path: the lock is a file that only one
 * can create. `isHeld` is false when the lock was taken for left over meanwhile, as of a program that was suspended.
 * Rejects with a `UsageError` when others keep it, and with the system's error when it cannot be created.
 */
export async function locked<Done>(
	path: string,
	work: (isHeld: () => boolean) => Done,
	patience: Patience = usualPatience,
): Promise<Done> {
	const lock = await takenLock(path, patience);
	try {
		return work(() => lockAt(path) === lock);
	} finally {
		if (lockAt(path) === lock) rmSync(path, { force: true });
	}
}

/** Age is told by watching, not by the file's time: that of a network's file system may be of another clock. */
async function takenLock(path: string, { leftover, most }: Patience): Promise<string> {
	const begun = performance.now();
	let seen: { readonly lock: string | undefined; readonly since: number } = { lock: undefined, since: begun };
	for (;;) {
		const lock = created(path);
		if (lock !== undefined) return lock;
		const now = performance.now();
		const other = lockAt(path);
		if (other !== seen.lock) seen = { lock: other, since: now };
		else if (other !== undefined && now - seen.since >= leftover) takeAway(path, other);
		if (now - begun >= most) {
			throw new UsageError(
				`Another program is writing the profiles: ${path} stays.`,
				'Nothing was changed. Try again, or delete that file when nobody writes.',
			);
		}
		await elapsed(pause);
	}
}

function created(path: string): string | undefined {
	try {
		closeSync(openSync(path, 'wx', 0o600));
		return lockAt(path);
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined;
		throw error;
	}
}

/** Tells one lock from the next at the same path. */
function lockAt(path: string): string | undefined {
	const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
	return stats && `${stats.ino}:${stats.mtimeNs}`;
}

/** Two may find it left over at once: renaming it is granted to one, and a lock that was new meanwhile is given back. */
function takeAway(path: string, lock: string): void {
	const aside = `${path}-${process.pid}`;
	try {
		renameSync(path, aside);
		if (lockAt(aside) !== lock) linkSync(aside, path);
		rmSync(aside, { recursive: true, force: true });
	} catch {
		// Whoever was quicker has it now, or nobody may: then it is waited for, and told.
	}
}
