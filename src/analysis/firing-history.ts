import type { Alert } from '../model/alert.ts';
import type { Labels } from '../model/labels.ts';
import type { Grid, Series } from '../model/series.ts';
import { day, hour, lengthOf, type Milliseconds, minute, second, type TimeRange } from '../model/time.ts';
import { formatDuration } from './format.ts';
import { promSelector } from './promql-build.ts';
import { escapeRegex } from './string-literal.ts';

/**
 * When alerts fired before, from the series that Prometheus writes about its own alerts: `ALERTS{alertname,
 * alertstate, …}` is 1 as long as an alert is pending or firing
 * (https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/#inspecting-alerts-during-runtime).
 */

/** One alert in one state: each spell from the first to the last sample of it. */
export type AlertSpells = {
	/** Without `__name__` and `alertstate`. */
	readonly labels: Labels;
	readonly state: 'firing' | 'pending';
	readonly spells: readonly TimeRange[];
};

/** What was answered about the last 24 h. */
export type AlertsPast = {
	/** The alert names that were asked for. */
	readonly names: readonly string[];
	readonly grid: Grid;
	readonly alerts: readonly AlertSpells[];
};

/** The last 24 h of one alert, what is known of it now included. */
export type FiringHistory = {
	readonly range: TimeRange;
	/** Oldest first; the last one ends at the end of the range when the alert is still firing. */
	readonly firing: readonly TimeRange[];
	readonly pending: readonly TimeRange[];
	/** The rule began anew within a spell: it flaps between the looks at it, and nobody knows how often. */
	readonly uncounted?: true;
};

/** At most `most` series of the alerts with these names. */
export function pastQueryOf(names: readonly string[], most: number): string {
	const [only = '', ...more] = names;
	const matcher =
		more.length === 0
			? ({ name: 'alertname', operator: '=', value: only } as const)
			: ({ name: 'alertname', operator: '=~', value: names.map(escapeRegex).join('|') } as const);
	return `topk(${most}, ${promSelector('ALERTS', [matcher])})`;
}

/** The answer to that question in spells. */
export const spellsOf = (series: readonly Series[], { step }: Grid): readonly AlertSpells[] =>
	series.flatMap(({ labels: { __name__: _, alertstate, ...labels }, times }) =>
		alertstate === 'firing' || alertstate === 'pending'
			? [
					{
						labels,
						state: alertstate,
						spells: joined(
							times.map(at => ({ from: at, to: at })),
							step,
						),
					},
				]
			: [],
	);

/** Spells in the order of time; those that overlap, or lie no more than a step apart, are one. */
function joined(spells: readonly TimeRange[], step: Milliseconds): readonly TimeRange[] {
	const result: TimeRange[] = [];
	for (const spell of spells.toSorted((a, b) => a.from - b.from)) {
		const last = result.at(-1);
		// One and a half: servers may answer a little off the grid.
		if (last === undefined || spell.from - last.to > 1.5 * step) result.push(spell);
		else result[result.length - 1] = { from: last.from, to: Math.max(last.to, spell.to) };
	}
	return result;
}

/** `undefined` when nothing is known of the alert's past: the server keeps no `ALERTS` of it, or was not asked for it. */
export function firingHistoryOf(alert: Alert, past: AlertsPast, now: Milliseconds): FiringHistory | undefined {
	const own = ownSpells(alert, past.alerts);
	if (own.length === 0) return undefined;
	const { step } = past.grid;
	const range = { from: now - day, to: now };
	const spells = (state: AlertSpells['state'], current: readonly TimeRange[]) =>
		joined([...own.filter(each => each.state === state).flatMap(each => each.spells), ...current], step)
			.filter(({ to }) => to >= range.from)
			.map(({ from, to }) => ({ from: Math.max(from, range.from), to: Math.min(to, now) }));
	const firing = spells('firing', firingNow(alert, now));
	const pending = spells('pending', pendingNow(alert, now));
	return { range, firing, pending, ...(beganWithin(firing, alert) ? { uncounted: true } : {}) };
}

/** Replicas of Prometheus see one condition at evaluations of their own. */
const replicaLag = 15 * second;

/** Whether the condition became true when the alert had been seen to fire, which it cannot have done since. */
const beganWithin = (firing: readonly TimeRange[], { activeAt }: Alert): boolean =>
	activeAt !== undefined && firing.some(({ from, to }) => activeAt - from > replicaLag && activeAt < to);

/** What the list of alerts says is newer than what was asked of the past. */
function firingNow({ state, since, resolved }: Alert, now: Milliseconds): readonly TimeRange[] {
	if (state === 'pending' || Number.isNaN(since)) return [];
	return [{ from: since, to: resolved?.gone ?? now }];
}

const pendingNow = ({ state, since }: Alert, now: Milliseconds): readonly TimeRange[] =>
	state === 'pending' && !Number.isNaN(since) ? [{ from: since, to: now }] : [];

/**
 * The series of this alert: none of the labels that both have differs, and they share as many as can be. Several stay
 * when replicas of Prometheus each write their own.
 */
function ownSpells({ name, labels }: Alert, all: readonly AlertSpells[]): readonly AlertSpells[] {
	const rated = all
		.filter(each => each.labels.alertname === name)
		.map(each => ({ each, likeness: likenessOf(each.labels, labels) }));
	const most = Math.max(0, ...rated.map(({ likeness }) => likeness));
	return most === 0 ? [] : rated.filter(({ likeness }) => likeness === most).map(({ each }) => each);
}

/** How many labels both have; 0 when any differs. */
function likenessOf(a: Labels, b: Labels): number {
	const shared = Object.keys(a).filter(name => name in b);
	return shared.every(name => a[name] === b[name]) ? shared.length : 0;
}

export type HistoryCell = 'firing' | 'pending' | 'quiet';

/** The 24 h in cells of equal length, oldest first; a cell is firing when any part of it is. */
export function historyCells({ range, firing, pending }: FiringHistory, columns: number): readonly HistoryCell[] {
	const width = lengthOf(range) / columns;
	return Array.from({ length: columns }, (_, column) => {
		const from = range.from + column * width;
		const touches = (spell: TimeRange) => spell.from < from + width && spell.to >= from;
		return firing.some(touches) ? 'firing' : pending.some(touches) ? 'pending' : 'quiet';
	});
}

/** `fired 3 times in 24 h, longest 14 m; last ended 2 h 05 m ago`. `step` is how often somebody looked. */
export function historySentence({ range, firing, uncounted }: FiringHistory, step: Milliseconds): string {
	if (uncounted) return 'fired before in the last 24 h; how often is not known';
	const last = firing.at(-1);
	if (last === undefined) return 'did not fire in the last 24 h';
	const isOn = last.to >= range.to;
	if (isOn && last.from <= range.from) return 'fired all of the last 24 h';
	if (isOn && firing.length === 1) return 'fires for the first time in 24 h';
	const ago = (at: Milliseconds) => `${roughly(range.to - at)} ago`;
	const longest = firing.reduce((best, each) => (lengthOf(each) > lengthOf(best) ? each : best));
	const cut = longest.from <= range.from ? 'more than ' : '';
	const length = `${cut}${roughly(Math.max(step, lengthOf(longest)))}`;
	if (firing.length === 1) return `fired once in 24 h, for ${length}; ended ${ago(last.to)}`;
	const before = isOn ? (firing.at(-2) ?? last) : last;
	const which = isOn ? 'the one before' : 'last';
	return `fired ${firing.length} times in 24 h, longest ${length}; ${which} ended ${ago(before.to)}`;
}

/** No finer than a minute, since nobody looked oftener. */
const roughly = (length: Milliseconds): string =>
	length < hour ? `${Math.max(1, Math.round(length / minute))} m` : formatDuration(length);
