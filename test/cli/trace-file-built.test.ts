import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { givenBack, startProgram } from '../helpers/program.ts';
import { recordingOf } from '../helpers/replay.ts';
import { runBuilt } from './built.ts';
import { emptyFolder } from './folder.ts';

const failedId = '0834d448d30437653612c52739ba8fec';

/** A recorded answer of Tempo as somebody saves it, and nothing configured. */
function savedTrace() {
	const folder = emptyFolder();
	const path = join(folder, 'slow.json');
	writeFileSync(path, JSON.stringify(recordingOf('tempo-3.0.3/trace-v2').response.json));
	return { path, env: { SMOKEJUMPER_CONFIG_DIR: folder } };
}

describe('a trace from a file, with no backend at all', () => {
	test('is printed as wide as wanted', async () => {
		const { path, env } = savedTrace();
		const { stdout, stderr, exitCode } = await runBuilt(['trace', path, '-o', 'text', '--width', '60'], env);
		expect([stderr, exitCode]).toEqual(['', 0]);
		expect(stdout).toContain('97.2 % of 2.06 s is billing pool.acquire');
		expect(Math.max(...stdout.split('\n').map(line => [...line].length))).toBeLessThanOrEqual(60);
	});

	test('fits the terminal that it is printed on', async () => {
		const { path, env } = savedTrace();
		const program = startProgram({ args: ['trace', path, '-o', 'text'], env, columns: 48 });
		expect(await program.exited).toBe(0);
		await program.sees('self time');
		// A line that does not fit goes on in the next row, from its first column.
		expect(program.screen().filter(line => /^ ?billing /.test(line))).toHaveLength(3);
		expect(program.screen().find(line => line.includes('POST /checkout'))).toMatch(/✗$/);
	});

	test('is fenced in Markdown, under the words that print it again', async () => {
		const { path, env } = savedTrace();
		const { stdout } = await runBuilt(['trace', path, '-o', 'markdown'], env);
		expect(stdout).toMatch(/^## trace 0834d448d30437653612c52739ba8fec --from \S+ --to \S+ --file \S+\n/);
		expect(stdout).toMatch(/\n```\n[\s\S]*pool\.acquire[\s\S]*\n```\n/);
	});

	test('goes out as OTLP and comes back as the same', async () => {
		const { path, env } = savedTrace();
		const again = `${path}.otlp.json`;
		writeFileSync(again, (await runBuilt(['trace', path, '-o', 'otlp'], env)).stdout);
		const json = async (file: string) => JSON.parse((await runBuilt(['trace', file, '-o', 'json'], env)).stdout);
		const [first, second] = [await json(path), await json(again)];
		expect(second.spans).toEqual(first.spans);
		expect(second.spans).toHaveLength(11);
	});

	test('that is a part of one says so, in JSON and aloud', async () => {
		const { path, env } = savedTrace();
		const whole = recordingOf('tempo-3.0.3/trace-v2').response.json as object;
		writeFileSync(path, JSON.stringify({ ...whole, status: 'PARTIAL', message: 'trace exceeds 5 MB' }));
		const { stdout, stderr, exitCode } = await runBuilt(['trace', path, '-o', 'json'], env);
		const told = 'Tempo gives only a part of this trace: trace exceeds 5 MB.';
		expect([JSON.parse(stdout).incomplete, stderr, exitCode]).toEqual([[told], `smokejumper: ${told}\n`, 4]);
		const program = startProgram({ args: ['trace', path], env });
		await program.sees('Tempo gives only a part of this trace: trace exceeds 5 MB');
	});

	test('of several says aloud which it is', async () => {
		const { path, env } = savedTrace();
		const traces = ['trace-v2', 'trace-v2-slow'].map(name => recordingOf(`tempo-3.0.3/${name}`).response.json);
		writeFileSync(path, traces.map(each => JSON.stringify(each)).join('\n'));
		const told = `${path} holds 2 traces: this is the largest, with 15 spans.`;
		expect((await runBuilt(['trace', path], env)).stdout).toContain(told);
		const { stdout } = await runBuilt(['trace', failedId, '--file', path, '-o', 'json'], env);
		expect(JSON.parse(stdout)).toMatchObject({
			traceId: failedId,
			warnings: [expect.stringContaining('the largest is')],
		});
		expect((await runBuilt(['traces', '--file', path], env)).stdout.split('\n')).toHaveLength(4);
	});

	test('is a picture', async () => {
		const { path, env } = savedTrace();
		const { stdout, exitCode } = await runBuilt(['trace', path, '-o', 'svg'], env);
		expect([stdout.startsWith('<svg '), stdout.endsWith('</svg>\n'), exitCode]).toEqual([true, true, 0]);
	});

	test('refuses what is none, and formats that are of traces only', async () => {
		const { path, env } = savedTrace();
		writeFileSync(path, '{"resourceLogs":[]}');
		expect(await runBuilt(['trace', path], env)).toMatchObject({
			stdout: '',
			stderr: `smokejumper: ${path} holds logs and no trace. OTLP JSON, answers of Tempo and Jaeger, and Zipkin JSON can be read.\n`,
			exitCode: 2,
		});
		expect((await runBuilt(['demo', 'alerts', '-o', 'svg'], env)).stderr).toContain('Only a trace is printed as svg');
	});

	test('a picture of a trace that is not there is none, and that is told', async () => {
		const { stdout, stderr, exitCode } = await runBuilt(['demo', 'trace', 'deadbeef', '-o', 'svg']);
		expect([stdout, exitCode]).toEqual(['', 4]);
		expect(stderr).toContain('Trace deadbeef is not in Tempo.');
	});

	test('opens in the interface, whose pivots say what is missing', async () => {
		const { path, env } = savedTrace();
		const program = startProgram({ args: ['trace', path], env });
		await program.sees('pool.acquire');
		await program.sees(/11 spans/);
		program.presses('L');
		await program.sees('No Loki is configured.');
		program.presses('ctrl+c');
		expect(await program.exited).toBe(0);
	});

	test('from standard input leaves the keys to the terminal', async () => {
		const { path, env } = savedTrace();
		const program = startProgram({ args: ['trace', '-'], env, input: path });
		await program.sees('pool.acquire');
		program.presses('g', 'd');
		await program.sees(failedId.slice(0, 4));
		await program.sees('POST /checkout');
		program.presses('L');
		await program.sees('No Loki is configured.');
		program.presses('ctrl+c');
		expect(await program.exited).toBe(0);
		await expect.poll(program.modes).toEqual(givenBack);
	});

	test('that is long says how far it has been read, and lets go', async () => {
		const { path, env } = savedTrace();
		const span = { traceId: failedId, name: 'x'.repeat(900), startTimeUnixNano: '5', endTimeUnixNano: '9' };
		const spans = Array.from({ length: 40_000 }, (_, at) => ({ ...span, spanId: String(at).padStart(16, '0') }));
		writeFileSync(path, JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }));
		const program = startProgram({ args: ['trace', path], env });
		await program.sees(/(?:reading|parsing) slow\.json \d+ of 4\d MB/);
		await program.sees('esc stop');
		program.presses('escape');
		expect(await program.exited).toBe(0);
		await expect.poll(program.modes).toEqual(givenBack);
	});

	test('that is none, found out in the interface, leaves a sentence on a terminal that is given back', async () => {
		const { path, env } = savedTrace();
		writeFileSync(path, '{}');
		const program = startProgram({ args: ['trace', path], env });
		expect(await program.exited).toBe(2);
		await program.sees('is JSON without a trace in it.');
		expect(program.modes()).toEqual(givenBack);
	});
});
