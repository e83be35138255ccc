import type { Labels } from '../model/labels.ts';
import type { LogField } from '../model/log-entry.ts';
import { rankFor } from './log-keys.ts';

/** Labels that name a service, best first, as shippers set them (Loki's own discovery list, Docker, systemd). */
export const serviceLabels = [
	'service_name',
	'service',
	'app',
	'application',
	'app_name',
	'app_kubernetes_io_name',
	'k8s_deployment_name',
	'k8s_statefulset_name',
	'container',
	'k8s_container_name',
	'container_name',
	'compose_service',
	'swarm_service',
	'component',
	'workload',
	'job',
	'syslog_identifier',
	'unit',
] as const;

/** Names of shippers and of nobody. */
const nobody =
	/^(?:unknown[_-]?service(?::.*)?|fluent-?bit|fluentd|vector|promtail|alloy|varlogs|docker|containerd|systemd-journal|journal|kubernetes-pods|default|logs?)$/i;

/** Who wrote a line: by the labels of its stream, and where those name only the shipper by the line's own words. */
export function serviceOf(labels: Labels, fields: readonly LogField[]): string {
	for (const label of serviceLabels) {
		const name = nameIn(label, labels[label]);
		if (name !== undefined && !nobody.test(name)) return name;
	}
	return ownService(fields) ?? podService(labels) ?? labels.service_name ?? labels.job ?? 'unknown';
}

/** Prometheus and Alloy write `namespace/name` into `job`; systemd's units end in their kind. */
function nameIn(label: string, value: string | undefined): string | undefined {
	if (value === undefined || value === '') return undefined;
	if (label === 'job') return value.slice(value.lastIndexOf('/') + 1) || undefined;
	if (label === 'unit') return value.replace(/\.service$/, '');
	return label === 'container_name' ? value.replace(/^\//, '') : value;
}

function ownService(fields: readonly LogField[]): string | undefined {
	let found: string | undefined;
	let rank = Number.POSITIVE_INFINITY;
	for (const { name, value } of fields) {
		const claim = rankFor('service', name);
		if (claim !== undefined && claim < rank && value !== '' && !nobody.test(value)) {
			found = value;
			rank = claim;
		}
	}
	return found;
}

/** `checkout-6f7c9d5b4-x2x9k` without the hashes of its ReplicaSet and pod. */
const podService = ({ pod, k8s_pod_name }: Labels): string | undefined =>
	(pod ?? k8s_pod_name)?.replace(/-[0-9a-f]{6,10}-[0-9a-z]{5}$|-\d+$|-[0-9a-z]{5}$/, '');
