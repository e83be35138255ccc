import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Running, run, type Size } from './terminal.ts';

export const program = 'dist/smokejumper.js';

/** The program on its demo at this address, in a pty. */
export const runDemo = (address: readonly string[], size?: Size): Running =>
	run(process.execPath, [program, 'demo', ...address], {}, size);

/** The program with these words, in a pty; nothing is configured in its home but what they say. */
export function runProgram(words: readonly string[], folder: string, size?: Size): Running {
	const home = join(folder, 'home');
	mkdirSync(home, { recursive: true });
	return run(process.execPath, [program, ...words], { HOME: home, SMOKEJUMPER_CONFIG_DIR: home }, size);
}

/** What it prints of its demo; also when that is a part of what there is (exit code 4). */
const printed = (address: readonly string[]): string =>
	spawnSync(process.execPath, [program, 'demo', ...address, '-o', 'json'], { encoding: 'utf8', maxBuffer: 2 ** 28 })
		.stdout;

/** A line of log as the program prints it, as far as the bench asks. */
export type PrintedLine = {
	readonly line: string;
	readonly message: string;
	readonly requestId?: string;
	readonly traceId?: string;
};

/** The lines at this address, oldest first. */
export const printedLines = (address: readonly string[]): readonly PrintedLine[] =>
	printed(address)
		.split('\n')
		.slice(0, -1)
		.map((line): PrintedLine => JSON.parse(line))
		.reverse();

/** The name of the alert that the demo lists first. */
export function firstAlert(): string {
	const { alerts }: { readonly alerts: readonly { readonly name: string }[] } = JSON.parse(printed(['alerts']));
	return alerts[0]?.name ?? '';
}
