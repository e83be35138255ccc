import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { costPerKey, type KeyCost, pageUp, times } from './keys.ts';
import { type Lines, type LinesServer, makeLines, serveLines } from './lines-server.ts';
import { median } from './median.ts';
import { isInstalled } from './pagers.ts';
import { peakMemory, residentMemory } from './process-costs.ts';
import { runProgram } from './program.ts';
import { lnavTeller, longestWait, measureLoops, measureSearches, ourTeller, type Searching } from './search-lines.ts';
import { shownBy } from './shown.ts';
import { pause, type Running, run } from './terminal.ts';

const moves = 30;
const jumps = 5;

/** What it costs to read in many lines. */
export type Reading = {
	/** Resident memory in MB, and the most that it has been; that only where the system says. */
	readonly memory: number;
	readonly peak: number | undefined;
	readonly cursor: KeyCost;
	/** Milliseconds of a jump to the last line, the first one having been on show. */
	readonly jump?: number;
};

/** What a search of them costs. */
export type Searches = {
	readonly ours: Searching;
	/** The longest that a key waited meanwhile. */
	readonly wait: number;
	readonly lnav: Searching | undefined;
	/** The same expressions in a plain loop. */
	readonly loop: Searching;
};

/** What to do beside reading: jumps from end to end where all lines are held, and searches. */
export type Extent = { readonly jumps: boolean; readonly searches: boolean };

/** Our own program that reads on and on from an HTTP server (`read`: for so many ms), and pagers with the same lines in a file. */
export async function measureManyLines(count: number, folder: string, extent: Extent) {
	const lines = makeLines(count, Date.now());
	const file = join(folder, 'many.log');
	const ours = await measureOurs(lines, folder, extent);
	writeFileSync(file, lines.text.map((line, index) => `${instant(lines.at[index] ?? 0n)} ${line}\n`).join(''));
	const lnav = await measurePager('lnav', ['-N', file], lines, extent);
	const less = await measurePager('less', [file], lines, { ...extent, searches: false });
	rmSync(file);
	const { wait } = ours;
	const searches: Searches | undefined =
		ours.search === undefined || wait === undefined
			? undefined
			: { ours: ours.search, wait, lnav: lnav?.search, loop: measureLoops(lines.text) };
	return { read: ours.read, ours: ours.reading, lnav: lnav?.reading, less: less?.reading, searches };
}

const instant = (at: bigint): string => new Date(Number(at / 1_000_000n)).toISOString();

async function measureOurs(lines: Lines, folder: string, { jumps, searches }: Extent) {
	const server = await serveLines(lines);
	const running = await openLogs(server, folder);
	const began = performance.now();
	await readOn(running, server);
	const read = performance.now() - began;
	await running.settles(500);
	const reading = await measureReading(running, jumps);
	const search = searches ? await measureSearches(running, lines.text, ourTeller) : undefined;
	const wait = searches ? await longestWait(running, ourTeller) : undefined;
	running.kill();
	server.close();
	return { read, reading, search, wait };
}

async function openLogs({ url }: LinesServer, folder: string): Promise<Running> {
	const running = runProgram(['--loki-url', url, 'logs', '{service_name="pier"}', '--since', '40m'], folder);
	await running.writes('pier');
	await running.settles(400);
	return running;
}

/** More than lead through as many lines as are read on at once; no page leads beyond the first line. */
const burst = pageUp.repeat(150);
/** Where nothing was asked, what came of the answer before was not on show yet: then the keys are pressed again. */
const again = 60;
const patience = 5000;

/** Pages up, and on, until the oldest line has been read; `m` where only errors are held so far. */
async function readOn(running: Running, { sent, oldest }: LinesServer): Promise<void> {
	while (oldest() > 0) {
		const [before, asked] = [sent(), performance.now()];
		for (let pressed = Number.NEGATIVE_INFINITY; sent() === before; await pause(5)) {
			const now = performance.now();
			if (now - asked > patience) throw new Error(`Nothing older than line ${oldest()} was read.`);
			if (now - pressed < again) continue;
			running.press(`${burst}m`);
			pressed = now;
		}
		await running.settles(20);
	}
}

/** So long after an answer was sent, what comes of it is on show. */
const digestion = 200;
/** Nearly as many as lead through the lines that are read on at once; the last ones are pressed one by one. */
const most = pageUp.repeat(90);

/** Reads on to the oldest line, and opens and closes the list of keys meanwhile: the longest time until it was there. */
export async function longestWaitReading(count: number, folder: string): Promise<number> {
	const server = await serveLines(makeLines(count, Date.now()));
	const running = await openLogs(server, folder);
	const shown = await shownBy(running);
	const waits: number[] = [];
	while (server.oldest() > 0) {
		running.press(most);
		await running.settles(digestion);
		const before = server.sent();
		for (let last = performance.now(); performance.now() - last < digestion; ) {
			if (server.sent() === before) {
				running.press(`${pageUp}m`);
				last = performance.now();
			}
			running.press('?');
			waits.push((await shown.sees(keysOfScreen)).took);
			running.press('?');
			while (shown.finds(keysOfScreen) !== undefined) await pause(1);
		}
	}
	running.kill();
	server.close();
	return Math.max(...waits);
}

/** What only the list of keys says. */
const keysOfScreen = /^Everywhere/;

async function measurePager(
	name: string,
	args: readonly string[],
	lines: Lines,
	{ jumps, searches }: Extent,
): Promise<{ readonly reading: Reading; readonly search: Searching | undefined } | undefined> {
	if (!isInstalled(name)) return undefined;
	const running = run(name, args);
	await running.settles(900);
	const reading = await measureReading(running, jumps);
	const search = searches ? await measureSearches(running, lines.text, lnavTeller) : undefined;
	running.kill();
	return { reading, search };
}

/** All have the same keys for the first line and the last. */
async function measureReading(running: Running, isWhole: boolean): Promise<Reading> {
	const took: number[] = [];
	for (let turn = 0; isWhole && turn < jumps; turn++) {
		await running.answers('g');
		await pause(100);
		took.push((await running.answers('G')).took);
	}
	if (isWhole) running.press('g');
	await running.settles(300);
	const cursor = await costPerKey(running, [...times(moves / 2, 'j'), ...times(moves / 2, 'k')]);
	const memory = { memory: residentMemory(running), peak: peakMemory(running) };
	return { ...memory, cursor, ...(isWhole ? { jump: median(took) } : {}) };
}
