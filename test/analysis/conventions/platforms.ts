import type { ConventionRow } from './row.ts';

/** Platforms that are services themselves, clouds, networks and probers. */
export const platformRows: readonly ConventionRow[] = [
	{
		row: 'Kubernetes apiserver',
		series: `
			apiserver_request_total{job="till",verb="{GET,WATCH}",resource="pods",group="",version="v1",subresource="",scope="namespace",component="apiserver",code="{200,500}"}
			apiserver_request_duration_seconds_bucket{job="till",verb="GET",resource="pods",group="",version="v1",scope="namespace",component="apiserver",le="+Inf"}
			apiserver_request_sli_duration_seconds_bucket{job="till",verb="GET",resource="pods",group="",version="v1",scope="namespace",component="apiserver",le="+Inf"}`,
		panels: `
			Kubernetes API server
			rate: sum(rate(apiserver_request_total{job="till"}[1m]))
			errors: (sum(rate(apiserver_request_total{job="till",code=~"5.."}[1m])) or vector(0)) / sum(rate(apiserver_request_total{job="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(apiserver_request_sli_duration_seconds_bucket{job="till",verb!~"WATCH|CONNECT"}[1m])))
			route: resource`,
	},
	{
		row: 'CoreDNS',
		series: `
			coredns_dns_requests_total{job="till",server="dns://:53",zone=".",type="A"}
			coredns_dns_responses_total{job="till",server="dns://:53",zone=".",rcode="{NOERROR,SERVFAIL}"}
			coredns_dns_request_duration_seconds_bucket{job="till",server="dns://:53",zone=".",le="+Inf"}`,
		panels: `
			CoreDNS
			rate: sum(rate(coredns_dns_responses_total{job="till"}[1m]))
			errors: (sum(rate(coredns_dns_responses_total{job="till",rcode="SERVFAIL"}[1m])) or vector(0)) / sum(rate(coredns_dns_responses_total{job="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(coredns_dns_request_duration_seconds_bucket{job="till"}[1m])))
			route: zone`,
	},
	{
		row: 'AWS ALB via YACE',
		series: `
			aws_applicationelb_request_count_sum{dimension_LoadBalancer="app/till/0a1b2c3d4e5f6071",region="eu-west-1",name="arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/till/0a1b2c3d4e5f6071"}
			aws_applicationelb_request_count_sum{dimension_LoadBalancer="app/till/0a1b2c3d4e5f6071",dimension_AvailabilityZone="{eu-west-1a,eu-west-1b}",region="eu-west-1"}
			aws_applicationelb_request_count_sum{dimension_LoadBalancer="app/till/0a1b2c3d4e5f6071",dimension_TargetGroup="targetgroup/edge/1122334455667788",region="eu-west-1"}
			aws_applicationelb_httpcode_target_5_xx_count_sum{dimension_LoadBalancer="app/till/0a1b2c3d4e5f6071",region="eu-west-1"}
			aws_applicationelb_httpcode_elb_5_xx_count_sum{dimension_LoadBalancer="app/till/0a1b2c3d4e5f6071",region="eu-west-1"}
			aws_applicationelb_target_response_time_average{dimension_LoadBalancer="app/till/0a1b2c3d4e5f6071",region="eu-west-1"}
			aws_applicationelb_target_response_time_p99{dimension_LoadBalancer="app/till/0a1b2c3d4e5f6071",region="eu-west-1"}`,
		panels: `
			AWS application load balancer
			rate: sum(aws_applicationelb_request_count_sum{dimension_LoadBalancer="app/till/0a1b2c3d4e5f6071",dimension_TargetGroup="",dimension_AvailabilityZone=""})
			errors: (sum(aws_applicationelb_httpcode_target_5_xx_count_sum{dimension_LoadBalancer="app/till/0a1b2c3d4e5f6071",dimension_TargetGroup="",dimension_AvailabilityZone=""}) or vector(0)) / sum(aws_applicationelb_request_count_sum{dimension_LoadBalancer="app/till/0a1b2c3d4e5f6071",dimension_TargetGroup="",dimension_AvailabilityZone=""})
			p99: max(aws_applicationelb_target_response_time_p99{dimension_LoadBalancer="app/till/0a1b2c3d4e5f6071",dimension_TargetGroup="",dimension_AvailabilityZone=""})`,
	},
	{
		row: 'AWS ALB via cloudwatch_exporter, a target group',
		series: `
			aws_applicationelb_request_count_sum{load_balancer="app/shop/0a1b2c3d4e5f6071",target_group="targetgroup/till/1122334455667788"}
			aws_applicationelb_target_response_time_average{load_balancer="app/shop/0a1b2c3d4e5f6071",target_group="targetgroup/till/1122334455667788"}`,
		panels: `
			AWS application load balancer
			rate: sum(aws_applicationelb_request_count_sum{target_group="targetgroup/till/1122334455667788"})
			average: max(aws_applicationelb_target_response_time_average{target_group="targetgroup/till/1122334455667788"})`,
	},
	{
		row: 'AWS ALB via a metric stream',
		series: `
			amazonaws_com_AWS_ApplicationELB_RequestCount_sum{LoadBalancer="app/till/0a1b2c3d4e5f6071"}
			amazonaws_com_AWS_ApplicationELB_HTTPCode_Target_5XX_Count_sum{LoadBalancer="app/till/0a1b2c3d4e5f6071"}`,
		panels: `
			AWS application load balancer
			rate: sum(amazonaws_com_AWS_ApplicationELB_RequestCount_sum{LoadBalancer="app/till/0a1b2c3d4e5f6071"})
			errors: (sum(amazonaws_com_AWS_ApplicationELB_HTTPCode_Target_5XX_Count_sum{LoadBalancer="app/till/0a1b2c3d4e5f6071"}) or vector(0)) / sum(amazonaws_com_AWS_ApplicationELB_RequestCount_sum{LoadBalancer="app/till/0a1b2c3d4e5f6071"})`,
	},
	{
		row: 'Cilium Hubble',
		series: `
			hubble_http_requests_total{method="POST",protocol="HTTP/1.1",status="{200,500}",reporter="{client,server}",destination="shop/till",source="shop/edge"}
			hubble_http_request_duration_seconds_bucket{method="POST",reporter="{client,server}",destination="shop/till",source="shop/edge",le="+Inf"}`,
		panels: `
			Cilium Hubble, requests received
			rate: sum(rate(hubble_http_requests_total{destination="shop/till",reporter="server"}[1m]))
			errors: (sum(rate(hubble_http_requests_total{destination="shop/till",reporter="server",status=~"5.."}[1m])) or vector(0)) / sum(rate(hubble_http_requests_total{destination="shop/till",reporter="server"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(hubble_http_request_duration_seconds_bucket{destination="shop/till",reporter="server"}[1m])))
			route: method`,
	},
	{
		row: 'Cilium Hubble, the first version',
		series: `
			hubble_http_requests_total{method="POST",protocol="HTTP/1.1",destination_workload="till"}
			hubble_http_responses_total{method="POST",status="{200,500}",destination_workload="till"}
			hubble_http_request_duration_seconds_bucket{method="POST",destination_workload="till",le="+Inf"}`,
		panels: `
			Cilium Hubble, requests received
			rate: sum(rate(hubble_http_responses_total{destination_workload="till"}[1m]))
			errors: (sum(rate(hubble_http_responses_total{destination_workload="till",status=~"5.."}[1m])) or vector(0)) / sum(rate(hubble_http_responses_total{destination_workload="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(hubble_http_request_duration_seconds_bucket{destination_workload="till"}[1m])))
			route: method`,
	},
	{
		row: 'Cilium Hubble, by the app',
		series: `
			hubble_http_requests_total{method="POST",protocol="HTTP/1.1",status="{200,500}",reporter="{client,server}",destination_namespace="shop",destination_app="till"}`,
		panels: `
			Cilium Hubble, requests received
			rate: sum(rate(hubble_http_requests_total{destination_app="till",reporter="server"}[1m]))
			errors: (sum(rate(hubble_http_requests_total{destination_app="till",reporter="server",status=~"5.."}[1m])) or vector(0)) / sum(rate(hubble_http_requests_total{destination_app="till",reporter="server"}[1m]))
			route: method`,
	},
	{
		row: 'Cilium Hubble, below HTTP',
		series: `
			hubble_drop_total{destination_workload="till",reason="POLICY_DENIED"}
			hubble_flows_processed_total{destination_workload="till",verdict="DROPPED"}`,
		panels: `
			no panels
			see: Cilium flows`,
	},
	{
		row: 'Cilium Hubble, as the caller',
		series: `
			hubble_http_requests_total{method="POST",protocol="HTTP/1.1",status="{200,500}",reporter="{client,server}",destination="shop/ledger",source="shop/till"}`,
		panels: `
			Cilium Hubble, requests sent
			rate: sum(rate(hubble_http_requests_total{source="shop/till",reporter="client"}[1m]))
			errors: (sum(rate(hubble_http_requests_total{source="shop/till",reporter="client",status=~"5.."}[1m])) or vector(0)) / sum(rate(hubble_http_requests_total{source="shop/till",reporter="client"}[1m]))
			route: destination`,
	},
	{
		row: 'blackbox_exporter',
		series: `
			probe_success{job="blackbox",instance="https://till/health"}
			probe_duration_seconds{job="blackbox",instance="https://till/health"}
			probe_http_status_code{job="blackbox",instance="https://till/health"}`,
		panels: `
			Blackbox probes
			rate: sum(count_over_time(probe_success{instance="https://till/health"}[1m])) / 60
			errors: (sum(count_over_time(probe_success{instance="https://till/health"}[1m]) - sum_over_time(probe_success{instance="https://till/health"}[1m])) / 60 or vector(0)) / (sum(count_over_time(probe_success{instance="https://till/health"}[1m])) / 60)
			slowest: max(probe_duration_seconds{instance="https://till/health"})`,
	},
	{
		row: 'Prometheus itself',
		series: `
			up{job="till"}
			scrape_duration_seconds{job="till"}
			prometheus_http_requests_total{job="till",handler="/api/v1/query",code="{200,422}"}
			prometheus_http_request_duration_seconds_bucket{job="till",handler="/api/v1/query",le="+Inf"}`,
		panels: `
			Prometheus, HTTP
			rate: sum(rate(prometheus_http_requests_total{job="till"}[1m]))
			errors: (sum(rate(prometheus_http_requests_total{job="till",code=~"5.."}[1m])) or vector(0)) / sum(rate(prometheus_http_requests_total{job="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(prometheus_http_request_duration_seconds_bucket{job="till"}[1m])))
			route: handler`,
	},
	{
		row: 'Prometheus itself, of a target',
		series: `
			up{job="till",instance="till:80"}
			scrape_duration_seconds{job="till",instance="till:80"}
			ALERTS{job="till",alertname="TillDown",alertstate="firing"}
			ALERTS_FOR_STATE{job="till",alertname="TillDown"}`,
		panels: `
			no panels
			see: scrape by Prometheus`,
	},
	{
		row: 'Kubernetes apiserver, terminations alone',
		series: `
			apiserver_request_terminations_total{job="till",component="apiserver",code="429"}`,
		panels: `
			no panels
			see: API server self-defence`,
	},
];
