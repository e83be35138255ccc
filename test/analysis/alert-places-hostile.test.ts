import fc from 'fast-check';
import { expect, test } from 'vitest';
import { serviceOfAlert } from '../../src/analysis/alert-service.ts';
import { signalQuestionOf } from '../../src/analysis/alert-signal.ts';
import type { Labels } from '../../src/model/labels.ts';
import { describePlaces, type PlaceRow } from '../helpers/alert-places.ts';

const manyPaths = Array.from({ length: 900 }, (_, index) => `/item/${index}`).join('|');

/** Rules and alerts as nobody should write them, and as somebody will. */
const rows: readonly PlaceRow[] = [
	{
		rule: 'an expression that was cut short',
		expression: 'sum(rate(http_requests_total{app="till",code=~"5..',
		labels: 'severity=page',
		place: 'service till',
		reason: 'The alert\'s expression selects app="till".',
		limit: '-',
		series: '{app="till"}',
	},
	{
		rule: 'no PromQL at all, but labels',
		expression: 'cpu is too high, see wiki',
		labels: 'service=till',
		place: 'service till',
		reason: 'The alert is labelled service="till".',
		limit: '-',
		series: '{service="till"}',
	},
	{ rule: 'nothing of anything', expression: '', labels: '', place: '-', limit: '-' },
	{
		rule: 'no labels and a metric of everybody',
		expression: 'node_load1 > 5',
		labels: '',
		place: '-',
		limit: 'plain > 5',
	},
	{
		rule: 'labels without values',
		expression: 'x > 1',
		labels: 'service= job= instance=',
		place: '-',
		limit: 'plain > 1',
	},
	{
		rule: 'names that SDKs and exporters write for none',
		expression: 'sum by (service_name, owner_name, pod) (x) > 1',
		labels: 'service_name=unknown_service:java owner_name=<none> pod=till-6d4b75cb6d-x7k2p',
		place: 'workload till · pod=till-6d4b75cb6d-x7k2p',
		reason: 'The alert is labelled pod="till-6d4b75cb6d-x7k2p", by its name one of till.',
		limit: 'plain > 1',
		series: '{service_name="unknown_service:java",owner_name="<none>",pod="till-6d4b75cb6d-x7k2p"}',
	},
	{
		rule: 'only an exporter is named',
		expression: 'kube_pod_info{job="kube-state-metrics"} > 1',
		labels: 'job=kube-state-metrics instance=10.0.0.9:8080',
		place: '-',
		limit: 'plain > 1',
	},
	{
		rule: 'more than ten thousand characters',
		expression: `sum(rate(http_requests_total{app="till",path!~"${manyPaths}"}[5m])) > 5`,
		labels: '',
		place: 'service till',
		reason: 'The alert\'s expression selects app="till".',
		limit: 'per-second > 5',
		series: '{app="till"}',
	},
	{
		rule: 'alternatives, of which the alert names one',
		expression: 'rate(http_requests_total{app=~"till|stock"}[5m]) > 5',
		labels: 'app=stock',
		place: 'service stock',
		reason: 'The alert is labelled app="stock".',
		limit: 'per-second > 5',
		series: '{app="stock"}',
	},
	{
		rule: 'alternatives, summed together',
		expression: 'sum(rate(tasks_total{app=~"(till|stock|node-exporter)"}[5m])) > 5',
		labels: '',
		place: 'service till',
		reason: 'The alert\'s expression selects app=~"(till|stock|node-exporter)", and till is the first of 2.',
		limit: 'per-second > 5',
		series: '{app=~"(till|stock|node-exporter)"}',
	},
	{
		rule: 'a pattern that names nobody',
		expression: 'sum(up{job=~".+"}) < 5',
		labels: '',
		place: '-',
		limit: 'plain < 5',
	},
	{
		rule: 'a pattern that is no pattern',
		expression: 'sum(up{job=~"((((a+)+)+"}) < 5',
		labels: '',
		place: '-',
		limit: 'plain < 5',
	},
	{
		rule: 'selectors that contradict each other',
		expression: 'sum(rate(a_total{app="till"}[5m])) / sum(rate(b_total{app="stock"}[5m])) > 5',
		labels: 'severity=page',
		place: '-',
		limit: 'ratio > 5',
	},
	{
		rule: 'everybody but one',
		expression: 'sum by (team) (rate(http_requests_total{app!="till",job!~"stock.*"}[5m])) > 5',
		labels: 'team=sales',
		place: '-',
		limit: 'per-second > 5',
	},
	{
		rule: 'labels named like what every object has',
		expression: 'label_replace(sum by (constructor, toString) (x), "valueOf", "$1", "hasOwnProperty", "(.*)") > 1',
		labels: 'constructor=a toString=b valueOf=c __proto__=d service=till',
		place: 'service till',
		reason: 'The alert is labelled service="till".',
		limit: 'plain > 1',
		series: '{constructor="a",toString="b"}',
	},
	{
		rule: 'a limit that is no number',
		expression: 'sum(rate(http_requests_total{app="till"}[5m])) > NaN',
		labels: '',
		place: 'service till',
		reason: 'The alert\'s expression selects app="till".',
		limit: 'per-second > NaN',
		series: '{app="till"}',
	},
];

describePlaces('hostile rules and alerts', rows);

test.each<[string, string, string | undefined]>([
	['parentheses', '('.repeat(50_000), undefined],
	['braces', '{'.repeat(50_000), undefined],
	['quotes', '{a="\\"'.repeat(10_000), undefined],
	['escapes', `{a="${'\\"'.repeat(20_000)}`, undefined],
	['alternatives', `up{job=~"${'(a|'.repeat(5000)}"}`, 'a'],
	['dots', `up{job=~"${'.*'.repeat(5000)}"}`, undefined],
])('a flood of %s is answered at once', (_, expression, service) => {
	expect(serviceOfAlert({ labels: {}, expression })?.service).toBe(service);
});

test('whatever an alert says, there is a name with a reason, or none', () => {
	const word = fc.oneof(
		fc.constantFrom(
			'service',
			'job',
			'pod',
			'instance',
			'node',
			'till',
			'node-exporter',
			'10.0.0.7:80',
			'[::1]:9100',
			'a|b',
			'',
		),
		fc.string({ unit: 'grapheme', maxLength: 12 }),
	);
	const labels: fc.Arbitrary<Labels> = fc.dictionary(word, word, { maxKeys: 6 });
	const piece = fc.oneof(
		fc.constantFrom(
			'sum by (job) (',
			'rate(',
			'up',
			'{',
			'}',
			'job="till"',
			'=~',
			'"',
			'> 5',
			' and ',
			' unless ',
			')',
			'[5m]',
		),
		word,
	);
	const expression = fc.array(piece, { maxLength: 12 }).map(pieces => pieces.join(''));
	fc.assert(
		fc.property(labels, fc.option(expression, { nil: undefined }), (named, text) => {
			const found = serviceOfAlert({ labels: named, ...(text === undefined ? {} : { expression: text }) });
			if (text !== undefined) signalQuestionOf(text);
			if (found === undefined) return;
			expect(found.service).not.toBe('');
			expect(found.reason).toMatch(/^(The alert|A condition)[\s\S]*\.$/);
			expect(found.matchers.every(({ operator }) => operator === '=' || operator === '=~')).toBe(true);
		}),
		{ numRuns: 2000 },
	);
});
