import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { serveWebSocket } from '../../helpers/websocket-server.ts';
import { runBuilt, startBuilt } from '../built.ts';

const labels = { service_name: 'edge' };
const now = BigInt(Date.now()) * 1_000_000n;
const at = (seconds: number): string => `${now + BigInt(seconds) * 1_000_000_000n}`;
const frameOf = (...values: readonly (readonly [string, string])[]) => ({
	streams: values.map(value => ({ stream: labels, values: [value] })),
});

test('lines are printed as they are written, each once, also over a stream that is lost', async () => {
	const written: [string, string][] = [-30, -20, -10].map(seconds => [at(seconds), `before ${-seconds}`]);
	const server = await serveWebSocket({
		answer: (request, response) => {
			const { pathname, searchParams } = new URL(request.url ?? '', 'http://loki.example');
			response.setHeader('content-type', 'application/json');
			if (!pathname.endsWith('/query_range')) return response.end('{"status":"success","data":[]}');
			const [from, to] = [BigInt(searchParams.get('start') ?? 0), BigInt(searchParams.get('end') ?? 0)];
			const within = written.filter(([time]) => BigInt(time) >= from && BigInt(time) < to);
			const limit = Number(searchParams.get('limit'));
			const isBackward = searchParams.get('direction') === 'backward';
			const values = isBackward ? within.toReversed().slice(0, limit) : within.slice(0, limit);
			const data = { resultType: 'streams', result: [{ stream: labels, values }] };
			response.end(JSON.stringify({ status: 'success', data }));
		},
	});
	const program = startBuilt([
		'logs',
		'{service_name="edge"}',
		'--follow',
		'--limit',
		'2',
		'-o',
		'json',
		'--loki-url',
		server.url,
	]);
	const first = await server.caller(0);
	first.send(frameOf([at(-10), 'before 10'], [at(1), 'streamed']));
	first.send({ ...frameOf([at(2), 'password=hunter2']), dropped_entries: [{ timestamp: at(1), labels }] });
	written.push([at(1), 'streamed'], [at(2), 'password=hunter2'], [at(3), 'missed']);
	first.close(1011, 'reached tail max duration limit');
	const second = await server.caller(1);
	second.send(frameOf([at(3), 'missed'], [at(4), 'streamed again']));
	second.close(1011, 'reached tail max duration limit');
	await server.caller(2);
	program.kill('SIGINT');
	const { stdout, stderr, exitCode } = await program.ran;
	const lines = stdout
		.split('\n')
		.slice(0, -1)
		.map(text => JSON.parse(text).line);
	expect(lines).toEqual([
		'before 20',
		'before 10',
		'streamed',
		'password=[redacted password]',
		'missed',
		'streamed again',
	]);
	expect(stderr).toContain('Loki left out 1 line that was not read in time.');
	expect(stderr.match(/reached tail max duration limit/g)).toHaveLength(1);
	expect(exitCode).toBe(130);
});

test.each([
	['to text', ['-o', 'text']],
	['into a pipe', []],
])('lines that are followed are printed %s as they are written', async (_, format) => {
	const server = await serveWebSocket({
		answer: (_request, response) => response.end('{"status":"success","data":{"resultType":"streams","result":[]}}'),
	});
	const program = startBuilt(['logs', '{service_name="edge"}', '--follow', ...format, '--loki-url', server.url]);
	const loki = await server.caller(0);
	loki.send(frameOf(['1700000000000000000', 'level=info msg="ready" port=80 password=hunter2']));
	loki.send(frameOf(['1700000001500000000', 'level=error msg="two\\nlines\\u001b[2J"']));
	loki.close(1011, 'reached tail max duration limit');
	await server.caller(1);
	program.kill('SIGINT');
	const { stdout, exitCode } = await program.ran;
	expect({ stdout, exitCode }).toMatchInlineSnapshot(`
		{
		  "exitCode": 130,
		  "stdout": "22:13:20.000  info     edge  ready  port=80  password=[redacted password]
		22:13:21.500  error    edge  two ⏎ lines
		",
		}
	`);
});

// Only Linux tells who has a pipe open.
test.runIf(process.platform === 'linux')(
	'a pipe whose reader has gone ends it, though no further line comes',
	async () => {
		const server = await serveWebSocket({
			answer: (_request, response) => response.end('{"status":"success","data":{"resultType":"streams","result":[]}}'),
			greet: caller => caller.send(frameOf(['1700000000000000000', 'level=info msg="ready"'])),
		});
		const args = ['logs', '{service_name="edge"}', '--follow', '-o', 'text', '--loki-url', server.url];
		const program = '"$0" dist/smokejumper.js "$@" | head -n 1';
		const shell = spawn('sh', ['-c', program, process.execPath, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
		const out: Buffer[] = [];
		shell.stdout.on('data', (chunk: Buffer) => out.push(chunk));
		await once(shell, 'close');
		expect(Buffer.concat(out).toString()).toContain('ready');
		await expect.poll(server.open, { timeout: 8000 }).toBe(0);
	},
);

test('a document of lines that are followed has no end, and is refused', async () => {
	const args = ['logs', '{service_name="edge"}', '--follow', '-o', 'markdown', '--loki-url', 'http://127.0.0.1:1'];
	expect(await runBuilt(args)).toMatchObject({
		stdout: '',
		stderr: 'smokejumper: Lines that are followed are no document: --follow with -o markdown. Use -o text or json.\n',
		exitCode: 2,
	});
});
