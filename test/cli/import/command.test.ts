import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refusalOf } from '../profiles/desk.ts';
import { files, importDesk } from './desk.ts';

const helm = join(files, 'grafana', 'helm-values.yaml');

test('what would be saved is shown without its secrets, then asked for', async () => {
	const { profile, asked, path } = importDesk({}, ['n', 'y']);
	expect(await profile('import', 'prod', helm)).toBe('Nothing was saved.\n');
	expect(existsSync(path)).toBe(false);
	expect(asked[0]).toMatch(/"url": "https:\/\/logs\.fares\.example/);
	expect(asked[0]).toMatch(/"secretAccessKey": "hidden"/);
	expect(asked[0]).toMatch(/\nSave it as prod\? y or n: $/);
	expect(asked[0]).not.toContain('hunter2');
	expect(await profile('import', 'prod', helm)).toMatch(/^Saved prod \(prometheus, loki\) in .*\.\n$/);
	expect(readFileSync(path, 'utf8')).toContain('https://logs.fares.example');
});

test('nobody is there to be asked: --dry-run shows it, --yes saves it', async () => {
	const { profile, path } = importDesk();
	expect(await refusalOf(profile('import', 'prod', helm))).toBe(
		'Nothing is saved without a question, which nobody is there to answer. Add --yes, or --dry-run to see it only.',
	);
	expect(await profile('import', 'prod', helm, '--dry-run')).toMatch(/^\{\n[\s\S]*\n\nNothing was saved\.\n$/);
	expect(existsSync(path)).toBe(false);
});

test('what a profile has of a backend is replaced, and told before', async () => {
	const { profile, file } = importDesk();
	await profile('add', 'prod', '--loki-url', 'http://old.example', '--tempo-url', 'http://t.example', '--tenant', 'x');
	expect(await profile('import', 'prod', helm, '--yes')).toContain(
		'prod is there already: loki in it would be replaced.',
	);
	expect(file()).toMatchObject({
		profiles: {
			prod: { loki: { url: 'https://logs.fares.example' }, tempo: { url: 'http://t.example', tenant: 'x' } },
		},
	});
	expect(JSON.stringify(file())).not.toContain('old.example');
});

test.each([
	['prod', 'Nothing is named to import from. Name files of Grafana,'],
	['prod --logcli --amtool', 'A profile is imported from one source at a time.'],
	['prod --logcli --direct', '--direct needs a Grafana.'],
	['prod --logcli --tenant x', 'Only of Grafana and with --http-config is it said here how a backend is reached.'],
	['prod --logcli --kube-context x', '--kube-context alone names no backend.'],
	['prod --grafana-url hunter2', 'The value of --grafana-url is not an http or https URL.'],
	['prod --logcli --data-source x=y', 'x=y names no data source.'],
	['demo --logcli', 'demo is the embedded incident.'],
	['a/b --logcli', 'a/b is no name for a profile.'],
])('import %s is refused in a sentence', async (line, sentence) => {
	const { profile } = importDesk({ LOKI_ADDR: 'http://l.example' });
	const refusal = await refusalOf(profile('import', ...line.split(' ')));
	expect(refusal).toContain(sentence);
	expect(refusal).not.toContain('hunter2');
});

test('the help fits 80 columns', async () => {
	const { profile } = importDesk();
	const help = await profile('import', '--help');
	expect(help).toMatch(/^ {2}--bearer-SOURCE <value>/m);
	expect(help).not.toContain('--oauth2');
	for (const line of help.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
});
