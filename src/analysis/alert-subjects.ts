import { plainName, serviceLabels } from './label-roles.ts';

/** What is measured: a service under the name by which it is known, its workload, a machine, an address, or a part. */
export type AlertedKind = 'service' | 'workload' | 'node' | 'instance' | 'part';

/**
 * Who took a measurement. `outside`: an exporter, whose `namespace` and `pod` are its own. `objects`: an exporter that
 * says those of the measured. `own`: the scraped process of itself, even when it is an exporter. `scrape`: Prometheus,
 * of what it scraped. `proxy`: one that stands before the services it tells of. `service`: the service itself.
 */
export type Measurer = 'outside' | 'objects' | 'own' | 'scrape' | 'proxy' | 'service';

/**
 * Who the metrics of a family tell of. Rules about infrastructure read metrics that somebody else took, so that `job`,
 * `service`, `pod` and `namespace` are often those of the observer; here stands which labels to believe.
 */
export type MetricSubject = {
	readonly metrics: RegExp;
	/** Labels that name who is measured, in tiers: of one tier the rule's own matchers go before the alert's labels. */
	readonly tiers: readonly (readonly string[])[];
	/** What an `instance` of the family is. */
	readonly instance: 'instance' | 'node';
	readonly by: Measurer;
	/** What the label `name` of the family is the name of; a part of the infrastructure when absent. */
	readonly named?: AlertedKind;
	/** The component, where an installation has one of it and its rules often keep no label. */
	readonly component?: string;
};

/** Names of services but for the container, which a pod's name tells better. */
export const serviceNames: readonly string[] = [
	...serviceLabels.filter(name => name !== 'container'),
	'label_app_kubernetes_io_name',
	'label_app',
];

/** Without `job`, where that is the exporter's, whatever it is called. */
const givenNames = serviceNames.filter(name => name !== 'job');

export const podLabels: readonly string[] = ['exported_pod', 'pod', 'pod_name', 'kubernetes_pod_name', 'k8s_pod_name'];

/** Labels of kube-state-metrics, Argo Rollouts and OpenTelemetry that name what keeps pods. */
export const ownerLabels: readonly string[] = [
	'k8s_statefulset_name',
	'statefulset',
	'k8s_daemonset_name',
	'daemonset',
	'rollout',
	'k8s_cronjob_name',
	'cronjob',
	'job_name',
	'horizontalpodautoscaler',
	'scaledobject',
	'owner_name',
	'created_by_name',
	'replicaset',
];

const containers = ['exported_container', 'container', 'container_name', 'container_label_com_docker_compose_service'];
export const nodeLabels: readonly string[] = ['node', 'kubernetes_node', 'k8s_node_name', 'nodename'];
const targets = ['exported_target', 'target', 'exported_instance', 'instance'];
const servers = ['server', 'addr', 'address', 'exported_instance', 'instance'];
export const instanceLabels: ReadonlySet<string> = new Set([...targets, ...servers, 'host', 'hostname', 'host_name']);

/** Parts of infrastructure that have names of their own. */
export const partLabels: readonly string[] = [
	'consumergroup',
	'consumer_group',
	'queue',
	'queue_name',
	'topic',
	'datname',
	'database',
	'db_name',
	'pool',
	'persistentvolumeclaim',
	'persistentvolume',
	'ingress',
	'certificate',
];

const owners = [...ownerLabels, ...podLabels];
const stores = [givenNames, servers, owners, partLabels];

/** For metrics of which nothing is known, and rules without an expression. */
export const anySubject: MetricSubject = {
	metrics: /^/,
	tiers: [
		serviceNames,
		owners,
		containers,
		partLabels,
		nodeLabels,
		[...targets, 'host', 'hostname', 'host_name'],
		['slo'],
	],
	instance: 'instance',
	by: 'service',
};

const proxy = (metrics: RegExp, ...names: readonly string[]): MetricSubject => ({
	metrics,
	tiers: [names, ...anySubject.tiers],
	instance: 'instance',
	by: 'proxy',
});

const store = (metrics: RegExp, ...names: readonly string[]): MetricSubject => ({
	metrics,
	tiers: names.length > 0 ? [names, ...stores, ['job']] : [...stores, ['job']],
	instance: 'instance',
	by: 'outside',
});

const own = (metrics: RegExp, component?: string): MetricSubject => ({
	...anySubject,
	metrics,
	by: 'own',
	...(component === undefined ? {} : { component }),
});

const kubeObjects: MetricSubject = {
	metrics: /^(?:kube_|container_|kubelet_volume_stats_|cadvisor_)/,
	tiers: [
		owners.filter(name => name !== 'owner_name'),
		['deployment', 'workload', 'k8s_deployment_name', 'label_app_kubernetes_io_name', 'label_app', 'owner_name'],
		containers,
		partLabels,
		givenNames,
		nodeLabels,
		['name', 'id'],
		['exported_namespace', 'namespace'],
	],
	instance: 'node',
	by: 'objects',
	named: 'workload',
};

/**
 * The families whose labels need to be known, the first that fits counts. Names are those of the exporters and
 * projects themselves; a recording rule is found by the metric in its name.
 */
const subjects: readonly MetricSubject[] = [
	{ ...anySubject, metrics: /^(?:up|scrape_\w+)$/, by: 'scrape' },
	{
		...kubeObjects,
		metrics: /^kube_(?:deployment|replicaset|rollout)_/,
		tiers: [['deployment', 'replicaset'], ...kubeObjects.tiers],
	},
	{ ...kubeObjects, metrics: /^kube_node_/, tiers: [nodeLabels, ...kubeObjects.tiers] },
	{ ...kubeObjects, metrics: /^kube_(?:resourcequota|namespace)/, tiers: [['exported_namespace', 'namespace']] },
	own(/^kube_state_metrics_/, 'kube-state-metrics'),
	kubeObjects,
	{
		metrics:
			/^(?:node|windows|smartctl|ipmi)_|^system_(?:memory|disk|network|filesystem|paging|cpu_(?:time|utilization))/,
		tiers: [[...nodeLabels, 'exported_instance', 'host_name', 'instance']],
		instance: 'node',
		by: 'outside',
	},
	{
		metrics: /^probe_/,
		tiers: [givenNames, targets],
		instance: 'instance',
		by: 'outside',
	},
	{ ...own(/^kubelet_/, 'kubelet'), tiers: [nodeLabels, ['instance'], ...anySubject.tiers], instance: 'node' },
	store(/^(?:pg|pgbouncer|postgres|mysql|redis|memcached|mongodb|cassandra|oracledb|mssql|clickhouse|zookeeper|zk)_/),
	{ ...store(/^elasticsearch_/), tiers: [...stores, ['exported_cluster', 'cluster', 'name'], ['job']] },
	store(
		/^(?:kafka_consumer_?group|kminion_kafka_consumer_group|kafka_burrow)_/,
		'consumergroup',
		'consumer_group',
		'group',
		'group_id',
		'topic',
	),
	store(/^(?:celery|flower)_/, 'queue_name', 'name'),
	store(
		/^aws_/,
		'dimension_DBInstanceIdentifier',
		'dimension_QueueName',
		'dimension_FunctionName',
		'dimension_TargetGroup',
		'dimension_LoadBalancer',
		'dbinstance_identifier',
		'queue_name',
		'function_name',
		'target_group',
		'load_balancer',
		'name',
	),
	{ ...store(/^argocd_app_/, 'name'), by: 'objects', named: 'workload' },
	{ ...store(/^(?:certmanager_certificate|x509_cert)_/, 'name', 'secret_name', 'host'), by: 'objects' },
	proxy(
		/^istio_/,
		'destination_canonical_service',
		'destination_service_name',
		'destination_workload',
		'destination_app',
		'destination_service',
		'source_canonical_service',
		'source_workload',
		'source_app',
	),
	proxy(
		/^(?:request_total|response_total|response_latency_ms|route_(?:request|response|actual)_\w+|outbound_\w+)/,
		'dst_deployment',
		'dst_service',
		'dst',
		'deployment',
		'statefulset',
		'daemonset',
	),
	proxy(/^envoy_cluster_/, 'exported_service', 'envoy_cluster_name'),
	proxy(/^nginx_ingress_controller_/, 'exported_service', 'service', 'exported_ingress', 'ingress', 'host'),
	proxy(/^traefik_/, 'exported_service', 'service', 'router'),
	proxy(/^haproxy_/, 'proxy', 'backend', 'frontend', 'server'),
	proxy(/^kong_/, 'exported_service', 'service', 'route'),
	proxy(/^hubble_/, 'destination_workload', 'destination_app', 'destination'),
	proxy(/^traces_service_graph_/, 'server', 'client'),
	own(/^(?:apiserver|kube_apiserver)_/, 'kube-apiserver'),
	own(/^scheduler_/, 'kube-scheduler'),
	own(/^(?:workqueue|rest_client)_/),
	own(/^etcd_/, 'etcd'),
	own(/^coredns_/, 'coredns'),
	own(/^argocd_/, 'argocd'),
	own(/^certmanager_/, 'cert-manager'),
	own(/^prometheus_/, 'prometheus'),
	own(/^alertmanager_/, 'alertmanager'),
	own(/^(?:otelcol|alloy|vm|vmagent|vmalert|loki|tempo|cortex|mimir|thanos|grafana|blackbox_exporter|pushgateway)_/),
	own(/^(?:http_server|http_requests?|grpc_server|rpc_server|process|go|jvm|python|nodejs|dotnet|ruby|promhttp)_/),
];

/** Who a metric tells of; `anySubject` when nothing is known of it. */
export const subjectOfMetric = (metric: string): MetricSubject => {
	const names = metricsIn(plainName(metric));
	return subjects.find(({ metrics }) => names.some(name => metrics.test(name))) ?? anySubject;
};

/**
 * The metric in the name of a recording rule: before the colon of `apiserver_request:burnrate1h`, but in
 * `level:metric:operations` behind the first, which lists labels
 * (https://prometheus.io/docs/practices/rules/#naming).
 */
const metricsIn = (name: string): readonly string[] => {
	const parts = name.split(':');
	return parts.length > 2 ? parts.slice(1) : parts;
};
