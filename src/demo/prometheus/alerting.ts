import { type Labels, labelsKey } from '../../model/labels.ts';
import type { Milliseconds } from '../../model/time.ts';
import type { Piecework } from '../piecework.ts';
import type { Plot, Story } from '../story.ts';
import { type Activity, evaluationTime, isFiring, lastEvaluation, RuleWatch } from './rule-watch.ts';
import { type Rule, type RuleGroup, ruleGroups, ruleInterval } from './rules.ts';
import type { StoredSeries } from './series.ts';
import { joined, nameIn, type Storage, storageOf } from './storage.ts';
import { filled } from './template.ts';

/** An active alert as both Prometheus and, once it fires, Alertmanager know it. */
export type DemoAlert = Activity & {
	readonly rule: Rule;
	readonly state: 'pending' | 'firing';
	readonly annotations: Labels;
};

export type Alerting = {
	/** Evaluates the rules as far as `now` has come, one in a piece, so that the others find it done. */
	readonly catchUp: () => Piecework<void>;
	/** The groups with the active alerts of each rule, in the order of the file. */
	readonly groups: () => readonly { readonly group: RuleGroup; readonly rules: readonly RuleState[] }[];
	/** When the groups were evaluated last. */
	readonly evaluatedAt: () => Milliseconds;
	/** The metrics, and `ALERTS` as the rules write it. */
	readonly storage: Storage;
};

export type RuleState = { readonly rule: Rule; readonly alerts: readonly DemoAlert[] };

/** A rule that reads `ALERTS` sees those of the other rules. */
const readsAlerts = ({ query }: Rule): boolean => query.includes('ALERTS');

/** Evaluates the rules over the story's metrics, as far as `now` has come. */
export const createAlerting = (story: Story, metrics: Storage, now: () => Milliseconds): Alerting => {
	const rules = ruleGroups.flatMap(group => group.rules);
	const plain = rules.filter(rule => !readsAlerts(rule)).map(rule => new RuleWatch(rule, metrics, story));
	const withPlain = joined(metrics, alertsOf(plain, story, now));
	const others = rules.filter(readsAlerts).map(rule => new RuleWatch(rule, withPlain, story));
	const watches = [...plain, ...others];
	const stateOf = (rule: Rule): RuleState => ({
		rule,
		alerts: (watches.find(watch => watch.rule === rule)?.activeAt(now()) ?? []).map(activity => ({
			...activity,
			rule,
			state: isFiring(rule, activity) ? 'firing' : 'pending',
			annotations: filled(rule.annotations, activity.labels, activity.value),
		})),
	});
	function* catchUp(): Piecework<void> {
		for (const watch of watches) {
			watch.activeAt(now());
			yield;
		}
	}
	return {
		catchUp,
		groups: () => ruleGroups.map(group => ({ group, rules: group.rules.map(stateOf) })),
		evaluatedAt: () => evaluationTime(lastEvaluation(now())),
		storage: joined(metrics, alertsOf(watches, story, now)),
	};
};

/** `ALERTS{alertname, alertstate, …}`: 1 at each evaluation at which the alert was in that state. */
const alertsOf = (watches: readonly RuleWatch[], plot: Plot, now: () => Milliseconds): Storage => ({
	select: matchers => {
		if ((nameIn(matchers) ?? 'ALERTS') !== 'ALERTS') return [];
		const spells = watches.flatMap(watch => {
			const seen = [...watch.ended, ...watch.activeAt(now())];
			return [...earlierOf(watch.rule, seen, plot), ...seen].flatMap(activity => [
				stateSeries(watch.rule, activity, 'pending'),
				stateSeries(watch.rule, activity, 'firing'),
			]);
		});
		return storageOf(seriesOfSpells(spells)).select(matchers);
	},
});

/** The rule's spells of the day before the story began, of the alerts that it has in the story. */
const earlierOf = (rule: Rule, seen: readonly Activity[], { brokeAt }: Plot): readonly Activity[] => {
	const alerts = new Map(seen.map(activity => [labelsKey(activity.labels), activity]));
	return (rule.earlier ?? []).flatMap(({ before, length }) =>
		[...alerts.values()].map(activity => ({
			...activity,
			activeAt: evaluationTime(lastEvaluation(brokeAt - before)),
			until: evaluationTime(lastEvaluation(brokeAt - before + length)),
		})),
	);
};

/** The spells of an alert, which come in the order of time, are of one series. */
const seriesOfSpells = (spells: readonly StoredSeries[]): readonly StoredSeries[] => {
	const byLabels = new Map<string, [StoredSeries, ...StoredSeries[]]>();
	for (const spell of spells) {
		const key = labelsKey(spell.labels);
		const others = byLabels.get(key);
		if (others === undefined) byLabels.set(key, [spell]);
		else others.push(spell);
	}
	return [...byLabels.values()].map(own => ({
		labels: own[0].labels,
		isIn: (from, to) => own.some(spell => spell.isIn(from, to)),
		staleAt: own.flatMap(({ staleAt = [] }) => staleAt),
		samples: (from, to, purpose) => {
			const parts = own.map(({ samples }) => samples(from, to, purpose));
			return { times: parts.flatMap(({ times }) => times), values: parts.flatMap(({ values }) => values) };
		},
	}));
};

const stateSeries = (rule: Rule, { labels, activeAt, until }: Activity, state: 'pending' | 'firing'): StoredSeries => {
	const firesAt = activeAt + rule.holdFor;
	const begin = state === 'pending' ? activeAt : firesAt;
	const end = state === 'pending' ? Math.min(until, firesAt - 1) : until;
	return {
		labels: { ...labels, __name__: 'ALERTS', alertstate: state },
		isIn: (from, to) => begin <= end && from <= end && to >= begin,
		staleAt: [end + ruleInterval],
		samples: (from, to) => {
			const times: Milliseconds[] = [];
			const first = Math.max(lastEvaluation(from) + 1, lastEvaluation(begin - 1) + 1);
			for (let at = first; at <= lastEvaluation(Math.min(to, end)); at++) times.push(evaluationTime(at));
			return { times, values: times.map(() => 1) };
		},
	};
};
