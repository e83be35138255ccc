import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type Milliseconds, second } from '../../model/time.ts';
import { authorityOf, type Target } from './authority.ts';

/** Where `ssh` takes connections: a unix socket, or a port of 127.0.0.1 where there are none. */
export type Entrance = { readonly path: string } | { readonly port: number };

/** What `ssh` forwards, while it does. */
export type Forward = {
	readonly entrance: Entrance;
	readonly isOver: () => boolean;
	/** What `ssh` said last; empty when it said nothing. */
	readonly words: () => string;
	readonly end: () => void;
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

export type ForwardOptions = {
	/** As `ssh` takes it, so also a name of its configuration. */
	readonly ssh: string;
	readonly target: Target;
	/** `PATH`, in which `ssh` is looked for, `SSH_AUTH_SOCK` and the like. */
	readonly env: NodeJS.ProcessEnv;
};

/** How long `ssh` may take to log in. */
export const longestLogin: Milliseconds = 20 * second;

/** Resolves when connections are taken. Rejects with a `TunnelError`; nothing is left running then. */
export async function openForward(options: ForwardOptions): Promise<Forward> {
	const { child, entrance } = await (process.platform === 'win32' ? launchAlone(options) : launch(options));
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
	const end = () => void child.stdin.destroy();
	try {
		await Promise.race([accepts(entrance, waiting.signal), ended]);
	} catch (error) {
		end();
		throw error;
	} finally {
		waiting.abort();
	}
	return { entrance, isOver: () => isOver, words: () => words.trim(), end };
}

/**
 * In a folder of its own, into which nobody else can look: others who are logged in here could connect to a port, or take
 * it while `ssh` logs in and be sent what is meant for the backend. `ssh` reads neither blanks nor colons in the path,
 * and the system none that is longer than some 100 bytes.
 */
function ownSocket(): string {
	const usual = tmpdir();
	const parent = /^[\w./+-]{1,70}$/.test(usual) ? usual : '/tmp';
	return join(mkdtempSync(join(parent, 'smokejumper-ssh-')), 'to');
}

/**
 * Forwards until our end of the pipe is closed, as it is however this program ends, killed ones too: `ssh` itself looks at
 * no standard input, and a command on the other side, which would end with it, is not allowed everywhere. A master
 * connection that the operator has open already is asked first: where a login wants a second factor there is no other.
 * What tidies up heeds no signal: a terminal that is closed sends one to it, too.
 * Arguments: the host, the socket, what is forwarded, and those of an `ssh` of our own.
 */
const watched = `
host=$1 socket=$2 forward=$3; shift 3
exec 3<&0 </dev/null
trap 'over=yes; kill "$child" 2>/dev/null' HUP INT TERM
{ read -r _ <&3; kill -s TERM "$$"; } 2>/dev/null & watch=$!
exec 3<&-
run() { ssh "$@" & child=$!; wait "$child"; }
master() { run -O "$1" -o BatchMode=yes -L "$forward" -- "$host" >/dev/null 2>&1; }
status=0
if master check && master forward; then
	[ "$over" ] || wait "$watch"
	trap '' HUP INT TERM
	master cancel
elif [ -z "$over" ]; then
	run "$@"; status=$?
fi
trap '' HUP INT TERM
kill "$watch" 2>/dev/null
PATH=$PATH:/usr/bin:/bin
rm -f "$socket"; rmdir "\${socket%/*}"
exit "$status"`;

const argumentsOf = ({ ssh }: ForwardOptions, forward: string): readonly string[] => [
	...['-N', '-T', '-S', 'none'],
	...['BatchMode=yes', 'ExitOnForwardFailure=yes', 'ServerAliveInterval=15', 'LogLevel=INFO'].flatMap(each => [
		'-o',
		each,
	]),
	...['-L', forward, '--', ssh],
];

type Child = ChildProcessByStdio<Writable, null, Readable>;

type Launched = Pick<Forward, 'entrance'> & { readonly child: Child };

function launch(options: ForwardOptions): Launched {
	const { ssh, target, env } = options;
	const path = ownSocket();
	const forward = `${path}:${authorityOf(target)}`;
	const words = ['-c', watched, 'sh', ssh, path, forward, ...argumentsOf(options, forward)];
	const child = spawn('/bin/sh', words, { env, stdio: ['pipe', 'ignore', 'pipe'] });
	return { entrance: { path }, child: holdingNothing(child) };
}

/** Where there is no shell, `ssh` is ended with the program at least. */
async function launchAlone(options: ForwardOptions): Promise<Launched> {
	const { target, env } = options;
	const port = await freePort();
	const words = argumentsOf(options, `127.0.0.1:${port}:${authorityOf(target)}`);
	const child = spawn('ssh', words, { env, stdio: ['pipe', 'ignore', 'pipe'], windowsHide: true });
	const end = () => void child.kill();
	process.once('exit', end);
	child.once('close', () => process.off('exit', end)).stdin.once('close', end);
	return { entrance: { port }, child: holdingNothing(child) };
}

/** None of it keeps the program from ending. */
function holdingNothing(child: Child): Child {
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

/** Resolves when somebody takes connections there. */
async function accepts(entrance: Entrance, signal: AbortSignal): Promise<void> {
	const deadline = performance.now() + longestLogin;
	while (!(await isOpen(entrance))) {
		if (performance.now() > deadline) throw new TunnelError('late', '');
		await pause(50, undefined, { signal });
	}
}

const isOpen = (entrance: Entrance): Promise<boolean> =>
	new Promise(resolve => {
		const socket = connect('path' in entrance ? entrance : { ...entrance, host: '127.0.0.1' });
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
