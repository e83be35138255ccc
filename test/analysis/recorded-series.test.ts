import { describe, expect, test } from 'vitest';
import { expressionOfAlert } from '../../src/analysis/alert-expression.ts';
import { serviceOfAlert } from '../../src/analysis/alert-service.ts';
import { promSelector } from '../../src/analysis/promql-build.ts';
import { ownRangeOf, ownSeriesOf } from '../../src/analysis/red-probe.ts';
import type { RecordingRules } from '../../src/model/alert.ts';
import type { Labels } from '../../src/model/labels.ts';
import { minute } from '../../src/model/time.ts';

type Record = readonly [name: string, expression: string, labels?: Labels];

const recordingsOf = (rules: readonly Record[]): RecordingRules => {
	const byName = new Map<string, { expression: string; labels: Labels }[]>();
	for (const [name, expression, labels = {}] of rules)
		byName.set(name, [...(byName.get(name) ?? []), { expression, labels }]);
	return byName;
};

/** All that is read behind a rule's expression, in a few words. */
function readBehind(expression: string, rules: readonly Record[], labels: Labels = {}) {
	const alert = { expression, labels, recordings: recordingsOf(rules) };
	const reading = expressionOfAlert(alert);
	const found = serviceOfAlert(alert);
	return {
		service: found?.service,
		reason: found?.reason,
		series: found === undefined ? undefined : promSelector(undefined, found.matchers),
		families: reading === undefined ? [] : [...new Set(ownSeriesOf({ labels }, reading).map(({ key }) => key))],
		figure: reading?.figure,
		over: ownRangeOf(reading),
	};
}

const ratio = (metric: string, by: string, matchers = '') =>
	`sum ${by} (rate(${metric}{${matchers}${matchers && ','}code=~"5.."}[2m])) / sum ${by} (rate(${metric}{${matchers}}[2m]))`;

describe('an alert on a recorded series', () => {
	test('is about what the series is recorded from', () => {
		expect(
			readBehind('till:availability < 0.95', [
				['till:availability', `1 - ${ratio('http_requests_total', '', 'app="till"')}`],
			]),
		).toEqual({
			service: 'till',
			reason:
				'The alert\'s expression selects app="till". Its rule reads till:availability, recorded from http_requests_total{app="till"}.',
			series: '{app="till"}',
			families: ['client-library'],
			figure: { kind: 'errors', threshold: { operator: '>', value: 0.05 } },
			over: 2 * minute,
		});
	});

	test('reads on in recorded series of recorded series, with what was selected and grouped on the way', () => {
		const found = readBehind(
			'burn:short{service="till"} > 14.4',
			[
				['burn:short', 'service:errors:ratio / 0.001', { slo: 'till-availability' }],
				['service:errors:ratio', ratio('http_requests_total', 'by (service, namespace)')],
			],
			{ service: 'till', namespace: 'shop', slo: 'till-availability' },
		);
		expect(found).toMatchObject({
			service: 'till',
			series: '{service="till",namespace="shop"}',
			families: ['client-library'],
			figure: { kind: 'errors', threshold: { operator: '>', value: 0.0144 } },
		});
		expect(found.reason).toMatch(/reads burn:short, recorded from http_requests_total\{service="till"\}\.$/);
	});

	test('takes the one of many rules of a name whose own labels the alert has, or the rule selects', () => {
		const rules = ['till', 'fares'].map(
			(name): Record => ['slo:errors:ratio', ratio('http_requests_total', '', `job="${name}"`), { slo: `${name}-up` }],
		);
		expect(readBehind('slo:errors:ratio > 0.01', rules, { slo: 'fares-up' })).toMatchObject({
			service: 'fares',
			series: '{job="fares"}',
		});
		expect(readBehind('max(slo:errors:ratio{slo="till-up"}) > 0.01', rules)).toMatchObject({ service: 'till' });
		expect(readBehind('max(slo:errors:ratio) > 0.01', rules).families).toEqual([]);
	});

	test('a label that the recording rule puts on top names the service, and selects none of its series', () => {
		const found = readBehind(
			'team:errors:rate > 5',
			[['team:errors:rate', 'rate(http_requests_total{code="500"}[5m])', { service: 'till' }]],
			{ service: 'till', instance: '10.0.0.1:80' },
		);
		expect(found).toMatchObject({ service: 'till', series: '{instance="10.0.0.1:80"}' });
		expect(found.reason).toContain('is labelled service="till", which a recording rule puts there.');
	});

	test.each<readonly [what: string, rules: readonly Record[]]>([
		['records itself', [['a:b', 'avg_over_time(a:b{job="till"}[5m])']]],
		[
			'goes round in circles',
			[
				['a:b', 'b:a{job="till"} + b:a'],
				['b:a', 'a:b + a:b'],
			],
		],
		['is no PromQL', [['a:b', 'sum(rate({app="till"} |= "x" [5m]))']]],
		['is not known', []],
	])('one that %s ends there', (_, rules) => {
		expect(readBehind('a:b > 1', rules, { service: 'edge' }).service).toMatch(/^(?:till|edge)$/);
	});

	test('what only lends labels to it is left as it stands', () => {
		const { reason } = readBehind(
			'sum by (workload) (container_memory_working_set_bytes * on (pod) group_left (workload) pods:relabel) > 1',
			[['pods:relabel', 'label_replace(kube_pod_owner{job="till"}, "workload", "$1", "owner_name", "(.*)")']],
			{ workload: 'invoicer' },
		);
		expect(reason).toBe('The alert is labelled workload="invoicer", which its rule takes from pods:relabel.');
	});
});
