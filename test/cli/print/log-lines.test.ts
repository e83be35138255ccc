import { expect, test } from 'vitest';
import { serve } from '../../helpers/loopback.ts';
import { runBuilt, startBuilt } from '../built.ts';

const first = 1_700_000_000;
const total = 2600;
const lineOf = (index: number): string =>
	index === total - 1
		? `time=x level=error msg="sent to ann@shop.example" password=hunter2 trace_id=0af7651916cd43dd8448eb211c80319c`
		: `level=info msg="line ${index}"`;

const shownOf = (index: number): string => lineOf(index).replace('hunter2', '[redacted password]');

/** A Loki with a line for each millisecond; after `most` answers it fails. */
async function loki(most = Number.POSITIVE_INFINITY) {
	let asked = 0;
	const { url, host } = await serve((request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? '', 'http://loki.example');
		if (!pathname.endsWith('/query_range')) return response.end('{"status":"success","data":[]}');
		if (searchParams.get('query')?.includes('count_over_time'))
			return response.end('{"data":{"resultType":"matrix","result":[]}}');
		if (++asked > most) return response.writeHead(400).end('the disk is full');
		const at = (name: string) =>
			Number((BigInt(searchParams.get(name) ?? 0) - BigInt(first) * 1_000_000_000n) / 1_000_000n);
		const isForward = searchParams.get('direction') === 'forward';
		const [begin, end] = [Math.max(0, at('start')), Math.min(total, at('end') + 1)];
		const limit = Number(searchParams.get('limit'));
		const from = isForward ? begin : Math.max(begin, end - limit);
		const to = isForward ? Math.min(end, from + limit) : end;
		const indices = Array.from({ length: to - from }, (_, index) => (isForward ? from + index : to - 1 - index));
		const values = indices.map(index => [
			`${BigInt(first) * 1_000_000_000n + BigInt(index) * 1_000_000n + 42n}`,
			lineOf(index),
		]);
		const result = [{ stream: { service_name: 'edge' }, values }];
		response
			.setHeader('content-type', 'application/json')
			.end(JSON.stringify({ status: 'success', data: { resultType: 'streams', result } }));
	});
	const window = ['--loki-url', url, '--from', `${first - 60}`, '--to', `${first + 60}`];
	const args = ['logs', '{service_name="edge"}', ...window, '-o', 'json'];
	return { args, window, host, asked: () => asked };
}

const parsed = (stdout: string) =>
	stdout
		.split('\n')
		.slice(0, -1)
		.map(line => JSON.parse(line));

test('a line of JSON for each line, newest first, as many as are usual, and that there are more is told', async () => {
	const { args } = await loki();
	const { stdout, stderr, exitCode } = await runBuilt(args);
	const lines = parsed(stdout);
	expect(lines).toHaveLength(1000);
	expect(lines[0]).toEqual({
		time: '2023-11-14T22:13:22.599000042Z',
		level: 'error',
		service: 'edge',
		message: 'sent to ann@shop.example',
		format: 'logfmt',
		traceId: '0af7651916cd43dd8448eb211c80319c',
		fields: { password: '[redacted password]', trace_id: '0af7651916cd43dd8448eb211c80319c' },
		labels: { service_name: 'edge' },
		line: 'time=x level=error msg="sent to ann@shop.example" password=[redacted password] trace_id=0af7651916cd43dd8448eb211c80319c',
	});
	expect(lines.map(({ line }) => line).slice(1)).toEqual(
		Array.from({ length: 999 }, (_, back) => lineOf(total - 2 - back)),
	);
	expect({ stderr, exitCode }).toEqual({
		stderr: 'smokejumper: The newest 1000 lines; there are more, and --limit says how many to print.\n',
		exitCode: 4,
	});
});

test.each([
	['fewer', '7', 7],
	['more than a page', '2500', 2500],
	['all', '2600', 2600],
	['more than there are', '9000', 2600],
])('--limit prints %s, and that is an answer', async (_, limit, count) => {
	const { args } = await loki();
	const { stdout, stderr, exitCode } = await runBuilt([...args, '--limit', limit]);
	expect(parsed(stdout).map(({ line }) => line)).toEqual(
		Array.from({ length: count }, (_line, back) => shownOf(total - 1 - back)),
	);
	expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
});

test('a level is read from each line, over all pages', async () => {
	const { args } = await loki();
	const { stdout, exitCode } = await runBuilt([...args, '--level', 'error', '--limit', '5']);
	expect(parsed(stdout).map(({ level }) => level)).toEqual(['error']);
	expect(exitCode).toBe(0);
});

test('what was read before Loki failed is printed, and the rest is told', async () => {
	const { args, host } = await loki(1);
	const { stdout, stderr, exitCode } = await runBuilt([...args, '--limit', '2600']);
	expect(parsed(stdout)).toHaveLength(1000);
	expect(stderr).toContain(`Loki at ${host}`);
	expect(stderr).toContain('the disk is full');
	expect(exitCode).toBe(4);
});

test('a Loki that never answers well gives no line', async () => {
	const { args } = await loki(0);
	expect(await runBuilt(args)).toMatchObject({ stdout: '', exitCode: 3 });
	expect(await runBuilt([...args, '-o', 'text'])).toMatchObject({ stdout: '', exitCode: 3 });
});

test('a reader that goes away ends it without a word', async () => {
	const { args, asked } = await loki();
	const program = startBuilt([...args, '--limit', '2600']);
	await program.firstOutput;
	program.hangUp();
	expect(await program.ran).toMatchObject({ stderr: '', exitCode: 0 });
	expect(asked()).toBeLessThan(4);
});

test('e-mail addresses are masked when it is asked for', async () => {
	const { args } = await loki();
	const { stdout } = await runBuilt([...args, '--limit', '1', '--redact-emails']);
	expect(parsed(stdout)[0]).toMatchObject({ message: 'sent to [redacted email]@shop.example' });
});

test('--limit is a number of lines', async () => {
	expect(await runBuilt(['demo', 'logs', '-o', 'json', '--limit', '0'])).toMatchObject({
		stderr: 'smokejumper: --limit 0 is not a number of lines. Write it as 500 or 40000.\n',
		exitCode: 2,
	});
});

test.each([
	['all', '9000', 2600],
	['more than the screen has', '1800', 1800],
	['fewer', '7', 7],
])('--limit prints %s of the lines of one request, oldest first', async (_, limit, count) => {
	const { window } = await loki();
	const { stdout, stderr, exitCode } = await runBuilt([
		'logs',
		'--request',
		'7d3f0c9e',
		...window,
		'-o',
		'json',
		'--limit',
		limit,
	]);
	expect(parsed(stdout).map(({ line }) => line)).toEqual(Array.from({ length: count }, (_line, at) => shownOf(at)));
	expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
});

test.each([
	['all', '9000', 2600],
	['more than the screen has', '1800', 1800],
	['fewer', '7', 7],
])('--limit prints %s of the newest lines as text', async (_, limit, count) => {
	const { window } = await loki();
	const words = ['logs', '{service_name="edge"}', ...window, '-o', 'text', '--limit', limit];
	const { stdout, stderr, exitCode } = await runBuilt(words);
	const messages = stdout.match(/(?<=\binfo +edge +)line \d+/g) ?? [];
	expect(messages).toEqual(Array.from({ length: count - 1 }, (_line, at) => `line ${total - count + at}`));
	expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
});

test('one request without a limit stops as the screen does, and tells so', async () => {
	const { window } = await loki();
	const { stdout, stderr, exitCode } = await runBuilt(['logs', '--request', '7d3f0c9e', ...window, '-o', 'json']);
	expect(parsed(stdout)).toHaveLength(1000);
	expect(stderr).toBe('smokejumper: The first 1000 lines; there are more.\n');
	expect(exitCode).toBe(4);
});
