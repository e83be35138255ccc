import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Debian's packages, each with a binary of its name; `.ci/run` installs them. */
const packages = ['prometheus', 'prometheus-alertmanager', 'victoria-metrics'] as const;

/** Those that Debian keeps out of the path of users. */
const between = {
	nginx: '/usr/sbin/nginx',
	'openssh-server': '/usr/sbin/sshd',
	'openssh-client': '/usr/bin/ssh',
} as const;

export type Binary = (typeof packages)[number] | 'vmalert' | 'vmauth' | (typeof between)[keyof typeof between];

/** Servers of one test: processes of its own, in a folder of their own. */
export type Processes = {
	readonly folder: string;
	readonly start: (binary: Binary, args: readonly string[]) => void;
	/** Ends every process and removes the folder. */
	readonly stop: () => Promise<void>;
};

/** Throws when a binary is missing: a live test that cannot run has failed. */
export function createProcesses(): Processes {
	const folder = mkdtempSync(join(tmpdir(), 'smokejumper-live-'));
	const children: ChildProcess[] = [];
	return {
		folder,
		start: (binary, args) => {
			if (spawnSync(binary, ['--version']).error !== undefined) {
				throw new Error(
					`${binary} is not installed. On Debian: apt-get install ${[...packages, ...Object.keys(between)].join(' ')}`,
				);
			}
			children.push(spawn(binary, [...args], { stdio: 'ignore' }));
		},
		stop: async () => {
			await Promise.all(children.map(ended));
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

const ended = (child: ChildProcess): Promise<void> =>
	new Promise(resolve => {
		if (child.exitCode !== null || child.signalCode !== null) return resolve();
		child.once('exit', () => resolve());
		child.kill('SIGTERM');
	});

export async function freePort(): Promise<number> {
	const socket = createSocket();
	await new Promise<void>(resolve => socket.listen(0, '127.0.0.1', resolve));
	const address = socket.address();
	await new Promise(resolve => socket.close(resolve));
	if (address === null || typeof address === 'string') throw new Error('The socket has no port.');
	return address.port;
}

/** Asks until it is so; what does not become so in 100 s has failed. */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
	const deadline = performance.now() + 100_000;
	while (performance.now() < deadline) {
		if (await isSo().catch(() => false)) return;
		await new Promise(resolve => setTimeout(resolve, 100));
	}
	throw new Error(`Waited 100 s for ${what}.`);
}
