import { describe, expect, test } from 'vitest';
import { investigateService } from '../../src/investigation/service.ts';
import { noServiceFindings, type ServiceFindings } from '../../src/investigation/service-findings.ts';
import { answer } from '../../src/model/answer.ts';
import { FailureError } from '../../src/model/failure.ts';
import { lastValueOf } from '../../src/model/loadable.ts';
import type { ServicePlace } from '../../src/model/place.ts';
import type { Grid, Series } from '../../src/model/series.ts';
import { hour, live, minute } from '../../src/model/time.ts';
import { noon, ruleOf } from '../helpers/alert-drawing.ts';
import { askingNow } from '../helpers/replay.ts';
import { createRounds, type GivenSources, refused } from '../helpers/rounds.ts';
import { seriesFromText } from '../helpers/series-from-text.ts';

const place: ServicePlace = { kind: 'service', service: 'till', view: 'resources', window: live(hour) };
const now = noon + 10 * minute;

const pool = 'service="till",pool="main"';
const few = seriesFromText(`
	hikaricp_connections_active{${pool}}
	hikaricp_connections_max{${pool}}
	hikaricp_connections_pending{${pool}}`);

/** A dozen resources of each of the pods of a service, and its machine. */
const many = seriesFromText(`
	hikaricp_connections_active{${pool}}
	hikaricp_connections_max{${pool}}
	hikaricp_connections_pending{${pool}}
	hikaricp_connections_timeout_total{${pool}}
	process_cpu_seconds_total{service="till",instance="a"}
	process_open_fds{service="till",instance="a"}
	process_max_fds{service="till",instance="a"}
	jvm_memory_used_bytes{service="till",instance="a",area="heap"}
	jvm_memory_max_bytes{service="till",instance="a",area="heap"}
	jvm_gc_pause_seconds_sum{service="till",instance="a"}
	container_memory_working_set_bytes{namespace="shop",pod="till-0",container="till"}
	kube_pod_container_status_restarts_total{namespace="shop",pod="till-0",container="till"}
	kube_pod_info{namespace="shop",pod="till-0",node="worker-1"}`);

const used = 'sum by (pool) (hikaricp_connections_active{service="till"})';
const most = 'sum by (pool) (hikaricp_connections_max{service="till"})';
const pending = 'sum by (pool) (hikaricp_connections_pending{service="till"})';

const flat =
	(value: number, labels = { pool: 'main' }) =>
	async (_: string, grid: Grid) => {
		const line: Series = { labels, times: [grid.from, grid.to], values: [value, value] };
		return answer([line]);
	};
const sampled = (value: number) => async () => answer([{ labels: { pool: 'main' }, at: now, value }]);

async function findingsOf(
	given: GivenSources,
	at: ServicePlace = place,
	previous: ServiceFindings = noServiceFindings,
) {
	const { sources, run } = createRounds(given);
	let last = previous;
	const publish = (findings: ServiceFindings) => {
		last = findings;
	};
	const rounds = await run(investigateService(at, { sources, now: () => now }, previous, publish, askingNow()));
	return { rounds, last, resources: lastValueOf(last.resources) };
}

const rowsOf = ({ resources }: Awaited<ReturnType<typeof findingsOf>>) =>
	resources?.rows.map(({ name, trouble }) => [name, ...trouble].join(' '));

describe('the resources of a service', () => {
	test('come after two round trips, and nothing else is asked', async () => {
		const found = await findingsOf({
			metrics: { series: async () => answer(few), queryRange: flat(4), query: sampled(4) },
		});
		expect(found.rounds).toEqual([['series'], [`query ${most}`, `queryRange ${used}`, `queryRange ${pending}`]]);
		expect(rowsOf(found)).toEqual(['HikariCP connections utilization saturation']);
		const row = found.resources?.rows[0];
		expect(row?.figures.utilization).toMatchObject({
			query: used,
			limitQueries: [most],
			total: 1,
			lines: [{ name: 'main', now: 4, share: 1, beyond: true, limit: { value: 4, of: 'pool', soft: false } }],
		});
		expect(row?.figures.saturation).toMatchObject({ name: 'waiting', lines: [{ now: 4, beyond: true }] });
		expect(found.resources?.grid).toEqual({ from: now - hour, to: now, step: 30_000 });
		expect(found.last.target.status).toBe('idle');
	});

	test('come after three with an alert, never more than eight questions at once, however many there are', async () => {
		const rule = ruleOf('TillFull', 'hikaricp_connections_active{service="till"} > 3', [{ service: 'till' }]);
		const { rounds } = await findingsOf(
			{ metrics: { rules: async () => answer([rule]), series: async () => answer(many) } },
			{ ...place, alert: 'TillFull' },
		);
		expect(rounds.map(round => round.length)).toEqual([2, 1, 8, 2]);
		expect(rounds[2]?.[1]).toContain('label_replace(');
		expect(rounds[2]?.at(-1)).toContain('instance=~"(worker-1)(:[0-9]+)?"');
	});

	test('are asked for again without looking for them', async () => {
		const metrics = { series: async () => answer(few), queryRange: flat(4), query: sampled(4) };
		const { last } = await findingsOf({ metrics });
		const again = await findingsOf({ metrics }, place, last);
		expect(again.rounds.map(round => round.length)).toEqual([3]);
		expect(again.resources?.missing).toEqual(lastValueOf(last.resources)?.missing);
	});

	test('that were only hoped for and are not there are not asked for again', async () => {
		const metrics = { series: async () => answer(many) };
		const { last, resources } = await findingsOf({ metrics });
		expect(resources?.rows).toEqual([]);
		expect(resources?.missing.map(({ name }) => name)).toContain('node CPU');
		expect(resources?.plan.questions.some(({ key }) => key.startsWith('host-'))).toBe(false);
		expect((await findingsOf({ metrics }, place, last)).rounds.map(round => round[0])).toContain('series');
	});

	test('are said to be cut where the search was', async () => {
		const note = { kind: 'partial', text: 'Only 4000 of the series.' } as const;
		const { last } = await findingsOf({
			metrics: { series: async () => answer(few, [note]), queryRange: flat(4) },
		});
		expect(last.resources).toMatchObject({ status: 'loaded', notes: [note] });
	});
});

describe('limits', () => {
	const utilizationOf = async (limit: number) => {
		const metrics = { series: async () => answer(few), queryRange: flat(3), query: sampled(limit) };
		return (await findingsOf({ metrics })).resources?.rows[0]?.figures.utilization?.lines[0];
	};

	test('of 0, and beyond all that any machine has, are none', async () => {
		for (const none of [0, 2 ** 31 - 1, 2 ** 63, Number.NaN]) {
			expect(await utilizationOf(none)).toMatchObject({ now: 3, share: Number.NaN, beyond: false });
			expect(await utilizationOf(none)).not.toHaveProperty('limit');
		}
		const isSaid = async (limit: number) => (await utilizationOf(limit))?.unlimited;
		expect([await isSaid(0), await isSaid(2 ** 63), await isSaid(Number.NaN), await isSaid(30)]).toEqual([
			true,
			true,
			undefined,
			undefined,
		]);
		expect(await utilizationOf(30)).toMatchObject({ share: 0.1, beyond: false });
	});

	const both = seriesFromText(`
		container_cpu_usage_seconds_total{namespace="shop",pod="till-0",container="{till,guard}"}
		kube_pod_container_resource_limits{namespace="shop",pod="till-0",container="till",resource="cpu"}
		kube_pod_container_resource_requests{namespace="shop",pod="till-0",container="{till,guard}",resource="cpu"}`);
	const of = (container: string) => ({ namespace: 'shop', pod: 'till-0', container });

	test('of a container without one are what it requests, which is no limit to be full by', async () => {
		const { resources } = await findingsOf({
			metrics: {
				series: async () => answer(both),
				queryRange: async (_, grid) =>
					answer([
						{ labels: of('till'), times: [grid.to], values: [0.5] },
						{ labels: of('guard'), times: [grid.to], values: [0.2] },
					]),
				query: async () =>
					answer([
						{ labels: { ...of('till'), figure: 'container-cpu utilization 0' }, at: now, value: 1 },
						{ labels: { ...of('till'), figure: 'container-cpu utilization 1' }, at: now, value: 0.25 },
						{ labels: { ...of('guard'), figure: 'container-cpu utilization 1' }, at: now, value: 0.1 },
					]),
			},
		});
		expect(resources?.rows[0]).toMatchObject({ name: 'container CPU', trouble: [] });
		expect(resources?.rows[0]?.figures.utilization?.lines).toMatchObject([
			{ name: 'till-0 guard', share: 2, limit: { of: 'request', soft: true } },
			{ name: 'till-0 till', share: 0.5, limit: { of: 'limit', soft: false } },
		]);
	});
});

describe('when something is refused', () => {
	const badQuery = () =>
		Promise.reject(
			new FailureError({
				kind: 'bad-query',
				backend: 'prometheus',
				what: 'Prometheus could not evaluate the query (422).',
				next: 'See it with !.',
			}),
		);

	test('a figure that the server cannot evaluate leaves the others alone', async () => {
		const { rounds, last, resources } = await findingsOf({
			metrics: {
				series: async () => answer(many),
				queryRange: (promql, grid) =>
					promql.includes('label_replace') || promql.includes('pending') ? badQuery() : flat(2)(promql, grid),
			},
		});
		expect(rounds.every(round => round.length <= 8)).toBe(true);
		expect(resources?.rows.find(({ key }) => key === 'hikari')?.figures).not.toHaveProperty('saturation');
		expect(resources?.rows.find(({ key }) => key === 'hikari')?.figures).toHaveProperty('utilization');
		expect(last.resources).toMatchObject({
			notes: [
				{
					kind: 'partial',
					text: 'The figure hikari saturation could not be asked for. Prometheus could not evaluate the query (422). See it with !.',
				},
			],
		});
	});

	test('limits that cannot be had are missed, and said to be', async () => {
		const { last, resources } = await findingsOf({
			metrics: { series: async () => answer(few), queryRange: flat(4), query: badQuery },
		});
		expect(resources?.rows[0]?.figures.utilization?.lines[0]).not.toHaveProperty('limit');
		expect(last.resources).toMatchObject({
			notes: [{ kind: 'partial', text: expect.stringContaining('The limits could not be asked for.') }],
		});
	});

	test('a server that refuses every figure fails the pane, and what was on show stays', async () => {
		const metrics = { series: async () => answer(few), queryRange: flat(4), query: sampled(4) };
		const { last } = await findingsOf({ metrics });
		const refuses = { queryRange: badQuery, query: badQuery };
		const again = await findingsOf({ metrics: refuses }, place, last);
		expect(again.last.resources).toMatchObject({ status: 'failed', failure: { kind: 'bad-query' } });
		expect(rowsOf(again)).toEqual(['HikariCP connections utilization saturation']);
	});

	test('a server that does not answer fails the pane', async () => {
		const search = await findingsOf({ metrics: { series: refused('prometheus') } });
		expect(search.last.resources).toMatchObject({ status: 'failed', failure: { kind: 'refused' } });
		const figures = await findingsOf({
			metrics: { series: async () => answer(few), queryRange: refused('prometheus') },
		});
		expect(figures.last.resources).toMatchObject({ status: 'failed', failure: { kind: 'refused' } });
	});
});

test('an alert about something that names no service tells where to look', async () => {
	const rule = ruleOf('NodeFull', 'node_filefd_allocated > 3', [{ instance: '10.0.0.7:9100', job: 'node-exporter' }]);
	let asked: readonly string[] = [];
	await findingsOf(
		{
			metrics: {
				rules: async () => answer([rule]),
				series: async selectors => {
					asked = selectors;
					return answer([]);
				},
			},
		},
		{ ...place, service: '10.0.0.7', alert: 'NodeFull' },
	);
	expect(asked.filter(selector => selector.includes(',instance="10.0.0.7:9100",'))).toHaveLength(1);
});
