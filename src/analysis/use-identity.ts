import { equals, type Labels, type Matcher, matches } from '../model/labels.ts';
import { serviceLabels } from './label-roles.ts';
import { lazily } from './lazily.ts';
import { promSelector } from './promql-build.ts';
import type { ServiceRole } from './red-family.ts';
import { roleMatcher, serviceMatcher } from './red-services.ts';
import { escapeRegex } from './string-literal.ts';
import { nodeNames } from './use-containers.ts';
import type { UseResource } from './use-resource.ts';
import { metricsOf, useResources } from './use-resources.ts';
import { exportedSpelling, isSpelled, oldSpelling, spelled } from './use-spelling.ts';

/** For whom resources are looked for. */
export type UseIdentity = {
	readonly service: string;
	/** Of the alert that led here, when it is about this service: pod, node and instance are read from them. */
	readonly labels: Labels;
};

/** One way to tell that a series is of the service, and the metrics for which it is tried. */
export type UseClause = {
	readonly kind: 'service' | 'workload' | 'place';
	readonly matchers: readonly Matcher[];
	readonly metrics: readonly string[];
};

/** The alphabet of Kubernetes' generated names has no vowels. */
const generated = '[b-df-hj-np-tv-z0-9]';

/** Pods of a Deployment, a DaemonSet, a Job or a StatefulSet of this name, and of no longer name. */
export const podsOf = (workload: string): Matcher =>
	matches('pod', `${escapeRegex(workload)}-((${generated}{1,10}-)?${generated}{5}|[0-9]+)`);

/** A CronJob names its jobs by their time. */
const jobsOf = (workload: string): Matcher => matches('job_name', `${escapeRegex(workload)}(-[0-9]+)?`);

const claimsOf = (workload: string): Matcher =>
	matches('persistentvolumeclaim', `(.+-)?${escapeRegex(workload)}(-.+)?`);

/** A machine or a target by its name or address, for places that are about one. */
const machineOf = (name: string): Matcher => matches('instance', `(https?://)?${escapeRegex(name)}(:[0-9]+)?`);

/** All known metrics by whom they are of. */
const names = lazily(() => {
	const all: readonly string[] = [...new Set([...useResources.flatMap(metricsOf), ...nodeNames])];
	const starting = (...prefixes: readonly string[]): readonly string[] =>
		all.filter(metric => prefixes.some(prefix => metric.startsWith(prefix)));
	const containers = starting('container_', 'node_namespace_pod_container:');
	const pods = [...containers, ...starting('kube_pod_')];
	const hosts = new Set(useResources.filter(({ where }) => where === 'node').flatMap(metricsOf));
	const kubernetes = new Set([...pods, ...starting('kube_', 'kubelet_')]);
	return {
		starting,
		containers,
		pods,
		claims: starting('kubelet_volume_stats_', 'kube_persistentvolumeclaim_'),
		hosts: [...hosts],
		/** What services, their pools and their data stores' exporters say of themselves. */
		own: all.filter(metric => !kubernetes.has(metric) && !hosts.has(metric)),
	};
});

/** Labels of kube-state-metrics that name a workload. */
const workloadLabels = ['deployment', 'statefulset', 'daemonset', 'horizontalpodautoscaler', 'cronjob'];
/** Labels that only containers or workloads have; they are looked for there. */
const kubernetesLabels = ['container', 'deployment', 'workload'];

/** The labels that only some resources have for services, and what these measure. */
const ownRoles = lazily((): readonly { readonly role: ServiceRole; readonly metrics: readonly string[] }[] => {
	const found = new Map<string, { readonly role: ServiceRole; readonly metrics: Set<string> }>();
	for (const resource of useResources) {
		for (const role of resource.services ?? []) {
			const key = `${role.label} ${role.form}`;
			const { metrics } = found.get(key) ?? { metrics: new Set() };
			found.set(key, { role, metrics: new Set([...metrics, ...metricsOf(resource)]) });
		}
	}
	return [...found.values()].map(({ role, metrics }) => ({ role, metrics: [...metrics] }));
});

/** The ways to tell the service's resources, the surest first. */
export const resourceClauses = ({ service, labels }: UseIdentity): readonly UseClause[] => [
	...serviceLabels
		.filter(label => !kubernetesLabels.includes(label))
		.map(label => ({ kind: 'service' as const, matchers: [serviceMatcher(label, service)], metrics: names().own })),
	{ kind: 'workload', matchers: [podsOf(service)], metrics: [...names().pods, ...names().own] },
	{ kind: 'workload', matchers: [equals('container', service)], metrics: names().pods },
	{
		kind: 'workload',
		matchers: [equals('container_label_com_docker_compose_service', service)],
		metrics: names().containers,
	},
	...workloadLabels.map(label => ({
		kind: 'workload' as const,
		matchers: [equals(label, service)],
		metrics: names().starting(`kube_${label}_`),
	})),
	{ kind: 'workload', matchers: [jobsOf(service)], metrics: names().starting('kube_job_') },
	{ kind: 'workload', matchers: [claimsOf(service)], metrics: names().claims },
	...ownRoles().map(({ role, metrics }) => ({
		kind: 'place' as const,
		matchers: [roleMatcher(role, service)],
		metrics,
	})),
	{ kind: 'place', matchers: [machineOf(service)], metrics: [...names().hosts, ...names().own] },
	...alertClauses(labels),
];

/** By whom an alert's `instance` is measured, when it is not the sick one itself. */
const measuring = /kube-state-metrics|kubelet|cadvisor|apiserver|prometheus|pushgateway/;

/** Labels of queues, pools and databases that an alert may be about. */
const partLabels = [
	'consumergroup',
	'queue',
	'queue_name',
	'pool',
	'datname',
	'database',
	'dimension_DBInstanceIdentifier',
	'dbinstance_identifier',
];

function alertClauses(labels: Labels): readonly UseClause[] {
	const clause = (label: string, metrics: readonly string[], within: readonly string[] = []): readonly UseClause[] =>
		(labels[label] ?? '') === ''
			? []
			: [
					{
						kind: 'place',
						matchers: [...within, label].flatMap(name => {
							const value = labels[name] ?? '';
							return value === '' ? [] : [equals(name, value)];
						}),
						metrics,
					},
				];
	return [
		...clause('pod', [...names().pods, ...names().own], ['namespace']),
		...(measuring.test(labels.job ?? '') ? [] : clause('instance', [...names().own, ...names().hosts])),
		...workloadLabels.flatMap(label => clause(label, names().starting(`kube_${label}_`), ['namespace'])),
		...clause('job_name', names().starting('kube_job_'), ['namespace']),
		...clause('persistentvolumeclaim', names().claims, ['namespace']),
		...clause('persistentvolume', names().starting('kube_persistentvolume_')),
		...partLabels.flatMap(label => clause(label, names().own)),
	];
}

/** A few of the many series of one thing are enough to know that there are such: one CPU, one bucket, two quantiles. */
const few: readonly Matcher[] = [
	matches('le', '|\\+Inf'),
	matches('quantile', '|1|0\\.99'),
	matches('cpu', '|total|0|cpu0|cpu00'),
];

/**
 * Selectors that together find every series that tells of the service's resources; of these resources alone when they
 * are given.
 */
export function resourceSelectors(identity: UseIdentity, only?: readonly UseResource[]): readonly string[] {
	const wanted = only === undefined ? undefined : new Set(only.flatMap(metricsOf));
	return resourceClauses(identity)
		.flatMap(spellingsOfClause)
		.flatMap(({ matchers, metrics }) => {
			const asked = metrics.filter(metric => wanted?.has(metric) ?? true);
			return asked.length === 0
				? []
				: [promSelector(undefined, [matches('__name__', anyOf(asked)), ...matchers, ...few])];
		});
}

/** The clause, and what it is where Kubernetes' labels have other names. */
function spellingsOfClause(clause: UseClause): readonly Pick<UseClause, 'matchers' | 'metrics'>[] {
	const others = [
		{ spelling: exportedSpelling, all: names().pods },
		{ spelling: oldSpelling, all: names().containers },
	].map(({ spelling, all }) => ({
		matchers: spelled(clause.matchers, spelling),
		metrics: isSpelled(clause.matchers, spelling) ? clause.metrics.filter(metric => all.includes(metric)) : [],
	}));
	return [clause, ...others];
}

/** A pattern of exactly these names, written short: `go_(goroutines|sql_(in_use_connections|wait_count_total))`. */
function anyOf(names: readonly string[]): string {
	const byHead = new Map<string, string[]>();
	for (const name of names) {
		const head = /^[^_]*_?/.exec(name)?.[0] ?? name;
		const tails = byHead.get(head) ?? [];
		tails.push(name.slice(head.length));
		byHead.set(head, tails);
	}
	return [...byHead]
		.map(([head, tails]) => (tails.length === 1 ? `${head}${tails[0]}` : `${head}(${anyOf(tails)})`))
		.join('|');
}
