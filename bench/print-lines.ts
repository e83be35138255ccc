import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type LinesServer, makeLines, serveLines } from './lines-server.ts';
import { median } from './median.ts';

export const printCount = 40_000;
const turns = 7;

/** Medians in milliseconds of what it costs to print lines as JSON. */
export type Printing = {
	/** Our program, from its start to its end, into a file. */
	readonly ours: number;
	/** `curl` with the very URLs that we asked for, one after the other in one process, into files. */
	readonly curl: number;
	/** `node`, from its start to its end, that reads these files and parses them. */
	readonly parse: number;
	/** Of that, reading and parsing alone. */
	readonly parseAlone: number;
	/** Megabytes of the answers. */
	readonly size: number;
	/** Answers with lines. */
	readonly answers: number;
};

const parser = `
	const { readFileSync } = require('node:fs');
	const began = performance.now();
	for (const file of process.argv.slice(1)) JSON.parse(readFileSync(file, 'utf8'));
	process.stdout.write(String(performance.now() - began));`;

/**
 * The runs take turns, so that a busy moment of the machine meets all of them. What starts as a process of its own is
 * measured with its start: ours, `curl`, and the `node` that parses.
 */
export async function measurePrinting(program: string, folder: string, serviceTime: number): Promise<Printing> {
	const server = await serveLines(makeLines(printCount, Date.now()), serviceTime);
	const took = { ours: [] as number[], curl: [] as number[], parse: [] as number[], parseAlone: [] as number[] };
	let asked: readonly string[] = [];
	let files: readonly string[] = [];
	for (let turn = 0; turn < turns; turn++) {
		const before = server.asked.length;
		took.ours.push(await printAll(program, folder, server));
		asked = server.asked.slice(before);
		files = asked.map((_, index) => join(folder, `answer-${index}.json`));
		took.curl.push((await timed('curl', curlArguments(asked, files, server))).took);
		const { took: whole, written } = await timed(process.execPath, ['-e', parser, ...files]);
		took.parse.push(whole);
		took.parseAlone.push(Number(written));
	}
	server.close();
	return {
		ours: median(took.ours),
		curl: median(took.curl),
		parse: median(took.parse),
		parseAlone: median(took.parseAlone),
		size: files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6,
		answers: asked.length,
	};
}

async function printAll(program: string, folder: string, { url }: LinesServer): Promise<number> {
	const home = join(folder, 'home');
	mkdirSync(home, { recursive: true });
	const limit = String(printCount);
	const words = ['logs', '{service_name="pier"}', '--since', '40m', '--limit', limit, '-o', 'json'];
	const file = join(folder, 'printed.json');
	const { took } = await timed(process.execPath, [program, '--loki-url', url, ...words], { file, home });
	return took;
}

function curlArguments(asked: readonly string[], files: readonly string[], { url }: LinesServer): readonly string[] {
	const each = asked.flatMap((path, index) => ['-o', files[index] ?? '', `${url}${path}`]);
	return ['-sS', '--fail', '-H', 'X-Loki-Response-Encoding-Flags: categorize-labels', ...each];
}

/** Runs a command to its end; its output goes into a file where one is named. */
async function timed(
	command: string,
	args: readonly string[],
	into?: { readonly file: string; readonly home: string },
) {
	const out = into === undefined ? 'pipe' : openSync(into.file, 'w');
	const home = into === undefined ? {} : { HOME: into.home, SMOKEJUMPER_CONFIG_DIR: into.home };
	const began = performance.now();
	const child = spawn(command, args, { stdio: ['ignore', out, 'inherit'], env: { ...process.env, ...home } });
	let written = '';
	child.stdout?.setEncoding('utf8').on('data', chunk => {
		written += chunk;
	});
	const exitCode = await new Promise<number | null>((resolve, reject) =>
		child.once('error', reject).once('close', resolve),
	);
	const took = performance.now() - began;
	if (typeof out === 'number') closeSync(out);
	if (exitCode !== 0) throw new Error(`${command} ended with ${exitCode}.`);
	return { took, written };
}
