import { residentMemory } from './process-costs.ts';
import { runDemo } from './program.ts';
import { pause } from './terminal.ts';

const seconds = 5;

/** What is written at this address while nothing changes: paused. */
export async function measureIdleBytes(address: readonly string[]) {
	const running = runDemo(address);
	await running.writes('1000');
	await running.settles(400);
	running.press(' ');
	await running.settles(400);
	const before = running.bytes();
	await pause(seconds * 1000);
	const bytes = running.bytes() - before;
	running.kill();
	return { bytes, seconds };
}

/** Resident memory in MB after a walk: alerts, panels, logs of a request, its trace, and back. */
export async function measureWalk(alert: string): Promise<number> {
	const running = runDemo([]);
	await running.writes(alert);
	for (const key of ['\r', '\r', '\r', '\r', '\x1b', '\x1b', '\x1b']) {
		await running.settles(400);
		running.press(key);
	}
	await running.settles(400);
	const memory = residentMemory(running);
	running.kill();
	return memory;
}
