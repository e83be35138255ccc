import { describe, expect, test } from 'vitest';
import { matchesLabels } from '../../src/analysis/label-match.ts';
import { parsePromql } from '../../src/analysis/promql.ts';
import { resourceSelectors, type UseIdentity } from '../../src/analysis/use-identity.ts';
import { planResources } from '../../src/analysis/use-plan.ts';
import { boundedLimits, boundedQuery, figureBundles, limitBundles } from '../../src/analysis/use-queries.ts';
import { useAspects } from '../../src/analysis/use-resource.ts';
import { metricsOf, useResources } from '../../src/analysis/use-resources.ts';
import { minute } from '../../src/model/time.ts';
import { seriesFromText } from '../helpers/series-from-text.ts';
import { containersTable } from './use-tables/containers.ts';
import { asLabels, drawnCases, planText } from './use-tables/drawn-cases.ts';
import { hostsTable } from './use-tables/hosts.ts';
import { queuesTable } from './use-tables/queues.ts';
import { requestsTable } from './use-tables/requests.ts';
import { runtimesTable } from './use-tables/runtimes.ts';
import { storesTable } from './use-tables/stores.ts';

/** Of an alert about the service's machine and one of its volumes. */
const alert = { instance: '10.0.0.7:9100', job: 'node-exporter', persistentvolume: 'tide-volume' };
const pier: UseIdentity = { service: 'pier', labels: alert };
const planOf = (text: string, identity: UseIdentity = pier) =>
	planResources(identity, seriesFromText(asLabels(text)), 5 * minute);

const tables = { hostsTable, containersTable, runtimesTable, storesTable, requestsTable, queuesTable };
const nodePlan = planOf('kube_pod_info{$P,node="berth-3",host_ip="10.0.0.9"}', { service: 'pier', labels: {} });

describe.each(Object.entries(tables))('%s', (_, table) => {
	test.each(drawnCases(table))('$name', ({ series, expected }) => {
		expect(planText(planResources(pier, series, 5 * minute))).toBe(expected);
	});
});

describe('the table of resources', () => {
	test('has no figure that no case draws', () => {
		const plans = Object.values(tables).flatMap(table =>
			drawnCases(table).map(({ series }) => planResources(pier, series, 5 * minute)),
		);
		const drawn = new Set([...plans, nodePlan].flatMap(({ questions }) => questions.map(({ figure }) => figure)));
		const undrawn = useResources.flatMap(resource =>
			useAspects.flatMap(aspect =>
				(resource[aspect] ?? []).filter(figure => !drawn.has(figure)).map(() => `${resource.key} ${aspect}`),
			),
		);
		expect(undrawn).toEqual([]);
	});

	test('draws nothing that would not be found by what is asked', () => {
		const asked = resourceSelectors(pier).map(selector => {
			const node = parsePromql(selector);
			if (node?.kind !== 'selector') throw new Error(`not a selector: ${selector}`);
			return node.matchers;
		});
		const unfound = Object.values(tables)
			.flatMap(drawnCases)
			.filter(({ series, expected }) => {
				const found = series.filter(labels => asked.some(matchers => matchesLabels(labels, matchers)));
				return planText(planResources(pier, found, 5 * minute)) !== expected;
			});
		expect(unfound.map(({ name }) => name)).toEqual([]);
	});

	test('has a key for each, and names metrics that the search asks for', () => {
		const keys = useResources.map(({ key }) => key);
		expect(new Set(keys).size).toBe(keys.length);
		const patterns = resourceSelectors(pier).map(selector => {
			const node = parsePromql(selector);
			const name = node?.kind === 'selector' ? node.matchers.find(matcher => matcher.name === '__name__') : undefined;
			return new RegExp(`^(?:${name?.value})$`);
		});
		const unasked = useResources
			.flatMap(metricsOf)
			.filter(metric => !metric.startsWith('kube_node_') && !patterns.some(pattern => pattern.test(metric)));
		expect(unasked).toEqual([]);
	});

	test('becomes PromQL that can be read, in bundles too', () => {
		const { questions } = nodePlan;
		const bundles = [...limitBundles(questions), ...figureBundles(questions, 7)].map(({ query }) => query);
		expect(bundles).toHaveLength(8);
		for (const query of [...bundles, ...questions.flatMap(each => [boundedQuery(each), ...boundedLimits(each)])]) {
			expect(parsePromql(query), query).toBeDefined();
		}
	});
});

describe('what is asked of whom', () => {
	const queryOf = (text: string, key: string, identity?: UseIdentity) => {
		const question = planOf(text, identity).questions.find(each => each.key === key);
		return question === undefined ? undefined : boundedQuery(question);
	};
	const cpu = 'container-cpu utilization';

	test('pods of a longer name are of another service, and pods of another namespace of another', () => {
		const text = `
			process_open_fds{service="pier",namespace="harbour",instance="a"}
			container_cpu_usage_seconds_total{namespace="harbour",pod="{pier-x7k2p,pier-0,pier-admin-6d4b75cb6d-x7k2p}",container="quay"}
			container_cpu_usage_seconds_total{namespace="staging",pod="pier-x7k2p",container="quay"}`;
		expect(planOf(text).questions.find(({ key }) => key === cpu)?.instances).toBe(2);
		expect(queryOf(text, cpu)).toContain('{namespace="harbour",pod=~"pier-((');
	});

	test('a container is counted once, whoever else tells of it', () => {
		const text = `
			container_cpu_usage_seconds_total{$P,container="quay",image="pier:1",job="kubelet"}
			container_cpu_usage_seconds_total{$P,container="quay",image="",job="kubelet"}
			container_cpu_usage_seconds_total{$P,container="quay",image="pier:1",job="cadvisor"}`;
		expect(queryOf(text, cpu)).toContain(',image!="",job="cadvisor",container!=""');
	});

	test('a job with a namespace before the service is written as it is', () => {
		expect(queryOf('process_open_fds{job="harbour/pier",instance="a"}', 'process-files utilization')).toBe(
			'max by (instance) (process_open_fds{job="harbour/pier"})',
		);
	});

	test('pods that are named otherwise are known by what the service says of itself', () => {
		const query = queryOf('process_open_fds{service="pier",pod="quay-one",namespace="harbour"}', cpu);
		expect(query).toContain('{namespace="harbour",pod=~"quay-one",container!="",container!="POD"}');
		expect(query).toMatch(/ and on \(namespace, pod, container\) topk\(8, /);
	});

	test('the machines are those that the pods run on, by name or by address', () => {
		const query = (key: string) => {
			const question = nodePlan.questions.find(each => each.key === key);
			return question === undefined ? undefined : boundedQuery(question);
		};
		const instance = 'instance=~"(berth-3|10\\\\.0\\\\.0\\\\.9)(:[0-9]+)?"';
		expect(query('host-cpu saturation')).toBe(
			`max by (instance) (node_load1{${instance}}) / count by (instance) (node_cpu_seconds_total{${instance},mode="idle"})`,
		);
		expect(query('host-conditions errors')).toBe(
			'topk(8, max by (node, condition) (kube_node_status_condition{node=~"berth-3",condition="Ready",status=~"false|unknown"}))',
		);
	});

	test('an alert tells what it is about, unless its instance is who measured', () => {
		const text = 'node_filefd_allocated{instance="10.0.0.7:9100"}';
		expect(queryOf(text, 'host-files utilization')).toBe(
			'max by (instance) (node_filefd_allocated{instance="10.0.0.7:9100"})',
		);
		const measured = { service: 'pier', labels: { ...alert, job: 'kube-state-metrics' } };
		expect(queryOf(text, 'host-files utilization', measured)).toBeUndefined();
		const pod = { service: 'ship', labels: { namespace: 'harbour', pod: 'pier-6d4b75cb6d-x7k2p' } };
		expect(queryOf('kube_pod_status_ready{$P,condition="true"}', 'pod-readiness errors', pod)).toBe(
			'max by (namespace, pod) (kube_pod_status_ready{namespace="harbour",pod="pier-6d4b75cb6d-x7k2p",condition="false"})',
		);
	});

	test('of many instances the worst by their share of the limit, and of those without a limit the largest', () => {
		const pools = Array.from({ length: 21 }, (_, index) => `p${index}`).join(',');
		const plan = planOf(`
			hikaricp_connections_active{service="pier",pool="{${pools}}"}
			hikaricp_connections_max{service="pier",pool="{${pools}}"}
			hikaricp_connections_pending{service="pier",pool="{${pools}}"}`);
		const used = 'sum by (pool) (hikaricp_connections_active{service="pier"})';
		const most = 'sum by (pool) (hikaricp_connections_max{service="pier"})';
		const worst = `topk(8, (${used}) / on (pool) ((${most}) > 0) or (${used}) * 0)`;
		const [active, pending] = plan.questions;
		expect(active?.instances).toBe(21);
		expect(active && [boundedQuery(active), ...boundedLimits(active)]).toEqual([
			`(${used}) and on (pool) ${worst}`,
			`(${most}) and on (pool) ${worst}`,
		]);
		expect(pending && boundedQuery(pending)).toBe(
			'topk(8, sum by (pool) (hikaricp_connections_pending{service="pier"}))',
		);
	});

	test('a queue or a database that an alert names is found by that', () => {
		const queue = { service: 'tides', labels: { consumergroup: 'tides', job: 'kafka-exporter' } };
		expect(queryOf('kafka_consumergroup_lag{consumergroup="tides",topic="ebb"}', 'kafka-lag saturation', queue)).toBe(
			'sum by (consumergroup, topic) (kafka_consumergroup_lag{consumergroup="tides"})',
		);
	});

	test('a place that is a machine is found by its name or address', () => {
		const machine = { service: '10.0.0.7', labels: {} };
		expect(queryOf('node_filefd_allocated{instance="10.0.0.7:9100"}', 'host-files utilization', machine)).toBe(
			'max by (instance) (node_filefd_allocated{instance=~"(https?://)?10\\\\.0\\\\.0\\\\.7(:[0-9]+)?"})',
		);
	});

	test('what was looked for and not found is named', () => {
		const { missing, restrictions } = planOf('go_goroutines{service="pier"}');
		expect(missing).toHaveLength(useResources.length - 1);
		expect(missing.find(({ name }) => name === 'node conntrack table')).toEqual({
			name: 'node conntrack table',
			group: 'network',
			metrics: ['node_nf_conntrack_entries', 'node_nf_conntrack_entries_limit'],
		});
		expect(restrictions).toEqual(['{service="pier"}']);
	});
});

test('figures share queries when there are many, and stand alone when there are few', () => {
	const { questions } = planOf(`
		process_open_fds{service="pier",instance="a"}
		process_max_fds{service="pier",instance="a"}
		process_resident_memory_bytes{service="pier",instance="a"}
		process_virtual_memory_max_bytes{service="pier",instance="a"}`);
	expect(figureBundles(questions, 7)).toEqual([
		{
			keys: ['process-memory utilization'],
			query: 'max by (instance) (process_resident_memory_bytes{service="pier"})',
		},
		{ keys: ['process-files utilization'], query: 'max by (instance) (process_open_fds{service="pier"})' },
	]);
	const named = (key: string, metric: string) =>
		`label_replace(max by (instance) (${metric}{service="pier"}), "figure", "${key}", "", "")`;
	expect(figureBundles(questions, 1).map(({ query }) => query)).toEqual([
		`${named('process-memory utilization', 'process_resident_memory_bytes')} or ${named('process-files utilization', 'process_open_fds')}`,
	]);
	expect(limitBundles(questions)).toEqual([
		{
			keys: ['process-memory utilization 0', 'process-files utilization 0'],
			query: `${named('process-memory utilization 0', 'process_virtual_memory_max_bytes')} or ${named('process-files utilization 0', 'process_max_fds')}`,
		},
	]);
	expect(limitBundles([])).toEqual([]);
});

test('no query is longer than servers take, however many resources and instances there are', () => {
	const pods = [...'bcdfghjklmnpqrst'].map(letter => `pier-x7k2${letter}`).join(',');
	const all = useResources
		.flatMap(metricsOf)
		.map(
			metric =>
				`${metric}{service="pier",pod="{${pods}}",namespace="harbour",container="quay",pool="a",state="used",area="heap",resource="cpu"}`,
		);
	const { questions } = planOf(all.join('\n'));
	const bundles = [...limitBundles(questions), ...figureBundles(questions, 6)];
	expect(bundles.flatMap(({ keys }) => keys).sort()).toEqual(
		questions.flatMap(each => [each.key, ...each.limits.map((_, place) => `${each.key} ${place}`)]).sort(),
	);
	expect(limitBundles(questions).length).toBeGreaterThan(1);
	expect(Math.max(...bundles.map(({ query }) => query.length))).toBeLessThan(16 * 1024);
});
