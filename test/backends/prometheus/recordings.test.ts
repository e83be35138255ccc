import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { createPrometheus } from '../../../src/backends/prometheus/client.ts';
import { envelope } from '../../../src/backends/prometheus/schema.ts';
import type { AlertRule } from '../../../src/model/alert.ts';
import type { Answer } from '../../../src/model/answer.ts';
import type { Labels } from '../../../src/model/labels.ts';
import type { Exemplar, Sample, Series } from '../../../src/model/series.ts';
import { outcomeOf, type Question, recordingsIn } from '../../helpers/replay.ts';

const range = { from: 1_795_335_069_000, to: 1_795_336_569_000 };
const anything = envelope(z.unknown());

const query: Question = async (http, asking) =>
	drawn(await createPrometheus(http).query('sum(rate(', 1_795_336_569_000, asking), sampleText);
const queryRange: Question = async (http, asking) =>
	drawn(await createPrometheus(http).queryRange('up', { ...range, step: 60_000 }, asking), seriesText);
const series: Question = async (http, asking) =>
	drawn(await createPrometheus(http).series(['{a="b"}'], range, 1000, asking), labelsText);
const labelNames: Question = async (http, asking) =>
	drawn(await createPrometheus(http).labelNames([], range, asking), String);
const labelValues: Question = async (http, asking) =>
	drawn(await createPrometheus(http).labelValues('__name__', [], range, 1000, asking), String);
const exemplars: Question = async (http, asking) =>
	drawn(await createPrometheus(http).exemplars('x', range, asking), exemplarText);
const rules: Question = async (http, asking) => drawn(await createPrometheus(http).rules(asking), ruleText, 9);
const tsdbStatus: Question = async (http, asking) => {
	const { value } = await createPrometheus(http).tsdbStatus(10, asking);
	const { series, labelPairs, chunks, from, to } = value;
	const whole = `${series} series, ${labelPairs} pairs, ${chunks} chunks from ${clock(from)} to ${clock(to)}`;
	const lists = [value.seriesByMetric, value.valuesByLabel, value.bytesByLabel, value.seriesByPair];
	const firsts = lists.map(([first, ...rest]) => (first ? `${first.name} ${first.count} of ${rest.length + 1}` : '-'));
	return [whole, ...firsts].join('\n');
};
const buildInfo: Question = async (http, asking) => (await createPrometheus(http).buildInfo(asking)).value.version;

/** An endpoint that no client asks: the door and the envelope still read it. */
const raw =
	(path: string): Question =>
	async (http, asking) => {
		const { data } = await http.json({ path }, anything, asking);
		return Object.keys(z.record(z.string(), z.unknown()).parse(data)).join(' ');
	};

/** How many, the first ones, and every note. */
function drawn<Item>({ value, notes }: Answer<readonly Item[]>, draw: (item: Item) => string, first = 2): string {
	const rest = value.length > first ? ['…'] : [];
	const noted = notes.map(({ kind, text }) => `(${kind}: ${text})`);
	return [String(value.length), ...value.slice(0, first).map(draw), ...rest, ...noted].join('\n');
}

const clock = (at: number | undefined): string =>
	at === undefined || Number.isNaN(at) ? '-' : new Date(at).toISOString().slice(11);

const labelsText = (labels: Labels): string =>
	`{${Object.entries(labels)
		.map(pair => pair.join('='))
		.join(' ')}}`;

const sampleText = ({ labels, at, value }: Sample): string => `${labelsText(labels)} ${clock(at)} ${value}`;

const seriesText = ({ labels, times, values }: Series): string =>
	`${labelsText(labels)} ${times.length} × ${clock(times[0])} ${values[0]} … ${clock(times.at(-1))} ${values.at(-1)}`;

const exemplarText = ({ labels, seriesLabels, at, value }: Exemplar): string =>
	`${labelsText(labels)} le=${seriesLabels.le} ${clock(at)} ${value}`;

const ruleText = ({ name, group, expression, holdFor, health, active }: AlertRule): string =>
	[
		`${group}/${name} for=${holdFor} ${health} ${expression.slice(0, 60)}`,
		...active.map(each => `  ${each.state} ${clock(each.activeAt)} ${each.value} ${labelsText(each.labels)}`),
	].join('\n');

type Cases = readonly (readonly [recording: string, question: Question, drawing: readonly string[]])[];

const prometheus: Cases = [
	/** A server that has no rules to show: the client asks for the alerts alone. */
	[
		'alerts',
		rules,
		[
			'4',
			'/Watchdog for=0 unknown ',
			'  firing 08:32:44.597Z 1 {alertname=Watchdog severity=none}',
			'/EdgeHighErrorRate for=0 unknown ',
			'  firing 08:33:29.597Z 0.20317460317460317 {alertname=EdgeHighErrorRate http_route=/checkout service_name=edge severity=critical team=edge}',
			'/BillingLatencyP99 for=0 unknown ',
			'  firing 08:33:29.597Z 2.4634375 {alertname=BillingLatencyP99 service=billing severity=warning team=money}',
			'/DbPoolSaturated for=0 unknown ',
			'  firing 08:33:24.597Z 1 {alertname=DbPoolSaturated instance=127.0.0.1:9400 job=harbor pool=accounts-db service=billing severity=critical team=money}',
			'  firing 08:33:44.597Z 1 {alertname=DbPoolSaturated pool=accounts-db service=billing severity=critical team=money}',
			'(warning: The server shows its alerts but not their rules: limits are not known.)',
			'[GET 404]',
		],
	],
	[
		'buckets',
		query,
		['12', '{le=+Inf} 08:36:09.000Z 755.9550121212121', '{le=0.005} 08:36:09.000Z 0', '…', '[POST 200]'],
	],
	['buildinfo', buildInfo, ['3.5.3+ds1', '[GET 200]']],
	['empty', query, ['0', '[POST 200]']],
	[
		'error-404',
		raw('/api/v1/nope'),
		[
			'not-found: Prometheus at backend.example:9090 does not know /api/v1/nope (404). It said: 404 page not found. Check the URL and its path prefix in --prometheus-url.',
			'[GET 404]',
		],
	],
	[
		'error-parse',
		query,
		[
			'bad-query at 1:10: Prometheus at backend.example:9090 could not run the query (400). It said: invalid parameter "query": 1:10: parse error: unclosed left parenthesis. Mend the query and ask again.',
			'[POST 400]',
		],
	],
	[
		'error-range',
		queryRange,
		[
			'bad-query: Prometheus at backend.example:9090 could not run the query (400). It said: exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX). Mend the query and ask again.',
			'[POST 400]',
		],
	],
	[
		'exemplars',
		exemplars,
		[
			'142',
			'{trace_id=83234f1549abbb164d331a0a99764bd0} le=0.05 08:33:17.630Z 0.0479',
			'{trace_id=f92fbb51577072d6ce706da91bf5958b} le=0.05 08:33:24.108Z 0.0444',
			'…',
			'[POST 200]',
		],
	],
	[
		'instant-rate',
		query,
		[
			'8',
			'{http_response_status_code=200 http_route=/checkout} 08:36:09.000Z 2.121739130434783',
			'{http_response_status_code=200 http_route=/search} 08:36:09.000Z 5.434782608695652',
			'…',
			'[POST 200]',
		],
	],
	['labels', labelNames, ['39', '__metrics_gen_instance', '__name__', '…', '[POST 200]']],
	[
		'metadata',
		raw('/api/v1/metadata'),
		[
			'billing_build_info db_connections_in_use db_pool_size grpc_server_handled grpc_server_handling_seconds http_request_duration_seconds http_requests http_server_request_duration_seconds http_server_requests_seconds node_cpu_seconds node_filesystem_avail_bytes node_filesystem_size_bytes node_memory_MemAvailable_bytes node_memory_MemTotal_bytes process_cpu_seconds process_start_time_seconds queue_depth target_info up',
			'[GET 200]',
		],
	],
	['metric-names', labelValues, ['46', 'ALERTS', 'ALERTS_FOR_STATE', '…', '[GET 200]']],
	['range-inf', query, ['1', '{} 08:36:09.537Z Infinity', '[POST 200]']],
	['range-nan', queryRange, ['0', '[POST 200]']],
	[
		'range-p99',
		queryRange,
		['1', '{} 26 × 08:11:09.000Z 0.24597444089456869 … 08:36:09.000Z 2.3541860465116287', '[POST 200]'],
	],
	[
		'range-rate',
		queryRange,
		[
			'4',
			'{http_route=/cart} 26 × 08:11:09.000Z 0.8476190476190475 … 08:36:09.000Z 1.0608695652173914',
			'{http_route=/checkout} 26 × 08:11:09.000Z 2.476190476190476 … 08:36:09.000Z 2.6782608695652175',
			'…',
			'[POST 200]',
		],
	],
	[
		'rules',
		rules,
		[
			'5',
			'quay/Watchdog for=0 ok vector(1)',
			'  firing 08:32:44.597Z 1 {alertname=Watchdog severity=none}',
			'quay/EdgeHighErrorRate for=15000 ok sum by (service_name, http_route) (rate(http_server_request_',
			'  firing 08:33:29.597Z 0.20317460317460317 {alertname=EdgeHighErrorRate http_route=/checkout service_name=edge severity=critical team=edge}',
			'quay/BillingLatencyP99 for=15000 ok histogram_quantile(0.99, sum by (le, service) (rate(http_req',
			'  firing 08:33:29.597Z 2.4634375 {alertname=BillingLatencyP99 service=billing severity=warning team=money}',
			'quay/DbPoolSaturated for=15000 ok db_connections_in_use / db_pool_size > 0.9',
			'  firing 08:33:24.597Z 1 {alertname=DbPoolSaturated instance=127.0.0.1:9400 job=harbor pool=accounts-db service=billing severity=critical team=money}',
			'  firing 08:33:44.597Z 1 {alertname=DbPoolSaturated pool=accounts-db service=billing severity=critical team=money}',
			'quay/QueueGrowing for=30000 ok deriv(queue_depth[5m]) > 0.2',
			'[GET 200]',
		],
	],
	['scalar', query, ['1', '{} 08:36:09.540Z 42', '[POST 200]']],
	[
		'series-edge',
		series,
		[
			'228',
			'{__name__=ALERTS alertname=EdgeHighErrorRate alertstate=firing http_route=/checkout service_name=edge severity=critical team=edge}',
			'{__name__=ALERTS alertname=EdgeHighErrorRate alertstate=pending http_route=/checkout service_name=edge severity=critical team=edge}',
			'…',
			'[POST 200]',
		],
	],
	[
		'service-graph',
		query,
		[
			'9',
			'{client=basket server=basket} 08:36:09.595Z 1.432358038724186',
			'{client=basket server=billing} 08:36:09.595Z 0.8800348875451941',
			'…',
			'[POST 200]',
		],
	],
	[
		'spanmetrics',
		query,
		[
			'29',
			'{service=auth span_name=bcrypt status_code=STATUS_CODE_UNSET} 08:36:09.590Z 0.16937398861785363',
			'{service=auth span_name=login.Login/Verify status_code=STATUS_CODE_ERROR} 08:36:09.590Z 0',
			'…',
			'[POST 200]',
		],
	],
	['targets', raw('/api/v1/targets'), ['activeTargets droppedTargets droppedTargetCounts', '[GET 200]']],
	[
		'tsdb-status',
		tsdbStatus,
		[
			'1003 series, 192 pairs, 1003 chunks from 08:32:50.188Z to 08:36:05.188Z',
			'traces_spanmetrics_latency_bucket 435 of 10',
			'__name__ 46 of 10',
			'__name__ 46819 of 10',
			'source=tempo 762 of 10',
			'[GET 200]',
		],
	],
	[
		'with-stats',
		query,
		[
			'6',
			'{__name__=up instance=127.0.0.1:9400 job=harbor} 08:36:09.587Z 1',
			'{__name__=up instance=auth:8080 job=auth} 08:36:09.587Z 1',
			'…',
			'[POST 200, 6 samples read]',
		],
	],
];

const victoriaMetrics: Cases = [
	[
		'alerts',
		rules,
		['0', '(warning: The server shows its alerts but not their rules: limits are not known.)', '[GET 404]'],
	],
	['buildinfo', buildInfo, ['2.24.0', '[GET 200]']],
	['empty', query, ['0', '[POST 200, 0 series, 0 ms]']],
	[
		'error-parse',
		query,
		[
			'bad-query: Prometheus at backend.example:9090 could not run the query (422). It said: error when executing query="sum(rate(" for (time=1795337676447, step=300000): singleExpr: unexpected token ""; want "(", "{", "-", "+"; unparsed data: "". Mend the query and ask again.',
			'[POST 422]',
		],
	],
	['exemplars', exemplars, ['0', '[POST 200]']],
	['instant', query, ['1', '{} 08:55:03.000Z 1320', '[POST 200, 2 series, 0 ms]']],
	['labels', labelNames, ['6', '__name__', 'le', '…', '[POST 200]']],
	['metadata', raw('/api/v1/metadata'), ['', '[GET 200]']],
	['range-p99', queryRange, ['1', '{} 10 × 08:46:03.000Z 1 … 08:55:03.000Z 1', '[POST 200, 4 series, 0 ms]']],
	[
		'range-rate',
		queryRange,
		[
			'2',
			'{status=200} 10 × 08:46:03.000Z 4 … 08:55:03.000Z 4',
			'{status=500} 10 × 08:46:03.000Z 0.4 … 08:55:03.000Z 0.4',
			'[POST 200, 2 series, 1 ms]',
		],
	],
	['rules', rules, ['0', '[GET 200]']],
	[
		'series',
		series,
		[
			'6',
			'{__name__=http_request_duration_seconds_bucket service=billing le=+Inf}',
			'{__name__=http_request_duration_seconds_bucket service=billing le=0.1}',
			'…',
			'[POST 200]',
		],
	],
	[
		'tsdb-status',
		tsdbStatus,
		[
			'6 series, 22 pairs, NaN chunks from - to -',
			'http_request_duration_seconds_bucket 4 of 2',
			'le 4 of 6',
			'-',
			'service=billing 6 of 10',
			'[GET 200]',
		],
	],
];

describe.each([
	['prometheus-3.5.3', prometheus],
	['victoriametrics-1.145', victoriaMetrics],
])('recordings of %s', (folder, cases) => {
	test('every one is asked for', () => {
		expect(cases.map(([name]) => name)).toEqual(recordingsIn(folder));
	});

	test.each(cases)('%s', async (name, question, lines) => {
		expect(await outcomeOf('prometheus', `${folder}/${name}`, question)).toEqual(lines);
	});
});
