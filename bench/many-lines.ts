import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { costPerKey, type KeyCost, times } from './keys.ts';
import { type Lines, makeLines, serveLines } from './lines-server.ts';
import { median } from './median.ts';
import { lnavTeller, longestWait, measureLoops, measureSearches, ourTeller, type Searching } from './search-lines.ts';
import { pause, type Running, run } from './terminal.ts';

export const manyLines = 100_000;
const moves = 30;
const jumps = 5;

/** What it costs to read in many lines. */
export type Reading = {
	/** Resident memory in MB. */
	readonly memory: number;
	readonly cursor: KeyCost;
	/** Milliseconds of a jump to the last line, the first one having been on show. */
	readonly jump: number;
	readonly search: Searching;
};

/** Our own program with all lines loaded from an HTTP server, and lnav with the same lines from a file. */
export async function measureManyLines(program: string, folder: string) {
	const lines = makeLines(manyLines, Date.now());
	return {
		ours: await measureOurs(program, lines, folder),
		lnav: await measureLnav(lines, folder),
		loop: measureLoops(lines.text),
	};
}

async function measureOurs(program: string, lines: Lines, folder: string) {
	const server = await serveLines(lines);
	const home = join(folder, 'home');
	mkdirSync(home, { recursive: true });
	const logs = ['logs', '{service_name="pier"}', '--since', '40m'];
	const running = run(process.execPath, [program, '--loki-url', server.url, ...logs], {
		HOME: home,
		SMOKEJUMPER_CONFIG_DIR: home,
	});
	await running.writes('pier');
	await running.settles(400);
	await loadAll(running, server.sent);
	const reading = await measureReading(running);
	const search = await measureSearches(running, lines.text, ourTeller);
	const wait = await longestWait(running, ourTeller);
	running.kill();
	server.close();
	return { ...reading, search, wait };
}

/** To the first of the errors that are held, round the ends, and all lines from there on, until nothing older comes. */
async function loadAll(running: Running, sent: () => number): Promise<void> {
	for (let before = -1; sent() > before || sent() < manyLines; ) {
		before = sent();
		for (const key of ['G', 'e', 'm']) running.press(key);
		await running.settles(500);
		if (sent() < manyLines && sent() === before) throw new Error(`Only ${sent()} of ${manyLines} lines were read.`);
	}
}

async function measureLnav(lines: Lines, folder: string): Promise<Reading | undefined> {
	if (spawnSync('lnav', ['-V']).error !== undefined) return undefined;
	const file = join(folder, 'many.log');
	writeFileSync(file, lines.text.map((line, index) => `${instant(lines.at[index] ?? 0n)} ${line}\n`).join(''));
	const running = run('lnav', ['-N', file]);
	await running.settles(3000);
	const reading = await measureReading(running);
	const search = await measureSearches(running, lines.text, lnavTeller);
	running.kill();
	return { ...reading, search };
}

const instant = (at: bigint): string => new Date(Number(at / 1_000_000n)).toISOString();

/** Both have the same keys for the first line and the last. */
async function measureReading(running: Running): Promise<Omit<Reading, 'search'>> {
	const took: number[] = [];
	for (let turn = 0; turn < jumps; turn++) {
		await running.answers('g');
		await pause(100);
		took.push((await running.answers('G')).took);
	}
	running.press('g');
	await running.settles(300);
	const cursor = await costPerKey(running, [...times(moves / 2, 'j'), ...times(moves / 2, 'k')]);
	const kilobytes = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(running.pid)]));
	return { memory: Math.round(kilobytes / 1024), cursor, jump: median(took) };
}
