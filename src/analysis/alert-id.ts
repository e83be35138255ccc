import { type Labels, labelsKey } from '../model/labels.ts';

/**
 * Labels that Prometheus servers commonly add on the way to Alertmanager (`external_labels`). Which of them were added
 * cannot be told while Prometheus is missing, so they never count for the identity of an alert.
 */
const externalLabels: ReadonlySet<string> = new Set([
	...['cluster', 'cluster_name', 'prometheus', 'prometheus_replica', 'replica', '__replica__', 'monitor'],
	...['env', 'environment', 'stage', 'region', 'zone', 'datacenter', 'dc', 'site', 'tenant', 'org', 'account'],
	...['alertgroup', 'source', 'receive_replica', 'thanos_replica', 'rule_replica', 'ruler_replica'],
]);

/**
 * One id, `NAME@8-hex`, for each label set. The same alert has the same id whether it was seen by Prometheus, by
 * Alertmanager or by both, as long as its external labels have common names. Alerts that differ in nothing else (one
 * Alertmanager over two clusters) are told apart by all of their labels.
 */
export function alertIds(labelSets: readonly Labels[]): readonly string[] {
	const short = labelSets.map(labels => alertId(labels, name => !externalLabels.has(name)));
	const seen = new Set<string>();
	const shared = new Set(short.filter(id => seen.size === seen.add(id).size));
	return labelSets.map((labels, index) => {
		const id = short[index] ?? '';
		return shared.has(id) ? alertId(labels, () => true) : id;
	});
}

function alertId(labels: Labels, counts: (name: string) => boolean): string {
	const kept = Object.fromEntries(Object.entries(labels).filter(([name]) => counts(name)));
	return `${labels.alertname ?? '(unnamed)'}@${hashOf(labelsKey(kept)).toString(16).padStart(8, '0')}`;
}

/** FNV-1a over UTF-16 units, 32 bits: an identity among some hundreds of alerts, not a defence. */
function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	}
	return hash >>> 0;
}
