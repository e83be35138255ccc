import { mkdirSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { median } from './median.ts';
import { freePort, type Holding, openProbe, type Probe, probed } from './probe.ts';
import { createWalker } from './soak-walk.ts';
import { type Running, run, size } from './terminal.ts';

/**
 * A long watch: the built program on its demo, whose time passes a hundred times as fast, for 24 hours of incident; walked
 * through again and again. Prints what it holds, hour by hour, and exits with 1 when that grows after the first hour.
 *
 *     npm run soak                       24 hours of incident: some 15 minutes
 *     npm run soak -- --hours 2
 *     npm run soak -- --snapshots        leaves a snapshot of the heap in dist/ after the first hour and at the end, which
 *                                        takes memory of its own: not for a verdict
 */

const program = 'dist/smokejumper.js';
const speed = 100;
const minute = 60_000 / speed;
const hour = 60 * minute;
/** A walk begins so often, or when the one before is done. */
const walkEvery = 4 * minute;
/** A tenth. */
const mostGrowth = 1.1;
const megabyte = 2 ** 20;

type Sample = Holding & { readonly bytes: number; readonly walks: number };
/** What was seen in one hour of the incident, in order: at least once. */
type Hour = readonly Sample[];

const option = (name: string): string | undefined => {
	const at = process.argv.indexOf(name);
	return at === -1 ? undefined : (process.argv[at + 1] ?? '');
};

const hours = Number(option('--hours') ?? 24);
if (!Number.isInteger(hours) || hours < 2) throw new Error('--hours is a whole number, 2 at least.');
const takesSnapshots = process.argv.includes('--snapshots');

const amountsOf = {
	heap: ({ heap }: Sample) => heap,
	'heap and buffers': ({ heap, external }: Sample) => heap + external,
	'resident memory': ({ resident }: Sample) => resident,
};

/** What must not become more: the least of the last hour is held against the most of the first. */
const countsOf = {
	timers: ({ timers }: Sample) => timers,
	handles: ({ handles }: Sample) => handles,
	listeners: ({ listeners }: Sample) => listeners,
	files: ({ files = 0 }: Sample) => files,
	sockets: ({ sockets = 0 }: Sample) => sockets,
};

/** Walks until the time is up, and looks after each walk. */
async function watch(running: Running, probe: Probe): Promise<readonly Hour[]> {
	const walker = await createWalker(running);
	const began = performance.now();
	const passed = () => performance.now() - began;
	const seen: Sample[][] = [];
	let number = 0;
	await walker.seeAll();
	for (let walks = 1; passed() < hours * hour; walks++) {
		const due = passed() + walkEvery;
		const isNew = passed() >= number * hour;
		if (isNew) {
			if (number > 0) tellHour(number, seen.at(-1) ?? []);
			if (takesSnapshots && number === 1) await keepSnapshot(probe, 'first');
			number = Math.max(1, Math.ceil(passed() / hour));
			seen.push([]);
		}
		await walker.walk();
		seen.at(-1)?.push({ ...(await probe.holds()), bytes: running.bytes(), walks });
		await pause(Math.max(0, due - passed()));
	}
	tellHour(number, seen.at(-1) ?? []);
	if (takesSnapshots) await keepSnapshot(probe, 'last');
	walker.leave();
	return seen;
}

async function keepSnapshot(probe: Probe, name: string): Promise<void> {
	const pieces: string[] = [];
	await probe.snapshot(piece => void pieces.push(piece));
	mkdirSync('dist', { recursive: true });
	writeFileSync(`dist/soak-${name}.heapsnapshot`, pieces.join(''));
}

const titles = ['hour', 'walks', 'heap', 'buffers', 'resident', 'timers', 'handles', 'listeners', 'files', 'sockets'];
const widths = titles.map(title => Math.max(8, title.length + 2));
const tellRow = (cells: readonly (string | number)[]): void =>
	console.log([...cells].map((cell, at) => `${cell}`.padStart(widths[at] ?? 8)).join(''));

const megabytes = (bytes: number): string => `${(bytes / megabyte).toFixed(1)} MB`;
const medianOf = (seen: Hour, amount: (sample: Sample) => number): number => median(seen.map(amount));
const leastAndMost = (seen: Hour, count: (sample: Sample) => number): string => {
	const counts = seen.map(count);
	const [least, most] = [Math.min(...counts), Math.max(...counts)];
	return least === most ? `${least}` : `${least}–${most}`;
};

/** Medians of what it held; of what is counted, the least and the most. */
function tellHour(number: number, seen: Hour): void {
	const last = seen.at(-1);
	tellRow([
		number,
		last?.walks ?? 0,
		...[amountsOf.heap, ({ external }: Sample) => external, amountsOf['resident memory']].map(amount =>
			megabytes(medianOf(seen, amount)),
		),
		...Object.values(countsOf).map(count => leastAndMost(seen, count)),
	]);
}

/** Sentences on what has grown; empty when nothing has. */
function growth(seen: readonly Hour[]): readonly string[] {
	const [first = [], ...later] = seen;
	const atFirst = first.slice(-3);
	const told: string[] = [];
	for (const [what, amount] of Object.entries(amountsOf)) {
		const before = medianOf(atFirst, amount);
		const most = Math.max(...later.map(each => medianOf(each, amount)));
		const share = `${((most / before - 1) * 100).toFixed(1)} %`;
		console.log(`${what}: ${megabytes(before)} after the first hour, at most ${megabytes(most)} later: ${share}`);
		if (most > before * mostGrowth) told.push(`${what} has grown by ${share}`);
	}
	const last = later.at(-1) ?? [];
	for (const [what, count] of Object.entries(countsOf)) {
		const [most, least] = [Math.max(...first.map(count)), Math.min(...last.map(count))];
		if (least > most) told.push(`${what}: never less than ${least} in the last hour, at most ${most} in the first`);
	}
	return told;
}

async function soak(): Promise<boolean> {
	const port = await freePort();
	const running = run(process.execPath, [...probed(port), program, 'demo', '--speed', `${speed}`, '--no-slow-link']);
	const warnings: string[] = [];
	running.hears(bytes => warnings.push(...(bytes.match(/\w*Warning: [^\r\n]*/g) ?? [])));
	try {
		await running.writes('ConciergeBookingErrors');
		const probe = await openProbe(port, running.pid);
		const seen = await watch(running, probe);
		const { worked } = seen.at(-1)?.at(-1) ?? { worked: 0 };
		probe.close();
		await running.ended;
		const spent = Math.round(worked / 1000);
		console.log(`${spent} s of processor time, ${megabytes(running.bytes())} written to the terminal`);
		const grown = [...growth(seen), ...new Set(warnings)];
		for (const sentence of grown) console.log(`MISSED  ${sentence}`);
		if (grown.length === 0) console.log('Nothing grows, and nothing is left behind.');
		return grown.length === 0;
	} finally {
		running.kill();
	}
}

console.log(
	`smokejumper on its demo, ${speed} times as fast, at ${size.columns}×${size.rows}, Node ${process.version}: ${hours} h of incident`,
);
tellRow(titles);
process.exit((await soak()) ? 0 : 1);
