import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build } from 'esbuild';
import { median } from './median.ts';
import { processorTime } from './process-costs.ts';
import { runProgram } from './program.ts';
import { shownBy } from './shown.ts';
import { pause, type Running } from './terminal.ts';

/** How the program fares for whoever looks at the panels of a service, with the window live. */
export type Faring = {
	/** Milliseconds from a key to the first byte of what it changes: the median, and the longest. */
	readonly key: number;
	readonly longest: number;
	/** Frames a second while keys are pressed, and while none is. */
	readonly frames: number;
	readonly idleFrames: number;
	/** Bytes a second and percent of one processor while none is; that only where the system says. */
	readonly idleBytes: number;
	readonly idleWork: number | undefined;
};

const stalling = ['prometheus', 'loki', 'tempo'] as const;
const presses = 60;
const pressEvery = 100;
const idleFor = 6000;

/** With all backends well, and with three of the four stalling in the midst of it. */
export async function measureStall(folder: string): Promise<{ readonly well: Faring; readonly stalled: Faring }> {
	const servers = await startServers(folder);
	const urls = Object.entries(servers.urls).flatMap(([backend, url]) => [`--${backend}-url`, url]);
	const running = runProgram([...urls, 'service', 'concierge'], folder);
	const shown = await shownBy(running);
	await shown.sees(/RATE +[\d.]+\/s/);
	shown.close();
	// Far from either end of the axis, where a key would change nothing.
	running.press('H');
	await pause(3000);
	const well = await measureFaring(running);
	await servers.stall();
	// All of the panels are asked for anew.
	running.press('R');
	await pause(1000);
	const stalled = await measureFaring(running);
	running.kill();
	servers.child.disconnect();
	return { well, stalled };
}

async function startServers(folder: string) {
	const file = join(folder, 'demo-servers.mjs');
	const banner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
	await build({
		entryPoints: ['bench/demo-servers.ts'],
		outfile: file,
		bundle: true,
		platform: 'node',
		format: 'esm',
		banner: { js: banner },
		logLevel: 'warning',
	});
	const child: ChildProcess = fork(file, { execArgv: [] });
	const [urls]: readonly Readonly<Record<string, string>>[] = await once(child, 'message');
	const stall = async () => {
		child.send([...stalling]);
		await once(child, 'message');
	};
	return { child, urls: urls ?? {}, stall };
}

async function measureFaring(running: Running): Promise<Faring> {
	const heard = framesOf(running);
	const took: number[] = [];
	const began = performance.now();
	for (let press = 0; press < presses; press++) {
		took.push(await heard.after(press % 12 < 6 ? 'h' : 'l'));
		await pause(pressEvery);
	}
	const frames = (1000 * heard.count()) / (performance.now() - began);
	const idle = await measureIdle(running, heard.count);
	heard.stop();
	return { key: median(took), longest: Math.max(...took), frames, ...idle };
}

async function measureIdle(running: Running, count: () => number) {
	const before = { frames: count(), bytes: running.bytes(), work: processorTime(running), at: performance.now() };
	await pause(idleFor);
	const seconds = (performance.now() - before.at) / 1000;
	const work = processorTime(running);
	return {
		idleFrames: (count() - before.frames) / seconds,
		idleBytes: (running.bytes() - before.bytes) / seconds,
		idleWork: work === undefined || before.work === undefined ? undefined : (work - before.work) / 10 / seconds,
	};
}

/** What is written within so many milliseconds is one frame: the program writes each at once, but a pty may cut it. */
const together = 4;
const patience = 5000;

/** Counts the frames from now on, and tells how long after a key the next began. */
function framesOf(running: Running) {
	let [count, last] = [0, 0];
	let next: (() => void) | undefined;
	const stop = running.hears(() => {
		const now = performance.now();
		if (now - last > together) count++;
		last = now;
		next?.();
	});
	count = 0;
	const after = (key: string) =>
		new Promise<number>((resolve, reject) => {
			const pressed = performance.now();
			const timer = setTimeout(() => reject(new Error(`Nothing was drawn for ${key}.`)), patience);
			next = () => {
				clearTimeout(timer);
				next = undefined;
				resolve(performance.now() - pressed);
			};
			running.press(key);
		});
	return { count: () => count, after, stop };
}
