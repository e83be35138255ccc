import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join, resolve } from 'node:path';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { expect, onTestFinished } from 'vitest';
import type { Shell } from '../../../src/cli/completion/shell-scripts.ts';
import { emptyFolder } from '../folder.ts';

/** A shell in a terminal, into which the completion was read as README says. */
export type Completing = {
	/** Types, and presses tab until the line, without the prompt, is this; `wanted` may also be listed below it. */
	completes(typed: string, wanted: string): Promise<void>;
};

/** Labels of the Loki that the shell's environment names. */
const labels: Readonly<Record<string, readonly string[]>> = { app: ['ferry', 'night desk'], service_name: ['harbour'] };

/** How a shell starts without anybody's settings, and reads our words. */
const starts: Readonly<Record<Shell, { readonly args: readonly string[]; readonly script: string }>> = {
	bash: { args: ['--noprofile', '--norc', '-i'], script: "PS1='> '; source <(smokejumper completion bash)" },
	zsh: {
		args: ['-f', '-i'],
		script: "PS1='> '; autoload -Uz compinit; compinit -u -D; source <(smokejumper completion zsh)",
	},
	fish: {
		args: ['--no-config', '-i'],
		script: "function fish_prompt; printf '> '; end; smokejumper completion fish | source",
	},
};

export async function openShell(shell: Shell): Promise<Completing> {
	const home = emptyFolder();
	const programs = join(home, 'programs');
	mkdirSync(programs);
	for (const name of ['smokejumper', 'sj']) symlinkSync(resolve('dist/smokejumper.js'), join(programs, name));
	writeFileSync(join(home, 'traces.json'), '{}');
	const { args, script } = starts[shell];
	const pty = spawn(shell, [...args], {
		cols: 100,
		rows: 30,
		name: 'xterm-256color',
		cwd: home,
		env: {
			PATH: `${programs}${delimiter}${process.env.PATH}`,
			HOME: home,
			LANG: 'C.UTF-8',
			SMOKEJUMPER_LOKI_URL: await loki(),
		},
	});
	onTestFinished(() => pty.kill('SIGKILL'));
	const terminal = new xterm.Terminal({ cols: 100, rows: 30, allowProposedApi: true });
	pty.onData(chunk => terminal.write(chunk));
	// Some shells ask the terminal who it is, and wait for its answer.
	terminal.onData(answer => pty.write(answer));
	const screen = () => {
		const { active } = terminal.buffer;
		return Array.from({ length: terminal.rows }, (_, y) => active.getLine(y)?.translateToString(true) ?? '').join('\n');
	};
	const sees = (wanted: string, meanwhile = () => {}) =>
		expect
			.poll(
				() => {
					meanwhile();
					return screen();
				},
				{ timeout: 25_000, interval: 700 },
			)
			.toContain(wanted);
	pty.write(`${script}; clear; echo ready\r`);
	await sees('ready\n');
	await sees('> ');
	return {
		completes: async (typed, wanted) => {
			pty.write(typed);
			await sees(`> ${typed}`.trimEnd());
			await sees(wanted, () => pty.write('\t'));
			// The line is taken back, and the screen emptied.
			pty.write('\x15\x0c');
			await expect.poll(screen, { timeout: 10_000 }).not.toContain(wanted);
		},
	};
}

/** A Loki that knows its labels and nothing else. */
async function loki(): Promise<string> {
	const server = createServer(({ url = '' }, response) => {
		const [, name] = /\/label\/(\w+)\/values/.exec(url) ?? [];
		const data = name === undefined ? Object.keys(labels) : (labels[name] ?? []);
		response.setHeader('content-type', 'application/json').end(JSON.stringify({ status: 'success', data }));
	});
	await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
	onTestFinished(() => void server.close());
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
