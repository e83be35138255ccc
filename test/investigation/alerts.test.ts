import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { glanceAtAlerts, investigateAlerts } from '../../src/investigation/alerts.ts';
import { type AlertsFindings, noAlertsFindings } from '../../src/investigation/alerts-findings.ts';
import type { Asking } from '../../src/investigation/ports.ts';
import { answer } from '../../src/model/answer.ts';
import { FailureError } from '../../src/model/failure.ts';
import { lastValueOf, loaded } from '../../src/model/loadable.ts';
import type { AlertsPlace } from '../../src/model/place.ts';
import type { Grid, Series } from '../../src/model/series.ts';
import { hour, live, minute } from '../../src/model/time.ts';
import { alertText, managedOf, noon, ruleOf } from '../helpers/alert-drawing.ts';
import { askingNow } from '../helpers/replay.ts';
import { cancelled, createRounds, type GivenSources, refused } from '../helpers/rounds.ts';

const place: AlertsPlace = { kind: 'alerts', window: live(hour) };
const paged = noon + 10 * minute;

const rules = async () =>
	answer([ruleOf('TillErrors', '100 * failed / asked > 5', [{ app: 'till', severity: 'page' }])]);
const managed = async () => answer([managedOf('TillErrors', { app: 'till', severity: 'page', cluster: 'north' })]);

/** One point a step: 1 before noon, 25 from then on. */
const stepped = async (_: string, grid: Grid) => {
	const times = Array.from(
		{ length: (grid.to - grid.from) / grid.step + 1 },
		(_, index) => grid.from + index * grid.step,
	);
	const series: Series = { labels: { app: 'till' }, times, values: times.map(at => (at < noon ? 1 : 25)) };
	return answer([series]);
};

async function findingsOf(
	given: GivenSources,
	previous: AlertsFindings = noAlertsFindings,
	now = paged,
	asking: Asking = askingNow(),
) {
	const { sources, run } = createRounds(given);
	const published: AlertsFindings[] = [];
	const world = { sources, now: () => now };
	const all = await run(investigateAlerts(place, world, previous, each => published.push(each), asking));
	const rounds = all.map(round => round.filter(text => !isPast(text))).filter(round => round.length > 0);
	const pasts = all.flat().filter(isPast);
	return { rounds, pasts, published, last: published.at(-1) ?? noAlertsFindings };
}

const isPast = (text: string): boolean => text.startsWith('queryRange topk(');

const linesOf = ({ alerts }: AlertsFindings) => (lastValueOf(alerts) ?? []).map(alertText);

describe('the alerts', () => {
	test('are there after one round trip, their figures after a second', async () => {
		const { rounds, last } = await findingsOf({ metrics: { rules, queryRange: stepped }, alerts: { alerts: managed } });
		expect(rounds).toEqual([['alerts', 'rules'], ['queryRange 100 * failed / asked']]);
		expect(linesOf(last)).toEqual([
			'critical firing TillErrors {app=till cluster=north} prometheus+alertmanager 12:01',
		]);
		const [alert] = lastValueOf(last.alerts) ?? [];
		expect(lastValueOf(last.signals)?.get(alert?.id ?? '')).toMatchObject({
			query: '100 * failed / asked',
			unit: 'ratio',
			value: 0.0025,
			threshold: { operator: '>', value: 0.05 },
			crossedAt: noon,
			crossedBefore: false,
			beyond: true,
			peak: { value: 0.25 },
			trend: 'steady',
			grid: { from: paged - hour, to: paged, step: minute },
		});
		expect(last.alerts).toMatchObject({ status: 'loaded', notes: [] });
	});

	test('the first list waits for nobody', async () => {
		const slowly = () => setTimeout(20).then(rules);
		const { published } = await findingsOf({ metrics: { rules: slowly }, alerts: { alerts: managed } });
		const first = published.find(({ alerts }) => alerts.status === 'loaded') ?? noAlertsFindings;
		expect(linesOf(first)).toEqual(['critical firing TillErrors {app=till cluster=north} alertmanager 12:01']);
		expect(first.alerts).toMatchObject({ notes: [{ kind: 'info', text: 'Prometheus has not answered yet.' }] });
		expect(first.rules.status).toBe('waiting');
	});

	test('what a backend left out is told of the list', async () => {
		const cut = { kind: 'partial', text: '2 alerts could not be read and are left out.' } as const;
		const warned = { kind: 'warning', text: 'slow' } as const;
		const { last } = await findingsOf({
			metrics: { rules: async () => answer((await rules()).value, [{ kind: 'info', text: 'cached' }, warned]) },
			alerts: { alerts: async () => answer((await managed()).value, [cut]) },
		});
		expect(last.alerts).toMatchObject({ status: 'loaded', notes: [cut, warned] });
	});

	test('without Alertmanager they come from the rules, and a note says what is missing', async () => {
		const { last } = await findingsOf({
			metrics: { rules, queryRange: stepped },
			alerts: { alerts: refused('alertmanager') },
		});
		expect(linesOf(last)).toEqual(['critical firing TillErrors {app=till} prometheus 12:01']);
		expect(last.alerts).toMatchObject({
			status: 'loaded',
			notes: [
				{ kind: 'partial', text: 'Alertmanager did not answer: silenced and inhibited alerts look like firing ones.' },
			],
		});
		expect(last.alertmanager.status).toBe('failed');
	});

	test("without rules the figures come from the alerts' links", async () => {
		const generatorUrl = 'http://prom.example/graph?g0.expr=failed+%2F+asked+%3E+0.05&g0.tab=1';
		const alerts = () => setTimeout(20, answer([managedOf('TillErrors', { app: 'till' }, { generatorUrl })]));
		const { last, rounds } = await findingsOf({
			metrics: { rules: refused('prometheus'), queryRange: stepped },
			alerts: { alerts },
		});
		expect(linesOf(last)).toEqual(['warning firing TillErrors {app=till} alertmanager 12:01']);
		expect(rounds[1]).toEqual(['queryRange failed / asked']);
		expect([...(lastValueOf(last.signals)?.values() ?? [])].map(({ value }) => value)).toEqual([25]);
	});

	test('with both missing the pane fails and keeps what it had', async () => {
		const { last: before } = await findingsOf({ metrics: { rules, queryRange: stepped }, alerts: { alerts: managed } });
		const given = { metrics: { rules: refused('prometheus') }, alerts: { alerts: refused('alertmanager') } };
		const { last } = await findingsOf(given, before);
		expect(last.alerts.status).toBe('failed');
		expect(linesOf(last)).toHaveLength(1);
		const { last: never } = await findingsOf(given);
		expect(never.alerts).toMatchObject({ status: 'failed', failure: { backend: 'prometheus' } });
	});

	test('an unconfigured backend is no fault', async () => {
		const unconfigured = () =>
			refused('alertmanager')().catch(error => {
				throw Object.assign(error, { failure: { ...error.failure, kind: 'not-configured' } });
			});
		const { last } = await findingsOf({ metrics: { rules }, alerts: { alerts: unconfigured } });
		expect(last.alerts).toMatchObject({
			notes: [{ kind: 'info', text: expect.stringContaining('is not configured') }],
		});
	});
});

describe('the figures of the rules', () => {
	test('a storm is bounded: twenty rules, eight at a time, the rest is said', async () => {
		const many = async () =>
			answer(Array.from({ length: 25 }, (_, index) => ruleOf(`Rule${index}`, `m${index} > 1`, [{ app: 'till' }])));
		const { rounds, last } = await findingsOf({ metrics: { rules: many, queryRange: stepped } });
		expect(rounds.map(round => round.length)).toEqual([2, 8, 8, 4]);
		expect(last.signals).toMatchObject({ notes: [{ text: 'Figures for the 20 worst of 25 rules.' }] });
		expect(lastValueOf(last.signals)?.size).toBe(20);
	});

	const two = async () =>
		answer([ruleOf('Good', 'good > 1', [{ app: 'till' }]), ruleOf('Bad', 'bad > 1', [{ app: 'till' }])]);
	const secondCancelled = (query: string, grid: Grid) => (query === 'bad' ? cancelled() : stepped(query, grid));

	test('a rule that cannot be asked takes nothing from the others', async () => {
		const queryRange = (query: string, grid: Grid) =>
			query === 'bad' ? refused('prometheus')() : stepped(query, grid);
		const { last } = await findingsOf({ metrics: { rules: two, queryRange } });
		expect([...(lastValueOf(last.signals)?.keys() ?? [])].map(id => id.split('@')[0])).toEqual(['Good']);
		expect(last.signals).toMatchObject({ status: 'loaded', notes: [{ kind: 'partial' }] });
	});

	test('an old figure does not pass for what is now', async () => {
		const { last: before } = await findingsOf({ metrics: { rules: two, queryRange: stepped } });
		const earlier = [...(lastValueOf(before.signals) ?? new Map())].map(
			([id, signal]) => [id, { ...signal, grid: { ...signal.grid, to: 0 } }] as const,
		);
		const previous = { ...before, signals: loaded(answer(new Map(earlier)), paged) };
		const queryRange = (query: string, grid: Grid) =>
			query === 'bad' ? refused('prometheus')() : stepped(query, grid);
		const { last } = await findingsOf({ metrics: { rules: two, queryRange } }, previous);
		expect([...(lastValueOf(last.signals)?.keys() ?? [])].map(id => id.split('@')[0])).toEqual(['Good']);
		const empty = async () => answer([]);
		const { last: later } = await findingsOf({ metrics: { rules: two, queryRange: empty } }, previous);
		expect(lastValueOf(later.signals)?.size).toBe(0);
	});

	test('on the same grid nothing is asked again, and the value is still the newest', async () => {
		const { last: before } = await findingsOf({ metrics: { rules, queryRange: stepped } });
		const { rounds, last } = await findingsOf({ metrics: { rules, queryRange: refused('prometheus') } }, before);
		expect(rounds).toHaveLength(1);
		expect(last.signals).toMatchObject({ status: 'loaded', notes: [] });
	});

	test('the rule, which looks more often than the chart, says when the limit was crossed', async () => {
		const late = async (_: string, grid: Grid) => {
			const times = [grid.from, noon, noon + grid.step, grid.to];
			return answer([{ labels: { app: 'till' }, times, values: [1, 1, 25, 25] }]);
		};
		const { last } = await findingsOf({ metrics: { rules, queryRange: late } });
		expect([...(lastValueOf(last.signals)?.values() ?? [])]).toMatchObject([{ crossedAt: noon, crossedBefore: false }]);
	});

	test('meta-alerts and rules without a limit are not asked', async () => {
		const others = async () => answer([ruleOf('Watchdog', 'vector(1) > 0', [{}]), ruleOf('Gone', 'absent(up)', [{}])]);
		const { rounds, last } = await findingsOf({ metrics: { rules: others } });
		expect(rounds).toHaveLength(1);
		expect(lastValueOf(last.signals)?.size).toBe(0);
	});

	test.each<[when: string, given: GivenSources]>([
		['at once', { metrics: { rules: cancelled }, alerts: { alerts: cancelled } }],
		['between two figures', { metrics: { rules: two, queryRange: secondCancelled } }],
		['while figures are asked', { metrics: { rules, queryRange: cancelled }, alerts: { alerts: managed } }],
	])('leaving the place %s rejects, and nothing is shown as a failure', async (_, given) => {
		const { sources, run } = createRounds(given);
		const published: AlertsFindings[] = [];
		const work = investigateAlerts(
			place,
			{ sources, now: () => paged },
			noAlertsFindings,
			each => published.push(each),
			askingNow(),
		);
		await expect(run(work)).rejects.toThrow('cancelled');
		expect(published.flatMap(each => Object.values(each)).some(pane => pane.status === 'failed')).toBe(false);
	});
});

describe('an alert that is gone', () => {
	const both = { metrics: { rules, queryRange: stepped }, alerts: { alerts: managed } };
	const nobody = { metrics: { queryRange: stepped } };
	const resolvedIn = ({ resolved }: AlertsFindings) =>
		(lastValueOf(resolved) ?? []).map(alert => `${alert.state} ${alert.name} ${clock(alert.resolved?.gone)}`);
	const clock = (at = 0) => new Date(at).toISOString().slice(11, 19);

	test('stays known for 15 minutes after it was missed', async () => {
		const { last: there } = await findingsOf(both);
		expect(resolvedIn(there)).toEqual([]);
		const { last: gone } = await findingsOf(nobody, there, paged + 5000);
		expect(linesOf(gone)).toEqual([]);
		expect(resolvedIn(gone)).toEqual(['resolved TillErrors 12:10:05']);
		expect(lastValueOf(gone.resolved)?.[0]?.resolved).toEqual({ lastSeen: paged, gone: paged + 5000 });
		const { last: later } = await findingsOf(nobody, gone, paged + 14 * minute);
		expect(resolvedIn(later)).toEqual(['resolved TillErrors 12:10:05']);
		const { last: old } = await findingsOf(nobody, later, paged + 16 * minute);
		expect(resolvedIn(old)).toEqual([]);
	});

	test('is resolved no longer when it is back', async () => {
		const { last: there } = await findingsOf(both);
		const { last: gone } = await findingsOf(nobody, there, paged + 5000);
		const { last: back } = await findingsOf(both, gone, paged + 10_000);
		expect([resolvedIn(back), linesOf(back)]).toEqual([[], [expect.stringContaining('firing TillErrors')]]);
	});

	test('is not called so when nobody, or not everybody, says what fires', async () => {
		const { last: there } = await findingsOf(both);
		const silent = { metrics: { rules: refused('prometheus') }, alerts: { alerts: refused('alertmanager') } };
		expect(resolvedIn((await findingsOf(silent, there, paged + 5000)).last)).toEqual([]);
		const partial = {
			alerts: { alerts: async () => answer([], [{ kind: 'partial', text: 'One is missing.' }] as const) },
		};
		expect(resolvedIn((await findingsOf(partial, there, paged + 5000)).last)).toEqual([]);
	});
});

describe('the last 24 h', () => {
	const both = { metrics: { rules, queryRange: stepped }, alerts: { alerts: managed } };

	test('are asked in one bounded question, and again after five minutes', async () => {
		const { pasts, last: first } = await findingsOf(both);
		expect(pasts).toEqual(['queryRange topk(100, ALERTS{alertname="TillErrors"})']);
		expect(lastValueOf(first.past)?.grid).toEqual({ from: paged - 24 * hour, to: paged, step: minute });
		const { pasts: soon, last: second } = await findingsOf(both, first, paged + 4 * minute);
		expect(soon).toEqual([]);
		expect((await findingsOf(both, second, paged + 5 * minute)).pasts).toHaveLength(1);
	});

	test('are asked at once for an alert of another name', async () => {
		const { last: first } = await findingsOf(both);
		const more = async () => answer([...(await rules()).value, ruleOf('Full.Till', 'cash > 9', [{ app: 'till' }])]);
		const { pasts } = await findingsOf({ ...both, metrics: { rules: more } }, first, paged + 5000);
		expect(pasts).toEqual([String.raw`queryRange topk(100, ALERTS{alertname=~"TillErrors|Full\\.Till"})`]);
	});

	test('that cost the server too much are asked for again as seldom', async () => {
		const slow = async () => {
			throw new FailureError({
				kind: 'timeout',
				backend: 'prometheus',
				what: 'Prometheus did not answer.',
				next: 'Wait.',
			});
		};
		const given = { metrics: { rules, queryRange: slow } };
		const { last: first } = await findingsOf(given);
		expect(first.past.status).toBe('failed');
		expect((await findingsOf(given, first, paged + 5000)).pasts).toEqual([]);
		expect((await findingsOf(given, first, paged + 5 * minute)).pasts).toHaveLength(1);
		const insisting = { ...askingNow(), insistedAt: paged + 5000 };
		expect((await findingsOf(given, first, paged + 5000, insisting)).pasts).toHaveLength(1);
	});

	test('that cannot be had since nobody answers are asked for again with the rest', async () => {
		const given = { metrics: { rules, queryRange: refused('prometheus') } };
		const { last: first } = await findingsOf(given);
		expect(first.past.status).toBe('failed');
		expect((await findingsOf(given, first, paged + 5000)).pasts).toHaveLength(1);
	});

	test('of nothing are not asked for', async () => {
		expect((await findingsOf({})).pasts).toEqual([]);
	});
});

test('a rule that cannot be evaluated is told: it cannot fire', async () => {
	const broken = async () =>
		answer([{ ...ruleOf('TillSlow', 'slow > 1', []), health: 'err', lastError: 'many-to-many matching' }]);
	const { last } = await findingsOf({ metrics: { rules: broken } });
	expect(last.alerts).toMatchObject({
		notes: [{ kind: 'warning', text: 'Rule TillSlow cannot be evaluated and cannot fire: many-to-many matching.' }],
	});
});

describe('a glance at the alerts', () => {
	async function glance(given: GivenSources, previous: AlertsFindings = noAlertsFindings, now = paged) {
		const { sources, run } = createRounds(given);
		let last = previous;
		const publish = (findings: AlertsFindings) => {
			last = findings;
		};
		const rounds = await run(glanceAtAlerts(place, { sources, now: () => now }, previous, publish, askingNow()));
		return { rounds, last };
	}

	test('is one question to each backend, and keeps the figures there were', async () => {
		const metrics = { rules, queryRange: stepped };
		const { last: before } = await findingsOf({ metrics, alerts: { alerts: managed } });
		const silenced = async () => answer([managedOf('TillErrors', { app: 'till' }, { silencedBy: ['ab12'] })]);
		const { rounds, last } = await glance({ metrics, alerts: { alerts: silenced } }, before);
		expect(rounds).toEqual([['alerts', 'rules']]);
		expect(lastValueOf(last.alerts)?.map(({ state }) => state)).toEqual(['silenced']);
		expect(last.signals).toBe(before.signals);
		expect(last.past).toBe(before.past);
		expect(last.silences).toBe(before.silences);
	});

	test('tells what has resolved since', async () => {
		const { last: before } = await glance({ metrics: { rules }, alerts: { alerts: managed } });
		const { last } = await glance({}, before, paged + minute);
		expect(lastValueOf(last.alerts)).toEqual([]);
		expect(lastValueOf(last.resolved)?.map(({ name }) => name)).toEqual(['TillErrors']);
	});

	test('makes do with one backend, and without any keeps what was there', async () => {
		const { last: before } = await glance({ metrics: { rules }, alerts: { alerts: refused('alertmanager') } });
		expect(before.alerts).toMatchObject({ status: 'loaded', notes: [{ kind: 'partial' }] });
		const none = { metrics: { rules: refused('prometheus') }, alerts: { alerts: refused('alertmanager') } };
		const { last } = await glance(none, before);
		expect(last.alerts.status).toBe('failed');
		expect(linesOf(last)).toEqual(linesOf(before));
	});
});
