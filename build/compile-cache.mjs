import { spawn as spawnChild } from 'node:child_process';
import { createServer } from 'node:http';

/** How long a run may take before the built file goes without a cache. */
const patience = 20_000;

/** What the demo's first screen shows, and what its trace does, to which `enter` leads. */
const [first, last] = ['firing', ' spans '];
/** A screen is whole when nothing has been written for so long. */
const quiet = 300;

/**
 * Starts a built file as an operator would, in a terminal, from the demo's alerts to its trace, and as a script does
 * that prints lines of a Loki, and has V8's work of each kept beside it for its launcher; `node` is the runtime that the work is for.
 * A build without it is complete, and starts slower; so where there is no terminal to be had, it only says so.
 */
export async function keepCompiled(file, node = process.execPath) {
	const words = ['build/keep-compiled.cjs', file];
	try {
		await printedLines(node, words);
		const { spawn } = await import('@lydell/node-pty');
		await walked(spawn(node, [...words, 'demo'], { cols: 120, rows: 40 }));
	} catch (error) {
		console.error(`Built without a cache of compiled code: ${error.message}`);
	}
}

/** A line of each kind, as Loki answers them. */
const lines = [
	'{"level":"info","msg":"berth held","status":201,"trace_id":"0af7651916cd43dd8448eb211c80319c"}',
	'level=warn msg="page served late" route=/quays dur=90ms request_id=7d3f',
	'2026-05-04 12:00:00,123 ERROR [worker-1] c.e.harbour.Tides : no answer',
];

async function printedLines(node, before) {
	const server = createServer(({ url }, response) => {
		const values = lines.map((line, index) => [`${BigInt(Date.now()) * 1_000_000n - BigInt(index)}`, line, {}]);
		const data = { resultType: 'streams', result: [{ stream: { app: 'pier' }, values }], stats: {} };
		const answer = url.includes('/index/stats') ? { streams: 1, chunks: 1, bytes: 1, entries: 3 } : { data };
		response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
	});
	await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address();
	const words = [...before, '--loki-url', `http://127.0.0.1:${port}`, 'logs', '{app="pier"}', '-o', 'json'];
	// What is in the profiles of whoever builds does not matter here.
	const env = { ...process.env, SMOKEJUMPER_CONFIG_DIR: 'dist', SMOKEJUMPER_PROFILE: '' };
	const stdio = ['ignore', 'ignore', 'inherit'];
	try {
		await new Promise((resolve, reject) => {
			const program = spawnChild(node, words, { env, stdio, timeout: patience });
			program.once('error', reject);
			program.once('exit', exitCode => {
				if (exitCode === 0) resolve();
				else reject(new Error(`printing lines ended with ${exitCode}`));
			});
		});
	} finally {
		server.close();
	}
}

function walked(pty) {
	return new Promise((resolve, reject) => {
		let written = '';
		let whole;
		const isThere = () => written.includes(last);
		const late = setTimeout(() => {
			pty.kill('SIGKILL');
			reject(new Error(`no trace in ${patience / 1000} s`));
		}, patience);
		const goOn = () => {
			pty.write(isThere() ? '\x03' : '\r');
			whole = setTimeout(goOn, 4 * quiet);
		};
		pty.onData(chunk => {
			written += chunk;
			clearTimeout(whole);
			if (written.includes(first)) whole = setTimeout(goOn, quiet);
		});
		pty.onExit(({ exitCode }) => {
			clearTimeout(late);
			clearTimeout(whole);
			if (isThere() && [0, 130].includes(exitCode)) resolve();
			else reject(new Error(`the program ended with ${exitCode}`));
		});
	});
}
