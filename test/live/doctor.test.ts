import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runBuilt } from '../cli/built.ts';
import { createProcesses } from './processes.ts';
import { startAlertmanager, startVictoriaMetrics } from './servers.ts';

vi.setConfig({ testTimeout: 60_000 });

const processes = createProcesses();
afterAll(processes.stop);

let metrics: string;
let alertmanager: string;

beforeAll(async () => {
	[metrics, alertmanager] = await Promise.all([startVictoriaMetrics(processes), startAlertmanager(processes)]);
}, 60_000);

test('real servers are known for what they are, also where another one was expected', async () => {
	const urls = ['--prometheus-url', metrics, '--alertmanager-url', alertmanager, '--loki-url', alertmanager];
	const { stdout, stderr, exitCode } = await runBuilt(['doctor', ...urls, '-o', 'json']);
	expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 4 });
	expect(JSON.parse(stdout).backends).toMatchObject([
		{ backend: 'prometheus', state: 'warning', product: 'VictoriaMetrics', clockAheadSeconds: 0, newest: null },
		{
			backend: 'alertmanager',
			state: 'good',
			product: 'Alertmanager',
			version: expect.stringMatching(/^\d+\.\d+/),
			clockAheadSeconds: 0,
			cluster: { status: 'disabled', members: 0 },
		},
		{
			backend: 'loki',
			state: 'bad',
			failure: { kind: 'not-found', status: 404 },
			instead: { backend: 'alertmanager', product: 'Alertmanager', url: alertmanager },
		},
	]);
});
