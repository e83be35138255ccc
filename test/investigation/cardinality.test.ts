import { describe, expect, test } from 'vitest';
import {
	type CardinalityFindings,
	investigateCardinality,
	noCardinalityFindings,
} from '../../src/investigation/cardinality.ts';
import { answer } from '../../src/model/answer.ts';
import { FailureError } from '../../src/model/failure.ts';
import { lastValueOf } from '../../src/model/loadable.ts';
import { day, hour, live, type TimeRange } from '../../src/model/time.ts';
import type { TsdbStatus } from '../../src/model/tsdb.ts';
import { noon } from '../helpers/alert-drawing.ts';
import { askingNow } from '../helpers/replay.ts';
import { createRounds, type GivenSources, refused } from '../helpers/rounds.ts';

const status: TsdbStatus = {
	series: 900,
	labelPairs: Number.NaN,
	chunks: Number.NaN,
	from: Number.NaN,
	to: Number.NaN,
	seriesByMetric: [
		{ name: 'logins_total', count: 400 },
		{ name: 'up', count: 9 },
	],
	valuesByLabel: [
		{ name: '__name__', count: 70 },
		{ name: 'user', count: 60 },
		...Array.from({ length: 9 }, (_, index) => ({ name: `l${index}`, count: 50 - index })),
	],
	bytesByLabel: [],
	seriesByPair: [],
};
const tsdbStatus = async () => answer(status);

async function findingsOf(metrics: NonNullable<GivenSources['metrics']>, window = live(hour)) {
	const { sources, run } = createRounds({ metrics });
	let last: CardinalityFindings = noCardinalityFindings;
	const publish = (findings: CardinalityFindings) => {
		last = findings;
	};
	const rounds = await run(
		investigateCardinality(
			{ kind: 'cardinality', window },
			{ sources, now: () => noon },
			noCardinalityFindings,
			publish,
			askingNow(),
		),
	);
	return { rounds, last };
}

describe('the cardinality', () => {
	test('three round trips of at most eight questions', async () => {
		const { rounds } = await findingsOf({ tsdbStatus });
		expect(rounds.map(round => round.length)).toEqual([1, 8, 8]);
		expect(rounds[1]?.slice(0, 2)).toEqual(['labelValues user', 'labelValues __name__']);
	});

	test('labels without bound first, each on the largest metric that has it', async () => {
		const labelValues = async (name: string, selectors: readonly string[]) => {
			if (name === 'user') return answer(['a@x.example', 'b@x.example']);
			if (selectors[0] === '{user!=""}') return answer(['sessions', 'logins_total']);
			return answer(name === '__name__' ? [] : ['x']);
		};
		const { last } = await findingsOf({ tsdbStatus, labelValues });
		const labels = lastValueOf(last.labels) ?? [];
		expect(labels.map(({ label }) => label)).toEqual(['user', 'l0', 'l1', 'l2', 'l3', 'l4', 'l5', 'l6']);
		expect(labels[0]).toMatchObject({
			unbounded: true,
			metric: 'logins_total',
			examples: ['[redacted email]@x.example', '[redacted email]@x.example'],
		});
		expect(labels[1]).not.toHaveProperty('metric');
	});

	test('samples the last hour of a long window, and no more values than it needs', async () => {
		const asked: [TimeRange, number][] = [];
		const labelValues = async (_: string, __: readonly string[], range: TimeRange, limit: number) => {
			asked.push([range, limit]);
			return answer([]);
		};
		await findingsOf({ tsdbStatus, labelValues }, live(30 * day));
		expect(asked[0]).toEqual([{ from: noon - hour, to: noon }, 100]);
	});

	test('a label whose values cannot be had is told of, and the others are judged', async () => {
		const labelValues = (name: string) => (name === 'user' ? refused('prometheus')() : Promise.resolve(answer(['x'])));
		const { last } = await findingsOf({ tsdbStatus, labelValues });
		expect(lastValueOf(last.labels)).toHaveLength(7);
		expect(last.labels).toMatchObject({
			notes: [
				{ kind: 'partial', text: expect.stringMatching(/^The values of user could not be had\. prometheus refused/) },
			],
		});
	});

	test('a server that has no such status is told apart from one that is ill', async () => {
		const missing = () =>
			Promise.reject(
				new FailureError({
					kind: 'not-found',
					backend: 'prometheus',
					what: 'Not found (404).',
					next: 'Check the URL.',
				}),
			);
		const { rounds, last } = await findingsOf({ tsdbStatus: missing });
		expect(rounds).toHaveLength(1);
		expect(last.status).toMatchObject({
			status: 'failed',
			failure: {
				what: 'Not found (404).',
				next: expect.stringMatching(
					/^Cortex and older Thanos do not count their series: .* check the path of its URL\.$/,
				),
			},
		});
		expect(last.labels.status).toBe('idle');
		const { last: ill } = await findingsOf({ tsdbStatus: refused('prometheus') });
		expect(ill.status).toMatchObject({ failure: { next: 'Check its URL.' } });
	});
});
