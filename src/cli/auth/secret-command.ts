import { spawn } from 'node:child_process';
import { second } from '../../model/time.ts';
import { NoSecretError, type NoSecretHints } from './no-secret-error.ts';
import type { Surroundings } from './secret.ts';
import { longestSecret } from './secret-file.ts';

/** How a command ended. */
export type Run = {
	readonly stdout: string;
	/** `undefined` when a signal ended it. */
	readonly code: number | undefined;
	/** Its words may quote the secret: only that there were some is told. */
	readonly isComplaining: boolean;
};

/** Its own words may quote the secret, and it could ask nobody here. */
export const inShell: NoSecretHints = { next: 'Run it in a shell to see why, then press R.' };

/** What the command prints. It has no terminal: it could neither be seen nor answered under the screen of this program. */
export async function runSecretCommand(command: readonly string[], surroundings: Surroundings): Promise<string> {
	const { stdout, code } = await run(command, surroundings);
	if (code !== 0) throw new NoSecretError(`the command ${command[0]} failed (${code ?? 'killed'})`, inShell);
	return stdout;
}

/** Runs a program to its end; what takes too long is killed with all that it started. Rejects with a `NoSecretError` when it cannot be started, takes too long or prints too much. */
export function run(command: readonly string[], { env, longestRun = 10 * second }: Surroundings): Promise<Run> {
	const [program = '', ...words] = command;
	return new Promise((resolve, reject) => {
		const watch = beginWatch(env);
		// In a session of its own, which has no terminal that could be opened as /dev/tty, and whose processes end together.
		const child = spawn(program, words, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true, windowsHide: true });
		const printed: Buffer[] = [];
		let [length, isComplaining] = [0, false];
		const end = () => endAll(child.pid);
		watch?.stdin.write(`${child.pid ?? ''}\n`);
		const over = () => {
			clearTimeout(late);
			process.removeListener('exit', end);
			watch?.stdin.end('over\n');
		};
		const fail = (why: string, isMissing = false) => {
			over();
			end();
			child.stdout.destroy();
			child.stderr.destroy();
			reject(new NoSecretError(`the command ${program} ${why}`, { ...inShell, isMissing }));
		};
		const late = setTimeout(() => fail(`did not end within ${longestRun / second} s`), longestRun);
		process.once('exit', end);
		child.on('error', ({ code }: NodeJS.ErrnoException) =>
			fail(`failed (${code ?? 'unknown error'})`, code === 'ENOENT'),
		);
		child.stdout.on('data', (chunk: Buffer) => {
			printed.push(chunk);
			length += chunk.length;
			if (length > longestSecret) fail('printed too much for a secret');
		});
		child.stderr.on('data', () => {
			isComplaining = true;
		});
		child.on('close', code => {
			over();
			const stdout = Buffer.concat(printed).toString('utf8');
			resolve({ stdout, code: code ?? undefined, isComplaining });
		});
	});
}

/**
 * A process that ends another, whose number it is written, with all of its session when this program ends without a word,
 * as it does by a signal: no key of the terminal reaches what has a session of its own. A second line says that there is
 * nothing left to end.
 */
function beginWatch(env: NodeJS.ProcessEnv) {
	if (process.platform === 'win32') return undefined;
	const script = 'read -r pid && [ "$pid" ] || exit; read -r _ || kill -s KILL -- "-$pid"';
	const watch = spawn('/bin/sh', ['-c', script], { env, stdio: ['pipe', 'ignore', 'ignore'], detached: true });
	// Without it, what is left is what would have been left.
	watch.on('error', () => undefined).unref();
	watch.stdin.on('error', () => undefined);
	return watch;
}

/** The process and those of its group; those that are gone are no matter. */
function endAll(pid: number | undefined): void {
	if (pid === undefined) return;
	try {
		process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
	} catch {}
}
