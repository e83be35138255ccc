import { describe, expect, test } from 'vitest';
import { greet } from '../../../src/backends/identity/greet.ts';
import { skewOf } from '../../../src/backends/skew.ts';
import type { BackendName } from '../../../src/model/failure.ts';
import {
	answering,
	askingNow,
	failureLine,
	httpOver,
	type Reply,
	recordingOf,
	replaying,
} from '../../helpers/replay.ts';

const greeted = async (backend: BackendName, dispatcher: Parameters<typeof httpOver>[1]) =>
	greet(httpOver(backend, dispatcher), backend, { now: () => 0, asking: askingNow() }).then(
		({ product }) => [product.name, product.version ?? 'no version'].join(' '),
		failureLine,
	);

describe('who answers, as real servers said it', () => {
	test.each<[BackendName, string, string]>([
		['prometheus', 'prometheus-3.5.3/buildinfo', 'Prometheus 3.5.3+ds1'],
		['prometheus', 'victoriametrics-1.145/buildinfo', 'VictoriaMetrics no version'],
		['alertmanager', 'alertmanager-0.33.1/status', 'Alertmanager 0.33.1'],
		['loki', 'loki-3.4.6/buildinfo', 'Loki no version'],
		['tempo', 'tempo-3.0.3/buildinfo', 'Tempo no version'],
	])('%s: %s is %s', async (backend, recording, product) => {
		expect(await greeted(backend, replaying(recording).dispatcher)).toBe(product);
	});
});

const reply = (json: unknown): Reply => ({ status: 200, contentType: 'application/json', json });
const build = (data: object): Reply =>
	reply({ status: 'success', data: { revision: 'a1', goVersion: 'go1.26', ...data } });

describe('who answers, as it is documented', () => {
	test.each<[BackendName, Reply, string]>([
		['prometheus', build({ application: 'Grafana Mimir', version: '3.1.0' }), 'Mimir 3.1.0'],
		['prometheus', build({ application: 'Cortex', version: '1.19.0' }), 'Cortex 1.19.0'],
		['prometheus', build({ version: '0.39.2' }), 'Thanos 0.39.2'],
		['prometheus', build({ version: '2.55.1' }), 'Prometheus 2.55.1'],
		['prometheus', reply({ status: 'success', data: {} }), 'VictoriaMetrics no version'],
		['loki', reply({ version: '3.4.6', revision: 'a1', goVersion: 'go1.24' }), 'Loki 3.4.6'],
		['alertmanager', reply({ versionInfo: { version: 'N/A' }, cluster: { status: 'ready' } }), 'Grafana no version'],
		['jaeger', reply({ services: ['edge'] }), 'Jaeger no version'],
		['grafana', reply({ database: 'ok', version: '12.1.0', commit: 'b2' }), 'Grafana 12.1.0'],
		['grafana', reply({ database: 'ok' }), 'Grafana no version'],
	])('%s: %j is %s', async (backend, given, product) => {
		expect(await greeted(backend, answering(() => given).dispatcher)).toBe(product);
	});

	test('an answer of another kind of server is none', async () => {
		const { response } = recordingOf('prometheus-3.5.3/buildinfo');
		expect(await greeted('loki', answering(() => response).dispatcher)).toMatch(
			/^wrong-shape: Loki at backend.example:9090 answered JSON that is not what the API of Loki says: version is missing/,
		);
	});
});

describe('the clock of a server', () => {
	const noon = Date.UTC(2026, 10, 22, 12);
	const answered = (date: number) => ({ status: 200, contentType: '', body: '', date });

	test.each([
		['a second that holds the moment of the question', noon, noon + 200, noon + 300, { least: -300, most: 800 }],
		['ten seconds ahead', noon + 10_000, noon, noon + 300, { least: 9700, most: 11_000 }],
		['a slow answer, which hides two seconds', noon - 2000, noon, noon + 4000, { least: -6000, most: -1000 }],
	])('%s', (_, date, sent, received, skew) => {
		expect(skewOf(answered(date), sent, received)).toEqual(skew);
	});

	test('is not known without a date', () => {
		expect(skewOf({ status: 200, contentType: '', body: '' }, noon, noon)).toBeUndefined();
	});
});
