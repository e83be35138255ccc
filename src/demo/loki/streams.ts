import type { Labels } from '../../model/labels.ts';
import type { Milliseconds } from '../../model/time.ts';
import { faresRelease, namespace, type ServiceName, services } from '../cast.ts';

/** One stream of the demo's Loki: a pod's output under its index labels. */
export type LogStream = {
	/** Its place in the list of all streams. */
	readonly number: number;
	readonly service: ServiceName;
	readonly labels: Labels;
};

/** What the shipper of each service makes its labels of: no two teams agree, as in real clusters. */
const labelsOf: Readonly<Record<ServiceName, (pod: string) => Labels>> = {
	concierge: pod => ({ app: 'concierge', container: 'concierge', namespace, pod, service_name: 'concierge' }),
	timetable: pod => ({ app: 'timetable', namespace, pod, service_name: 'timetable' }),
	fares: pod => ({ container: 'fares', job: `${namespace}/fares`, namespace, pod, service_name: 'fares' }),
	berths: pod => ({ container: 'berths', job: `${namespace}/berths`, namespace, pod, service_name: 'berths' }),
	manifest: pod => ({ app: 'manifest', namespace, pod, service_name: 'manifest', stream: 'stdout' }),
	till: pod => ({
		deployment_environment_name: 'production',
		k8s_namespace_name: namespace,
		k8s_pod_name: pod,
		service_name: 'till',
		service_namespace: namespace,
	}),
	herald: pod => ({ container: 'herald', job: 'herald', namespace, pod, service_name: 'herald' }),
	trackside: pod => ({ component: 'trackside', namespace, pod, service_name: 'trackside' }),
};

const streamOf = (service: ServiceName, pod: string, number: number): LogStream => ({
	number,
	service,
	labels: labelsOf[service](pod),
});

const first = Object.values(services).map(({ name, pod }, number) => streamOf(name, pod, number));
const released = streamOf('fares', faresRelease.pod, first.length);
const ofService = new Map(first.map(stream => [stream.service, stream]));

/** All streams there are: one for each service, and a second of `fares` since its release. */
export const streams: readonly LogStream[] = [...first, released];

/** Where a service's line goes that belongs to something that began at `at`. */
export const streamAt = (service: ServiceName, at: Milliseconds, releasedAt: Milliseconds): LogStream =>
	service === 'fares' && at >= releasedAt ? released : (ofService.get(service) ?? released);
