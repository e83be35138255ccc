import { expect, test } from 'vitest';
import { isCollector, isExporter, isFarObserver, isGoBetween } from '../../src/analysis/exporters.ts';

test.each([
	['kube-state-metrics', 'exporter far'],
	['kps-kube-state-metrics', 'exporter far'],
	['integrations/kubernetes/kube-state-metrics', 'exporter far'],
	['node-exporter', 'exporter'],
	['node', 'exporter'],
	['Postgres_Exporter', 'exporter'],
	['postgres-exporter-ledger', 'exporter'],
	['blackbox-http', 'exporter'],
	['pushgateway', 'exporter far'],
	['otel-collector', 'exporter far'],
	['prometheus-k8s', 'exporter far'],
	['kubernetes-pods', 'collector'],
	['federate', 'collector'],
	['ingress-nginx-controller', 'proxy'],
	['istio-proxy', 'proxy'],
	['till', ''],
	['node-pool-manager', ''],
	['pods-of-whales', ''],
	['exporter-of-goods', ''],
	['till-exporting', ''],
])('%s: %s', (name, expected) => {
	const found = [
		isExporter(name) ? 'exporter' : '',
		isFarObserver(name) ? 'far' : '',
		isCollector(name) ? 'collector' : '',
		isGoBetween(name) ? 'proxy' : '',
	];
	expect(found.filter(Boolean).join(' ')).toBe(expected);
});
