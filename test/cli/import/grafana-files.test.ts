import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../folder.ts';
import { refusalOf } from '../profiles/desk.ts';
import { files, importDesk } from './desk.ts';

const grafana = (name: string) => join(files, 'grafana', name);

/** A file of data sources, as text. */
function written(text: string): string {
	const path = join(emptyFolder(), 'ds.yaml');
	writeFileSync(path, text);
	return path;
}

test('the data sources of a provisioning file, secrets by the names of their variables and files', async () => {
	const { imported, path } = importDesk({ LOKI_HOST: 'https://logs.berths.example', MIMIR_PASSWORD: 'hunter2' });
	const { told, profile } = await imported(grafana('datasources.yaml'));
	const cert = join(dirname(path), 'prod-loki-tlsClientCert.pem');
	expect(profile).toEqual({
		prometheus: {
			url: 'https://mimir.berths.example/prometheus?max_source_resolution=5m',
			auth: { type: 'basic', user: '412345', password: { env: 'MIMIR_PASSWORD' } },
			tenant: ['berths', 'till'],
		},
		alertmanager: { url: 'https://mimir.berths.example/alertmanager' },
		loki: {
			url: 'https://logs.berths.example/loki',
			auth: { type: 'bearer', token: { env: 'LOKI_TOKEN' } },
			headers: { 'X-Team': { env: 'TEAM_KEY' }, 'X-Price': '5$' },
			tls: {
				ca: '/etc/ssl/berths/ca.pem',
				cert,
				key: '/etc/ssl/berths/key.pem',
				serverName: 'logs.berths.example',
			},
		},
		tempo: { url: 'http://tempo.tracing.svc.cluster.local:3200' },
	});
	expect(readFileSync(cert, 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----\n.*\n-----END CERTIFICATE-----\n$/);
	expect(statSync(cert).mode & 0o777).toBe(0o600);
	expect(told).toContain('smokejumper does not ask its kind: Sales (postgres).');
	expect(told).toContain('For tempo Traces EU is taken, not Traces US: --data-source tempo=NAME takes another.');
	expect(told).toContain('For alertmanager Mimir alerts is taken, not Other alerts');
	expect(told).toContain('tempo.tracing.svc.cluster.local of Traces EU is a name inside a cluster');
	expect(told).toContain(
		'Of derivedFields, tracesToLogs, tracesToLogsV2, exemplarTraceIdDestinations only is used which',
	);
	expect(told).toContain('Read from the environment whenever it is used: MIMIR_PASSWORD, LOKI_TOKEN, TEAM_KEY.');
	expect(told).not.toContain('not set here');
	expect(told).toContain('where a file or a variable would be better: prometheus.url, loki.headers.X-Price.');
	expect(told).toContain('Saved prod (prometheus, alertmanager, loki, tempo) in');
	expect(told).not.toContain('hunter2');
});

test('Helm values and a ConfigMap, several files at once', async () => {
	const { imported } = importDesk();
	const { told, profile } = await imported(grafana('helm-values.yaml'), grafana('configmap.yaml'));
	expect(profile).toEqual({
		prometheus: {
			url: 'https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-0f00/',
			auth: {
				type: 'sigv4',
				region: 'eu-west-1',
				accessKeyId: { env: 'AMP_KEY' },
				secretAccessKey: 'hunter2',
			},
		},
		loki: { url: 'https://logs.fares.example' },
		jaeger: { url: 'http://jaeger-query:16686' },
	});
	expect(told).toContain('AMP assumes a role at Amazon');
	expect(told).toContain('jaeger-query of Jaeger is a name inside a cluster');
	expect(told).toContain('Jaeger is let in with the token of who is logged in to Grafana');
	expect(told).toContain('better: prometheus.auth.secretAccessKey.');
	expect(told).not.toContain('hunter2');
});

test('another of a kind is taken when it is named, by its name or its identifier', async () => {
	const { imported } = importDesk();
	const words = ['--data-source', 'tempo=tempo-us', '--data-source', 'alertmanager=Other alerts'];
	expect((await imported(grafana('datasources.yaml'), ...words)).profile).toMatchObject({
		tempo: { url: 'http://tempo-us.berths.example:3200' },
		alertmanager: { url: 'http://alertmanager:9093' },
	});
});

test('a variable that is not set is told, and what cannot be reached is left out', async () => {
	const { imported } = importDesk();
	const { told, profile } = await imported(
		written('datasources: [{name: L, type: loki, url: $LOKI/loki}, {name: T, type: tempo, url: "http://t.example"}]'),
	);
	expect(profile).toEqual({ tempo: { url: 'http://t.example' } });
	expect(told).toContain('LOKI, from which the URL of L comes, is not set here.');
	expect(told).toContain('The URL of L is none of http or https, so it was left out.');
});

test.each([
	['an open quote', 'datasources: [{name: "hunter2', /ds\.yaml is not valid YAML: line 1, column \d+\. Mend it/],
	['a template of Helm', '{{ .Values.hunter2 }}:\n  - a: [', /ds\.yaml is not valid YAML: line/],
	['an alias of nothing', 'datasources: [*hunter2]', /The aliases in .* lead nowhere or to too much\./],
	[
		'a name that is a number',
		'datasources: [{name: 1, type: loki}]',
		/is no file of data sources: name should be of type string\./,
	],
	['no type', 'datasources: [{name: L}]', /is no file of data sources: type is missing\./],
	['another file', 'groups: []', /has no data sources of Grafana\. They stand in a list under datasources\./],
	['an empty file', '', /has no data sources of Grafana\./],
	[
		'an unknown type',
		'datasources: [{name: C, type: cloudwatch}]',
		/no data source that smokejumper could ask\. Left out, as smokejumper does not ask its kind: C \(cloudwatch\)\./,
	],
	[
		'a laugh of aliases',
		`a: &a [x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(40)}]\nc: [${'*b,'.repeat(40)}]\ndatasources: []`,
		/too much\./,
	],
	['a pit of brackets', `datasources: ${'['.repeat(100_000)}`, /cannot be read as YAML|is not valid YAML/],
	['a long file', `# ${'x'.repeat(1024 * 1024)}`, /is longer than 1 MiB\./],
])('%s is refused in a sentence', async (_, text, sentence) => {
	const { profile, folder } = importDesk();
	const refusal = await refusalOf(profile('import', 'prod', written(text), '--yes'));
	expect(refusal).toMatch(sentence);
	expect(refusal).not.toContain('hunter2');
	expect(() => readdirSync(folder)).toThrow('ENOENT');
});

test('a file that is not there, a folder and a device', async () => {
	const { profile } = importDesk();
	const at = (path: string) => refusalOf(profile('import', 'prod', path));
	expect(await at('/nowhere/ds.yaml')).toMatch(/^\/nowhere\/ds\.yaml cannot be read \(ENOENT\)\./);
	expect(await at(files)).toContain('is a folder. Name the files in it.');
	expect(await at('/dev/zero')).toBe('/dev/zero is no file. Put what it holds into one.');
});
