import { expect, test } from 'vitest';
import { demoNow } from '../../helpers/demo.ts';
import { dataSources, type GrafanaOptions, serveGrafana, token } from '../../helpers/grafana.ts';
import { refusalOf } from '../profiles/desk.ts';
import { importDesk } from './desk.ts';

const env = { GRAFANA_TOKEN: token };

async function grafana(options: Partial<GrafanaOptions> = {}) {
	const { url, asked } = await serveGrafana({ now: () => demoNow, ...options });
	return { url, asked, words: ['--grafana-url', url, '--bearer-env', 'GRAFANA_TOKEN'] };
}

test('one profile through its proxy, data sources named where there are several', async () => {
	const { url, words } = await grafana();
	const { told, profile } = await importDesk(env).imported(...words);
	expect(profile).toEqual({
		grafana: {
			url,
			auth: { type: 'bearer', token: { env: 'GRAFANA_TOKEN' } },
			dataSources: { prometheus: 'Metrics' },
		},
	});
	expect(told).toContain('For prometheus Metrics is taken, not Ancient metrics');
	expect(told).not.toContain(token);
	const named = await importDesk(env).imported(...words, '--data-source', 'prometheus=p-old');
	expect(named.profile).toMatchObject({ grafana: { dataSources: { prometheus: 'Ancient metrics' } } });
});

test('a viewer has the names from the settings', async () => {
	const { words } = await grafana({ viewer: true });
	expect((await importDesk(env).imported(...words)).profile).toMatchObject({
		grafana: { dataSources: { prometheus: 'Metrics' } },
	});
});

test('their own URLs, with variables for the secrets that Grafana does not tell', async () => {
	const detail = {
		url: 'http://loki-gateway.monitoring.svc',
		basicAuth: true,
		basicAuthUser: '1234',
		jsonData: { httpHeaderName1: 'Authorization', httpHeaderName2: 'X-Scope-OrgID', tlsAuthWithCACert: true },
		secureJsonFields: { basicAuthPassword: true, httpHeaderValue2: true, tlsCACert: true },
	};
	const { words } = await grafana({
		dataSources: [
			{ uid: 'l1', name: 'Logs', type: 'loki', detail },
			{ uid: 'x1', name: 'Sales', type: 'postgres' },
		],
	});
	const { told, profile } = await importDesk(env).imported(...words, '--direct');
	expect(profile).toEqual({
		loki: {
			url: 'http://loki-gateway.monitoring.svc',
			auth: { type: 'basic', user: '1234', password: { env: 'SMOKEJUMPER_LOKI_BASIC_AUTH_PASSWORD' } },
			headers: { 'X-Scope-OrgID': { env: 'SMOKEJUMPER_LOKI_HTTP_HEADER_VALUE2' } },
		},
	});
	expect(told).toContain('Grafana does not tell basicAuthPassword of Logs: set SMOKEJUMPER_LOKI_BASIC_AUTH_PASSWORD,');
	expect(told).toContain('Grafana does not tell tlsCACert of Logs: name its file with profile edit.');
	expect(told).toContain('loki-gateway.monitoring.svc of Logs is a name inside a cluster');
});

test('what goes wrong is told in a sentence, and nothing is saved', async () => {
	const { url, words } = await grafana();
	const at = (env: NodeJS.ProcessEnv, ...more: readonly string[]) =>
		refusalOf(importDesk(env).profile('import', 'prod', ...more, '--yes'));
	expect(await at({ GRAFANA_TOKEN: 'hunter2' }, ...words)).toMatch(/refused the token|401/);
	expect(await at({ GRAFANA_TOKEN: 'hunter2' }, ...words)).not.toContain('hunter2');
	expect(await at({}, ...words)).toMatch(/GRAFANA_TOKEN is empty or not set\. Set it, and import again\.$/);
	expect(await at(env, '--grafana-url', 'http://127.0.0.1:1')).toMatch(/^Nothing listens|refused|127\.0\.0\.1:1/);
	const none = await grafana({ dataSources: dataSources.filter(({ type }) => type === 'postgres') });
	expect(await at(env, ...none.words)).toContain('Grafana has no data source that smokejumper could ask.');
	expect(await at(env, '--grafana-url', `${url}/nowhere`, '--bearer-env', 'GRAFANA_TOKEN')).toMatch(/404/);
});
