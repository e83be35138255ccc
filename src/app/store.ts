import type { Panes } from '../investigation/board.ts';
import type { Asking } from '../investigation/ports.ts';
import { failureOf, sentenceOf } from '../model/failure.ts';
import type { Place } from '../model/place.ts';
import { type Milliseconds, rangeOf } from '../model/time.ts';
import { begin, type Effect, findingsAt, type Message, type Start, type State } from './state.ts';
import { update } from './update.ts';
import { type Want, wanted } from './wanted.ts';

/** Asks what a place needs and publishes its findings as they come; `cli` makes it of the investigations. */
export type Investigator = (
	place: Place,
	previous: Panes,
	publish: (findings: Panes) => void,
	asking: Asking,
) => Promise<void>;

export type Store = {
	readonly send: (message: Message) => void;
	readonly getState: () => State;
	readonly subscribe: (listener: () => void) => () => void;
	/** Aborts whatever is still being asked, and asks nothing any more. */
	readonly close: () => void;
};

export type StoreOptions = {
	readonly start: Start;
	readonly investigate: Investigator;
	readonly now: () => Milliseconds;
	readonly perform: (effect: Effect) => void;
};

/** Holds the state, and keeps what is being asked equal to what is wanted. */
export function createStore({ start, investigate, now, perform }: StoreOptions): Store {
	let state = begin(start);
	const listeners = new Set<() => void>();
	const inFlight = new Map<string, AbortController>();
	let isClosed = false;

	function send(message: Message): void {
		const step = update(state, message);
		if (step.state !== state) {
			state = step.state;
			reconcile();
			for (const listener of listeners) listener();
		}
		for (const effect of step.effects) perform(effect);
	}

	/** Starts what is wanted and aborts what no longer is. */
	function reconcile(): void {
		if (isClosed) return;
		const wants = new Map(wanted(state).map(want => [want.key, want]));
		for (const [key, controller] of inFlight) {
			if (wants.get(key)?.again === false) continue;
			inFlight.delete(key);
			controller.abort();
		}
		for (const want of wants.values()) {
			if (!inFlight.has(want.key)) void ask(want);
		}
	}

	async function ask({ key, place }: Want): Promise<void> {
		const controller = new AbortController();
		inFlight.set(key, controller);
		const isCurrent = () => inFlight.get(key) === controller;
		const tell = (message: Message) => isCurrent() && send(message);
		const asking: Asking = { signal: controller.signal, record: query => tell({ type: 'recorded', slot: key, query }) };
		tell({ type: 'asked', slot: key, place, range: rangeOf(place.window, now()), now: now() });
		try {
			const previous = findingsAt(state, place);
			await investigate(place, previous, findings => tell({ type: 'found', slot: key, findings, now: now() }), asking);
		} catch (error) {
			const failure = failureOf(error);
			if (failure.kind !== 'cancelled') tell({ type: 'told', text: sentenceOf(failure), tone: 'refusal' });
		}
		if (!isCurrent()) return;
		inFlight.delete(key);
		send({ type: 'answered', slot: key, now: now() });
	}

	reconcile();
	return {
		send,
		getState: () => state,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		close() {
			isClosed = true;
			for (const controller of inFlight.values()) controller.abort();
			inFlight.clear();
		},
	};
}
