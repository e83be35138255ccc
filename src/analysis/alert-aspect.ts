import type { Finding } from './alert-evidence.ts';
import { plainName } from './label-roles.ts';
import { lazily } from './lazily.ts';
import { isUsual, rolesOfMetric } from './red-names.ts';
import { metricsOf, useResources } from './use-resources.ts';

/** Whether an alert's rule measures the requests of who is alerted, or the resources. */
export type AlertAspect = 'requests' | 'resources';

/**
 * What a rule that reads `metric` measures. Machines and parts have no requests of their own, and an exporter counts
 * none of a workload. An address that counts requests itself is a service without another name; a service has pools,
 * heaps and files too.
 */
export function aspectOf({ kind, by }: Finding, metric: string): AlertAspect {
	if (by === 'objects' || by === 'outside') return 'resources';
	if (kind === 'instance') return countsRequests(metric) ? 'requests' : 'resources';
	if (kind !== 'service' && kind !== 'workload') return 'resources';
	return by !== 'scrape' && !countsRequests(metric) && tellsOfResource(metric) ? 'resources' : 'requests';
}

const countsRequests = (metric: string): boolean =>
	rolesOfMetric(metric).some(role => role.family.side === 'served' && isUsual(role));

/** True for what a resource is charted from, and for what client libraries tell of their own process. */
export const tellsOfResource = (metric: string): boolean =>
	runtimes.test(plainName(metric)) || resourceMetrics().has(plainName(metric));

/** What client libraries tell of their own process; only some of it stands in `useResources`. */
const runtimes = /^(?:process|go|jvm|nodejs|python|dotnet|hikaricp)_/;

const resourceMetrics = lazily((): ReadonlySet<string> => new Set(useResources.flatMap(metricsOf)));
