/**
 * Programs that measure others. When `job` or `service` names one of them, the alert is about what it watches and not
 * about itself: rules over kube-state-metrics carry `job="kube-state-metrics"` for every pod of the cluster.
 */

const exporters = [
	/^integrations\//,
	/(?:^|-)(?:kube-state-metrics|kubelet|cadvisor|node-?exporter|push-?gateway|metrics-server)$/,
	/^(?:node|nodes|apiserver|kubernetes-(?:nodes?|apiservers?|cadvisor|nodes-cadvisor))$/,
	/^(?:blackbox|snmp|ipmi|cloudwatch|yace|statsd|graphite|telegraf|grafana-agent|alloy|vmagent|vmalert)\b/,
	/^(?:alertmanager|prometheus)/,
	/^(?:otel|opentelemetry)[-_]?(?:collector|agent|gateway)/,
	/[-_]exporter(?:[-_].*)?$/,
];

/** Whether a `job`, a `service` or a workload is a program that measures others. */
export const isExporter = (name: string): boolean => {
	const plain = name.toLowerCase();
	return exporters.some(each => each.test(plain));
};

/**
 * Exporters that stand somewhere and tell of things elsewhere: their own address says nothing of what they measure.
 * Others stand beside it (a node's exporter) or are addressed in its name (a prober's `instance` is the target).
 */
const farObservers =
	/(?:^|[-/])kube-state-metrics$|push-?gateway|^(?:cloudwatch|yace|statsd|graphite|alertmanager|prometheus|apiserver|vmagent|vmalert|alloy|grafana-agent)|^(?:otel|opentelemetry)/;

/** Whether the `instance` of this job is only the exporter's address. */
export const isFarObserver = (job: string): boolean => farObservers.test(job.toLowerCase());

/** Scrape jobs that gather whatever they find: the name says how it was found, and not what. */
const collectors =
	/^(?:kubernetes|k8s)-(?:pods?|services?|endpoints|service-endpoints|ingress(?:es)?)(?:-.*)?$|^(?:pods|services|endpoints|apps|applications|microservices|federat(?:e|ion)|consul(?:-services)?|ec2|docker(?:swarm)?|static|targets|default)$/;

/** Whether a `job` names a way of discovery. */
export const isCollector = (job: string): boolean => collectors.test(job.toLowerCase());

/** Proxies and meshes by their usual names; their metrics tell of the services behind them. */
const goBetweens =
	/(?:^|-)(?:ingress-nginx|nginx-ingress|traefik|kong|haproxy|envoy|istio-proxy|istio-mesh|linkerd-proxy|hubble)(?:-|$)/;

/** Whether a name is that of a proxy, which is not the service its metrics tell of. */
export const isGoBetween = (name: string): boolean => goBetweens.test(name.toLowerCase());
