import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Debian's packages of this name; `.ci/run` installs them. */
const binaries = ['prometheus', 'prometheus-alertmanager'] as const;

export type Servers = {
	readonly prometheus: string;
	readonly alertmanager: string;
	readonly stop: () => Promise<void>;
};

/**
 * A real Prometheus and a real Alertmanager on loopback, with folders of their own, scraping an exporter of ours every
 * second until its rule fires. Throws when a binary is missing: a live test that cannot run has failed.
 */
export async function startServers(): Promise<Servers> {
	for (const binary of binaries) {
		if (spawnSync(binary, ['--version']).error !== undefined) {
			throw new Error(`${binary} is not installed. On Debian: apt-get install ${binaries.join(' ')}`);
		}
	}
	const folder = mkdtempSync(join(tmpdir(), 'smokejumper-live-'));
	const exporter = await startExporter();
	const [prometheusPort, alertmanagerPort] = [await freePort(), await freePort()];
	writeFileSync(join(folder, 'alertmanager.yml'), 'route: {receiver: nobody}\nreceivers: [{name: nobody}]\n');
	writeFileSync(join(folder, 'prometheus.yml'), prometheusConfig(exporter.port, alertmanagerPort, folder));
	writeFileSync(join(folder, 'rules.yml'), rules);
	const processes = [
		start('prometheus-alertmanager', [
			`--config.file=${folder}/alertmanager.yml`,
			`--storage.path=${folder}/alertmanager`,
			`--web.listen-address=127.0.0.1:${alertmanagerPort}`,
			'--cluster.listen-address=',
		]),
		start('prometheus', [
			`--config.file=${folder}/prometheus.yml`,
			`--storage.tsdb.path=${folder}/prometheus`,
			`--web.listen-address=127.0.0.1:${prometheusPort}`,
			'--web.route-prefix=/metrics-of/eu',
			'--enable-feature=exemplar-storage',
		]),
	];
	const prometheus = `http://127.0.0.1:${prometheusPort}/metrics-of/eu`;
	const alertmanager = `http://127.0.0.1:${alertmanagerPort}`;
	const stop = async () => {
		await Promise.all(processes.map(ended));
		exporter.stop();
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		await until('the alert to fire', async () => {
			const alerts: unknown = await (await fetch(`${alertmanager}/api/v2/alerts`)).json();
			return Array.isArray(alerts) && alerts.length > 0;
		});
		await until('a minute of samples, so that rates over a minute are whole', async () => {
			const query = encodeURIComponent('count_over_time(up[70s]) > 62');
			const answer = await (await fetch(`${prometheus}/api/v1/query?query=${query}`)).json();
			return (answer as { data: { result: unknown[] } }).data.result.length > 0;
		});
	} catch (error) {
		await stop();
		throw error;
	}
	return { prometheus, alertmanager, stop };
}

/** Requests per second that the exporter counts, by route and status. */
export const exported = {
	service: 'ledger',
	rates: { '/transfer': { '200': 12, '503': 4 }, '/balance': { '200': 20 } },
} as const;

const bounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** Counts as if requests had come at even rates ever since it started; every request took 0.2 s, a failed one 2 s. */
async function startExporter(): Promise<{ readonly port: number; readonly stop: () => void }> {
	const startedAt = performance.now();
	const server = createServer((_, response) => {
		const seconds = (performance.now() - startedAt) / 1000;
		const name = 'http_server_request_duration_seconds';
		const lines = [`# TYPE ${name} histogram`];
		for (const [route, statuses] of Object.entries(exported.rates)) {
			for (const [status, rate] of Object.entries(statuses)) {
				const count = Math.floor(seconds * rate);
				const took = status === '503' ? 2 : 0.2;
				const labels = `service_name="${exported.service}",http_route="${route}",http_request_method="POST",http_response_status_code="${status}"`;
				for (const bound of bounds) lines.push(`${name}_bucket{${labels},le="${bound}"} ${took <= bound ? count : 0}`);
				lines.push(
					`${name}_bucket{${labels},le="+Inf"} ${count}`,
					`${name}_sum{${labels}} ${count * took}`,
					`${name}_count{${labels}} ${count}`,
				);
			}
		}
		response.setHeader('Content-Type', 'text/plain; version=0.0.4').end(`${lines.join('\n')}\n`);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { port, stop: () => void server.close() };
}

const prometheusConfig = (exporterPort: number, alertmanagerPort: number, folder: string): string => `
global: {scrape_interval: 1s, evaluation_interval: 1s, external_labels: {cluster: live}}
rule_files: [${folder}/rules.yml]
alerting: {alertmanagers: [{static_configs: [{targets: ['127.0.0.1:${alertmanagerPort}']}]}]}
scrape_configs: [{job_name: ledger, static_configs: [{targets: ['127.0.0.1:${exporterPort}']}]}]
`;

const rules = `
groups:
- name: ledger
  rules:
  - alert: LedgerErrors
    expr: sum by (service_name, http_route) (rate(http_server_request_duration_seconds_count{http_response_status_code=~"5..",service_name="ledger"}[15s])) / sum by (service_name, http_route) (rate(http_server_request_duration_seconds_count{service_name="ledger"}[15s])) > 0.05
    for: 2s
    labels: {severity: critical}
    annotations:
      summary: '{{ $labels.http_route }} on {{ $labels.service_name }} fails'
      runbook_url: https://runbooks.example/ledger
  - alert: LedgerSlow
    expr: histogram_quantile(0.99, sum by (le, service_name) (rate(http_server_request_duration_seconds_bucket{service_name="ledger"}[15s]))) > 1
    for: 1h
    labels: {severity: warning}
    annotations: {summary: ledger is slow}
`;

function start(binary: string, args: readonly string[]): ChildProcess {
	return spawn(binary, [...args], { stdio: 'ignore' });
}

const ended = (child: ChildProcess): Promise<void> =>
	new Promise(resolve => {
		if (child.exitCode !== null || child.signalCode !== null) return resolve();
		child.once('exit', () => resolve());
		child.kill('SIGTERM');
	});

async function freePort(): Promise<number> {
	const socket = createSocket();
	await new Promise<void>(resolve => socket.listen(0, '127.0.0.1', resolve));
	const { port } = socket.address() as AddressInfo;
	await new Promise(resolve => socket.close(resolve));
	return port;
}

/** Asks until it is so; a server that does not come up within the minute has failed. */
async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
	const deadline = performance.now() + 100_000;
	while (performance.now() < deadline) {
		if (await isSo().catch(() => false)) return;
		await new Promise(resolve => setTimeout(resolve, 100));
	}
	throw new Error(`Waited 100 s for ${what}.`);
}
