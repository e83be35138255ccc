import { spawn } from '@lydell/node-pty';
import { beforeAll, describe, expect, test } from 'vitest';
import { jsonLinesOf, jsonOf, runBuilt, startBuilt } from './built.ts';

type Report = {
	readonly alert: { readonly name: string; readonly service: string };
	readonly request: { readonly chosen: { readonly traceId: string; readonly requestId?: string } };
};

let report: Report;
let addresses: Readonly<Record<string, readonly string[]>>;

beforeAll(async () => {
	const { stdout } = await runBuilt(['demo', '-o', 'json', 'alerts']);
	const [worst] = (JSON.parse(stdout) as { readonly alerts: readonly { readonly name: string }[] }).alerts;
	report = (await jsonOf('demo', 'report', worst?.name ?? '')) as unknown as Report;
	const { service } = report.alert;
	const { traceId } = report.request.chosen;
	addresses = {
		alerts: ['alerts'],
		service: ['service', service],
		logs: ['logs', '--service', service, '--since', '2m'],
		request: ['logs', '--trace', traceId],
		trace: ['trace', traceId],
		traces: ['traces', '--service', service, '--errors'],
		report: ['report', report.alert.name],
	};
}, 60_000);

/** Answered, in part when a search or a page has a limit. */
const answered = [0, 4];

describe.each(['alerts', 'service', 'logs', 'request', 'trace', 'traces', 'report'])('%s of the demo', name => {
	const words = () => addresses[name] ?? [];

	test('as text', async () => {
		const { stdout, exitCode } = await runBuilt(['demo', ...words()]);
		expect(answered).toContain(exitCode);
		expect(stdout.split('\n').length).toBeGreaterThan(4);
		expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]|undefined|NaN|\[object/);
	});

	test('as Markdown, under its address', async () => {
		const { stdout, exitCode } = await runBuilt(['--profile', 'demo', ...words(), '-o', 'markdown']);
		expect(answered).toContain(exitCode);
		expect(stdout).toMatch(new RegExp(`^## ${words()[0]}`));
		expect(stdout).not.toMatch(/undefined|NaN|\[object/);
	});

	test('as JSON that says what it is', async () => {
		if (words()[0] === 'logs') {
			const lines = await jsonLinesOf('--profile', 'demo', ...words());
			expect(lines).toContainEqual(
				expect.objectContaining({ time: expect.stringMatching(nanoseconds), line: expect.any(String) }),
			);
			return;
		}
		const json = await jsonOf('--profile', 'demo', ...words());
		expect(json.kind).toBe(words()[0]);
		expect(json.address).toMatch(new RegExp(`^${words()[0]} `));
		expect(Array.isArray(json.incomplete)).toBe(true);
	});
});

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const nanoseconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/;

test('JSON of alerts: times, seconds, numbers', async () => {
	const { alerts } = await jsonOf('demo', 'alerts');
	expect(alerts).toContainEqual(
		expect.objectContaining({
			name: report.alert.name,
			severity: 'critical',
			state: 'firing',
			since: expect.stringMatching(rfc3339),
			holdForSeconds: expect.any(Number),
			threshold: { operator: '>', value: expect.any(Number) },
		}),
	);
});

test('JSON of a service: three panels with points, without anything that is not documented', async () => {
	const service = await jsonOf('demo', 'service', report.alert.service);
	expect(service).toMatchObject({ target: { found: true, selector: expect.stringMatching(/^\{/) } });
	for (const name of ['rate', 'errors', 'duration']) {
		expect(service[name]).toMatchObject({
			stepSeconds: expect.any(Number),
			lines: expect.arrayContaining([
				expect.objectContaining({
					points: expect.arrayContaining([[expect.stringMatching(rfc3339), expect.anything()]]),
				}),
			]),
		});
	}
});

test('JSON of a service in time: the day before, and what was done to it', async () => {
	const fares = await jsonOf('demo', 'service', 'fares', '--durations', 'heat', '--rates', 'status');
	expect(fares.events).toEqual([
		{ kind: 'deploy', at: expect.stringMatching(rfc3339), withinSeconds: 0, from: '2.13.4', to: '2.14.0' },
	]);
	const points = expect.arrayContaining([[expect.stringMatching(rfc3339), expect.any(Number)]]);
	expect(fares.baseline).toMatchObject({ comparedWith: '1d', backSeconds: 86_400, rate: { points } });
	expect(fares.rateByStatus).toContainEqual(
		expect.objectContaining({ name: '2xx', series: { labels: { class: '2xx' }, points } }),
	);
	expect(fares.durationBuckets).toMatchObject({
		buckets: expect.arrayContaining([expect.objectContaining({ upToSeconds: expect.any(Number) })]),
	});
});

test('JSON of a request and its trace: one identifier through both', async () => {
	const { traceId } = report.request.chosen;
	const lines = await jsonLinesOf('demo', 'logs', '--trace', traceId);
	expect(lines).toEqual(
		expect.arrayContaining([expect.objectContaining({ traceId, time: expect.stringMatching(nanoseconds) })]),
	);
	const trace = await jsonOf('demo', 'trace', traceId);
	expect(trace).toMatchObject({ found: true, traceId, durationSeconds: expect.any(Number) });
	expect(trace.spans).toContainEqual(expect.objectContaining({ start: expect.stringMatching(nanoseconds) }));
});

test('outside a terminal the demo prints the report on its worst alert', async () => {
	const { stdout, stderr, exitCode } = await runBuilt(['demo']);
	expect(stdout).toMatch(new RegExp(`^critical ${report.alert.name}\n`));
	for (const part of ['service ', 'request ', 'trace ', 'over the window', 'where the time went', 'Chosen as']) {
		expect(stdout).toContain(part);
	}
	expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
});

test('the same in plain ASCII, when that is asked for or all that there is', async () => {
	for (const [args, env] of [
		[['demo', '--ascii'], {}],
		[['demo'], { LANG: 'C' }],
	] as const) {
		const { stdout } = await runBuilt(args, env);
		expect(stdout).toContain('where the time went');
		expect(stdout).not.toMatch(/[^\n -~]/);
	}
});

test('the environment can name the demo', async () => {
	const { stdout } = await runBuilt([], { SMOKEJUMPER_PROFILE: 'demo' });
	expect(stdout).toMatch(/^critical /);
});

test('a trace and a service that do not exist are answers', async () => {
	const trace = await runBuilt(['demo', 'trace', 'abcdef0123456789']);
	expect(trace.exitCode).toBe(0);
	expect(trace.stdout).toMatch(
		/^Trace .* is not in Tempo\. Looked in the .* round the window, then in all of Tempo\.$/m,
	);
	const service = await runBuilt(['demo', 'service', 'nobody']);
	expect(service.exitCode).toBe(0);
	expect(await jsonOf('demo', 'service', 'nobody')).toMatchObject({ target: { found: false } });
});

test.each([
	[['demo', 'alrts'], 'There is no place called alrts. Places are alerts, '],
	[['demo', 'alerts', '--by', 'x'], "Unknown option '--by' (in alerts). alerts takes --since, --from, --to."],
	[['demo', '--sinc', '1h'], 'There is no option --sinc. The nearest is --since.'],
	[['demo', 'alerts', '--since', 'soon'], '--since soon is not a length of time.'],
	[['demo', 'trace', 'xyz'], 'xyz is not a trace ID.'],
	[['demo', 'report', 'Nothing'], 'No alert called Nothing fires or is pending. There are '],
	[['demo', '--loki-url', 'http://l.example'], 'The demo has its own backends.'],
	[['-p', 'prod', 'alerts'], 'There is no profile called prod. None is saved yet: smokejumper profile add --help.'],
	[[], 'No backend is configured. Try smokejumper demo'],
	[['--loki-url', 'ops:hunter2@logs.example'], 'The value of --loki-url is not an http or https URL.'],
	[['profile', 'show', 'prod'], 'There is no profile called prod.'],
	[['profile', 'ad'], "Unknown command 'ad' (Did you mean add?)"],
])('smokejumper %j: one sentence on stderr and exit code 2', async (args, sentence) => {
	const { stdout, stderr, exitCode } = await runBuilt(args);
	expect(stderr).toMatch(/^smokejumper: .*\n$/);
	expect(stderr).toContain(sentence);
	expect(stderr).not.toContain('hunter2');
	expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
});

test('a hostile argument does not reach the terminal', async () => {
	const { stderr } = await runBuilt(['demo', '\x1b[31mred\x07']);
	expect(stderr).toContain('There is no place called red.');
	expect(stderr).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
});

test('--help and --version', async () => {
	expect(await runBuilt(['--help'])).toMatchObject({ stdout: expect.stringContaining('Exit codes'), exitCode: 0 });
	expect(await runBuilt(['--version'])).toMatchObject({
		stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
		exitCode: 0,
	});
	expect(await runBuilt(['profile'])).toMatchObject({ stdout: expect.stringContaining('remove'), exitCode: 0 });
});

test('a reader that has seen enough is no failure', async () => {
	const { firstOutput, hangUp, ran } = startBuilt(['demo', 'logs', '--service', report.alert.service, '-o', 'json']);
	await firstOutput;
	hangUp();
	const { stderr, exitCode } = await ran;
	expect(stderr).not.toMatch(/EPIPE|\bat \w/);
	expect(answered).toContain(exitCode);
});

test('without a terminal for keys the place is printed, as wide as the terminal', async () => {
	const pty = spawn('sh', ['-c', `"${process.execPath}" dist/smokejumper.js demo alerts </dev/null`], {
		cols: 70,
		rows: 24,
		name: 'xterm-256color',
		env: { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8' },
	});
	let text = '';
	pty.onData(chunk => {
		text += chunk;
	});
	const exitCode = await new Promise(resolve => pty.onExit(exit => resolve(exit.exitCode)));
	expect(exitCode).toBe(0);
	expect(text).toContain(report.alert.name);
	expect(text).not.toContain('\x1b');
	expect(text.split('\r\n').filter(line => [...line].length > 70)).toEqual([]);
});
