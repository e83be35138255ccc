import { describePlaces, type PlaceRow } from '../helpers/alert-places.ts';

/** Rules of the shapes of the kubernetes mixin and of what runs beside it. */
const objects: readonly PlaceRow[] = [
	{
		rule: 'crash loop',
		expression:
			'max_over_time(kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff",job="kube-state-metrics"}[5m]) >= 1',
		labels:
			'job=kube-state-metrics namespace=shop pod=till-6d4b75cb6d-x7k2p container=istio-proxy reason=CrashLoopBackOff uid=1f instance=10.0.0.9:8080 cluster=north',
		place: 'workload till · namespace=shop pod=till-6d4b75cb6d-x7k2p',
		reason:
			'The alert is labelled pod="till-6d4b75cb6d-x7k2p", by its name one of till, and job kube-state-metrics only measures.',
		limit: 'plain >= 1',
		series:
			'{reason="CrashLoopBackOff",job="kube-state-metrics",namespace="shop",pod="till-6d4b75cb6d-x7k2p",container="istio-proxy",instance="10.0.0.9:8080"}',
	},
	{
		rule: 'pod not ready, owner joined',
		expression:
			'sum by (namespace, pod, cluster) (max by (namespace, pod, cluster) (kube_pod_status_phase{job="kube-state-metrics",phase=~"Pending|Unknown|Failed"}) * on (namespace, pod, cluster) group_left (owner_kind) topk by (namespace, pod, cluster) (1, max by (namespace, pod, owner_kind, cluster) (kube_pod_owner{owner_kind!="Job"}))) > 0',
		labels: 'namespace=shop pod=till-6d4b75cb6d-x7k2p cluster=north',
		place: 'workload till · namespace=shop pod=till-6d4b75cb6d-x7k2p',
		reason:
			'The alert is labelled pod="till-6d4b75cb6d-x7k2p", by its name one of till, and job kube-state-metrics only measures.',
		limit: 'plain > 0',
		series:
			'{job="kube-state-metrics",phase=~"Pending|Unknown|Failed",namespace="shop",pod="till-6d4b75cb6d-x7k2p",cluster="north"}',
	},
	{
		rule: 'throttled, workload joined',
		expression:
			'sum by (namespace, workload) (increase(container_cpu_cfs_throttled_periods_total{container!="",job="kubelet"}[5m]) * on (namespace, pod) group_left (workload, workload_type) namespace_workload_pod:kube_pod_owner:relabel{workload_type="deployment"}) / sum by (namespace, workload) (increase(container_cpu_cfs_periods_total{container!="",job="kubelet"}[5m]) * on (namespace, pod) group_left (workload, workload_type) namespace_workload_pod:kube_pod_owner:relabel{workload_type="deployment"}) > (25 / 100)',
		labels: 'namespace=shop workload=till',
		place: 'workload till · namespace=shop',
		reason:
			'The alert is labelled workload="till", which its rule takes from namespace_workload_pod:kube_pod_owner:relabel, and job kubelet only measures.',
		limit: 'ratio > 0.25',
		series: '{job="kubelet",namespace="shop"}',
	},
	{
		rule: 'replicas missing while nothing changes',
		expression:
			'(kube_deployment_spec_replicas{job="kube-state-metrics"} > kube_deployment_status_replicas_available{job="kube-state-metrics"}) and (changes(kube_deployment_status_replicas_updated{job="kube-state-metrics"}[10m]) == 0)',
		labels:
			'job=kube-state-metrics namespace=shop deployment=till instance=10.0.0.9:8080 pod=kube-state-metrics-5b8f7d9c4-zq2xw container=kube-state-metrics',
		place: 'workload till · namespace=shop',
		reason: 'The alert is labelled deployment="till", and job kube-state-metrics only measures.',
		limit: '-',
		series:
			'{job="kube-state-metrics",namespace="shop",deployment="till",instance="10.0.0.9:8080",pod="kube-state-metrics-5b8f7d9c4-zq2xw",container="kube-state-metrics"}',
	},
	{
		rule: 'stateful set not rolled out',
		expression:
			'(max without (revision) (kube_statefulset_status_current_revision{job="kube-state-metrics"} unless kube_statefulset_status_update_revision{job="kube-state-metrics"}) * on (namespace, statefulset) (kube_statefulset_replicas{job="kube-state-metrics"} != kube_statefulset_status_replicas_updated{job="kube-state-metrics"})) and changes(kube_statefulset_status_replicas_updated[5m]) == 0',
		labels: 'namespace=shop statefulset=ledger-db job=kube-state-metrics',
		place: 'workload ledger-db · namespace=shop',
		reason: 'The alert is labelled statefulset="ledger-db", and job kube-state-metrics only measures.',
		limit: '-',
		series: '{job="kube-state-metrics",namespace="shop",statefulset="ledger-db"}',
	},
	{
		rule: 'daemon set misscheduled',
		expression: 'kube_daemonset_status_number_misscheduled{job="kube-state-metrics"} > 0',
		labels: 'job=kube-state-metrics namespace=logs daemonset=log-shipper',
		place: 'workload log-shipper · namespace=logs',
		reason: 'The alert is labelled daemonset="log-shipper", and job kube-state-metrics only measures.',
		limit: 'plain > 0',
		series: '{job="kube-state-metrics",namespace="logs",daemonset="log-shipper"}',
	},
	{
		rule: 'job failed',
		expression: 'kube_job_failed{job="kube-state-metrics"} > 0',
		labels: 'job=kube-state-metrics namespace=shop job_name=nightly-settle-28391040 condition=true',
		place: 'workload nightly-settle · namespace=shop',
		reason:
			'The alert is labelled job_name="nightly-settle-28391040", by its name one of nightly-settle, and job kube-state-metrics only measures.',
		limit: 'plain > 0',
		series: '{job="kube-state-metrics",namespace="shop",job_name="nightly-settle-28391040",condition="true"}',
	},
	{
		rule: 'autoscaler at its limit',
		expression:
			'kube_horizontalpodautoscaler_status_current_replicas{job="kube-state-metrics"} == kube_horizontalpodautoscaler_spec_max_replicas{job="kube-state-metrics"}',
		labels: 'job=kube-state-metrics namespace=shop horizontalpodautoscaler=till',
		place: 'workload till · namespace=shop',
		reason: 'The alert is labelled horizontalpodautoscaler="till", and job kube-state-metrics only measures.',
		limit: '-',
		series: '{job="kube-state-metrics",namespace="shop",horizontalpodautoscaler="till"}',
	},
	{
		rule: 'killed for its memory',
		expression:
			'(kube_pod_container_status_restarts_total - kube_pod_container_status_restarts_total offset 10m >= 1) and ignoring (reason) min_over_time(kube_pod_container_status_last_terminated_reason{reason="OOMKilled"}[10m]) == 1',
		labels: 'namespace=shop pod=till-6d4b75cb6d-x7k2p container=till job=kube-state-metrics',
		place: 'workload till · namespace=shop pod=till-6d4b75cb6d-x7k2p',
		reason:
			'The alert is labelled pod="till-6d4b75cb6d-x7k2p", by its name one of till, and job kube-state-metrics only measures.',
		limit: 'count >= 1',
		series: '{namespace="shop",pod="till-6d4b75cb6d-x7k2p",container="till",job="kube-state-metrics"}',
	},
	{
		rule: "labels of the target pushed aside by the scraper's",
		expression: 'increase(kube_pod_container_status_restarts_total[15m]) > 3',
		labels:
			'exported_namespace=shop exported_pod=till-6d4b75cb6d-x7k2p exported_container=till namespace=monitoring pod=kube-state-metrics-5b8f7d9c4-zq2xw container=kube-state-metrics service=kps-kube-state-metrics job=kps-kube-state-metrics',
		place: 'workload till · namespace=shop pod=till-6d4b75cb6d-x7k2p',
		reason:
			'The alert is labelled exported_pod="till-6d4b75cb6d-x7k2p", by its name one of till, and job kps-kube-state-metrics only measures.',
		limit: 'count > 3',
		series:
			'{exported_namespace="shop",exported_pod="till-6d4b75cb6d-x7k2p",exported_container="till",namespace="monitoring",pod="kube-state-metrics-5b8f7d9c4-zq2xw",container="kube-state-metrics",service="kps-kube-state-metrics",job="kps-kube-state-metrics"}',
	},
	{
		rule: 'memory of pods by a pattern, all labels summed away',
		expression:
			'sum(container_memory_working_set_bytes{pod=~"till-.*",container!=""}) / sum(kube_pod_container_resource_limits{resource="memory",pod=~"till-.*"}) > 0.9',
		labels: 'severity=warning',
		place: 'workload till',
		reason: `The alert's expression selects pod=~"till-.*", a pattern for till.`,
		limit: 'ratio > 0.9',
		series: '{pod=~"till-.*",resource="memory"}',
	},
	{
		rule: 'a recorded use of processors by containers',
		expression: 'node_namespace_pod_container:container_cpu_usage_seconds_total:sum_rate5m{container!=""} > 2',
		labels: 'node=box-7 namespace=shop pod=till-6d4b75cb6d-x7k2p container=till cluster=north',
		place: 'workload till · namespace=shop pod=till-6d4b75cb6d-x7k2p node=box-7',
		reason: 'The alert is labelled pod="till-6d4b75cb6d-x7k2p", by its name one of till.',
		limit: 'plain > 2',
		series: '{node="box-7",namespace="shop",pod="till-6d4b75cb6d-x7k2p",container="till"}',
	},
	{
		rule: 'labels of pods joined',
		expression:
			'sum by (label_app) (rate(container_cpu_usage_seconds_total[5m]) * on (namespace, pod) group_left (label_app) kube_pod_labels{label_app="till"}) > 2',
		labels: 'label_app=till',
		place: 'service till',
		reason: 'The alert is labelled label_app="till", which its rule takes from kube_pod_labels.',
		limit: 'plain > 2',
		series: '{}',
	},
	{
		rule: 'volume fills',
		expression:
			'(kubelet_volume_stats_available_bytes{job="kubelet"} / kubelet_volume_stats_capacity_bytes{job="kubelet"}) < 0.03 and kubelet_volume_stats_used_bytes{job="kubelet"} > 0 unless on (namespace, persistentvolumeclaim) kube_persistentvolumeclaim_labels{label_excluded="true"} == 1',
		labels:
			'job=kubelet namespace=shop persistentvolumeclaim=data-ledger-db-0 node=box-7 instance=10.0.0.5:10250 metrics_path=/metrics',
		place: 'part data-ledger-db-0 · namespace=shop node=box-7 instance=10.0.0.5:10250',
		reason: 'The alert is labelled persistentvolumeclaim="data-ledger-db-0", and job kubelet only measures.',
		limit: 'ratio < 0.03',
		series:
			'{job="kubelet",namespace="shop",persistentvolumeclaim="data-ledger-db-0",node="box-7",instance="10.0.0.5:10250"}',
	},
	{
		rule: 'node not ready',
		expression: 'kube_node_status_condition{job="kube-state-metrics",condition="Ready",status="true"} == 0',
		labels: 'job=kube-state-metrics node=box-7 condition=Ready status=true instance=10.0.0.9:8080',
		place: 'node box-7 · node=box-7',
		reason: 'The alert is labelled node="box-7", and job kube-state-metrics only measures.',
		limit: 'plain == 0',
		series: '{job="kube-state-metrics",condition="Ready",node="box-7",instance="10.0.0.9:8080"}',
	},
	{
		rule: 'too many pods on a node',
		expression:
			'count by (cluster, node) ((kube_pod_status_phase{job="kube-state-metrics",phase="Running"} == 1) * on (instance, pod, namespace, cluster) group_left (node) topk by (instance, pod, namespace, cluster) (1, kube_pod_info{job="kube-state-metrics"})) / max by (cluster, node) (kube_node_status_capacity{job="kube-state-metrics",resource="pods"} != 1) > 0.95',
		labels: 'node=box-7',
		place: 'node box-7 · node=box-7',
		reason:
			'The alert is labelled node="box-7", which its rule takes from kube_pod_info, and job kube-state-metrics only measures.',
		limit: 'ratio > 0.95',
		series: '{job="kube-state-metrics",phase="Running",resource="pods"}',
	},
	{
		rule: 'kubelet is slow',
		expression: 'node_quantile:kubelet_pleg_relist_duration_seconds:histogram_quantile{quantile="0.99"} >= 10',
		labels: 'node=box-7 quantile=0.99 instance=10.0.0.5:10250',
		place: 'node box-7 · node=box-7 instance=10.0.0.5:10250',
		reason: 'The alert is labelled node="box-7".',
		limit: 'plain >= 10',
		series: '{node="box-7",instance="10.0.0.5:10250"}',
	},
	{
		rule: 'quota of a namespace',
		expression:
			'kube_resourcequota{job="kube-state-metrics",type="used"} / ignoring (instance, job, type) (kube_resourcequota{job="kube-state-metrics",type="hard"} > 0) > 0.9',
		labels: 'namespace=shop resource=requests.cpu resourcequota=default',
		place: 'part shop · namespace=shop',
		reason: 'The alert is labelled namespace="shop", and job kube-state-metrics only measures.',
		limit: 'ratio > 0.9',
		series: '{job="kube-state-metrics",namespace="shop"}',
	},
	{
		rule: 'more was promised than the cluster has',
		expression:
			'sum by (cluster) (namespace_cpu:kube_pod_container_resource_requests:sum) - (sum by (cluster) (kube_node_status_allocatable{resource="cpu"}) - max by (cluster) (kube_node_status_allocatable{resource="cpu"})) > 0',
		labels: 'cluster=north severity=warning',
		place: '-',
		limit: 'plain > 0',
	},
	{
		rule: 'a container of Docker without Kubernetes',
		expression: '(time() - container_last_seen{name!=""}) > 60',
		labels: 'name=till id=/docker/4f1c instance=box-7:8080 job=cadvisor',
		place: 'workload till · instance=box-7:8080',
		reason: 'The alert is labelled name="till", and job cadvisor only measures.',
		limit: 'seconds > 60',
		series: '{name="till",instance="box-7:8080",job="cadvisor"}',
	},
	{
		rule: 'certificate of cert-manager',
		expression: '(certmanager_certificate_expiration_timestamp_seconds - time()) < (21 * 24 * 3600)',
		labels: 'name=shop-tls exported_namespace=shop namespace=cert-manager job=cert-manager',
		place: 'part shop-tls · namespace=shop',
		reason: 'The alert is labelled name="shop-tls".',
		limit: 'seconds < 1814400',
		series: '{name="shop-tls",exported_namespace="shop",namespace="cert-manager",job="cert-manager"}',
	},
	{
		rule: 'Argo CD out of sync',
		expression: 'argocd_app_info{sync_status!="Synced"} > 0',
		labels: 'name=till dest_namespace=shop namespace=argocd job=argocd-metrics project=default',
		place: 'workload till · namespace=shop',
		reason: 'The alert is labelled name="till".',
		limit: 'plain > 0',
		series: '{name="till",dest_namespace="shop",namespace="argocd",job="argocd-metrics"}',
	},
	{
		rule: 'CoreDNS answers with failures',
		expression:
			'sum by (job) (rate(coredns_dns_responses_total{job="kube-dns",rcode="SERVFAIL"}[5m])) / sum by (job) (rate(coredns_dns_responses_total{job="kube-dns"}[5m])) > 0.03',
		labels: 'job=kube-dns',
		place: 'service kube-dns',
		reason: `The alert's expression selects job="kube-dns".`,
		limit: 'ratio > 0.03',
		series: '{job="kube-dns"}',
	},
	{
		rule: 'etcd without a leader',
		expression: 'etcd_server_has_leader{job=~".*etcd.*"} == 0',
		labels: 'job=kube-etcd instance=10.0.0.2:2379 pod=etcd-box-1 namespace=kube-system',
		place: 'service kube-etcd · namespace=kube-system pod=etcd-box-1 instance=10.0.0.2:2379',
		reason: 'The alert is labelled job="kube-etcd".',
		limit: 'plain == 0',
		series: '{job="kube-etcd",instance="10.0.0.2:2379",pod="etcd-box-1",namespace="kube-system"}',
	},
];

/** Alerts that only Alertmanager told of, with a link that has no expression. */
const withoutRule: readonly PlaceRow[] = [
	{
		rule: 'a pod of a workload',
		labels:
			'job=kube-state-metrics namespace=shop pod=till-6d4b75cb6d-x7k2p container=istio-proxy instance=10.0.0.9:8080',
		place: 'workload till · namespace=shop pod=till-6d4b75cb6d-x7k2p',
		reason:
			'The alert is labelled pod="till-6d4b75cb6d-x7k2p", by its name one of till, and job kube-state-metrics only measures.',
		limit: '-',
	},
	{
		rule: 'a node',
		labels: 'job=kube-state-metrics node=box-7 condition=DiskPressure instance=10.0.0.9:8080',
		place: 'node box-7 · node=box-7',
		reason: 'The alert is labelled node="box-7", and job kube-state-metrics only measures.',
		limit: '-',
	},
	{
		rule: 'a machine, by the exporter on it',
		labels:
			'job=node-exporter instance=10.0.0.5:9100 namespace=monitoring pod=node-exporter-x7k2p container=node-exporter',
		place: 'node 10.0.0.5 · instance=10.0.0.5:9100',
		reason: 'The alert is labelled instance="10.0.0.5:9100", and job node-exporter only measures.',
		limit: '-',
	},
	{
		rule: 'an observer that cannot be told from what it observes',
		labels: 'job=kube-state-metrics instance=10.0.0.9:8080',
		place: '-',
		limit: '-',
	},
];

describePlaces('alerts about what runs in Kubernetes', objects);
describePlaces('alerts about what runs in Kubernetes, without their rule', withoutRule);
