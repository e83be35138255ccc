import { expect, test } from 'vitest';
import { readAlertExpression } from '../../src/analysis/alert-expression.ts';

/** `errors > 0.05`, `p99 duration > 1`, `mean duration > 1`; `-` when the limit is on none of the panels' figures. */
function figureOf(expression: string): string {
	const figure = readAlertExpression(expression)?.figure;
	if (figure === undefined) return '-';
	const { kind, threshold } = figure;
	const of = kind !== 'duration' ? '' : figure.quantile === undefined ? 'mean ' : `p${figure.quantile * 100} `;
	return `${of}${kind} ${threshold.operator} ${threshold.value}`;
}

const all = 'sum(rate(http_requests_total[5m]))';
const failed = 'sum(rate(http_requests_total{code=~"5.."}[5m]))';
const fine = 'sum(rate(http_requests_total{code=~"[23].."}[5m]))';
const called = 'sum(rate(grpc_server_handled_total[5m]))';
const calledWith = (matcher: string): string => `sum(rate(grpc_server_handled_total{${matcher}}[5m]))`;

test.each([
	['a share', `${failed} / ${all} > 0.05`, 'errors > 0.05'],
	['from the other side', `0.05 < ${failed} / ${all}`, 'errors > 0.05'],
	['percent', `100 * ${failed} / ${all} >= 5`, 'errors >= 0.05'],
	['what is left of one', `1 - ${failed} / ${all} < 0.95`, 'errors > 0.05'],
	['availability', `${fine} / ${all} < 0.999`, 'errors > 0.001'],
	['what is missing of all', `(${all} - ${fine}) / ${all} > 0.05`, 'errors > 0.05'],
	[
		'a burn rate on raw series',
		`${failed} / ${all} > (14.4 * 0.001) and ${failed} / ${all} > (14.4 * 0.001)`,
		'errors > 0.0144',
	],
	['a recorded burn rate', 'slo:sli_error:ratio_rate5m{sloth_id="till-requests"} > (14.4 * 0.001)', 'errors > 0.0144'],
	['a summed burn rate', 'sum(apiserver_request:burnrate1h) > (14.40 * 0.01000)', 'errors > 0.144'],
	['a recorded burn rate of latency', 'slo:sli_error:ratio_rate5m{sloth_slo="latency"} > (14.4 * 0.001)', '-'],
	['a burn rate of a histogram', 'http_request_duration_seconds:burnrate5m{slo="pay"} > (14 * 0.01)', '-'],
	['a recorded burn rate of quick answers', 'requests:burnrate5m{slo="pay-p99"} > (14 * 0.01)', '-'],
	['a recorded multiple of a budget', 'slo:current_burn_rate:ratio{sloth_id="till-requests"} > 14.4', '-'],
	['a burn rate that is such a multiple', 'http_requests:burnrate5m{job="till"} > 14.4', '-'],
	['a recorded rest of a budget', 'slo:period_error_budget_remaining:ratio{sloth_id="till-requests"} < 0.1', '-'],
	['a recorded percentage', 'job:http_errors_percent:ratio_rate5m > 0.5', '-'],
	['a recorded success', 'job:http_success:ratio_rate5m < 0.99', 'errors > 0.01'],
	['a recorded something', 'job:cache_hits:ratio_rate5m < 0.8', '-'],
	['a quotient of recorded series', 'job:errors:rate5m / job:requests:rate5m > 0.1', '-'],
	[
		'a counter of failures',
		'rate(traces_service_graph_request_failed_total[5m]) / rate(traces_service_graph_request_total[5m]) > 0.1',
		'errors > 0.1',
	],
	['gRPC by name', `${calledWith('grpc_code!="OK"')} / ${called} > 0.1`, 'errors > 0.1'],
	['gRPC by number', `${calledWith('grpc_code=~"2|4|12|13"')} / ${called} > 0.1`, 'errors > 0.1'],
	['gRPC number nought', `${calledWith('grpc_code="0"')} / ${called} < 0.9`, 'errors > 0.1'],
	["gRPC, the caller's fault", `${calledWith('grpc_code=~"3|5|16"')} / ${called} > 0.1`, '-'],
	["HTTP, the caller's fault", `sum(rate(http_requests_total{code=~"4.."}[5m])) / ${all} > 0.1`, '-'],
	[
		'joined with a series of names',
		`${failed} / ${all} * on (job) group_left (version) target_info > 0.05`,
		'errors > 0.05',
	],
	['joined with another figure', `${all} * on (job) group_left () weight > 5`, '-'],
	['a mean', 'rate(a_seconds_sum[5m]) / rate(a_seconds_count[5m]) > 0.5', 'mean duration > 0.5'],
	[
		'the mean of a native histogram',
		'histogram_avg(sum(rate(http_request_duration_seconds[5m]))) > 0.5',
		'mean duration > 0.5',
	],
	[
		'a quantile in milliseconds',
		'histogram_quantile(0.99, sum by (le) (rate(a_ms_bucket[5m]))) / 1000 > 2',
		'p99 duration > 2000',
	],
	['truth', `(histogram_quantile(0.5, rate(a_bucket[5m])) > bool 2) == 1`, 'p50 duration > 2'],
	['untruth', `(${all} > bool 2) == 0`, 'rate <= 2'],
	['truth without a side', `(${all} > bool 2) >= 0`, '-'],
	['the sum of truths', `sum(${all} > bool 2) > 3`, '-'],
	['two limits', `5 < ${all} < 10`, 'rate < 10'],
	['a limit within a label', `label_replace(${all} > 5, "a", "b", "", "")`, 'rate > 5'],
	['the worst of a comparison', `max by (job) (sum by (job) (rate(x_total[5m])) > 5)`, 'rate > 5'],
	['a limit dressed up', `${all} > on () group_left () vector(5)`, 'rate > 5'],
	['two series', `${all} > on () group_left () sum(limit)`, '-'],
	['two series, guarded by a limit', `a > b and ${all} > 5`, '-'],
	['a limit that ends it', `absent(x) unless ${all} > 5`, '-'],
	['absence', 'absent_over_time(http_requests_total[5m])', '-'],
])('%s', (_, expression, figure) => {
	expect(figureOf(expression)).toBe(figure);
});
