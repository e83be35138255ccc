import type { Labels } from '../../model/labels.ts';
import { day, type Milliseconds } from '../../model/time.ts';
import { namespace, type ServiceName, services } from '../cast.ts';
import type { Story } from '../story.ts';
import { gripAt } from '../weather.ts';
import { type Gauge, noise } from './gauge.ts';
import type { StoredSeries } from './series.ts';

type Container = {
	readonly service: ServiceName;
	readonly cores: number;
	readonly memoryMiB: number;
	readonly cpuLimit: number;
	readonly memoryLimitMiB: number;
};

/** What the containers of some services use, and what they may. */
const containers: readonly Container[] = [
	{ service: 'concierge', cores: 0.31, memoryMiB: 236, cpuLimit: 1, memoryLimitMiB: 512 },
	{ service: 'berths', cores: 0.26, memoryMiB: 212, cpuLimit: 0.5, memoryLimitMiB: 384 },
	{ service: 'manifest', cores: 0.42, memoryMiB: 618, cpuLimit: 2, memoryLimitMiB: 1024 },
];

/** What the platform tells of the services: cAdvisor, kube-state-metrics, and the exporter beside a data store. */
export const platformGauges = (story: Story, gauge: Gauge): readonly StoredSeries[] => [
	...containers.flatMap(container => containerGauges(story, gauge, container)),
	...databaseGauges(story, gauge),
];

const containerGauges = (story: Story, gauge: Gauge, container: Container): readonly StoredSeries[] => {
	const { service, cores, memoryMiB, cpuLimit, memoryLimitMiB } = container;
	const of = { namespace, pod: services[service].pod, container: service };
	const usage = { ...of, job: 'kubelet', instance: 'sleeper-2:10250' };
	const state = { ...of, job: 'kube-state-metrics', instance: 'kube-state-metrics:8080' };
	const workload = { namespace, deployment: service, job: state.job, instance: state.instance };
	const seconds = (at: Milliseconds): number => (at - story.beganAt + 2 * day) / 1000;
	const periods = (at: Milliseconds): number => Math.floor(seconds(at) * 10);
	const limit = (resource: string, unit: string, value: number): StoredSeries =>
		gauge('kube_pod_container_resource_limits', { ...state, resource, unit }, () => value);
	return [
		gauge('container_cpu_usage_seconds_total', { ...usage, cpu: 'total' }, at => cores * seconds(at)),
		gauge('container_cpu_cfs_periods_total', usage, periods),
		gauge('container_cpu_cfs_throttled_periods_total', usage, at => Math.floor(periods(at) * cores * 0.04)),
		gauge(
			'container_memory_working_set_bytes',
			usage,
			at => 2 ** 20 * (memoryMiB + Math.floor(12 * noise(story, at, memoryMiB))),
		),
		limit('cpu', 'core', cpuLimit),
		limit('memory', 'byte', memoryLimitMiB * 2 ** 20),
		gauge('kube_pod_container_status_restarts_total', state, () => 0),
		gauge('kube_deployment_spec_replicas', workload, () => 1),
		gauge('kube_deployment_status_replicas_available', workload, () => 1),
	];
};

/** The database of `manifest`: the export's one long transaction, and the locks that the bookings wait for. */
const databaseGauges = (story: Story, gauge: Gauge): readonly StoredSeries[] => {
	const database: Labels = { job: 'postgres', instance: 'manifest-db:9187', namespace, service: 'manifest' };
	const named = { ...database, datname: 'manifest' };
	const exporting = (at: Milliseconds): boolean => gripAt(at, story) > 0;
	const active = (at: Milliseconds): number =>
		3 + Math.round(gripAt(at, story) * 3 + 2 * noise(story, at, 31)) + (exporting(at) ? 1 : 0);
	return [
		gauge('pg_up', database, () => 1),
		gauge('pg_settings_max_connections', database, () => 100),
		gauge('pg_stat_activity_count', { ...named, state: 'active' }, active),
		gauge('pg_stat_activity_count', { ...named, state: 'idle' }, at => 24 - active(at)),
		gauge('pg_stat_activity_max_tx_duration', { ...named, state: 'active' }, at =>
			exporting(at) ? (at - story.brokeAt) / 1000 : 0.02 + 0.1 * noise(story, at, 32),
		),
		gauge('pg_locks_count', { ...named, mode: 'exclusivelock' }, at => (exporting(at) ? 1 : 0)),
		gauge('pg_locks_count', { ...named, mode: 'rowexclusivelock' }, active),
	];
};
