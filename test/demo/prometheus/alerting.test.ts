import { describe, expect, it } from 'vitest';
import { finished } from '../../../src/demo/piecework.ts';
import { createAlerting } from '../../../src/demo/prometheus/alerting.ts';
import { columnsOf, evaluate } from '../../../src/demo/prometheus/evaluate.ts';
import { parsePromql } from '../../../src/demo/prometheus/parse.ts';
import { evaluationTime, lastEvaluation } from '../../../src/demo/prometheus/rule-watch.ts';
import { ruleGroups } from '../../../src/demo/prometheus/rules.ts';
import { storyStorage } from '../../../src/demo/prometheus/storage.ts';
import { createStory } from '../../../src/demo/story.ts';
import { labelsKey } from '../../../src/model/labels.ts';
import { hour, minute, second } from '../../../src/model/time.ts';
import { morning } from '../asked.ts';

const worldAt = (start: number, seed = 401) => {
	let now = start;
	const story = createStory({ seed, now: start });
	const metrics = storyStorage(story, () => now);
	const alerting = createAlerting(story, metrics, () => now);
	return {
		story,
		alerting,
		pass: (length: number) => {
			now += length;
		},
		active: () => alerting.groups().flatMap(({ rules }) => rules.flatMap(({ alerts }) => alerts)),
		states: () =>
			alerting
				.groups()
				.flatMap(({ rules }) =>
					rules.flatMap(({ rule, alerts }) => alerts.map(({ state }) => `${rule.name} ${state}`)),
				),
	};
};

const atStart = [
	'Watchdog firing',
	'InfoInhibitor firing',
	'ConciergeBookingErrors firing',
	'ConciergeBookingLatency firing',
	'BerthsPoolSaturated firing',
	'BerthsHoldLatency firing',
	'FaresCacheHitRatioLow firing',
	'HeraldOutboxBacklog pending',
	'TracksideStaleReadings firing',
	'CertificateExpiresSoon firing',
];

describe('the rules', () => {
	it.each([401, 1, 77, 2026])('fire as the story has it, with seed %i', seed => {
		expect(worldAt(morning, seed).states()).toEqual(atStart);
	});

	it('date every alert to the first of the evaluations at which its condition held without a break', () => {
		const { alerting, story, active } = worldAt(morning);
		for (const { rule, labels, activeAt } of active()) {
			const first = lastEvaluation(story.beganAt) + 1;
			const steps = Array.from({ length: lastEvaluation(morning) - first + 1 }, (_, at) => evaluationTime(first + at));
			const own = Object.keys({ ...rule.labels, alertname: '' });
			const result = columnsOf(finished(evaluate(parsePromql(rule.query), steps, alerting.storage))).find(
				column =>
					labelsKey({ ...column.labels, __name__: '' }) ===
					labelsKey({
						...Object.fromEntries(
							Object.entries(labels).filter(([name]) => !own.includes(name) || name in column.labels),
						),
						__name__: '',
					}),
			);
			const gap = result?.values.lastIndexOf(undefined) ?? Number.NaN;
			if (!rule.query.includes('ALERTS')) expect(activeAt, rule.name).toBe(steps[gap + 1]);
		}
	});

	it('fill their summaries with labels and values', () => {
		const { active } = worldAt(morning);
		const summaries = active().map(({ annotations }) => annotations.summary);
		expect(summaries).toContainEqual(
			expect.stringMatching(/^\/bookings on concierge fails \d\d(\.\d+)?% of requests$/),
		);
		expect(summaries).toContainEqual('berths uses 100% of its database connections');
		expect(summaries).toContainEqual(expect.stringMatching(/^Hold of berths takes \d(\.\d+)?s at p99$/));
	});

	it('go on as the clock does: the pending alert fires, the false trail ends', () => {
		const world = worldAt(morning);
		const before = world.active().find(({ rule }) => rule.name === 'ConciergeBookingErrors');
		world.pass(10 * minute);
		expect(world.states()).toContain('HeraldOutboxBacklog firing');
		world.pass(20 * minute);
		expect(world.states().some(state => state.startsWith('FaresCache'))).toBe(false);
		const after = world.active().find(({ rule }) => rule.name === 'ConciergeBookingErrors');
		expect(after?.activeAt).toBe(before?.activeAt);
		expect(after?.until).toBe((before?.until ?? 0) + 30 * minute);
	});

	it('are the same after hours whether they were followed or asked for the first time', () => {
		const followed = worldAt(morning);
		for (let quarter = 0; quarter < 12; quarter++) {
			followed.states();
			followed.pass(15 * minute);
		}
		const jumped = worldAt(morning);
		jumped.pass(3 * hour);
		expect(jumped.active().map(({ labels, activeAt, value }) => ({ labels, activeAt, value }))).toEqual(
			followed.active().map(({ labels, activeAt, value }) => ({ labels, activeAt, value })),
		);
	});

	it('have fired earlier in the day, and nobody looks back to it when it is over', () => {
		const { alerting, story } = worldAt(morning);
		const query = parsePromql('ALERTS{alertname="BerthsHoldLatency"}');
		const statesAt = (before: number): readonly unknown[] =>
			columnsOf(finished(evaluate(query, [story.brokeAt - before], alerting.storage))).flatMap(({ labels, values }) =>
				values[0] === undefined ? [] : [labels.alertstate],
			);
		expect([8 * hour + minute, 8 * hour - 30 * second, 7 * hour + 50 * minute].map(statesAt)).toEqual([
			[],
			['pending'],
			['firing'],
		]);
		expect(statesAt(7 * hour + 44 * minute)).toEqual([]);
		const steps = Array.from({ length: 97 }, (_, at) => morning - 24 * hour + at * 15 * minute);
		const series = columnsOf(finished(evaluate(query, steps, alerting.storage))).map(({ labels }) => labelsKey(labels));
		expect(series).toHaveLength(2);
		expect(new Set(series).size).toBe(2);
	});

	it('write ALERTS, pending before firing', () => {
		const { alerting, active } = worldAt(morning);
		const errors = active().find(({ rule }) => rule.name === 'ConciergeBookingErrors');
		const query = parsePromql('ALERTS{alertname="ConciergeBookingErrors"}');
		const statesAt = (at: number): readonly unknown[] =>
			columnsOf(finished(evaluate(query, [at], alerting.storage))).flatMap(({ labels, values }) =>
				values[0] === undefined ? [] : [labels.alertstate],
			);
		const activeAt = errors?.activeAt ?? 0;
		expect(statesAt(activeAt - second)).toEqual([]);
		expect(statesAt(activeAt + second)).toEqual(['pending']);
		expect(statesAt(activeAt + 3 * minute)).toEqual(['firing']);
	});

	it('are all evaluable', () => {
		for (const { query } of ruleGroups.flatMap(({ rules }) => rules)) expect(() => parsePromql(query)).not.toThrow();
	});
});
