import { describe, expect, test } from 'vitest';
import { investigateService } from '../../src/investigation/service.ts';
import { noServiceFindings, type ServiceFindings } from '../../src/investigation/service-findings.ts';
import { answer } from '../../src/model/answer.ts';
import { lastValueOf } from '../../src/model/loadable.ts';
import type { ServicePlace } from '../../src/model/place.ts';
import type { Sample } from '../../src/model/series.ts';
import { day, hour, live, minute } from '../../src/model/time.ts';
import { noon } from '../helpers/alert-drawing.ts';
import { askingNow } from '../helpers/replay.ts';
import { createRounds, type GivenSources, refused } from '../helpers/rounds.ts';
import { seriesFromText } from '../helpers/series-from-text.ts';

const place: ServicePlace = { kind: 'service', service: 'pier', view: 'neighbours', window: live(hour) };
const graph = 'traces_service_graph_request';

async function neighboursIn(metrics: GivenSources['metrics'], at: ServicePlace = place) {
	const { sources, run } = createRounds({ ...(metrics && { metrics }) });
	let last: ServiceFindings = noServiceFindings;
	const publish = (findings: ServiceFindings) => {
		last = findings;
	};
	const rounds = await run(
		investigateService(at, { sources, now: () => noon }, noServiceFindings, publish, askingNow()),
	);
	return { rounds, last, neighbours: lastValueOf(last.neighbours) };
}

const drawn = async () =>
	answer(
		seriesFromText(`
			${graph}_total{client="pier",server="{ferry,buoy}"}
			${graph}_total{client="user",server="pier",connection_type="virtual_node"}
			${graph}_server_seconds_bucket{client="pier",server="{ferry,buoy}",le="+Inf"}
			${graph}_client_seconds_bucket{client="pier",server="{ferry,buoy}",le="+Inf"}
			${graph}_server_seconds_bucket{client="user",server="pier",le="+Inf"}
			${graph}_client_seconds_bucket{client="user",server="pier",le="+Inf"}`),
	);

describe('the neighbours of a service', () => {
	test('two round trips, the second of eight questions, and nothing else', async () => {
		const { rounds, last, neighbours } = await neighboursIn({ series: drawn });
		expect(rounds.map(round => round.length)).toEqual([1, 8]);
		expect(rounds[1]?.every(question => question.startsWith('query topk(50, '))).toBe(true);
		expect(neighbours).toMatchObject({ source: 'service graph', at: noon, averagedOver: 5 * minute });
		const { neighbours: _, ...others } = last;
		expect(Object.values(others).every(({ status }) => status === 'idle')).toBe(true);
	});

	test('rows of both directions, with the queries behind them', async () => {
		const query = async (promql: string) => {
			const callees: readonly Sample[] = [
				{ labels: { server: 'ferry' }, at: noon, value: 2 },
				{ labels: { server: 'buoy' }, at: noon, value: 5 },
			];
			const callers = [{ labels: { client: 'user', connection_type: 'virtual_node' }, at: noon, value: 7 }];
			return answer(promql.includes('failed') ? [] : promql.includes('server="pier"') ? callers : callees);
		};
		const { neighbours } = await neighboursIn({ series: drawn, query });
		expect(neighbours?.callers.rows.map(({ name, kind }) => [name, kind])).toEqual([['user', 'virtual']]);
		expect(neighbours?.callees.rows.map(({ name, rate }) => [name, rate])).toEqual([
			['buoy', 5],
			['ferry', 2],
		]);
		expect(neighbours?.callees).toMatchObject({ total: 2, queries: { length: 4 } });
	});

	test('of many the fifty that were asked for, and how many there are', async () => {
		const names = Array.from({ length: 412 }, (_, index) => `s${index}`);
		const series = async () => answer(names.map(server => ({ __name__: `${graph}_total`, client: 'pier', server })));
		const query = async () => answer(names.slice(0, 50).map(server => ({ labels: { server }, at: noon, value: 1 })));
		const { last, neighbours } = await neighboursIn({ series, query });
		expect(neighbours?.callees).toMatchObject({ rows: { length: 50 }, total: 412 });
		expect(last.neighbours).toMatchObject({
			notes: [{ kind: 'partial', text: 'Only 50 of 412 callees are shown.' }],
		});
	});

	test('a long window is averaged over its step', async () => {
		const { rounds } = await neighboursIn({ series: drawn }, { ...place, window: live(30 * day) });
		expect(rounds[1]?.[0]).toContain('[6h]');
	});

	test('when nobody tells of any it is said what was looked for', async () => {
		const { rounds, neighbours } = await neighboursIn({});
		expect(rounds).toEqual([['series'], ['series', 'search { resource.service.name = "pier" }']]);
		expect(neighbours?.source).toBeUndefined();
		expect(neighbours?.remark).toMatch(
			/^Nothing tells of the neighbours of pier in the last 5m of this window\. Looked for: service graph \(/,
		);
	});

	test('a failure is that of the pane', async () => {
		const { last } = await neighboursIn({ series: drawn, query: refused('prometheus') });
		expect(last.neighbours).toMatchObject({ status: 'failed', failure: { kind: 'refused' } });
	});
});
