import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { secretReader } from '../../../src/cli/auth/secret.ts';
import type { Profile } from '../../../src/cli/profiles/profile.ts';
import { emptyFolder } from '../folder.ts';
import { refusalOf } from '../profiles/desk.ts';
import { files, importDesk } from './desk.ts';

const tools = join(files, 'tools');
const env = { KUBECONFIG: ['', join(tools, 'kubeconfig.yaml')].join(delimiter) };

test('services of the current context, through the API of its cluster', async () => {
	const { imported, path } = importDesk(env);
	const { told, profile } = await imported(
		'--kube-service',
		'prometheus=https:prometheus-k8s:web',
		'--kube-service',
		'loki=logs/loki-gateway:80/loki/',
	);
	const ca = join(dirname(path), 'prod-ca-of-prod.pem');
	const api = 'https://k8s.berths.example:6443/api/v1/namespaces';
	const shared = { tls: { ca }, proxy: 'socks5://jump.berths.example:1080' };
	expect(profile).toMatchObject({
		prometheus: { url: `${api}/monitoring/services/https:prometheus-k8s:web/proxy`, ...shared },
		loki: { url: `${api}/logs/services/loki-gateway:80/proxy/loki`, ...shared },
	});
	expect(readFileSync(ca, 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
	expect(told).toContain('its user must be allowed to get services/proxy');
});

test('the token of a plug-in is what it prints, cut out of its JSON', async () => {
	const { imported } = importDesk(env);
	const { profile } = await imported('--kube-service', 'loki=loki:3100');
	const auth = (profile as Profile).loki?.auth;
	if (auth?.type !== 'bearer') throw new Error('no token');
	const folder = emptyFolder();
	const aws = join(folder, 'aws');
	const printed = `{"kind": "ExecCredential",\n "status": {"expirationTimestamp": "2030", "token": "%s-%s-%s"}}`;
	writeFileSync(
		aws,
		`#!/bin/sh\necho "$KUBERNETES_EXEC_INFO" | grep -q '"apiVersion":"client.authentication.k8s.io/v1beta1"' || exit 1\nprintf '${printed}' "$AWS_PROFILE" "$#" "$4"\n`,
	);
	chmodSync(aws, 0o755);
	const reader = secretReader(auth.token, { env: { PATH: `${folder}:${process.env.PATH}` } });
	expect(await reader.read('loki')).toBe('prod-4-prod eu');
});

test('another context: certificates of files and of its own, by their whole paths', async () => {
	const { imported, path } = importDesk(env);
	const { profile } = await imported('--kube-context', 'desk@kind', '--kube-service', 'tempo=tempo:3200');
	const key = join(dirname(path), 'prod-key-of-desk-kind.pem');
	expect(profile).toEqual({
		tempo: {
			url: 'https://127.0.0.1:40443/api/v1/namespaces/default/services/tempo:3200/proxy',
			tls: { ca: join(tools, 'ca.crt'), cert: join(tools, 'client.crt'), key, serverName: 'kubernetes' },
		},
	});
	expect(readFileSync(key, 'utf8')).toContain('PRIVATE KEY');
});

test('a token that stands in it is not shown, and told', async () => {
	const { imported } = importDesk(env);
	const { told, profile } = await imported('--kube-context', 'token', '--kube-service', 'tempo=tempo:3200');
	expect(profile).toMatchObject({ tempo: { auth: { type: 'bearer', token: 'hunter2' } } });
	expect(told).toContain('better: tempo.auth.token.');
	expect(told).not.toContain('hunter2');
});

test.each([
	['--kube-context nowhere', 'There is no context nowhere. There are: prod, desk@kind, token, lost.'],
	['--kube-context lost', 'The cluster gone of the context lost is not described.'],
	['--kube-service loki', 'loki names no service of a backend. Write it as loki=NAMESPACE/NAME:PORT;'],
	['--kube-service mysql=a/b:1', 'mysql=a/b:1 names no service of a backend.'],
	['--kube-service loki=../x:1', 'loki=../x:1 names no service of a backend.'],
])('%s is refused', async (words, sentence) => {
	const { profile } = importDesk(env);
	const refusal = await refusalOf(
		profile('import', 'prod', '--kube-service', 'loki=loki:3100', ...words.split(' '), '--yes'),
	);
	expect(refusal).toContain(sentence);
});

test('no kubeconfig', async () => {
	const refusal = await refusalOf(importDesk().profile('import', 'prod', '--kube-service', 'loki=loki:3100'));
	expect(refusal).toContain('/nowhere/.kube/config cannot be read (ENOENT).');
});
