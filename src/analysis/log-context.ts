import type { Labels, Matcher } from '../model/labels.ts';
import type { LogRecord } from '../model/log-entry.ts';
import type { LogsPlace } from '../model/place.ts';
import { fixed, hour, type Milliseconds, type Nanoseconds, toMilliseconds } from '../model/time.ts';
import { logQuery, selectorOf } from './logql.ts';

/** So far on either side of a line the lines round it are looked for; what is read is bounded by their number. */
const reach: Milliseconds = hour;

/** The lines before and after one, in its own stream and the other streams of its pod, whatever narrowed the list it stood in. */
export function contextPlaceOf({ key, entry }: LogRecord): LogsPlace {
	const at = toMilliseconds(entry.at);
	const query = contextSelector(entry.labels, entry.metadata);
	return { kind: 'logs', query, around: key, window: fixed(at - reach, at + reach) };
}

/**
 * What one process or pod is known by, the surest first, and what makes that unique (Kubernetes by Promtail, Alloy and
 * OpenTelemetry; Docker; systemd; files).
 */
const homes: readonly { readonly name: string; readonly within: readonly string[] }[] = [
	...['pod', 'k8s_pod_name', 'pod_name', 'kubernetes_pod_name'].map(name => ({
		name,
		within: ['namespace', 'k8s_namespace_name', 'kubernetes_namespace_name', 'cluster', 'k8s_cluster_name'],
	})),
	{ name: 'service_instance_id', within: ['service_namespace', 'service_name'] },
	{ name: 'container_name', within: ['host', 'hostname', 'compose_project'] },
	{ name: 'unit', within: ['hostname', 'nodename', 'host'] },
	{ name: 'filename', within: ['host', 'hostname', 'nodename', 'instance'] },
];

/** Labels that tell the lines of one process apart and not the processes. */
const ofLines = new Set(['level', 'severity', 'severity_text', 'lvl', 'detected_level', 'stream', 'flags', 'logtag']);

/** Selects the streams of the pod, container, unit or file that wrote a line; its own stream where none of these is known. */
export function contextSelector(labels: Labels, metadata: Labels): string {
	const home = homes.find(({ name }) => (labels[name] ?? '') !== '');
	if (home !== undefined) return selectorOf(matchersOf(labels, [home.name, ...home.within]));
	const own = selectorOf(
		matchersOf(
			labels,
			Object.keys(labels).filter(name => !ofLines.has(name)),
		),
	);
	const beside = homes.find(({ name }) => (metadata[name] ?? '') !== '');
	if (beside === undefined) return own;
	return logQuery({ selector: own, metadataFilters: matchersOf(metadata, [beside.name]) });
}

const matchersOf = (labels: Labels, names: readonly string[]): readonly Matcher[] =>
	names.flatMap(name => {
		const value = labels[name] ?? '';
		return value === '' ? [] : [{ name, operator: '=', value } as const];
	});

/** The instant in a `LogsPlace.around`; `undefined` when it holds none. */
export function instantAround(around: string): Nanoseconds | undefined {
	const digits = /^(\d{16,20})(?:-[0-9a-z]+)?$/.exec(around)?.[1];
	return digits === undefined ? undefined : BigInt(digits);
}
