import { inAnHour, most, of, perSecond, type UseResource } from './use-resource.ts';

const container = ['namespace', 'pod', 'container'];
const pod = ['namespace', 'pod'];

/** cAdvisor tells of the whole pod and of its pause container as well. */
const real = 'container!="",container!="POD"';

const pressure = (resource: string, kind: 'waiting' | 'stalled', worry: number) => ({
	name: kind,
	unit: 'ratio' as const,
	query: `max by ($by) (rate(${of(`container_pressure_${resource}_${kind}_seconds_total`, real)}[$R]))`,
	worry,
});

/** What kube-state-metrics knows of the pod's specification (https://github.com/kubernetes/kube-state-metrics). */
const specified = (resource: 'cpu' | 'memory') => ({
	limit: { of: 'limit', query: most('kube_pod_container_resource_limits', `resource="${resource}"`) },
	request: {
		of: 'request',
		query: most('kube_pod_container_resource_requests', `resource="${resource}"`),
		soft: true as const,
	},
});

const waitingReasons = 'reason=~"CrashLoopBackOff|ImagePullBackOff|ErrImagePull|CreateContainerConfigError"';

/** Containers and pods, by cAdvisor (https://github.com/google/cadvisor) and kube-state-metrics. */
export const containerResources: readonly UseResource[] = [
	{
		key: 'container-cpu',
		name: 'container CPU',
		group: 'CPU',
		by: container,
		utilization: [
			{
				name: 'in use',
				unit: 'cores',
				query: perSecond('container_cpu_usage_seconds_total', real),
				limits: [
					specified('cpu').limit,
					{
						of: 'limit',
						query: `${most('container_spec_cpu_quota', real)} / ${most('container_spec_cpu_period', real)}`,
					},
					specified('cpu').request,
				],
			},
			{
				name: 'in use',
				unit: 'cores',
				query: most('node_namespace_pod_container:container_cpu_usage_seconds_total:sum_rate5m'),
				limits: [specified('cpu').limit, specified('cpu').request],
			},
			{
				name: 'in use',
				unit: 'cores',
				query: most('node_namespace_pod_container:container_cpu_usage_seconds_total:sum_irate'),
				limits: [specified('cpu').limit, specified('cpu').request],
			},
		],
		saturation: [
			{
				name: 'throttled',
				unit: 'ratio',
				query: `sum by ($by) (increase(${of('container_cpu_cfs_throttled_periods_total', real)}[$R])) / sum by ($by) (increase(${of('container_cpu_cfs_periods_total', real)}[$R]))`,
				worry: 0.25,
			},
		],
	},
	{
		key: 'container-cpu-pressure',
		name: 'container CPU pressure',
		group: 'pressure',
		by: container,
		saturation: [pressure('cpu', 'waiting', 0.1)],
	},
	{
		key: 'container-memory',
		name: 'container memory',
		group: 'memory',
		by: container,
		utilization: [
			{
				name: 'working set',
				unit: 'bytes',
				query: most('container_memory_working_set_bytes', real),
				limits: [
					specified('memory').limit,
					{ of: 'limit', query: most('container_spec_memory_limit_bytes', real) },
					specified('memory').request,
				],
			},
		],
		saturation: [
			{
				name: 'major faults',
				unit: 'per-second',
				query: perSecond('container_memory_failures_total', `${real},failure_type="pgmajfault",scope="container"`),
				worry: 100,
			},
		],
		errors: [
			{ name: 'OOM kills in 1 h', unit: 'count', query: inAnHour('container_oom_events_total', real) },
			{
				name: 'last OOM killed',
				unit: 'count',
				query: most('kube_pod_container_status_last_terminated_reason', 'reason="OOMKilled"'),
			},
			{
				name: 'last killed',
				unit: 'count',
				query: `max by ($by) (${of('kube_pod_container_status_last_terminated_exitcode')} == bool 137)`,
			},
			{ name: 'at limit in 1 h', unit: 'count', query: inAnHour('container_memory_failcnt', real) },
		],
	},
	{
		key: 'container-memory-pressure',
		name: 'container mem. pressure',
		group: 'pressure',
		by: container,
		saturation: [pressure('memory', 'stalled', 0.05), pressure('memory', 'waiting', 0.1)],
	},
	{
		key: 'container-restarts',
		name: 'container restarts',
		group: 'restarts',
		by: container,
		saturation: [
			{ name: 'cannot start', unit: 'count', query: most('kube_pod_container_status_waiting_reason', waitingReasons) },
		],
		errors: [{ name: 'restarts in 1 h', unit: 'count', query: inAnHour('kube_pod_container_status_restarts_total') }],
	},
	{
		key: 'pod-readiness',
		name: 'pod readiness',
		group: 'restarts',
		by: pod,
		saturation: [{ name: 'unschedulable', unit: 'count', query: most('kube_pod_status_unschedulable') }],
		errors: [{ name: 'not ready', unit: 'count', query: most('kube_pod_status_ready', 'condition="false"') }],
	},
	...(
		[
			['deployment', 'kube_deployment_status_replicas_available', 'kube_deployment_spec_replicas'],
			['statefulset', 'kube_statefulset_status_replicas_ready', 'kube_statefulset_replicas'],
			['daemonset', 'kube_daemonset_status_number_available', 'kube_daemonset_status_desired_number_scheduled'],
		] as const
	).map(
		([kind, available, wanted]): UseResource => ({
			key: `${kind}-replicas`,
			name: `${kind} replicas`,
			group: 'restarts',
			by: ['namespace', kind],
			utilization: [
				{
					name: 'available',
					unit: 'count',
					query: most(available),
					limits: [{ of: 'wanted', query: most(wanted), soft: true }],
				},
			],
			errors: [{ name: 'missing', unit: 'count', query: `${most(wanted)} - ${most(available)}` }],
		}),
	),
	{
		key: 'autoscaler',
		name: 'autoscaler',
		group: 'restarts',
		by: ['namespace', 'horizontalpodautoscaler'],
		utilization: [
			{
				name: 'replicas',
				unit: 'count',
				query: most('kube_horizontalpodautoscaler_status_current_replicas'),
				limits: [{ of: 'maximum', query: most('kube_horizontalpodautoscaler_spec_max_replicas') }],
				worry: 0.99,
			},
		],
	},
	{
		key: 'volumes',
		name: 'volumes',
		group: 'file system',
		by: ['namespace', 'persistentvolumeclaim', 'persistentvolume'],
		utilization: [
			{
				name: 'full',
				unit: 'bytes',
				query: `max by ($by) (${of('kubelet_volume_stats_capacity_bytes')} - ${of('kubelet_volume_stats_available_bytes')})`,
				limits: [{ of: 'size', query: most('kubelet_volume_stats_capacity_bytes') }],
			},
		],
		errors: [
			{
				name: 'not bound',
				unit: 'count',
				query: most('kube_persistentvolumeclaim_status_phase', 'phase=~"Lost|Pending"'),
			},
			{
				name: 'not bound',
				unit: 'count',
				query: most('kube_persistentvolume_status_phase', 'phase=~"Failed|Pending"'),
			},
		],
	},
	{
		key: 'container-disk',
		name: 'container disk',
		group: 'disk',
		by: container,
		utilization: [{ name: 'busy', unit: 'ratio', query: perSecond('container_fs_io_time_seconds_total', real) }],
		saturation: [pressure('io', 'stalled', 0.05), pressure('io', 'waiting', 0.1)],
	},
	...(['receive', 'transmit'] as const).map(
		(direction): UseResource => ({
			key: `pod-network-${direction}`,
			name: direction === 'receive' ? 'pod network in' : 'pod network out',
			group: 'network',
			by: pod,
			utilization: [
				{
					name: direction === 'receive' ? 'received' : 'sent',
					unit: 'bytes-per-second',
					query: perSecond(`container_network_${direction}_bytes_total`),
				},
			],
			saturation: [
				{
					name: 'dropped',
					unit: 'per-second',
					query: perSecond(`container_network_${direction}_packets_dropped_total`),
				},
			],
			errors: [{ name: 'errors', unit: 'per-second', query: perSecond(`container_network_${direction}_errors_total`) }],
		}),
	),
	{
		key: 'compose-cpu',
		name: 'Docker CPU',
		group: 'CPU',
		by: ['instance', 'name'],
		utilization: [
			{
				name: 'in use',
				unit: 'cores',
				query: perSecond('container_cpu_usage_seconds_total', 'name!="",pod=""'),
				limits: [
					{
						of: 'limit',
						query: `${most('container_spec_cpu_quota', 'name!="",pod=""')} / ${most('container_spec_cpu_period', 'name!="",pod=""')}`,
					},
				],
			},
		],
	},
	{
		key: 'compose-memory',
		name: 'Docker memory',
		group: 'memory',
		by: ['instance', 'name'],
		utilization: [
			{
				name: 'working set',
				unit: 'bytes',
				query: most('container_memory_working_set_bytes', 'name!="",pod=""'),
				limits: [{ of: 'limit', query: most('container_spec_memory_limit_bytes', 'name!="",pod=""') }],
			},
		],
		errors: [
			{ name: 'OOM kills in 1 h', unit: 'count', query: inAnHour('container_oom_events_total', 'name!="",pod=""') },
		],
	},
];

/** Told of by no figure, but these say on which nodes the pods run. */
export const nodeNames: readonly string[] = ['kube_pod_info', 'target_info'];
