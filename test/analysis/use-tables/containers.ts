/** Containers and pods, by cAdvisor and kube-state-metrics; see `drawnCases`. */
export const containersTable = `
# CPU
container_cpu_usage_seconds_total{$P,container="{quay,,POD}",cpu="total"}
container_cpu_cfs_throttled_periods_total{$P,container="quay"}
container_cpu_cfs_periods_total{$P,container="quay"}
container_pressure_cpu_waiting_seconds_total{$P,container="quay"}
kube_pod_container_resource_limits{$P,container="quay",resource="{cpu,memory}"}
kube_pod_container_resource_requests{$P,container="quay",resource="{cpu,memory}"}
=>
container-cpu utilization in cores: sum by (namespace, pod, container) (rate(container_cpu_usage_seconds_total{$P,container!="",container!="POD"}[5m]))
  limit: max by (namespace, pod, container) (kube_pod_container_resource_limits{$P,resource="cpu"})
  soft request: max by (namespace, pod, container) (kube_pod_container_resource_requests{$P,resource="cpu"})
container-cpu saturation in ratio: sum by (namespace, pod, container) (increase(container_cpu_cfs_throttled_periods_total{$P,container!="",container!="POD"}[5m])) / sum by (namespace, pod, container) (increase(container_cpu_cfs_periods_total{$P,container!="",container!="POD"}[5m]))
container-cpu-pressure saturation in ratio: max by (namespace, pod, container) (rate(container_pressure_cpu_waiting_seconds_total{$P,container!="",container!="POD"}[5m]))

# CPU without a limit
container_cpu_usage_seconds_total{$P,container="quay"}
kube_pod_container_resource_limits{$P,container="quay",resource="memory"}
kube_pod_container_resource_requests{$P,container="quay",resource="cpu"}
=>
container-cpu utilization in cores: sum by (namespace, pod, container) (rate(container_cpu_usage_seconds_total{$P,container!="",container!="POD"}[5m]))
  soft request: max by (namespace, pod, container) (kube_pod_container_resource_requests{$P,resource="cpu"})

# CPU by the recording rule
node_namespace_pod_container:container_cpu_usage_seconds_total:sum_irate{$P,container="quay"}
=>
container-cpu utilization in cores: max by (namespace, pod, container) (node_namespace_pod_container:container_cpu_usage_seconds_total:sum_irate{$P})

# memory
container_memory_working_set_bytes{$P,container="quay"}
container_spec_memory_limit_bytes{$P,container="quay"}
container_memory_failures_total{$P,container="quay",failure_type="{pgfault,pgmajfault}",scope="container"}
container_pressure_memory_stalled_seconds_total{$P,container="quay"}
container_oom_events_total{$P,container="quay"}
kube_pod_container_resource_limits{$P,container="quay",resource="memory"}
kube_pod_container_status_last_terminated_reason{$P,container="quay",reason="Error"}
=>
container-memory utilization in bytes: max by (namespace, pod, container) (container_memory_working_set_bytes{$P,container!="",container!="POD"})
  limit: max by (namespace, pod, container) (kube_pod_container_resource_limits{$P,resource="memory"})
  limit: max by (namespace, pod, container) (container_spec_memory_limit_bytes{$P,container!="",container!="POD"})
container-memory saturation in per-second: sum by (namespace, pod, container) (rate(container_memory_failures_total{$P,container!="",container!="POD",failure_type="pgmajfault",scope="container"}[5m]))
container-memory errors in count: sum by (namespace, pod, container) (increase(container_oom_events_total{$P,container!="",container!="POD"}[1h]))
container-memory-pressure saturation in ratio: max by (namespace, pod, container) (rate(container_pressure_memory_stalled_seconds_total{$P,container!="",container!="POD"}[5m]))

# memory without the kernel's own count of kills
container_memory_working_set_bytes{$P,container="quay"}
kube_pod_container_status_last_terminated_exitcode{$P,container="quay"}
container_pressure_memory_waiting_seconds_total{$P,container="quay"}
container_pressure_io_waiting_seconds_total{$P,container="quay"}
=>
container-memory utilization in bytes: max by (namespace, pod, container) (container_memory_working_set_bytes{$P,container!="",container!="POD"})
container-memory errors in count: max by (namespace, pod, container) (kube_pod_container_status_last_terminated_exitcode{$P} == bool 137)
container-memory-pressure saturation in ratio: max by (namespace, pod, container) (rate(container_pressure_memory_waiting_seconds_total{$P,container!="",container!="POD"}[5m]))
container-disk saturation in ratio: max by (namespace, pod, container) (rate(container_pressure_io_waiting_seconds_total{$P,container!="",container!="POD"}[5m]))

# memory, killed before
kube_pod_container_status_last_terminated_reason{$P,container="quay",reason="Error"}
=>
container-memory errors in count: max by (namespace, pod, container) (kube_pod_container_status_last_terminated_reason{$P,reason="OOMKilled"})

# memory, no count of kills at all
container_memory_failcnt{$P,container="quay"}
=>
container-memory errors in count: sum by (namespace, pod, container) (increase(container_memory_failcnt{$P,container!="",container!="POD"}[1h]))

# CPU by the newer recording rule
node_namespace_pod_container:container_cpu_usage_seconds_total:sum_rate5m{$P,container="quay"}
=>
container-cpu utilization in cores: max by (namespace, pod, container) (node_namespace_pod_container:container_cpu_usage_seconds_total:sum_rate5m{$P})

# a volume of an alert
kube_persistentvolume_status_phase{persistentvolume="tide-volume",phase="{Bound,Failed}"}
=>
volumes errors in count: max by (persistentvolume) (kube_persistentvolume_status_phase{persistentvolume="tide-volume",phase=~"Failed|Pending"})

# life of pods
kube_deployment_status_replicas_available{namespace="harbour",deployment="pier"}
kube_deployment_spec_replicas{namespace="harbour",deployment="pier"}
kube_horizontalpodautoscaler_status_current_replicas{namespace="harbour",horizontalpodautoscaler="pier"}
kube_horizontalpodautoscaler_spec_max_replicas{namespace="harbour",horizontalpodautoscaler="pier"}
kube_pod_status_unschedulable{$P}
kube_pod_container_status_restarts_total{$P,container="quay"}
kube_pod_container_status_waiting_reason{$P,container="quay",reason="CrashLoopBackOff"}
kube_pod_status_ready{$P,condition="{true,false}"}
=>
container-restarts saturation in count: max by (namespace, pod, container) (kube_pod_container_status_waiting_reason{$P,reason=~"CrashLoopBackOff|ImagePullBackOff|ErrImagePull|CreateContainerConfigError"})
container-restarts errors in count: sum by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total{$P}[1h]))
pod-readiness saturation in count: max by (namespace, pod) (kube_pod_status_unschedulable{$P})
pod-readiness errors in count: max by (namespace, pod) (kube_pod_status_ready{$P,condition="false"})
deployment-replicas utilization in count: max by (namespace, deployment) (kube_deployment_status_replicas_available{namespace="harbour",deployment="pier"})
  soft wanted: max by (namespace, deployment) (kube_deployment_spec_replicas{namespace="harbour",deployment="pier"})
deployment-replicas errors in count: max by (namespace, deployment) (kube_deployment_spec_replicas{namespace="harbour",deployment="pier"}) - max by (namespace, deployment) (kube_deployment_status_replicas_available{namespace="harbour",deployment="pier"})
autoscaler utilization in count: max by (namespace, horizontalpodautoscaler) (kube_horizontalpodautoscaler_status_current_replicas{namespace="harbour",horizontalpodautoscaler="pier"})
  maximum: max by (namespace, horizontalpodautoscaler) (kube_horizontalpodautoscaler_spec_max_replicas{namespace="harbour",horizontalpodautoscaler="pier"})

# life of stateful sets and daemon sets
kube_statefulset_status_replicas_ready{namespace="harbour",statefulset="pier"}
kube_statefulset_replicas{namespace="harbour",statefulset="pier"}
kube_daemonset_status_number_available{namespace="harbour",daemonset="pier"}
kube_daemonset_status_desired_number_scheduled{namespace="harbour",daemonset="pier"}
=>
statefulset-replicas utilization in count: max by (namespace, statefulset) (kube_statefulset_status_replicas_ready{namespace="harbour",statefulset="pier"})
  soft wanted: max by (namespace, statefulset) (kube_statefulset_replicas{namespace="harbour",statefulset="pier"})
statefulset-replicas errors in count: max by (namespace, statefulset) (kube_statefulset_replicas{namespace="harbour",statefulset="pier"}) - max by (namespace, statefulset) (kube_statefulset_status_replicas_ready{namespace="harbour",statefulset="pier"})
daemonset-replicas utilization in count: max by (namespace, daemonset) (kube_daemonset_status_number_available{namespace="harbour",daemonset="pier"})
  soft wanted: max by (namespace, daemonset) (kube_daemonset_status_desired_number_scheduled{namespace="harbour",daemonset="pier"})
daemonset-replicas errors in count: max by (namespace, daemonset) (kube_daemonset_status_desired_number_scheduled{namespace="harbour",daemonset="pier"}) - max by (namespace, daemonset) (kube_daemonset_status_number_available{namespace="harbour",daemonset="pier"})

# jobs of a cron job
kube_job_status_start_time{namespace="harbour",job_name="{pier-29123456,pier-29123457}"}
kube_job_status_completion_time{namespace="harbour",job_name="pier-29123456"}
kube_job_status_active{namespace="harbour",job_name="{pier-29123456,pier-29123457}"}
kube_job_spec_active_deadline_seconds{namespace="harbour",job_name="{pier-29123456,pier-29123457}"}
kube_job_failed{namespace="harbour",job_name="pier-29123457",condition="{true,false,unknown}"}
kube_job_status_failed{namespace="harbour",job_name="{pier-29123456,pier-29123457}"}
kube_job_failed{namespace="harbour",job_name="pier-tolls-29123456",condition="true"}
kube_cronjob_status_active{namespace="harbour",cronjob="pier"}
kube_cronjob_status_last_successful_time{namespace="harbour",cronjob="pier"}
kube_cronjob_status_last_schedule_time{namespace="harbour",cronjob="pier"}
=>
kubernetes-job utilization in seconds: max by (namespace, job_name) (kube_job_status_completion_time{namespace="harbour",job_name=~"pier(-[0-9]+)?"} - kube_job_status_start_time{namespace="harbour",job_name=~"pier(-[0-9]+)?"}) or max by (namespace, job_name) (time() - kube_job_status_start_time{namespace="harbour",job_name=~"pier(-[0-9]+)?"} and kube_job_status_active{namespace="harbour",job_name=~"pier(-[0-9]+)?"} > 0)
  deadline: max by (namespace, job_name) (kube_job_spec_active_deadline_seconds{namespace="harbour",job_name=~"pier(-[0-9]+)?"})
kubernetes-job saturation in count: max by (namespace, job_name) (kube_job_status_active{namespace="harbour",job_name=~"pier(-[0-9]+)?"})
kubernetes-job errors in count: max by (namespace, job_name) (kube_job_failed{namespace="harbour",job_name=~"pier(-[0-9]+)?",condition="true"})
cron-job utilization in count: max by (namespace, cronjob) (kube_cronjob_status_active{namespace="harbour",cronjob="pier"})
cron-job saturation in seconds: time() - max by (namespace, cronjob) (kube_cronjob_status_last_successful_time{namespace="harbour",cronjob="pier"})

# a job that runs for the first time, of a cron job that never succeeded
kube_job_status_start_time{namespace="harbour",job_name="pier"}
kube_job_status_active{namespace="harbour",job_name="pier"}
kube_job_status_failed{namespace="harbour",job_name="pier"}
kube_cronjob_status_last_schedule_time{namespace="harbour",cronjob="pier"}
=>
kubernetes-job utilization in seconds: max by (namespace, job_name) (time() - kube_job_status_start_time{namespace="harbour",job_name=~"pier(-[0-9]+)?"} and kube_job_status_active{namespace="harbour",job_name=~"pier(-[0-9]+)?"} > 0)
kubernetes-job saturation in count: max by (namespace, job_name) (kube_job_status_active{namespace="harbour",job_name=~"pier(-[0-9]+)?"})
kubernetes-job errors in count: max by (namespace, job_name) (kube_job_status_failed{namespace="harbour",job_name=~"pier(-[0-9]+)?"})
cron-job saturation in seconds: time() - max by (namespace, cronjob) (kube_cronjob_status_last_schedule_time{namespace="harbour",cronjob="pier"})

# disk and volumes
kubelet_volume_stats_available_bytes{namespace="harbour",persistentvolumeclaim="data-pier-0"}
kubelet_volume_stats_capacity_bytes{namespace="harbour",persistentvolumeclaim="data-pier-0"}
kube_persistentvolumeclaim_status_phase{namespace="harbour",persistentvolumeclaim="data-pier-0",phase="{Bound,Lost,Pending}"}
container_fs_io_time_seconds_total{$P,container="quay",device="/dev/sda"}
container_pressure_io_stalled_seconds_total{$P,container="quay"}
=>
volumes utilization in bytes: max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_capacity_bytes{namespace="harbour",persistentvolumeclaim=~"(.+-)?pier(-.+)?"} - kubelet_volume_stats_available_bytes{namespace="harbour",persistentvolumeclaim=~"(.+-)?pier(-.+)?"})
  size: max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_capacity_bytes{namespace="harbour",persistentvolumeclaim=~"(.+-)?pier(-.+)?"})
volumes errors in count: max by (namespace, persistentvolumeclaim) (kube_persistentvolumeclaim_status_phase{namespace="harbour",persistentvolumeclaim=~"(.+-)?pier(-.+)?",phase=~"Lost|Pending"})
container-disk utilization in ratio: sum by (namespace, pod, container) (rate(container_fs_io_time_seconds_total{$P,container!="",container!="POD"}[5m]))
container-disk saturation in ratio: max by (namespace, pod, container) (rate(container_pressure_io_stalled_seconds_total{$P,container!="",container!="POD"}[5m]))

# network
container_network_receive_bytes_total{$P,interface="eth0"}
container_network_transmit_bytes_total{$P,interface="eth0"}
container_network_receive_packets_dropped_total{$P,interface="eth0"}
container_network_receive_errors_total{$P,interface="eth0"}
container_network_transmit_packets_dropped_total{$P,interface="eth0"}
container_network_transmit_errors_total{$P,interface="eth0"}
=>
pod-network-receive utilization in bytes-per-second: sum by (namespace, pod) (rate(container_network_receive_bytes_total{$P}[5m]))
pod-network-receive saturation in per-second: sum by (namespace, pod) (rate(container_network_receive_packets_dropped_total{$P}[5m]))
pod-network-receive errors in per-second: sum by (namespace, pod) (rate(container_network_receive_errors_total{$P}[5m]))
pod-network-transmit utilization in bytes-per-second: sum by (namespace, pod) (rate(container_network_transmit_bytes_total{$P}[5m]))
pod-network-transmit saturation in per-second: sum by (namespace, pod) (rate(container_network_transmit_packets_dropped_total{$P}[5m]))
pod-network-transmit errors in per-second: sum by (namespace, pod) (rate(container_network_transmit_errors_total{$P}[5m]))

# Docker alone
container_cpu_usage_seconds_total{instance="dock:8080",name="pier-1",container_label_com_docker_compose_service="pier",cpu="total"}
container_spec_cpu_quota{instance="dock:8080",name="pier-1",container_label_com_docker_compose_service="pier"}
container_spec_cpu_period{instance="dock:8080",name="pier-1",container_label_com_docker_compose_service="pier"}
container_memory_working_set_bytes{instance="dock:8080",name="pier-1",container_label_com_docker_compose_service="pier"}
container_spec_memory_limit_bytes{instance="dock:8080",name="pier-1",container_label_com_docker_compose_service="pier"}
container_oom_events_total{instance="dock:8080",name="pier-1",container_label_com_docker_compose_service="pier"}
=>
compose-cpu utilization in cores: sum by (instance, name) (rate(container_cpu_usage_seconds_total{container_label_com_docker_compose_$S,name!="",pod=""}[5m]))
  limit: max by (instance, name) (container_spec_cpu_quota{container_label_com_docker_compose_$S,name!="",pod=""}) / max by (instance, name) (container_spec_cpu_period{container_label_com_docker_compose_$S,name!="",pod=""})
compose-memory utilization in bytes: max by (instance, name) (container_memory_working_set_bytes{container_label_com_docker_compose_$S,name!="",pod=""})
  limit: max by (instance, name) (container_spec_memory_limit_bytes{container_label_com_docker_compose_$S,name!="",pod=""})
compose-memory errors in count: sum by (instance, name) (increase(container_oom_events_total{container_label_com_docker_compose_$S,name!="",pod=""}[1h]))

# kube-state-metrics whose labels the scraper took for its own
container_cpu_usage_seconds_total{$P,container="quay"}
container_memory_working_set_bytes{$P,container="quay"}
kube_pod_container_resource_limits{namespace="monitoring",pod="ksm-0",container="ksm",exported_namespace="harbour",exported_pod="pier-6d4b75cb6d-x7k2p",exported_container="quay",resource="{cpu,memory}"}
kube_pod_container_status_restarts_total{namespace="monitoring",pod="ksm-0",container="ksm",exported_namespace="harbour",exported_pod="pier-6d4b75cb6d-x7k2p",exported_container="quay"}
kube_pod_status_ready{namespace="monitoring",pod="ksm-0",container="ksm",exported_namespace="harbour",exported_pod="pier-6d4b75cb6d-x7k2p",condition="{true,false}"}
kube_deployment_status_replicas_available{namespace="monitoring",exported_namespace="harbour",deployment="pier"}
kube_deployment_spec_replicas{namespace="monitoring",exported_namespace="harbour",deployment="pier"}
=>
container-cpu utilization in cores: sum by (namespace, pod, container) (rate(container_cpu_usage_seconds_total{$P,container!="",container!="POD"}[5m]))
  limit: max by (namespace, pod, container) (label_replace(label_replace(label_replace(kube_pod_container_resource_limits{exported_namespace="harbour",exported_pod=~"pier-(([b-df-hj-np-tv-z0-9]{1,10}-)?[b-df-hj-np-tv-z0-9]{5}|[0-9]+)",resource="cpu"}, "namespace", "$1", "exported_namespace", "(.+)"), "pod", "$1", "exported_pod", "(.+)"), "container", "$1", "exported_container", "(.+)"))
container-memory utilization in bytes: max by (namespace, pod, container) (container_memory_working_set_bytes{$P,container!="",container!="POD"})
  limit: max by (namespace, pod, container) (label_replace(label_replace(label_replace(kube_pod_container_resource_limits{exported_namespace="harbour",exported_pod=~"pier-(([b-df-hj-np-tv-z0-9]{1,10}-)?[b-df-hj-np-tv-z0-9]{5}|[0-9]+)",resource="memory"}, "namespace", "$1", "exported_namespace", "(.+)"), "pod", "$1", "exported_pod", "(.+)"), "container", "$1", "exported_container", "(.+)"))
container-restarts errors in count: sum by (namespace, pod, container) (label_replace(label_replace(label_replace(increase(kube_pod_container_status_restarts_total{exported_namespace="harbour",exported_pod=~"pier-(([b-df-hj-np-tv-z0-9]{1,10}-)?[b-df-hj-np-tv-z0-9]{5}|[0-9]+)"}[1h]), "namespace", "$1", "exported_namespace", "(.+)"), "pod", "$1", "exported_pod", "(.+)"), "container", "$1", "exported_container", "(.+)"))
pod-readiness errors in count: max by (namespace, pod) (label_replace(label_replace(kube_pod_status_ready{exported_namespace="harbour",exported_pod=~"pier-(([b-df-hj-np-tv-z0-9]{1,10}-)?[b-df-hj-np-tv-z0-9]{5}|[0-9]+)",condition="false"}, "namespace", "$1", "exported_namespace", "(.+)"), "pod", "$1", "exported_pod", "(.+)"))
deployment-replicas utilization in count: max by (namespace, deployment) (label_replace(kube_deployment_status_replicas_available{exported_namespace="harbour",deployment="pier"}, "namespace", "$1", "exported_namespace", "(.+)"))
  soft wanted: max by (namespace, deployment) (label_replace(kube_deployment_spec_replicas{exported_namespace="harbour",deployment="pier"}, "namespace", "$1", "exported_namespace", "(.+)"))
deployment-replicas errors in count: max by (namespace, deployment) (label_replace(kube_deployment_spec_replicas{exported_namespace="harbour",deployment="pier"}, "namespace", "$1", "exported_namespace", "(.+)")) - max by (namespace, deployment) (label_replace(kube_deployment_status_replicas_available{exported_namespace="harbour",deployment="pier"}, "namespace", "$1", "exported_namespace", "(.+)"))

# cAdvisor before Kubernetes 1.16
container_cpu_usage_seconds_total{namespace="harbour",pod_name="pier-6d4b75cb6d-x7k2p",container_name="{quay,POD,}"}
container_memory_working_set_bytes{namespace="harbour",pod_name="pier-6d4b75cb6d-x7k2p",container_name="quay"}
container_network_receive_bytes_total{namespace="harbour",pod_name="pier-6d4b75cb6d-x7k2p",interface="eth0"}
kube_pod_container_resource_limits{$P,container="quay",resource="cpu"}
kube_pod_container_resource_requests{$P,container="quay",resource="memory"}
=>
container-cpu utilization in cores: sum by (namespace, pod, container) (label_replace(label_replace(rate(container_cpu_usage_seconds_total{namespace="harbour",pod_name=~"pier-(([b-df-hj-np-tv-z0-9]{1,10}-)?[b-df-hj-np-tv-z0-9]{5}|[0-9]+)",container_name!="",container_name!="POD"}[5m]), "pod", "$1", "pod_name", "(.+)"), "container", "$1", "container_name", "(.+)"))
  limit: max by (namespace, pod, container) (kube_pod_container_resource_limits{$P,resource="cpu"})
container-memory utilization in bytes: max by (namespace, pod, container) (label_replace(label_replace(container_memory_working_set_bytes{namespace="harbour",pod_name=~"pier-(([b-df-hj-np-tv-z0-9]{1,10}-)?[b-df-hj-np-tv-z0-9]{5}|[0-9]+)",container_name!="",container_name!="POD"}, "pod", "$1", "pod_name", "(.+)"), "container", "$1", "container_name", "(.+)"))
  soft request: max by (namespace, pod, container) (kube_pod_container_resource_requests{$P,resource="memory"})
pod-network-receive utilization in bytes-per-second: sum by (namespace, pod) (label_replace(rate(container_network_receive_bytes_total{namespace="harbour",pod_name=~"pier-(([b-df-hj-np-tv-z0-9]{1,10}-)?[b-df-hj-np-tv-z0-9]{5}|[0-9]+)"}[5m]), "pod", "$1", "pod_name", "(.+)"))

# what a stack that drops much leaves: no specification by cAdvisor, no limit, no throttling
container_cpu_usage_seconds_total{$P,container="quay",image="pier:1"}
container_memory_working_set_bytes{$P,container="quay",image="pier:1"}
container_memory_failcnt{$P,container="quay",image="pier:1"}
kube_pod_container_resource_requests{$P,container="quay",resource="{cpu,memory}"}
=>
container-cpu utilization in cores: sum by (namespace, pod, container) (rate(container_cpu_usage_seconds_total{$P,container!="",container!="POD"}[5m]))
  soft request: max by (namespace, pod, container) (kube_pod_container_resource_requests{$P,resource="cpu"})
container-memory utilization in bytes: max by (namespace, pod, container) (container_memory_working_set_bytes{$P,container!="",container!="POD"})
  soft request: max by (namespace, pod, container) (kube_pod_container_resource_requests{$P,resource="memory"})
container-memory errors in count: sum by (namespace, pod, container) (increase(container_memory_failcnt{$P,container!="",container!="POD"}[1h]))
`;
