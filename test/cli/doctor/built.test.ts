import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../../helpers/loopback.ts';
import { answers, hangs } from '../../helpers/outage.ts';
import { runBuilt, startBuilt } from '../built.ts';

const status = JSON.stringify({ versionInfo: { version: '0.33.1' }, cluster: { status: 'disabled', peers: [] } });
const canary = 'canary-4711-secret';

test('the demo as JSON is one document of the usual shape', async () => {
	const { stdout, stderr, exitCode } = await runBuilt(['doctor', 'demo', '-o', 'json']);
	expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
	expect(JSON.parse(stdout)).toMatchObject({
		kind: 'doctor',
		address: 'doctor',
		incomplete: [],
		about: 'The demo',
		at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
		longestSeconds: 5,
		backends: ['prometheus', 'alertmanager', 'loki', 'tempo'].map(backend => ({ backend, state: 'good' })),
		advice: expect.any(Array),
	});
});

test('the demo as text says so, without styles in a pipe, and in ASCII where that is all there is', async () => {
	const { stdout, exitCode } = await runBuilt(['demo', 'doctor', '--width', '80'], { LANG: 'C' });
	expect(stdout).toMatch(/^The demo, at most 5 s for each backend:\nok {4}Prometheus at prometheus\.demo: /);
	expect(stdout).toMatch(/^[\n -~]+$/);
	expect(stdout.split('\n').filter(line => line.length > 80)).toEqual([]);
	expect(exitCode).toBe(0);
});

test('none, some and all of the backends make the exit code', async () => {
	const { url: good } = await serve(answers(200, status));
	const { url: ill } = await serve(answers(500, 'broken'));
	const codes = async (...args: readonly string[]) => (await runBuilt(['doctor', ...args])).exitCode;
	expect(await codes('--alertmanager-url', good)).toBe(0);
	expect(await codes('--alertmanager-url', `${good},${ill}`)).toBe(4);
	expect(await codes('--alertmanager-url', ill)).toBe(3);
	expect(await codes('-o', 'svg')).toBe(2);
	expect(await codes()).toBe(2);
	expect(await codes('demo', '--loki-url', good)).toBe(2);
});

test('whoever breaks it off is told of no failures', async () => {
	const { url } = await serve(hangs);
	const { firstOutput, kill, ran } = startBuilt(['doctor', '--loki-url', url]);
	await firstOutput;
	kill('SIGINT');
	const { stdout, stderr, exitCode } = await ran;
	expect(stdout).toBe('What the options and the environment name, at most 5 s for each backend:\n');
	expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 130 });
});

test('a profile is named with its keys, and nothing of its secrets is told', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'smokejumper-doctor-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	const { url } = await serve((request, response) =>
		answers(
			401,
			`bad credentials: ${request.headers.authorization} ${request.headers['x-scope-orgid']}`,
			'text/plain',
		)(request, response),
	);
	const night = {
		loki: {
			url: url.replace('//', `//ops:${canary}@`),
			tenant: 'orders',
			proxi: canary,
			auth: { type: 'bearer', token: canary },
			headers: { 'X-Key': canary },
		},
	};
	writeFileSync(join(folder, 'profiles.json'), JSON.stringify({ current: 'night', profiles: { night } }), {
		mode: 0o600,
	});
	for (const output of ['text', 'json']) {
		const { stdout, stderr, exitCode } = await runBuilt(['doctor', '-o', output], { SMOKEJUMPER_CONFIG_DIR: folder });
		expect(`${stdout}${stderr}`).not.toContain(canary);
		expect(stdout).toContain('Profile night');
		expect(stdout).toContain('The key is loki.auth: smokejumper profile edit night.');
		expect(stdout).toContain('profile night: loki.proxi is not known here; proxy is meant?');
		expect(exitCode).toBe(3);
	}
});
