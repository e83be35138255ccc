import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mostHeld } from '../src/analysis/log-stretch.ts';
import { measureIdleBytes, measureWalk } from './idle.ts';
import type { KeyCost } from './keys.ts';
import { measureOpening } from './large-traces.ts';
import { longestWaitReading, measureManyLines, type Reading, type Searches } from './many-lines.ts';
import { type Moving, measureHtop, measureLongList, measurePager } from './pagers.ts';
import { measurePrinting, printCount } from './print-lines.ts';
import { firstAlert, printedLines, program, runDemo } from './program.ts';
import { measureLines, measureSpans, type Speed } from './reading-speed.ts';
import { measureScreens } from './screens.ts';
import { type Faring, measureStall } from './stall.ts';
import { measureStarts } from './start.ts';
import type { Figure, Peer, Row } from './table.ts';
import type { Size } from './terminal.ts';

/** What may be used at most; the issues and the README promise it. */
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

const sizes: readonly Size[] = [
	{ columns: 80, rows: 24 },
	{ columns: 200, rows: 60 },
];
const logs = ['logs', '--service', 'berths'] as const;

/** A part of the table: measures, and keeps what it needs in the folder. */
export type Part = (folder: string) => Promise<readonly Row[]>;

/** By the words that choose them; all of them where none is chosen. */
export const parts: Readonly<Record<string, Part>> = {
	start: startRows,
	logs: logRows,
	screens: screenRows,
	lines: lineRows,
	million: async folder => readingRows(1_000_000, folder),
	parse: parseRows,
	traces: traceRows,
	stall: stallRows,
	print: printRows,
};

const figure = (value: number, unit: string, most?: number): Figure => ({
	value,
	unit,
	...(most === undefined ? {} : { most }),
});

const peer = (name: string, values: readonly number[] | undefined): Peer => ({ name, ...(values && { values }) });

/** A key: its bytes and its milliseconds. */
const costRow = (what: string, { bytes, took }: KeyCost, peers: readonly Peer[], most?: number): Row => ({
	what,
	ours: [figure(bytes, 'B', most), figure(took, 'ms', budgets.move)],
	peers,
});

const costOf = (name: string, cost: KeyCost | undefined): Peer => peer(name, cost && [cost.bytes, cost.took]);

const sizeText = ({ columns, rows }: Size): string => `${columns}×${rows}`;

async function startRows(folder: string): Promise<readonly Row[]> {
	const file = logFile(folder);
	const { node, frame, alert, peers } = await measureStarts(program, firstAlert(), [
		{ name: 'less', args: [file], shows: /berth held/ },
		{ name: 'lnav', args: ['-N', file], shows: /berth held/ },
		{ name: 'htop', args: [], shows: /Quit/ },
	]);
	const others = [...peers].map(([name, took]) => peer(name, took === undefined ? undefined : [took]));
	return [
		{
			what: 'start to the first frame',
			ours: [figure(frame, 'ms')],
			peers: [peer('node -e 0', [node]), ...others],
		},
		{ what: 'the same against node -e 0', ours: [figure(frame / node, 'times', budgets.start)] },
		{ what: 'start to the first alert', ours: [figure(alert, 'ms')] },
	];
}

/** The same lines as on the logs screen, as a file for the pagers. */
function logFile(folder: string): string {
	const lines = printedLines(logs);
	if (lines.length < 1000) throw new Error(`The logs screen has ${lines.length} lines; 1000 are needed.`);
	const file = join(folder, 'incident.log');
	writeFileSync(file, lines.map(({ line }) => `${line}\n`).join(''));
	return file;
}

async function logRows(folder: string): Promise<readonly Row[]> {
	const file = logFile(folder);
	const rows: Row[] = [];
	for (const size of sizes) {
		const ours = await measureLogs(size);
		const less = await measurePager('less', [file], size);
		const lnav = await measurePager('lnav', ['-N', file], size);
		const isHeld = size.columns === 200;
		rows.push(
			...(['cursor', 'page'] as const).map(key => {
				const peers = [costOf('less', less?.[key]), costOf('lnav', lnav?.[key])];
				const what = `logs ${sizeText(size)}, ${keyNames[key]}`;
				return costRow(what, ours[key], peers, isHeld ? budgets[key] : undefined);
			}),
		);
	}
	const { bytes, seconds } = await measureIdleBytes(logs);
	const memory = await measureWalk(firstAlert());
	return [
		...rows,
		{ what: `logs, ${seconds} s in which nothing changes`, ours: [figure(bytes, 'B', budgets.idle)] },
		{ what: 'memory after a walk from alert to trace', ours: [figure(memory, 'MB')] },
	];
}

const keyNames = { cursor: 'cursor', page: 'page' } as const;

async function measureLogs(size: Size): Promise<Moving> {
	const running = runDemo(logs, size);
	await running.writes('1000');
	await running.settles(400);
	running.press(' ');
	await running.settles(400);
	const measured = await measureLongList(running);
	running.kill();
	return measured;
}

async function screenRows(folder: string): Promise<readonly Row[]> {
	const measured = await measureScreens(firstAlert(), folder, sizes);
	const htop = new Map<Size, KeyCost | undefined>();
	for (const size of sizes) htop.set(size, await measureHtop(size));
	return measured.flatMap(({ name, size, cursor, page }) => {
		const what = `${name} ${sizeText(size)}`;
		// htop is a list beside which nothing is told, as that of the silences is.
		const beside = name === 'silences' ? [costOf('htop', htop.get(size))] : [];
		return [
			costRow(`${what}, ${keyNames.cursor}`, cursor, beside),
			...(page === undefined ? [] : [costRow(`${what}, ${keyNames.page}`, page, [])]),
		];
	});
}

/** As many lines as are held at once, and a tenth of them. */
async function lineRows(folder: string): Promise<readonly Row[]> {
	const few = await readingRows(10_000, folder);
	const many = await readingRows(mostHeld, folder);
	const wait = await longestWaitReading(30_000, folder);
	return [...few, ...many, { what: 'longest wait for a key while older lines come', ours: [figure(wait, 'ms')] }];
}

/** Where there are more than are held, those that were read last are. */
async function readingRows(count: number, folder: string): Promise<readonly Row[]> {
	const isHeld = count <= mostHeld;
	const isFull = count === mostHeld;
	const { read, ours, lnav, less, searches } = await measureManyLines(count, folder, {
		jumps: isHeld,
		searches: isFull,
	});
	const what = `${count.toLocaleString('en-US')} lines`;
	const others = (values: (reading: Reading) => readonly number[]): readonly Peer[] => [
		peer('lnav', lnav && values(lnav)),
		peer('less', less && values(less)),
	];
	const { memory, peak = memory, cursor, jump } = ours;
	const held = isHeld ? '' : `, the oldest ${mostHeld.toLocaleString('en-US')} held`;
	return [
		{ what: `${what}, read on to the oldest`, ours: [figure(read / 1000, 's')] },
		{
			what: `${what}, memory${held}`,
			ours: [figure(memory, 'MB', isFull ? budgets.memory : undefined)],
			peers: others(reading => [reading.memory]),
		},
		{ what: `${what}, memory at its peak`, ours: [figure(peak, 'MB')] },
		costRow(
			`${what}, cursor`,
			cursor,
			others(reading => [reading.cursor.bytes, reading.cursor.took]),
			budgets.cursor,
		),
		...(jump === undefined
			? []
			: [
					{
						what: `${what}, to the last`,
						ours: [figure(jump, 'ms', budgets.jump)],
						peers: others(reading => (reading.jump === undefined ? [] : [reading.jump])),
					},
				]),
		...(searches === undefined ? [] : searchRows(what, searches)),
	];
}

function searchRows(what: string, { ours, wait, lnav, loop }: Searches): readonly Row[] {
	const peers = (key: 'counted' | 'slowest') => [peer('lnav', lnav && [lnav[key]]), peer('a plain loop', [loop[key]])];
	return [
		{ what: `${what}, search, all counted`, ours: [figure(ours.counted, 'ms')], peers: peers('counted') },
		{
			what: `${what}, the slowest of six`,
			ours: [figure(ours.slowest, 'ms', budgets.search)],
			peers: peers('slowest'),
		},
		{ what: `${what}, longest wait for a key meanwhile`, ours: [figure(wait, 'ms', budgets.wait)] },
	];
}

async function parseRows(): Promise<readonly Row[]> {
	const row = (what: string, { ours, parse }: Speed): Row => ({
		what,
		ours: [figure(ours, '/s')],
		peers: [peer('JSON.parse', [parse])],
	});
	return [
		row('spans laid out, of 5,000', await measureSpans(5000)),
		row('spans laid out, of 100,000', await measureSpans(100_000)),
		row('lines read: fields, level, no secrets', await measureLines(100_000)),
	];
}

/** Large traces beside `JSON.parse` of what Tempo answers: no other program draws them in a terminal. */
async function traceRows(folder: string): Promise<readonly Row[]> {
	const rows: Row[] = [];
	for (const [spans, most] of [
		[5000, budgets.openFew],
		[100_000, budgets.openMany],
	] as const) {
		const measured = await measureOpening(program, folder, spans);
		const { megabytes, opened, worked, parse, wait, move, zoom, fold, memory } = measured;
		const what = `${spans.toLocaleString('en-US')} spans`;
		rows.push(
			{
				what: `${what}, ${Math.round(megabytes)} MB: last byte to flame graph`,
				ours: [figure(opened, 'ms', most)],
				peers: [peer('JSON.parse', [parse])],
			},
			...(worked === undefined ? [] : [{ what: `${what}, the main thread at work`, ours: [figure(worked, 'ms')] }]),
			// Absent when it was open before a key was heard.
			...(wait === undefined
				? []
				: [{ what: `${what}, longest wait for a key meanwhile`, ours: [figure(wait, 'ms', budgets.wait)] }]),
			{
				what: `${what}, move, zoom, fold`,
				ours: [move, zoom, fold].map(value => figure(value, 'ms', budgets.move)),
			},
			{ what: `${what}, memory`, ours: [figure(memory, 'MB')] },
		);
	}
	return rows;
}

async function stallRows(folder: string): Promise<readonly Row[]> {
	const { well, stalled } = await measureStall(folder);
	const row = (what: string, values: (faring: Faring) => readonly Figure[]): Row => ({
		what,
		ours: values(stalled),
		peers: [
			peer(
				'ours, none stalls',
				values(well).map(({ value }) => value),
			),
		],
	});
	return [
		row('three stall: a key, median and longest', ({ key, longest }) => [
			figure(key, 'ms', budgets.move),
			figure(longest, 'ms', budgets.wait),
		]),
		row('three stall: frames, ten keys a second', ({ frames }) => [figure(frames, '/s')]),
		row('three stall: no key', ({ idleFrames, idleBytes, idleWork }) => [
			figure(idleFrames, 'frames/s'),
			figure(idleBytes, 'B/s'),
			...(idleWork === undefined ? [] : [figure(idleWork, '% CPU')]),
		]),
	];
}

/** Milliseconds until a Loki begins to answer: what the slowest of the recorded ones (3.4.6, on one machine) says it took. */
const serviceTime = 30;

/** Lines as JSON, from a server as quick as the recorded one, from a slower one, and from one that answers at once. */
async function printRows(folder: string): Promise<readonly Row[]> {
	const rows: Row[] = [];
	for (const time of [serviceTime, 50, 0]) {
		const { ours, curl, parse, parseAlone, size, answers } = await measurePrinting(program, folder, time);
		const what = `${printCount.toLocaleString('en-US')} lines as JSON, answers after ${time} ms`;
		const most = time === serviceTime ? budgets.printing : undefined;
		rows.push(
			{
				what,
				ours: [figure(ours, 'ms')],
				peers: [
					peer(`curl of ${answers} answers, ${Math.round(size)} MB`, [curl]),
					peer('node and JSON.parse', [parse]),
					peer('JSON.parse', [parseAlone]),
				],
			},
			{ what: '  against curl and node with JSON.parse', ours: [figure(ours / (curl + parse), 'times', most)] },
			{ what: '  against curl and JSON.parse alone', ours: [figure(ours / (curl + parseAlone), 'times')] },
		);
	}
	return rows;
}
