import { withCorrections } from '../analysis/alert-corrections.ts';
import { errorOf, isMetaAlert, isUnhealthy, joinAlerts } from '../analysis/alert-join.ts';
import { resolvedAlerts } from '../analysis/resolved-alerts.ts';
import type { Alert, AlertRule, Correction } from '../model/alert.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import { type Failure, FailureError } from '../model/failure.ts';
import { type Loadable, lastOf, lastValueOf } from '../model/loadable.ts';
import type { AlertsPlace } from '../model/place.ts';
import { rangeOf, type Window } from '../model/time.ts';
import { askPast, namesOfPast, wantsPast } from './alert-past.ts';
import { askSignals, type Signals } from './alert-signals.ts';
import { askSilences, wantsSilences } from './alert-silences.ts';
import type { AlertsFindings } from './alerts-findings.ts';
import { climbWithoutAlerts } from './alerts-ladder.ts';
import { type Board, createBoard, type Investigate, type World } from './board.ts';
import { fillLadder } from './climb.ts';
import { endedNotes } from './ended-figures.ts';
import type { Asking } from './ports.ts';

/**
 * Both backends are asked at once, so that the first alert is there after one round trip; whatever came is joined and
 * shown, and the figures of the rules follow.
 */
export const investigateAlerts: Investigate<AlertsPlace, AlertsFindings> = async (
	place,
	world,
	previous,
	publish,
	asking,
) => {
	const { sources } = world;
	const board = createBoard(previous, publish, world);
	const { managed, rules, joined } = askAlerts(board, previous, world, asking);
	const withPast = joined.then(async isKnown => {
		if (isKnown) await Promise.all([askForPast(), askForGone()]);
	});
	/** Expressions come with the rules; without them, with Alertmanager's links. */
	const withExpressions = rules.then(async known => {
		if (known === undefined) await managed;
		const { value: alerts } = alertsOf(board.findings(), saidIn(world));
		const before = lastValueOf(board.findings().signals) ?? new Map();
		const heard = (signals: Signals) => board.put('signals', answer(signals));
		const range = rangeOf(place.window, world.now());
		const asked = askSignals(alerts, range, before, sources.metrics, { asking, heard });
		await board.fill(
			'signals',
			asked.then(({ value, notes }) => answer(value, [...notes, ...endedSignals(alerts, value, place.window)])),
		);
	});
	const whoSilences = managed.then(async alerts => {
		if (!wantsSilences(alerts ?? [], board.findings().silences, world.now())) return;
		await board.fill('silences', askSilences(sources.alerts, asking));
	});
	await Promise.all([withPast, withExpressions, whoSilences]);

	/** Where nothing fires that anybody is paged for. */
	async function askForGone(): Promise<void> {
		const alerts = lastValueOf(board.findings().alerts) ?? [];
		const climbs = async () => climbWithoutAlerts((await rules) ?? [], world, asking);
		await fillLadder(board, !alerts.every(isMetaAlert), climbs, { now: world.now(), asking });
	}

	async function askForPast(): Promise<void> {
		const { alerts, resolved, past } = board.findings();
		const names = namesOfPast([...(lastValueOf(alerts) ?? []), ...(lastValueOf(resolved) ?? [])]);
		const now = world.now();
		const insists = asking.insistedAt !== undefined;
		if (wantsPast(names, past, { now, insists }))
			await board.fill('past', askPast(names, now, sources.metrics, asking));
	}
};

/**
 * Only which alerts there are, without their figures, their past and their silences: one question to each backend, for
 * whoever is to hear of an alert while something else is looked at.
 */
export const glanceAtAlerts: Investigate<AlertsPlace, AlertsFindings> = async (_, world, previous, publish, asking) => {
	const { managed, rules, joined } = askAlerts(createBoard(previous, publish, world), previous, world, asking);
	await Promise.all([managed, rules, joined]);
};

/** What the operator has corrected. */
const saidIn = ({ corrections }: World): readonly Correction[] => corrections?.() ?? [];

/** Asks both backends; `joined` is there when both are done, and tells whether either has answered. */
function askAlerts(board: Board<AlertsFindings>, previous: AlertsFindings, world: World, asking: Asking) {
	const { sources } = world;
	const managed = board.fill('alertmanager', sources.alerts.alerts(asking));
	const rules = board.fill('rules', sources.metrics.rules(asking));
	const joinNow = () => joinedOf(board.findings(), saidIn(world));
	const first = board.fill('alerts', anyOf([managed.then(joinNow), rules.then(joinNow)]));
	const joined = Promise.all([managed, rules, first]).then(([managedNow, rulesNow]) => {
		if (managedNow === undefined && rulesNow === undefined) return false;
		board.put('alerts', joinNow());
		board.put('resolved', answer(withCorrections(resolvedSince(previous, board.findings()), saidIn(world))));
		return true;
	});
	return { managed, rules, joined };
}

/** Of alerts that fire: what a figure was before it ended would pass for what it is. */
function endedSignals(alerts: readonly Alert[], signals: Signals, window: Window): readonly Note[] {
	const figures = alerts.flatMap(({ id, name, state }) => {
		const signal = state === 'firing' ? signals.get(id) : undefined;
		return signal === undefined ? [] : [{ name, series: [signal.series] }];
	});
	const [any] = signals.values();
	return any === undefined ? [] : endedNotes(figures, any.grid, window);
}

/** What has gone since the look before. Where somebody did not say all, nobody can tell what has gone. */
function resolvedSince(previous: AlertsFindings, { alerts, alertmanager }: AlertsFindings): readonly Alert[] {
	const before = lastOf(previous.alerts);
	const now = lastOf(alerts);
	const resolved = lastValueOf(previous.resolved) ?? [];
	if (before === undefined || now === undefined) return resolved;
	const isPartial = lastOf(alertmanager)?.notes.some(({ kind }) => kind === 'partial') === true;
	const there = isPartial ? [...now.value, ...before.value] : now.value;
	return resolvedAlerts({
		before: { alerts: before.value, at: before.at },
		now: { alerts: there, at: now.at },
		resolved,
	});
}

/** The first that is fulfilled; when none is, the last one's reason. */
const anyOf = <Value>(promises: readonly Promise<Value>[]): Promise<Value> =>
	Promise.any(promises).catch((error: unknown) => {
		throw error instanceof AggregateError ? error.errors.at(-1) : error;
	});

/** What the two backends say together, if at least one of them has just said something. */
function joinedOf(findings: AlertsFindings, corrections: readonly Correction[]): Answer<readonly Alert[]> {
	const { alertmanager, rules } = findings;
	if (alertmanager.status === 'loaded' || rules.status === 'loaded') return alertsOf(findings, corrections);
	throw new FailureError(failureIn(rules) ?? failureIn(alertmanager) ?? nothingAsked);
}

const failureIn = (pane: Loadable<unknown>): Failure | undefined =>
	pane.status === 'failed' ? pane.failure : undefined;

const nothingAsked: Failure = {
	kind: 'internal',
	what: 'Neither Prometheus nor Alertmanager was asked for alerts.',
	next: 'Press R to ask again.',
};

const alertsOf = (
	{ alertmanager, rules }: AlertsFindings,
	corrections: readonly Correction[],
): Answer<readonly Alert[]> =>
	answer(withCorrections(joinAlerts(lastValueOf(alertmanager) ?? [], lastValueOf(rules) ?? []), corrections), [
		...notesOn(alertmanager, 'Alertmanager', 'silenced and inhibited alerts look like firing ones'),
		...notesOn(rules, 'Prometheus', 'pending alerts, limits and figures are missing'),
		...[alertmanager, rules].flatMap(notesIn),
		...unhealthyNotes(lastValueOf(rules) ?? []),
	]);

/** A rule that cannot be evaluated does not fire, and its silence must not pass for good news. */
function unhealthyNotes(rules: readonly AlertRule[]): readonly Note[] {
	const unhealthy = rules.filter(isUnhealthy);
	const [first, ...more] = unhealthy;
	if (first === undefined) return [];
	const others = more.length === 0 ? '' : ` It is one of ${unhealthy.length}.`;
	const text = `Rule ${first.name} cannot be evaluated and cannot fire: ${ended(errorOf(first))}${others}`;
	return [{ kind: 'warning', text }];
}

const ended = (words: string): string => (/[.!?…]$/.test(words) ? words : `${words}.`);

/** What a backend left out, or warned of, is missing from the joined list too. */
const notesIn = (pane: Loadable<unknown>): readonly Note[] =>
	lastOf(pane)?.notes.filter(({ kind }) => kind !== 'info') ?? [];

/** What is missing of the list because of one backend. */
function notesOn(pane: Loadable<unknown>, backend: string, missing: string): readonly Note[] {
	if (pane.status === 'waiting' && pane.last === undefined) {
		return [{ kind: 'info', text: `${backend} has not answered yet.` }];
	}
	if (pane.status !== 'failed') return [];
	const { kind } = pane.failure;
	if (kind === 'not-configured') return [{ kind: 'info', text: `${backend} is not configured: ${missing}.` }];
	const old = pane.last === undefined ? missing : 'what it said before is shown';
	return [{ kind: 'partial', text: `${backend} did not answer: ${old}.` }];
}
