import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type Milliseconds, second } from '../../model/time.ts';
import { authorityOf, type Target } from './authority.ts';

/** A forwarded port of `ssh`, which is begun with the first question and again when it has ended. */
export type Tunnel = {
	/** The port of 127.0.0.1 that leads to the target, once it does. Rejects with a `TunnelError`. */
	readonly port: () => Promise<number>;
	/** What `ssh` said last; empty when it said nothing. */
	readonly words: () => string;
};

/** `ssh` is missing, ended, or took too long. */
export class TunnelError extends Error {
	override readonly name = 'TunnelError';
	readonly reason: 'missing' | 'ended' | 'late';

	constructor(reason: TunnelError['reason'], words: string) {
		super(words);
		this.reason = reason;
	}
}

export type TunnelOptions = {
	/** As `ssh` takes it, so also a name of its configuration. */
	readonly ssh: string;
	readonly target: Target;
	/** `PATH`, in which `ssh` is looked for, `SSH_AUTH_SOCK` and the like. */
	readonly env: NodeJS.ProcessEnv;
	readonly now?: () => Milliseconds;
};

/** How long `ssh` may take to log in. */
export const longestLogin: Milliseconds = 20 * second;

/** After a failure, that failure is told for so long, twice as long after each: servers lock out who knocks too often. */
const [firstRest, longestRest]: readonly [Milliseconds, Milliseconds] = [2 * second, 60 * second];

/** Nothing is begun before the first question. */
export function createTunnel(options: TunnelOptions): Tunnel {
	const { now = () => performance.now() } = options;
	let running: Promise<Running> | undefined;
	let failed: { readonly error: unknown; readonly until: Milliseconds; readonly rest: Milliseconds } | undefined;
	let last: Running | undefined;

	async function run(): Promise<Running> {
		if (failed !== undefined && now() < failed.until) throw failed.error;
		try {
			last = await begin(options);
			failed = undefined;
			return last;
		} catch (error) {
			const rest = Math.min(longestRest, failed === undefined ? firstRest : 2 * failed.rest);
			failed = { error, rest, until: now() + rest };
			throw error;
		}
	}

	return {
		async port() {
			if (last?.isOver()) {
				running = undefined;
				last = undefined;
			}
			running ??= run().catch(error => {
				running = undefined;
				throw error;
			});
			return (await running).port;
		},
		words: () => last?.words() ?? '',
	};
}

type Running = { readonly port: number; readonly isOver: () => boolean; readonly words: () => string };

/**
 * Ends `ssh` when our end of the pipe is closed, as it is however this program ends, killed ones too. `ssh` itself looks
 * at no standard input; a command on the other side, which would end with it, is not allowed everywhere.
 */
const watchedSsh = `
exec 3<&0
ssh "$@" </dev/null 3<&- & child=$!
{ read -r _ <&3; kill "$child"; } 2>/dev/null & watch=$!
trap 'kill "$child" 2>/dev/null' HUP INT TERM
wait "$child"; status=$?
kill "$watch" 2>/dev/null
exit "$status"`;

/** A master of `ssh` that is there already would keep the port open when we are gone: it is left alone. */
const argumentsOf = ({ ssh, target }: TunnelOptions, port: number): readonly string[] => [
	...['-N', '-T', '-S', 'none'],
	...['BatchMode=yes', 'ExitOnForwardFailure=yes', 'ServerAliveInterval=15', 'LogLevel=INFO'].flatMap(each => [
		'-o',
		each,
	]),
	...['-L', `127.0.0.1:${port}:${authorityOf(target)}`, '--', ssh],
];

async function begin(options: TunnelOptions): Promise<Running> {
	const port = await freePort();
	const child = launch(argumentsOf(options, port), options.env);
	let words = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		words = lastLine(words + text);
	});
	let isOver = false;
	const ended = once(child, 'close').then(([code]): never => {
		isOver = true;
		throw new TunnelError(code === 127 ? 'missing' : 'ended', words.trim());
	});
	ended.catch(() => undefined);
	const waiting = new AbortController();
	try {
		await Promise.race([accepts(port, waiting.signal), ended]);
	} catch (error) {
		child.stdin.destroy();
		throw error;
	} finally {
		waiting.abort();
	}
	return { port, isOver: () => isOver, words: () => words.trim() };
}

/** None of it keeps the program from ending. Where there is no shell, `ssh` is ended with the program at least. */
function launch(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcessByStdio<Writable, null, Readable> {
	const stdio = ['pipe', 'ignore', 'pipe'] as const;
	const isWindows = process.platform === 'win32';
	const child = isWindows
		? spawn('ssh', args, { env, stdio: [...stdio], windowsHide: true })
		: spawn('/bin/sh', ['-c', watchedSsh, 'sh', ...args], { env, stdio: [...stdio] });
	if (isWindows) process.once('exit', () => child.kill());
	child.on('error', () => undefined);
	child.stdin.on('error', () => undefined);
	for (const each of [child, child.stdin, child.stderr])
		if ('unref' in each && each.unref instanceof Function) each.unref();
	return child;
}

/** Of what was said so far, the line that is still being said, or the last one. */
function lastLine(text: string): string {
	const lines = text.split(/\r?\n/).filter(line => line.trim() !== '');
	const last = lines.at(-1) ?? '';
	return `${last.slice(0, 500)}${/\n$/.test(text) ? '\n' : ''}`;
}

/** Resolves when somebody takes connections at the port. */
async function accepts(port: number, signal: AbortSignal): Promise<void> {
	const deadline = performance.now() + longestLogin;
	while (!(await isOpen(port))) {
		if (performance.now() > deadline) throw new TunnelError('late', '');
		await pause(50, undefined, { signal });
	}
}

const isOpen = (port: number): Promise<boolean> =>
	new Promise(resolve => {
		const socket = connect(port, '127.0.0.1');
		const answer = (open: boolean) => {
			socket.destroy();
			resolve(open);
		};
		socket.once('connect', () => answer(true)).once('error', () => answer(false));
	});

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	await once(server, 'close');
	if (address === null || typeof address === 'string') throw new Error('a port has no number');
	return address.port;
}
