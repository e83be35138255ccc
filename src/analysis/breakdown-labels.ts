import { podLabels } from './alert-subjects.ts';
import { plainName, statusLabels } from './label-roles.ts';
import type { FoundTarget } from './service-target.ts';

/** A label by which a service can be broken down, and what it tells, in a word or two. */
export type BreakdownLabel = { readonly label: string; readonly word: string };

type Role = { readonly word: string; readonly names: readonly string[] };

/** What tells requests apart beside the route, in the order in which it is asked at night; of each the first counts. */
const roles: readonly Role[] = [
	{
		word: 'method',
		names: ['http_request_method', 'http_method', 'request_method', 'method', 'verb', 'rpc_method', 'grpc_method'],
	},
	{ word: 'pod', names: podLabels },
	{
		word: 'version',
		names: ['service_version', 'app_version', 'app_kubernetes_io_version', 'destination_version', 'version'],
	},
	{ word: 'status', names: statusLabels },
	{ word: 'instance', names: ['service_instance_id', 'exported_instance', 'instance'] },
	{ word: 'caller', names: ['source_workload', 'source_canonical_service', 'source_app'] },
	{ word: 'zone', names: ['zone', 'availability_zone', 'cloud_availability_zone', 'topology_kubernetes_io_zone'] },
	{ word: 'cluster', names: ['k8s_cluster_name', 'cluster'] },
];

/**
 * By what the service can be broken down: its route, then method, pod, version, status and where it runs, of which only
 * those that the series of its rate have. An instance is not told where there are pods, of which each has one.
 */
export function breakdownLabels({
	routeLabel,
	errorMatcher,
	labels = [],
}: Pick<FoundTarget, 'routeLabel' | 'errorMatcher' | 'labels'>): readonly BreakdownLabel[] {
	const route = routeLabel === undefined ? [] : [{ label: routeLabel, word: 'route' }];
	const others = roles.flatMap(({ word, names }) => {
		const known = word === 'status' && errorMatcher !== undefined ? [plainName(errorMatcher.name), ...names] : names;
		const label = known
			.map(name => labels.find(each => plainName(each) === name))
			.find(each => each !== undefined && each !== routeLabel);
		return label === undefined ? [] : [{ label, word }];
	});
	const hasPods = others.some(({ word }) => word === 'pod');
	return [...route, ...others.filter(({ word }) => word !== 'instance' || !hasPods)];
}

/** The labels to go on to from the one that it is broken down by: the next first, round at the end, itself left out. */
export function otherBreakdowns(target: FoundTarget, by = target.routeLabel): readonly BreakdownLabel[] {
	const all = breakdownLabels(target);
	const at = all.findIndex(({ label }) => label === by);
	return [...all.slice(at + 1), ...all.slice(0, Math.max(0, at))];
}
