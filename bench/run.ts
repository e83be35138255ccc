import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesPerKey, pageDown, pageUp, times } from './keys.ts';
import { measureOpening } from './large-traces.ts';
import { manyLines, measureManyLines, type Reading } from './many-lines.ts';
import { measurePrinting, printCount } from './print-lines.ts';
import type { Searching } from './search-lines.ts';
import { measureStarts } from './start.ts';
import { pause, type Running, run, size } from './terminal.ts';

/**
 * What the program writes and how long it takes, beside the pagers whose company it seeks. Exits with 1 over a budget.
 * `npm run bench -- traces` measures nothing but large traces.
 */

const program = 'dist/smokejumper.js';
const budgets = {
	cursor: 700,
	page: 9 * 1024,
	start: 3,
	idle: 0,
	memory: 300,
	move: 16,
	jump: 50,
	search: 300,
	wait: 50,
	printing: 1.2,
	openMany: 2500,
	openFew: 150,
} as const;
const presses = 30;
const idleFor = 5000;
const logs = ['logs', '--service', 'berths'] as const;

type Row = {
	readonly what: string;
	readonly value: string;
	readonly budget?: string;
	readonly missed?: boolean;
};

const rows: Row[] = [];
const note = (what: string, value: string): void => void rows.push({ what, value });

function hold(what: string, value: number, budget: number, unit: string): void {
	rows.push({ what, value: `${count(value)} ${unit}`, budget: `≤ ${count(budget)} ${unit}`, missed: value > budget });
}

const count = (value: number): string => (Number.isInteger(value) ? value : value.toFixed(1)).toLocaleString();

/** The lines of log that the program prints as JSON, oldest first. */
function printedLines(...words: readonly string[]): readonly { readonly line: string }[] {
	const args = [program, 'demo', ...words, '-o', 'json'];
	const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
	return stdout
		.split('\n')
		.slice(0, -1)
		.map((line): { readonly line: string } => JSON.parse(line))
		.reverse();
}

/** What the program prints as JSON; also when that is a part of what there is (exit code 4). */
function printed(...words: readonly string[]): unknown {
	const args = [program, 'demo', ...words, '-o', 'json'];
	return JSON.parse(spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 28 }).stdout);
}

/** The same lines as on the logs screen, as a file for the pagers. */
function logFile(folder: string): string {
	const lines = printedLines(...logs);
	if (lines.length < 1000) throw new Error(`The logs screen has ${lines.length} lines; 1000 are needed.`);
	const file = join(folder, 'incident.log');
	writeFileSync(file, lines.map(({ line }) => `${line}\n`).join(''));
	return file;
}

function firstAlert(): string {
	const { alerts } = printed('alerts') as { readonly alerts: readonly { readonly name: string }[] };
	return alerts[0]?.name ?? '';
}

/** Bytes for the cursor and for a page, there and back again from the top. */
async function keyBytes(running: Running) {
	running.press('g');
	await running.settles(300);
	const cursor = await bytesPerKey(running, times(presses, 'j'));
	running.press('g');
	await running.settles(300);
	const page = await bytesPerKey(running, [...times(presses / 2, pageDown), ...times(presses / 2, pageUp)]);
	return { cursor, page };
}

async function measureLogs(): Promise<{ readonly cursor: number; readonly page: number }> {
	const running = run(process.execPath, [program, 'demo', ...logs]);
	await running.writes('1000');
	await running.settles(400);
	running.press(' ');
	await running.settles(400);
	const measured = await keyBytes(running);
	const before = running.bytes();
	await pause(idleFor);
	hold(`logs: while nothing changes, ${idleFor / 1000} s, paused`, running.bytes() - before, budgets.idle, 'B');
	running.kill();
	return measured;
}

async function measureAlerts(alert: string): Promise<void> {
	const running = run(process.execPath, [program, 'demo']);
	await running.writes(alert);
	await running.settles(400);
	running.press(' ');
	await running.settles(400);
	// Each move tells another alert's story beside the list, chart and all: there is nothing to compare it with.
	note('alerts: cursor move, with the details', `${count(await bytesPerKey(running, times(presses / 2, 'j', 'k')))} B`);
	note(
		'alerts: page, with the details',
		`${count(await bytesPerKey(running, times(presses / 2, pageDown, pageUp)))} B`,
	);
	running.kill();
}

async function measurePager(name: string, args: readonly string[]) {
	if (spawnSync(name, ['-V']).error !== undefined) return undefined;
	const running = run(name, args);
	await running.settles(700);
	const measured = await keyBytes(running);
	running.kill();
	return measured;
}

/** Alerts, panels, logs of a request, its trace, and back. */
async function measureMemory(alert: string): Promise<void> {
	const running = run(process.execPath, [program, 'demo']);
	await running.writes(alert);
	for (const key of ['\r', '\r', '\r', '\r', '\x1b', '\x1b', '\x1b']) {
		await running.settles(400);
		running.press(key);
	}
	await running.settles(400);
	const kilobytes = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(running.pid)]));
	note('memory after a walk', `${Math.round(kilobytes / 1024)} MB`);
	running.kill();
}

/** 100,000 lines held at once, beside lnav with the same lines in a file. */
async function measureReadings(folder: string): Promise<void> {
	const { ours, lnav, loop } = await measureManyLines(program, folder);
	const what = `${manyLines / 1000}k lines`;
	hold(`${what}: memory`, ours.memory, budgets.memory, 'MB');
	hold(`${what}: cursor move`, ours.cursor.bytes, budgets.cursor, 'B');
	hold(`${what}: cursor move`, ours.cursor.took, budgets.move, 'ms');
	hold(`${what}: jump to the end`, ours.jump, budgets.jump, 'ms');
	hold(`${what}: search, until all is counted, the slowest`, ours.search.slowest, budgets.search, 'ms');
	hold(`${what}: longest wait for a key during a search`, ours.wait, budgets.wait, 'ms');
	note(`  the same expressions`, searchText(ours.search));
	note(`  in a plain loop`, searchText(loop));
	note(`  in lnav`, lnav === undefined ? 'not installed' : searchText(lnav.search));
	note(`${what} in lnav`, lnav === undefined ? 'not installed' : readingText(lnav));
}

const readingText = ({ memory, cursor, jump }: Reading): string =>
	`${memory} MB, a move ${count(cursor.bytes)} B in ${count(cursor.took)} ms, a jump ${count(jump)} ms`;

const searchText = ({ counted, slowest }: Searching): string =>
	`median ${count(counted)} ms, slowest ${count(slowest)} ms`;

/** Milliseconds until a Loki begins to answer: what the slowest of the recorded ones (3.4.6, on one machine) says it took. */
const serviceTime = 30;

/**
 * 40,000 lines as JSON beside `curl` and `JSON.parse`: from a server as quick as the recorded one, from a slower one, and from
 * one that answers at once.
 */
async function measurePrints(folder: string): Promise<void> {
	for (const time of [serviceTime, 50, 0]) {
		const { ours, curl, parse, parseAlone, size: megabytes, answers } = await measurePrinting(program, folder, time);
		const from = time === 0 ? 'answers at once' : `each answer after ${time} ms`;
		const what = `${printCount / 1000}k lines as JSON, ${from}`;
		note(what, `${Math.round(ours)} ms`);
		const parsing = `${Math.round(parse)} ms in node, ${Math.round(parseAlone)} ms without its start`;
		note(`  curl: ${answers} answers, ${count(megabytes)} MB`, `${Math.round(curl)} ms`);
		note('  JSON.parse of them', parsing);
		const ratio = ours / (curl + parse);
		if (time !== serviceTime) note('  ours against both', `${count(ratio)} times`);
		else hold('  ours against both', ratio, budgets.printing, 'times');
		note('  ours against both, node not started', `${count(ours / (curl + parseAlone))} times`);
	}
}

/** Large traces beside `JSON.parse` of what Tempo answers: no other program draws them in a terminal. */
async function measureTraces(folder: string): Promise<void> {
	for (const [spans, most] of [
		[5000, budgets.openFew],
		[100_000, budgets.openMany],
	] as const) {
		const measured = await measureOpening(program, folder, spans);
		const { megabytes, opened, worked, parse, wait, move, zoom, fold, memory } = measured;
		const what = `${spans / 1000}k spans, ${count(Math.round(megabytes))} MB`;
		hold(`${what}: from the last byte to the flame graph`, Math.round(opened), most, 'ms');
		if (worked !== undefined) note('  of which the main thread was at work', `${Math.round(worked)} ms`);
		note('  JSON.parse of the same', `${Math.round(parse)} ms, ours is ${(opened / parse).toFixed(1)} times that`);
		if (wait === undefined) note('  longest wait for a key meanwhile', 'it was open before a key was heard');
		else hold('  longest wait for a key meanwhile', wait, budgets.wait, 'ms');
		hold('  move', move, budgets.move, 'ms');
		hold('  zoom', zoom, budgets.move, 'ms');
		hold('  fold or unfold all', fold, budgets.move, 'ms');
		note('  memory', `${memory} MB`);
	}
}

function print(): void {
	const widths = [Math.max(...rows.map(({ what }) => what.length)), Math.max(...rows.map(({ value }) => value.length))];
	for (const { what, value, budget = '', missed = false } of rows) {
		const line = `${what.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)}  ${budget}`;
		console.log(`${line.trimEnd()}${missed ? '   MISSED' : ''}`);
	}
}

async function measure(folder: string): Promise<void> {
	if (process.argv[2] === 'traces') return measureTraces(folder);
	const alert = firstAlert();
	const ours = await measureLogs();
	hold('logs: cursor move', ours.cursor, budgets.cursor, 'B');
	hold('logs: page', ours.page, budgets.page, 'B');
	const file = logFile(folder);
	for (const [name, args] of [
		['less', [file]],
		['lnav', ['-N', file]],
	] as const) {
		const theirs = await measurePager(name, args);
		if (theirs === undefined) {
			note(`${name} is not installed`, '');
			continue;
		}
		const times = (one: number, other: number) => `ours is ${(one / other).toFixed(1)} times that`;
		note(`${name}: a line`, `${count(theirs.cursor)} B, ${times(ours.cursor, theirs.cursor)}`);
		note(`${name}: a page`, `${count(theirs.page)} B, ${times(ours.page, theirs.page)}`);
	}
	await measureReadings(folder);
	await measurePrints(folder);
	await measureTraces(folder);
	await measureAlerts(alert);
	await measureMemory(alert);
	const starts = await measureStarts(program, alert);
	note('node -e 0', `${Math.round(starts.node)} ms`);
	note('start to the first frame', `${Math.round(starts.frame)} ms`);
	note('start to the first alert', `${Math.round(starts.alert)} ms`);
	hold('first frame against node -e 0', starts.frame / starts.node, budgets.start, 'times');
}

const folder = mkdtempSync(join(tmpdir(), 'smokejumper-bench-'));
try {
	console.log(
		`smokejumper on its demo at ${size.columns}×${size.rows}, Node ${process.version}; medians of ${presses} keys`,
	);
	if (process.env.NODE_EXTRA_CA_CERTS) console.log('NODE_EXTRA_CA_CERTS is set, which slows every start of Node.');
	await measure(folder);
	print();
} finally {
	rmSync(folder, { recursive: true });
}
process.exit(rows.some(({ missed }) => missed) ? 1 : 0);
