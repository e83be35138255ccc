import type { Aside, Panes, SharedFindings } from '../investigation/board.ts';
import type { Asking } from '../investigation/ports.ts';
import type { Change, Silencing } from '../investigation/silencing.ts';
import type { QueryRecord } from '../model/answer.ts';
import { FailureError, failureOf, sentenceOf } from '../model/failure.ts';
import { askedAgain, failedWith, idle, loaded } from '../model/loadable.ts';
import { type Place, placeKey } from '../model/place.ts';
import { type Milliseconds, rangeOf, type TimeRange } from '../model/time.ts';
import { formatKey } from './key-names.ts';
import { doWithProfile, lookAt, profilesRead } from './profile-deeds.ts';
import type { ProfilesPort } from './profiles-port.ts';
import {
	begin,
	type Effect,
	findingsAt,
	type Message,
	type Start,
	type State,
	type Step,
	shownPlace,
	slotAt,
} from './state.ts';
import { update } from './update.ts';
import { type Want, wanted } from './wanted.ts';

/** Asks what a place needs and publishes its findings as they come; `cli` makes it of the investigations. */
export type Investigator = (
	place: Place,
	previous: Panes,
	publish: (findings: Panes) => void,
	asking: Asking,
) => Promise<void>;

/** Answers a question beside those of the place, into the findings as they are at that moment. */
export type AsideInvestigator = (
	question: {
		readonly place: Place;
		readonly range: TimeRange;
		readonly aside: Aside;
		readonly latest: () => Aside;
	},
	findings: SharedFindings<Panes>,
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
	readonly answerAside: AsideInvestigator;
	/** Asks which alerts there are while another place is on show; without it nobody asks. */
	readonly glance?: Investigator;
	readonly silencing: Silencing;
	/** The saved profiles, and what is asked through. */
	readonly profiles: ProfilesPort;
	readonly now: () => Milliseconds;
	/** Told of each message before it changes anything, for the report of a crash. */
	readonly overhear?: (message: Message, state: State) => void;
	/** Does what concerns the terminal; changes to the world and to what is saved are made here. */
	readonly perform: (effect: TerminalEffect) => void;
};

export type TerminalEffect = Exclude<Effect, { type: 'change' | 'profile' }>;

/** Holds the state, and keeps what is being asked equal to what is wanted. */
export function createStore({
	start,
	investigate,
	answerAside,
	glance,
	silencing,
	profiles,
	now,
	overhear,
	perform,
}: StoreOptions): Store {
	let state = begin({ ...start, glances: glance !== undefined });
	const listeners = new Set<() => void>();
	const inFlight = new Map<string, AbortController>();
	const leaving = new AbortController();
	let wants: ReadonlyMap<string, Want> = new Map();
	let isClosed = false;
	let soon: ReturnType<typeof setTimeout> | undefined;
	/** The place that was last asked for by hand, and when. */
	let insisted: { readonly key: string; readonly at: Milliseconds } | undefined;

	function send(message: Message): void {
		overhear?.(message, state);
		// What is still asked of the connection before must not be told of this one.
		if (message.type === 'profileDone' && message.opened !== undefined) abortAll();
		const step = stepAfter(message);
		if (step.state !== state) {
			state = step.state;
			reconcile(step.wants);
			if (isEvidence(message)) tellSoon();
			else tellListeners();
		}
		for (const effect of step.effects) {
			if (effect.type === 'change') void change(effect.change);
			else if (effect.type === 'profile') void doWithProfile(effect.deed, profiles, now).then(send);
			else perform(effect);
		}
	}

	/** What a screen throws while it is asked what a message means to it is a message too; but not twice in a row. */
	function stepAfter(message: Message): Step & { readonly wants: readonly Want[] } {
		try {
			const step = update(state, message);
			return { ...step, wants: wanted(step.state, inFlight.has('glance')) };
		} catch (thrown) {
			if (state.crash !== undefined) throw thrown;
			return { ...update(state, { type: 'crashed', thrown, during: duringOf(message) }), wants: [] };
		}
	}

	function abortAll(): void {
		for (const controller of inFlight.values()) controller.abort();
		inFlight.clear();
	}

	function tellListeners(): void {
		clearTimeout(soon);
		soon = undefined;
		for (const listener of listeners) listener();
	}

	function tellSoon(): void {
		soon ??= setTimeout(tellListeners, evidenceWaits);
	}

	/** Starts what is wanted and aborts what no longer is. */
	function reconcile(wanted: readonly Want[]): void {
		if (isClosed) return;
		wants = new Map(wanted.map(want => [want.key, want]));
		for (const [key, controller] of inFlight) {
			if (wants.get(key)?.again === false) continue;
			inFlight.delete(key);
			controller.abort();
		}
		for (const want of wants.values()) {
			if (!inFlight.has(want.key)) void put(want);
		}
	}

	function put(want: Want): Promise<void> {
		switch (want.kind) {
			case 'fired':
				return recall(want.key);
			case 'profiles':
				return readProfiles(want.key);
			case 'check':
				return check(want);
			case 'place':
				return ask(want);
			case 'aside':
				return askAside(want);
			case 'glance':
				return glanceAt(want.place);
		}
	}

	/** A question under way: it speaks as long as nobody has aborted it. */
	function begun(key: string, slot: string) {
		const controller = new AbortController();
		inFlight.set(key, controller);
		const isCurrent = () => inFlight.get(key) === controller;
		const tell = (message: Message) => isCurrent() && send(message);
		const asking = askingFor(slot, controller.signal, tell);
		return { isCurrent, tell, asking };
	}

	async function recall(key: string): Promise<void> {
		const { isCurrent, tell, asking } = begun(key, placeKey(shownPlace(state)));
		tell({ type: 'recalled', fired: askedAgain(idle, now()) });
		const fired = await silencing.firedLately(asking).then(
			answered => loaded(answered, now()),
			(error: unknown) => failedWith(idle, failureOf(error), now()),
		);
		if (!isCurrent()) return;
		inFlight.delete(key);
		send({ type: 'recalled', fired });
	}

	async function readProfiles(key: string): Promise<void> {
		const { isCurrent } = begun(key, placeKey(shownPlace(state)));
		const read = await profilesRead(profiles);
		if (!isCurrent()) return;
		inFlight.delete(key);
		send(read);
	}

	async function check({ key, backend, draft, of, rest }: Extract<Want, { kind: 'check' }>): Promise<void> {
		const { isCurrent, asking } = begun(key, placeKey(shownPlace(state)));
		const checked = await lookAt(profiles, { draft, backend, rest }, asking.signal);
		if (!isCurrent() || checked === undefined) return;
		inFlight.delete(key);
		send({ type: 'checked', backend, check: { of, checked } });
	}

	/** A change that is confirmed goes on wherever the operator goes, short of leaving the program. */
	async function change(change: Change): Promise<void> {
		const slot = placeKey(shownPlace(state));
		const asking = askingFor(slot, leaving.signal, send);
		try {
			send({ type: 'changed', change, changed: await silencing.make(change, asking), now: now() });
		} catch (error) {
			send({ type: 'unchanged', failure: failureOf(error) });
		}
	}

	async function ask({ key, place, again }: Extract<Want, { kind: 'place' }>): Promise<void> {
		const { isCurrent, tell, asking: unasked } = begun(key, key);
		// Two presses of a key are two, however close.
		if (again) insisted = { key, at: Math.max(now(), (insisted?.at ?? 0) + 1) };
		const asking = again && insisted !== undefined ? { ...unasked, insistedAt: insisted.at } : unasked;
		tell({ type: 'asked', slot: key, place, range: rangeOf(place.window, now()), now: now() });
		const publish = (findings: Panes) => tell({ type: 'found', slot: key, findings, now: now() });
		await investigate(place, findingsAt(state, place), publish, asking).catch((thrown: unknown) => {
			if (isOwnFault(thrown)) tell({ type: 'crashed', thrown, during: 'while its questions were asked' });
			else tellFailure(thrown, tell);
		});
		if (!isCurrent()) return;
		inFlight.delete(key);
		send({ type: 'answered', slot: key, now: now() });
	}

	async function askAside({ key, place, aside }: Extract<Want, { kind: 'aside' }>): Promise<void> {
		const slot = placeKey(place);
		const { isCurrent, tell, asking: unasked } = begun(key, slot);
		// What is asked beside the place was asked for with the same press of a key.
		const asking = insisted?.key === slot ? { ...unasked, insistedAt: insisted.at } : unasked;
		const shared: SharedFindings<Panes> = {
			current: () => findingsAt(state, place),
			replace: findings => tell({ type: 'found', slot, findings, now: now() }),
		};
		const range = slotAt(state, place)?.range ?? rangeOf(place.window, now());
		tell({ type: 'asideAsked', slot, aside: aside.key, now: now() });
		const latest = () => {
			const want = wants.get(key);
			return want?.kind === 'aside' ? want.aside : aside;
		};
		await answerAside({ place, range, aside, latest }, shared, asking).catch((error: unknown) =>
			tellFailure(error, tell),
		);
		if (!isCurrent()) return;
		inFlight.delete(key);
		send({ type: 'asideAnswered', slot, aside: aside.key, now: now() });
	}

	/** Nothing of it is seen before it is done; the alerts are asked again in full when they are on show. */
	async function glanceAt(place: Place): Promise<void> {
		const { isCurrent, tell, asking } = begun('glance', placeKey(place));
		const queries: QueryRecord[] = [];
		let findings = findingsAt(state, place);
		const publish = (found: Panes) => {
			findings = found;
		};
		const record = (query: QueryRecord) => queries.push(query);
		await glance?.(place, findings, publish, { signal: asking.signal, record }).catch((error: unknown) =>
			tellFailure(error, tell),
		);
		if (!isCurrent()) return;
		inFlight.delete('glance');
		send({ type: 'glanced', place, findings, queries, now: now() });
	}

	// Even the first question is one that a screen answers.
	send({ type: 'ticked', now: state.now });
	return {
		send,
		getState: () => state,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		close() {
			isClosed = true;
			clearTimeout(soon);
			leaving.abort();
			abortAll();
		},
	};
}

/** Told of a question under way: the findings that most often follow at once are painted with it, not after it. */
const isEvidence = ({ type }: Message): boolean => type === 'recorded' || type === 'began' || type === 'over';

/** How long evidence waits for something else to be painted with. */
const evidenceWaits: Milliseconds = 30;

/** No failure of a backend: something here is not as it should be. */
const isOwnFault = (thrown: unknown): boolean =>
	!(thrown instanceof FailureError) && failureOf(thrown).kind === 'internal';

/** What a screen was at, for the sheet in its place. */
function duringOf(message: Message): string {
	if (message.type === 'pressed') return `at the key ${formatKey(message.key)}`;
	return message.type === 'found' || message.type === 'answered' ? 'over an answer' : 'while it waited';
}

/** An investigation that fails as a whole has no pane to say so in. */
function tellFailure(error: unknown, tell: (message: Message) => void): void {
	const failure = failureOf(error);
	if (failure.kind !== 'cancelled') tell({ type: 'told', text: sentenceOf(failure), tone: 'refusal' });
}

/** Leaves the evidence of what is asked, and of what is being asked, with the place it is asked for. */
const askingFor = (slot: string, signal: AbortSignal, tell: (message: Message) => unknown): Asking => ({
	signal,
	record: query => tell({ type: 'recorded', slot, query }),
	begin(query) {
		tell({ type: 'began', slot, query });
		return () => tell({ type: 'over', slot, query });
	},
});
