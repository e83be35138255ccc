import { describe, expect, test } from 'vitest';
import { readAlertExpression } from '../../src/analysis/alert-expression.ts';
import { chooseTarget } from '../../src/analysis/red-match.ts';
import { ownSeriesOf, probeSelectors } from '../../src/analysis/red-probe.ts';
import { redQueries } from '../../src/analysis/red-queries.ts';
import type { Labels } from '../../src/model/labels.ts';
import { minute } from '../../src/model/time.ts';
import { seriesFromText } from '../helpers/series-from-text.ts';

const ownOf = (promql: string, labels: Labels) => {
	const expression = readAlertExpression(promql);
	return expression === undefined ? [] : ownSeriesOf({ labels }, expression);
};

/** What is charted of `till` in the light of an alert with this expression and these labels. */
function charted(promql: string, labels: Labels, drawing: string) {
	const target = chooseTarget({ service: 'till', series: seriesFromText(drawing), own: ownOf(promql, labels) });
	if (target === undefined) return undefined;
	const { rate, errors, durations } = redQueries(target, { more: [], over: minute });
	const { convention, reason, routeLabel } = target;
	return { convention, reason, rate, errors, p99: durations.at(-1)?.query, routeLabel };
}

const ofTheAlert = {
	convention: "The alert's own metric",
	reason: "The alert's own expression reads these series, of no known convention.",
};

const shop = `
	shop_api_requests_total{svc="till",op="{debit,credit}",result="{success,failure}"}
	shop_api_request_latency_ms_count{svc="till",op="debit"}
	shop_api_request_latency_ms_bucket{svc="till",op="debit",le="+Inf"}`;

const shopPanels = {
	...ofTheAlert,
	rate: 'sum(rate(shop_api_requests_total{svc="till"}[1m]))',
	errors:
		'(sum(rate(shop_api_requests_total{svc="till",result="failure"}[1m])) or vector(0)) / sum(rate(shop_api_requests_total{svc="till"}[1m]))',
	p99: 'histogram_quantile(0.99, sum by (le) (rate(shop_api_request_latency_ms_bucket{svc="till"}[1m]))) / 1000',
	routeLabel: 'op',
};

describe("a family of the alert's own metric", () => {
	test('from a ratio: the rate, what its rule has above the line, and the histogram of its stem', () => {
		const promql =
			'sum by (svc, op) (rate(shop_api_requests_total{result="failure"}[5m])) / sum by (svc, op) (rate(shop_api_requests_total[5m])) > 0.1';
		expect(charted(promql, { svc: 'till', op: 'debit' }, shop)).toEqual(shopPanels);
	});

	test('from a histogram: the counter of its stem, failures by its usual words', () => {
		const promql = 'histogram_quantile(0.9, sum by (le, svc) (rate(shop_api_request_latency_ms_bucket[5m]))) > 1000';
		expect(charted(promql, { svc: 'till' }, shop)).toEqual({
			...shopPanels,
			errors: shopPanels.errors.replace('result="failure"', 'result=~"(?i:.*(error|fail|exception|timeout).*)"'),
		});
	});

	test('from failures per minute of a counter that has the others too, before a broker that tells of the same', () => {
		const drawing = `
			orders_consumed_total{job="till",topic="orders",result="{ok,error}"}
			kafka_consumergroup_current_offset{consumergroup="till",topic="orders",partition="0"}`;
		expect(charted('increase(orders_consumed_total{result="error"}[1m]) > 10', { job: 'till' }, drawing)).toEqual({
			...ofTheAlert,
			rate: 'sum(rate(orders_consumed_total{job="till"}[1m]))',
			errors:
				'(sum(rate(orders_consumed_total{job="till",result="error"}[1m])) or vector(0)) / sum(rate(orders_consumed_total{job="till"}[1m]))',
			p99: undefined,
			routeLabel: 'topic',
		});
	});

	test.each([
		[
			'a share of what is fine',
			'sum(rate(pays_total{job="till",kind="in"}[5m])) / sum(rate(pays_total{job="till"}[5m])) < 0.9',
			'kind!="in"',
		],
		['what is fine per second', 'rate(pays_total{job="till",outcome="success"}[5m]) < 1', 'outcome!="success"'],
		[
			'all but what is fine',
			'sum(rate(pays_total{job="till",kind!~"a|b"}[5m])) / sum(rate(pays_total{job="till"}[5m])) > 0.1',
			'kind!~"a|b"',
		],
	])('failures are told by the rule: %s', (_, promql, failed) => {
		const drawing = 'pays_total{job="till",kind="{in,out}",outcome="{success,loss}"}';
		expect(charted(promql, { job: 'till' }, drawing)?.errors).toContain(`pays_total{job="till",${failed}}`);
	});

	test('failures that have a counter of their own are a share of all', () => {
		const promql = 'sum(rate(pays_failed_total{job="till"}[5m])) / sum(rate(pays_total{job="till"}[5m])) > 0.1';
		expect(charted(promql, { job: 'till' }, 'pays_total{job="till"}\npays_failed_total{job="till"}')?.errors).toBe(
			'(sum(rate(pays_failed_total{job="till"}[1m])) or vector(0)) / sum(rate(pays_total{job="till"}[1m]))',
		);
	});

	test('a known convention has its name', () => {
		const promql = 'sum(rate(http_requests_total{job="till",code="500"}[5m])) > 1';
		expect(charted(promql, {}, 'http_requests_total{job="till",code="500"}')).toMatchObject({
			convention: 'Prometheus client library, HTTP',
			reason: "The alert's own expression reads these series.",
		});
	});

	test.each([
		'rate(process_cpu_seconds_total{job="till"}[5m]) > 1',
		'rate(batch_cpu_seconds_total{job="till"}[5m]) > 1',
		'rate(mail_sent_bytes_total{job="till"}[5m]) > 1',
		'increase(mail_errors_total{job="till"}[5m]) > 1',
		'increase(cache_evictions_total{job="till"}[5m]) > 1',
		'rate(node_network_receive_errs_total{job="till"}[5m]) > 1',
		'increase(kube_pod_container_status_restarts_total{job="till"}[5m]) > 1',
		'rate(prometheus_notifications_dropped_total{job="till"}[5m]) > 1',
		'deriv(orders_waiting{job="till"}[5m]) > 1',
		'orders_consumed_total{job="till"} > 1',
	])('none of %s', promql => {
		expect(ownOf(promql, { job: 'till' })).toEqual([]);
	});

	test('of an alert on each series is that of its own labels, not of all that share a job', () => {
		const [own] = ownOf('increase(orders_consumed_total{result="error"}[1m]) > 10', { app: 'till', job: 'pods' });
		expect(own?.matchers.map(({ name, value }) => `${name}=${value}`)).toEqual(['app=till', 'job=pods']);
	});

	test('is probed by the matchers of the rule', () => {
		const own = ownOf('increase(orders_consumed_total{result="error"}[1m]) > 10', { job: 'till' });
		expect(probeSelectors('till', own)[0]).toMatch(/^\{job="till",__name__=~"\(orders/);
	});
});
