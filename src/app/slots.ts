import type { Panes } from '../investigation/board.ts';
import type { QueryRecord } from '../model/answer.ts';
import type { Failure } from '../model/failure.ts';
import { failedWith } from '../model/loadable.ts';
import { type Place, placeKey } from '../model/place.ts';
import { type Milliseconds, rangeOf } from '../model/time.ts';
import { heldIn } from './held.ts';
import { replaced } from './history.ts';
import {
	type AnswerMessage,
	findingsAt,
	type Glanced,
	type Health,
	type Slot,
	type State,
	shownPlace,
	slotAt,
} from './state.ts';

/** Answers that are kept for places that were left; the oldest go first, but never those on show. */
const mostSlots = 40;
/** Lines and spans that are kept in all: of two places that hold as many lines as one can. */
const mostHeld = 200_000;
/** Queries that are kept as evidence of one place. */
const mostQueries = 60;

/** The state after news of the questions of a place. News of a place that is forgotten changes nothing. */
export function answeredWith(state: State, message: AnswerMessage): State {
	if (message.type === 'asked') {
		const findings = findingsAt(state, message.place);
		const before = answeredAt(state, message.place);
		const earlier = state.slots.get(message.slot);
		const { place, range, now: askedAt } = message;
		const queries = earlier?.queries.filter(isChange) ?? [];
		const slot: Slot = { place, findings, before, range, askedAt, queries, asides: new Set() };
		return withSlot({ ...state, now: message.now }, message.slot, slot);
	}
	const slot = state.slots.get(message.slot);
	if (slot === undefined) return state;
	switch (message.type) {
		case 'found': {
			const health = healthAfter(state.health, slot.findings, message.findings);
			return withSlot({ ...state, health, now: message.now }, message.slot, { ...slot, findings: message.findings });
		}
		case 'answered':
			return withSlot({ ...state, now: message.now }, message.slot, { ...slot, doneAt: message.now, open: [] });
		case 'asideAsked': {
			const asking = new Map(slot.asking).set(message.aside, message.now);
			return withSlot({ ...state, now: message.now }, message.slot, { ...slot, asking });
		}
		case 'asideAnswered': {
			const asking = new Map(slot.asking);
			asking.delete(message.aside);
			const asides = new Set(slot.asides).add(message.aside);
			return withSlot({ ...state, now: message.now }, message.slot, { ...slot, asides, asking });
		}
		case 'began':
			return withSlot(state, message.slot, { ...slot, open: [...(slot.open ?? []), message.query] });
		case 'over': {
			const open = (slot.open ?? []).filter(query => query !== message.query);
			return withSlot(state, message.slot, { ...slot, open });
		}
		case 'recorded': {
			const { backend, absent } = message.query;
			const health = absent ? state.health : new Map(state.health).set(backend, healthOf(message.query));
			const queries = [...slot.queries, message.query].slice(-mostQueries);
			const budgets = budgetsAfter(state.budgets, [message.query]);
			return withSlot({ ...state, health, budgets, read: readAfter(state.read, message.query) }, message.slot, {
				...slot,
				queries,
			});
		}
	}
}

/**
 * The findings of a place as they were when everything was answered last: what is asked again before it was answered is
 * compared with what was answered.
 */
export function answeredAt(state: State, place: Place): Panes {
	const slot = slotAt(state, place);
	return slot?.doneAt === undefined ? (slot?.before ?? findingsAt(state, place)) : slot.findings;
}

/**
 * The state after a glance at the alerts. Their place does not count as asked: it is asked in full when it is on show.
 * What was found is what the next look is compared with.
 */
export function glancedWith(state: State, { place, findings, queries, now }: Glanced): State {
	const begun = { place, range: rangeOf(place.window, now), askedAt: now, queries: [], asides: new Set<string>() };
	const earlier = slotAt(state, place) ?? begun;
	const isAskedAgain = ({ url, method }: QueryRecord) =>
		queries.some(query => query.url === url && query.method === method);
	const evidence = [...earlier.queries.filter(query => !isAskedAgain(query)), ...queries].slice(-mostQueries);
	const slot: Slot = { ...earlier, findings, before: findings, queries: evidence, glancedAt: now };
	const health = new Map(state.health);
	for (const query of queries) health.set(query.backend, healthOf(query));
	return withSlot(
		{
			...state,
			health: healthAfter(health, findingsAt(state, place), findings),
			budgets: budgetsAfter(state.budgets, queries),
			now,
		},
		placeKey(place),
		slot,
	);
}

/** The very same where nothing was said of any. */
function budgetsAfter(before: State['budgets'], queries: readonly QueryRecord[]): State['budgets'] {
	const told = queries.flatMap(({ backend, budget }) => (budget === undefined ? [] : [[backend, budget] as const]));
	return told.length === 0 ? before : new Map([...before, ...told]);
}

/** What the index answers by itself reads nothing, and says nothing of what the lines on show have cost. */
const readAfter = (before: State['read'], { read, took }: QueryRecord): State['read'] =>
	read === undefined || (read === 0 && before.last !== undefined)
		? before
		: { bytes: before.bytes + read, last: { bytes: read, took } };

/** What changed something is not asked again with the place, and must stay to be seen. */
const isChange = ({ method, body }: QueryRecord): boolean => method === 'DELETE' || body !== undefined;

const healthOf = ({ outcome, took, restsUntil, ahead }: QueryRecord): Health => ({
	outcome,
	took,
	...(restsUntil === undefined ? {} : { restsUntil }),
	...(ahead === undefined ? {} : { ahead }),
});

/** A backend whose answer could not be read is not well, whatever status it came with. */
function healthAfter(health: State['health'], before: Panes, after: Panes): State['health'] {
	const changed = new Map(health);
	for (const [name, pane] of Object.entries(after)) {
		if (pane.status !== 'failed' || pane === before[name] || pane.failure.backend === undefined) continue;
		const known = health.get(pane.failure.backend);
		const seemedWell = known !== undefined && typeof known.outcome === 'number' && known.outcome < 400;
		if (seemedWell) changed.set(pane.failure.backend, { ...known, outcome: pane.failure.kind });
	}
	return changed;
}

function withSlot(state: State, key: string, slot: Slot): State {
	const slots = new Map(state.slots);
	slots.delete(key);
	slots.set(key, slot);
	const shown = placeKey(shownPlace(state));
	let held = [...slots.values()].reduce((sum, { findings }) => sum + heldIn(findings), 0);
	for (const [oldest, { findings }] of slots) {
		const isFull = slots.size > mostSlots;
		if (!isFull && held <= mostHeld) break;
		const own = heldIn(findings);
		if (oldest === shown || (!isFull && own === 0)) continue;
		slots.delete(oldest);
		held -= own;
	}
	return { ...state, slots };
}

/** The state in which nothing is known of the place yet, and its view is this one. */
export function forgotten(state: State, place: Place, own: unknown): State {
	const slots = new Map(state.slots);
	slots.delete(placeKey(place));
	return { ...state, slots, history: replaced(state.history, { state: own }) };
}

/** Every question of this place is to be put again, also while some are still open. */
export function askedAnew(state: State, place: Place): State {
	const slot = slotAt(state, place);
	return slot === undefined ? state : withSlot(state, placeKey(place), { ...slot, refresh: true, stopped: false });
}

/** Every place that shows an alert or silences is asked again when it is on show: something has changed them. */
export const alertsAskedAnew = (state: State): State => ({
	...state,
	slots: new Map(
		[...state.slots].map(([key, slot]) => {
			return [key, showsAlerts(slot.place) ? { ...slot, refresh: true, stopped: false } : slot];
		}),
	),
});

/** Every place that reads the lines of this service is asked again when it is on show. */
export const logsAskedAnew = (state: State, service: string): State => ({
	...state,
	slots: new Map(
		[...state.slots].map(([key, slot]) => {
			const isOfService = slot.place.kind === 'logs' && slot.place.service === service;
			return [key, isOfService ? { ...slot, refresh: true, stopped: false } : slot];
		}),
	),
});

const showsAlerts = (place: Place): boolean =>
	place.kind === 'alerts' || place.kind === 'silences' || (place.kind === 'service' && place.alert !== undefined);

/** The operator waits no longer: panes that wait say so. The same state when nothing is being asked. */
export function stoppedAsking(state: State, place: Place): State {
	const slot = slotAt(state, place);
	if (slot === undefined || slot.doneAt !== undefined) return state;
	const findings = stoppedFindings(slot.findings, state.now);
	return withSlot(state, placeKey(place), { ...slot, findings, stopped: true, doneAt: state.now, open: [] });
}

const stopped: Failure = { kind: 'cancelled', what: 'You stopped the question.', next: 'R asks again.' };

const stoppedFindings = (findings: Panes, now: Milliseconds): Panes =>
	Object.fromEntries(
		Object.entries(findings).map(([name, pane]) => [
			name,
			pane.status === 'waiting' ? failedWith(pane, stopped, now) : pane,
		]),
	);
