import type { ConventionRow } from './row.ts';

/** What is known by the shape of its names and labels alone. */
export const guessRows: readonly ConventionRow[] = [
	{
		row: "a company's own words",
		series: `
			shop_api_requests_total{svc="till",op="{debit,credit}",result="{success,failure}"}
			shop_api_request_latency_ms_count{svc="till",op="debit"}
			shop_api_request_latency_ms_bucket{svc="till",op="debit",le="+Inf"}`,
		panels: `
			Requests in the service's own words
			rate: sum(rate(shop_api_requests_total{svc="till"}[1m]))
			errors: (sum(rate(shop_api_requests_total{svc="till",result=~"(?i:.*(error|fail|exception|timeout).*)"}[1m])) or vector(0)) / sum(rate(shop_api_requests_total{svc="till"}[1m]))
			p99: histogram_quantile(0.99, sum by (le) (rate(shop_api_request_latency_ms_bucket{svc="till"}[1m]))) / 1000
			route: op`,
	},
];
