import { describe, expect, test } from 'vitest';
import { profileNameOf, readPastedUrl } from '../../src/analysis/pasted-url.ts';
import type { BackendName } from '../../src/model/failure.ts';

describe('an address that was pasted is the base URL behind it', () => {
	test.each<[BackendName, string, string]>([
		['prometheus', 'metrics.example:9090', 'http://metrics.example:9090'],
		['prometheus', '  "http://10.0.0.7:9090/" ', 'http://10.0.0.7:9090'],
		['prometheus', '[::1]:9090', 'http://[::1]:9090'],
		['prometheus', 'localhost', 'http://localhost'],
		['prometheus', 'metrics/prom', 'http://metrics/prom'],
		['prometheus', '10.0.0.7/prom', 'http://10.0.0.7/prom'],
		['grafana', 'grafana.example/login', 'https://grafana.example'],
		['prometheus', 'metrics.example:443/prom', 'https://metrics.example/prom'],
		['prometheus', 'https://m.example/prometheus', 'https://m.example/prometheus'],
		['prometheus', 'https://m.example/prometheus/api/v1/query?query=up', 'https://m.example/prometheus'],
		['prometheus', 'http://m.example:9090/graph?g0.expr=up&g0.tab=1', 'http://m.example:9090'],
		['prometheus', 'http://m.example:9090/query?g0.expr=up', 'http://m.example:9090'],
		['prometheus', 'http://m.example:9090/query', 'http://m.example:9090/query'],
		['prometheus', 'http://m.example:9090/alerts?search=pier', 'http://m.example:9090'],
		['prometheus', 'https://aps.example/workspaces/ws-1/api/v1/query', 'https://aps.example/workspaces/ws-1'],
		['prometheus', 'https://m.example/select/0/prometheus', 'https://m.example/select/0/prometheus'],
		['prometheus', 'http://vm.example:8428/vmui/?#/?g0.expr=up', 'http://vm.example:8428'],
		['prometheus', 'http://vm.example/select/7/vmui/', 'http://vm.example/select/7/prometheus'],
		['prometheus', 'https://gateway.example/m?route=eu', 'https://gateway.example/m?route=eu'],
		['alertmanager', 'http://am.example:9093/#/alerts?silenced=false', 'http://am.example:9093'],
		['alertmanager', 'http://am.example/alertmanager/api/v2/alerts', 'http://am.example/alertmanager'],
		['loki', 'http://logs.example:3100/loki/api/v1/query_range?query={a="b"}', 'http://logs.example:3100'],
		['loki', 'http://logs.example:3100/ready', 'http://logs.example:3100'],
		['tempo', 'http://t.example:3200/api/search?q={}', 'http://t.example:3200'],
		['tempo', 'http://t.example/tempo/api/traces/7f3c', 'http://t.example/tempo'],
		['jaeger', 'http://t.example:16686/trace/7f3c?uiFind=x', 'http://t.example:16686'],
		['jaeger', 'http://t.example:16686/jaeger/search', 'http://t.example:16686/jaeger'],
		['grafana', 'https://g.example/grafana/explore?orgId=1&left=%7B%7D', 'https://g.example/grafana'],
		['grafana', 'https://g.example/login', 'https://g.example'],
		['grafana', 'https://g.example/?orgId=1', 'https://g.example'],
	])('%s %s', (backend, pasted, url) => expect(readPastedUrl(pasted, backend)).toMatchObject({ ok: true, url }));
});

test.each([
	'https://g.example/grafana/explore?schemaVersion=1&panes=%7B%7D',
	'https://g.example/grafana/d/a1b2/orders?orgId=1',
	'https://g.example/grafana/alerting/list',
	'https://g.example/grafana/api/datasources/proxy/uid/prom/api/v1/query?query=up',
])('what only Grafana has is Grafana, in whatever line: %s', pasted =>
	expect(readPastedUrl(pasted, 'prometheus')).toEqual({
		ok: true,
		url: 'https://g.example/grafana',
		backend: 'grafana',
	}),
);

test('a user and a password are taken out of it', () =>
	expect(readPastedUrl('https://mira:p%40ss@m.example/prom', 'prometheus')).toEqual({
		ok: true,
		url: 'https://m.example/prom',
		user: 'mira',
		password: 'p@ss',
	}));

test.each(['', 'http://', 'two words', 'ftp://m.example', 'postgres://u:p@db.example'])('%j is none', text =>
	expect(readPastedUrl(text, 'prometheus')).toMatchObject({ ok: false }),
);

test.each([
	['https://prometheus.prod-eu.example.com/prom', [], 'prod-eu'],
	['https://prometheus.prod-eu.example.com/prom', ['prod-eu'], 'prod-eu-2'],
	['http://grafana.harbour.example', [], 'harbour'],
	['http://localhost:9090', [], 'main'],
	['http://10.0.0.7:9090', ['main', 'main-2'], 'main-3'],
	['http://[::1]:9090', [], 'main'],
	['http://prometheus:9090', [], 'main'],
	['', [], 'main'],
])('the profile of %s beside %j is called %s', (url, taken, name) => expect(profileNameOf(url, taken)).toBe(name));
