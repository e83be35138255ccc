import { spawnSync } from 'node:child_process';
import { costPerKey, type KeyCost, pageDown, pageUp, times } from './keys.ts';
import { type Running, run, type Size } from './terminal.ts';

/** What the cursor and a page cost. */
export type Moving = { readonly cursor: KeyCost; readonly page: KeyCost };

export const isInstalled = (command: string): boolean => spawnSync(command, ['-V']).error === undefined;

const presses = 30;

/** The cursor and pages in a long list, there and back again from the top. */
export async function measureLongList(running: Running): Promise<Moving> {
	running.press('g');
	await running.settles(300);
	const cursor = await costPerKey(running, times(presses, 'j'));
	running.press('g');
	await running.settles(300);
	const page = await costPerKey(running, [...times(presses / 2, pageDown), ...times(presses / 2, pageUp)]);
	return { cursor, page };
}

/** A pager on a file; `undefined` where it is not installed. */
export async function measurePager(name: string, args: readonly string[], size: Size): Promise<Moving | undefined> {
	if (!isInstalled(name)) return undefined;
	const running = run(name, args, {}, size);
	await running.settles(700);
	const measured = await measureLongList(running);
	running.kill();
	return measured;
}

const down = '\x1b[B';
const up = '\x1b[A';
/** Tenths of a second between two looks of htop by itself: longer than it is measured. */
const rarely = '1000';

/** htop in its list of processes; it has no pages worth the name where there are few. */
export async function measureHtop(size: Size): Promise<KeyCost | undefined> {
	if (!isInstalled('htop')) return undefined;
	const running = run('htop', ['-d', rarely], {}, size);
	await running.settles(700);
	const cursor = await costPerKey(running, [
		...times(presses / 6, down, down, down),
		...times(presses / 6, up, up, up),
	]);
	running.kill();
	return cursor;
}
