import { spawn } from 'node:child_process';
import { once } from 'node:events';

export type Ran = { readonly stdout: string; readonly stderr: string; readonly exitCode: number | null };

export type Started = {
	readonly kill: (signal: NodeJS.Signals) => void;
	/** Stops reading what it prints, as `head` does. */
	readonly hangUp: () => void;
	readonly firstOutput: Promise<unknown>;
	readonly ran: Promise<Ran>;
};

/** The built program outside a terminal, without anything of the operator's own surroundings. */
export function startBuilt(args: readonly string[], env: Readonly<Record<string, string>> = {}): Started {
	const child = spawn(process.execPath, ['dist/smokejumper.js', ...args], {
		env: { PATH: process.env.PATH ?? '', HOME: '/nowhere', LANG: 'C.UTF-8', TZ: 'UTC', ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
		timeout: 30_000,
		killSignal: 'SIGKILL',
	});
	const out: Buffer[] = [];
	const told: Buffer[] = [];
	child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
	child.stderr.on('data', (chunk: Buffer) => told.push(chunk));
	return {
		kill: signal => child.kill(signal),
		hangUp: () => child.stdout.destroy(),
		firstOutput: once(child.stdout, 'data'),
		ran: once(child, 'close').then(() => ({
			stdout: Buffer.concat(out).toString(),
			stderr: Buffer.concat(told).toString(),
			exitCode: child.exitCode,
		})),
	};
}

export const runBuilt = (args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran> =>
	startBuilt(args, env).ran;

/** What it prints as JSON. */
export async function jsonOf(...args: readonly string[]): Promise<{ readonly [name: string]: unknown }> {
	const { stdout } = await runBuilt([...args, '-o', 'json']);
	return JSON.parse(stdout);
}

/** What it prints as lines of JSON. */
export async function jsonLinesOf(...args: readonly string[]): Promise<readonly unknown[]> {
	const { stdout } = await runBuilt([...args, '-o', 'json']);
	return stdout
		.split('\n')
		.slice(0, -1)
		.map(line => JSON.parse(line));
}
