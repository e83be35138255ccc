import { withCorrections } from '../analysis/alert-corrections.ts';
import { findAlert, joinAlerts } from '../analysis/alert-join.ts';
import { gridOf } from '../analysis/grid.ts';
import { quantilesIn, usualQuantiles } from '../analysis/quantiles.ts';
import { ownRangeOf } from '../analysis/red-probe.ts';
import { patientRange, rateRange } from '../analysis/red-queries.ts';
import type { Alert, AlertRule, Correction, ManagedAlert } from '../model/alert.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import { failureOf, sentenceOf } from '../model/failure.ts';
import { lastValueOf } from '../model/loadable.ts';
import type { ServicePlace } from '../model/place.ts';
import { type Milliseconds, minute, rangeOf } from '../model/time.ts';
import { type Board, createBoard, type Investigate, type World } from './board.ts';
import type { Asking } from './ports.ts';
import { askBreakdown } from './service-breakdown.ts';
import { fillContext } from './service-context.ts';
import { noServiceFindings, type ServiceFindings } from './service-findings.ts';
import {
	climbWithoutNeighbours,
	climbWithoutRequests,
	climbWithoutResources,
	climbWithoutTarget,
	type Nothing,
	type ServiceRung,
} from './service-ladder.ts';
import { askNeighbours } from './service-neighbours.ts';
import { askDuration, askErrors, askExemplars, askRate, type PanelQuestion } from './service-panels.ts';
import { askResources, knownResources } from './service-resources.ts';
import { askClasses, askHeat } from './service-shapes.ts';
import { askSignal } from './service-signal.ts';
import { lightOf, searchTarget } from './service-target-search.ts';

/** Points of a chart on a wide screen: braille puts two into a cell. */
const chartPoints = 120;
/** How long a target is taken to hold before it is searched again. */
const targetHolds = 5 * minute;

/**
 * The panels after at most three round trips: the alert that led here, the series there are, and all figures at once.
 */
export const investigateService: Investigate<ServicePlace, ServiceFindings> = async (
	place,
	world,
	previous,
	publish,
	asking,
) => {
	const { metrics } = world.sources;
	const range = rangeOf(place.window, world.now());
	const first = createBoard(previous, publish, world);
	if (place.view === 'neighbours') {
		const neighbours = await first.fill('neighbours', askNeighbours({ place, range, metrics, asking }));
		const nothing = { place, light: undefined, range, world, asking };
		return fillLadder(first, nothing, neighbours === undefined || neighbours.source !== undefined, () =>
			climbWithoutNeighbours(nothing),
		);
	}
	const light = lightOf(await fillAlert(first, place, world, asking));
	const known = knownStill(previous, first.findings());
	const board = createBoard(known, publish, world);
	const nothing = { place, light, range, world, asking };
	if (place.view === 'resources') {
		const now = world.now();
		const grid = gridOf(range, chartPoints);
		const resources = knownResources(known, now, targetHolds);
		const question = { place, light, range, grid, now, known: resources, metrics, asking };
		const found = await board.fill('resources', askResources(question));
		return fillLadder(board, nothing, found?.rows.length !== 0, () => climbWithoutResources(nothing));
	}
	if (!isFresh(known.target, world.now())) {
		const whenMissing = () => board.fill('signal', askSignal(place, light, range, metrics, asking));
		await board.fill('target', searchTarget(place, light, range, { metrics, asking, whenMissing }));
	}
	const target = lastValueOf(board.findings().target);
	if (target?.kind !== 'found')
		return fillLadder(board, nothing, target === undefined, () => climbWithoutTarget(nothing));
	const grid = gridOf(range, chartPoints);
	const over = rateRange(grid.step, ownRangeOf(light?.expression));
	const question = { place, target, light, grid, over, metrics, asking };
	await fillPanels(board, question);
	const rate = lastValueOf(board.findings().rate);
	const patient = rate?.lines.length === 0 && over < patientRange ? { ...question, over: patientRange } : question;
	if (patient !== question) await fillPanels(board, patient);
	const isAsked = lastValueOf(board.findings().rate)?.lines.length !== 0;
	await Promise.all([
		fillContext(board, patient, world.sources.traces),
		fillLadder(board, nothing, isAsked, () => climbWithoutRequests(patient, nothing)),
	]);
};

/** How long what else there is is taken to be there. */
const ladderHolds = minute;

/** Where the view is empty, what else there is, now and then; whoever insists is told at once. */
async function fillLadder(
	board: Board<ServiceFindings>,
	{ world, asking }: Nothing,
	isFull: boolean,
	climbs: () => Promise<Answer<readonly ServiceRung[]>>,
): Promise<void> {
	const { ladder } = board.findings();
	if (isFull) {
		if (ladder.status !== 'idle') board.put('ladder', answer([]));
		return;
	}
	const isKnown = ladder.status === 'loaded' && ladder.value.length > 0 && world.now() - ladder.at < ladderHolds;
	if (!isKnown || asking.insistedAt !== undefined) await board.fill('ladder', climbs());
}

/**
 * What is found, without what was found in another light: since the operator has corrected the alert, or has taken that
 * back, other series may describe the service.
 */
function knownStill(previous: ServiceFindings, findings: ServiceFindings): ServiceFindings {
	const { alert, alertmanager } = findings;
	const now = lastValueOf(alert);
	const isAsBefore = now === undefined || now.corrected?.service === lastValueOf(previous.alert)?.corrected?.service;
	return isAsBefore ? findings : { ...noServiceFindings, alert, alertmanager };
}

const isFresh = (pane: ServiceFindings['target'], now: Milliseconds): boolean =>
	pane.status === 'loaded' && pane.value.kind === 'found' && now - pane.at < targetHolds;

/**
 * Eight questions at once: rate, errors, three quantiles, and three of the break-down. The exemplars come after the
 * first of them, with a fourth quantile the break-down too, and other shapes of a panel after the panel itself, so that
 * Prometheus never answers more than eight of ours at a time.
 */
async function fillPanels(board: Board<ServiceFindings>, question: PanelQuestion): Promise<void> {
	const rate = board.fill('rate', askRate(question));
	const errors = board.fill('errors', askErrors(question));
	const duration = board.fill('duration', askDuration(question));
	const isFull = quantilesIn(question.place.quantiles).length > usualQuantiles.length;
	await Promise.all([
		rate,
		errors,
		duration,
		(isFull ? rate : Promise.resolve()).then(() => board.fill('routes', askBreakdown(question))),
		rate.then(() => board.fill('exemplars', askExemplars(question))),
		question.place.rates === 'status' && rate.then(() => board.fill('classes', askClasses(question))),
		question.place.durations === 'heat' && duration.then(() => board.fill('heat', askHeat(question))),
	]);
}

/** The alert the place names, and what Alertmanager knows of all of them. */
async function fillAlert(
	board: Board<ServiceFindings>,
	{ alert: wanted }: ServicePlace,
	{ sources, corrections }: World,
	asking: Asking,
): Promise<Alert | undefined> {
	if (wanted === undefined) return board.fill('alert', Promise.resolve(answer(undefined)));
	const managed = sources.alerts.alerts(asking);
	const [alert] = await Promise.all([
		board.fill('alert', findWanted(wanted, [sources.metrics.rules(asking), managed], corrections?.() ?? [])),
		board.fill('alertmanager', managed),
	]);
	return alert;
}

type Told = readonly [Promise<Answer<readonly AlertRule[]>>, Promise<Answer<readonly ManagedAlert[]>>];

/** The alert as both backends know it, or as one does when the other cannot answer. */
async function findWanted(
	wanted: string,
	told: Told,
	corrections: readonly Correction[],
): Promise<Answer<Alert | undefined>> {
	const [rules, managed] = await Promise.allSettled(told);
	if (rules.status === 'rejected' && managed.status === 'rejected') throw rules.reason;
	const joined = joinAlerts(toldBy(managed) ?? [], toldBy(rules) ?? []);
	const alerts = withCorrections(joined, corrections);
	const alert = findAlert(alerts, wanted);
	return answer(alert, alert === undefined ? [goneNote(wanted, [rules, managed])] : []);
}

/** That an alert is not there can only be said when everybody who may know it has answered. */
function goneNote(alert: string, asked: readonly PromiseSettledResult<unknown>[]): Note {
	const silent = asked
		.flatMap(result => (result.status === 'rejected' ? [failureOf(result.reason)] : []))
		.find(({ kind }) => kind !== 'not-configured');
	return silent === undefined
		? { kind: 'info', text: `The alert ${alert} is no longer there: it may have been resolved.` }
		: { kind: 'partial', text: `The alert ${alert} was not found, and not everybody answered. ${sentenceOf(silent)}` };
}

const toldBy = <Value>(result: PromiseSettledResult<Answer<Value>>): Value | undefined =>
	result.status === 'fulfilled' ? result.value.value : undefined;
