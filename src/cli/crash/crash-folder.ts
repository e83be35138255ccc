import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, posix, win32 } from 'node:path';
import type { Milliseconds } from '../../model/time.ts';
import type { Home } from '../profiles/profiles-path.ts';

/** Reports that are kept; the oldest go first. */
const mostReports = 10;

/**
 * In the folder for what should stay but is of no worth elsewhere: `XDG_STATE_HOME` (XDG Base Directory Specification),
 * `~/Library/Logs` and `%LOCALAPPDATA%` on the other systems.
 */
export function crashFolder({ env, platform, home }: Home): string {
	if (platform === 'darwin') return posix.join(home, 'Library', 'Logs', 'smokejumper');
	if (platform !== 'win32') {
		return posix.join(env.XDG_STATE_HOME || posix.join(home, '.local', 'state'), 'smokejumper', 'crashes');
	}
	return win32.join(env.LOCALAPPDATA || win32.join(home, 'AppData', 'Local'), 'smokejumper', 'Log');
}

/**
 * Writes a report for its owner's eyes alone, and gives the path of it. Throws the system's error, also when another
 * program has just taken the name.
 */
export function keepReport(folder: string, text: string, now: Milliseconds): string {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const second = `crash-${new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')}`;
	const before = reportsIn(folder).findLast(name => name.startsWith(second));
	const number = before === undefined ? 1 : Number(before.slice(-6, -4)) + 1;
	const path = join(folder, `${second}-${String(number).padStart(2, '0')}.txt`);
	writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
	for (const name of reportsIn(folder).slice(0, -mostReports)) rmSync(join(folder, name), { force: true });
	return path;
}

/** The names of our own reports, which begin with the time: the oldest first. Others' files are left alone. */
const reportsIn = (folder: string): readonly string[] =>
	readdirSync(folder)
		.filter(name => /^crash-\d{8}T\d{6}Z-\d{2}\.txt$/.test(name))
		.sort();
