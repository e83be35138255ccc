import { writeFileSync } from 'node:fs';
import { type Exporter, exported, startExporter } from './exporter.ts';
import { createProcesses, freePort, type Processes, until } from './processes.ts';

export type Servers = {
	readonly prometheus: string;
	readonly alertmanager: string;
	readonly exporter: Exporter;
	readonly stop: () => Promise<void>;
};

/**
 * A real Prometheus and a real Alertmanager on loopback, with folders of their own, scraping our exporter every second
 * until its rule fires and rates over a minute are whole.
 */
export async function startServers(): Promise<Servers> {
	const processes = createProcesses();
	const exporter = await startExporter();
	const stop = async () => {
		await processes.stop();
		exporter.stop();
	};
	try {
		const alertmanager = await startAlertmanager(processes);
		const prometheus = await startPrometheus(processes, exporter, alertmanager);
		await until('the alert to fire', async () => {
			const alerts: unknown = await (await fetch(`${alertmanager}/api/v2/alerts`)).json();
			return Array.isArray(alerts) && alerts.length > 0;
		});
		await until('a minute of samples, so that rates over a minute are whole', async () => {
			const query = encodeURIComponent('count(count_over_time(up[70s]) > 62)');
			const answer = await (await fetch(`${prometheus}/api/v1/query?query=${query}`)).json();
			const { data } = answer as { data: { result: { value: [number, string] }[] } };
			return Number(data.result[0]?.value[1]) === Object.keys(exported).length;
		});
		return { prometheus, alertmanager, exporter, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** A real Alertmanager that tells nobody; its URL. */
export async function startAlertmanager({ folder, start }: Processes): Promise<string> {
	const port = await freePort();
	writeFileSync(`${folder}/alertmanager.yml`, 'route: {receiver: nobody}\nreceivers: [{name: nobody}]\n');
	start('prometheus-alertmanager', [
		`--config.file=${folder}/alertmanager.yml`,
		`--storage.path=${folder}/alertmanager-${port}`,
		`--web.listen-address=127.0.0.1:${port}`,
		'--cluster.listen-address=',
	]);
	const url = `http://127.0.0.1:${port}`;
	await until('Alertmanager to be ready', async () => (await fetch(`${url}/-/ready`)).ok);
	return url;
}

/** A real VictoriaMetrics without data; its URL. */
export async function startVictoriaMetrics({ folder, start }: Processes, ...more: readonly string[]): Promise<string> {
	const port = await freePort();
	start('victoria-metrics', [
		`-storageDataPath=${folder}/metrics-${port}`,
		`-httpListenAddr=127.0.0.1:${port}`,
		...more,
	]);
	const url = `http://127.0.0.1:${port}`;
	await until('VictoriaMetrics to be ready', async () => (await fetch(`${url}/health`)).ok);
	return url;
}

/** A real Prometheus that is only written to; its URL. */
export async function startUnscrapingPrometheus(
	{ folder, start }: Processes,
	...more: readonly string[]
): Promise<string> {
	const port = await freePort();
	writeFileSync(`${folder}/prometheus-${port}.yml`, 'global: {scrape_interval: 15s}\n');
	start('prometheus', [
		`--config.file=${folder}/prometheus-${port}.yml`,
		`--storage.tsdb.path=${folder}/prometheus-${port}`,
		`--web.listen-address=127.0.0.1:${port}`,
		'--web.enable-remote-write-receiver',
		...more,
	]);
	const url = `http://127.0.0.1:${port}`;
	await until('Prometheus to be ready', async () => (await fetch(`${url}/-/ready`)).ok);
	return url;
}

async function startPrometheus(
	{ folder, start }: Processes,
	exporter: Exporter,
	alertmanager: string,
): Promise<string> {
	const port = await freePort();
	writeFileSync(`${folder}/prometheus.yml`, prometheusConfig(folder, exporter, new URL(alertmanager).host));
	writeFileSync(`${folder}/rules.yml`, rules);
	start('prometheus', [
		`--config.file=${folder}/prometheus.yml`,
		`--storage.tsdb.path=${folder}/prometheus`,
		`--web.listen-address=127.0.0.1:${port}`,
		'--web.route-prefix=/metrics-of/eu',
		'--enable-feature=exemplar-storage',
	]);
	return `http://127.0.0.1:${port}/metrics-of/eu`;
}

/** A job for each service, named like it. */
const prometheusConfig = (folder: string, { port }: Exporter, alertmanager: string): string => `
global: {scrape_interval: 1s, evaluation_interval: 1s, external_labels: {cluster: live}}
rule_files: [${folder}/rules.yml]
alerting: {alertmanagers: [{static_configs: [{targets: ['${alertmanager}']}]}]}
scrape_configs:
${Object.keys(exported)
	.map(job => `- {job_name: ${job}, metrics_path: /${job}, static_configs: [{targets: ['127.0.0.1:${port}']}]}`)
	.join('\n')}
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
