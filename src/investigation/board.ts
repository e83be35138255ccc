import { redact } from '../analysis/redact.ts';
import type { Correction } from '../model/alert.ts';
import type { Answer, SpentBudget } from '../model/answer.ts';
import { type Failure, failureOf } from '../model/failure.ts';
import { askedAgain, failedWith, type Loadable, loaded } from '../model/loadable.ts';
import type { StreamChoice } from '../model/stream-choice.ts';
import type { Milliseconds, TimeRange } from '../model/time.ts';
import type { Asking, Sources } from './ports.ts';

/** What an investigation works with: the backends, the time it is, and what the operator has said. */
export type World = {
	readonly sources: Sources;
	readonly now: () => Milliseconds;
	/** Waits, until the signal aborts; then it rejects. Absent where nothing is ever waited for. */
	readonly sleep?: (length: Milliseconds, signal: AbortSignal) => Promise<unknown>;
	/** Runs work that nothing else could interrupt, and gives it up after so long; then there is no answer. Absent where it need not. */
	readonly bounded?: <Value>(most: Milliseconds, work: () => Value) => Value | undefined;
	/** More bytes of logs are not read unasked; the usual bound when absent. */
	readonly readUnasked?: number;
	/** Bytes of logs that may be read for this incident, and those that have been; absent where the profile sets no bound. */
	readonly logsBudget?: () => SpentBudget;
	/** Whom alerts are about in truth; absent when nobody has ever corrected anything. */
	readonly corrections?: () => readonly Correction[];
	/** In which streams the lines of services are; absent when nobody has ever said. */
	readonly streams?: () => readonly StreamChoice[];
};

/** A screen's findings: one `Loadable` for each pane, so that a pane that fails leaves the others alone. */
export type Panes = Readonly<Record<string, Loadable<unknown>>>;

type ValueIn<Pane> = Pane extends { readonly status: 'loaded'; readonly value: infer Value } ? Value : never;

/**
 * Collects the findings of one place and publishes each as it arrives.
 *
 *     const board = createBoard(previous, publish, world);
 *     const target = await board.fill('target', findTarget(…));      // undefined when it failed
 *     await Promise.all([board.fill('rate', …), board.fill('errors', …)]);
 */
export type Board<Findings extends Panes> = {
	/** Marks the pane as waiting, publishes, and puts the answer or the failure into it. Cancellation rethrows. */
	fill<Name extends keyof Findings & string>(
		name: Name,
		question: Promise<Answer<ValueIn<Findings[Name]>>>,
	): Promise<ValueIn<Findings[Name]> | undefined>;
	/** Puts an answer into the pane that was made from others here, without asking anything. */
	put<Name extends keyof Findings & string>(name: Name, answer: Answer<ValueIn<Findings[Name]>>): void;
	/** Shows what has come of a question that is still open. */
	show<Name extends keyof Findings & string>(name: Name, answer: Answer<ValueIn<Findings[Name]>>): void;
	/** Says how far the answer that the pane waits for has come; a pane that does not wait is left as it is. */
	progress(name: keyof Findings & string, words: string): void;
	/** Puts a failure into the pane without asking anything, for what cannot be asked. */
	fail(name: keyof Findings & string, failure: Failure): void;
	readonly findings: () => Findings;
};

export function createBoard<Findings extends Panes>(
	previous: Findings,
	publish: (findings: Findings) => void,
	world: Pick<World, 'now'>,
): Board<Findings> {
	let findings = previous;
	const replace = (found: Findings) => {
		findings = found;
		publish(found);
	};
	return boardOver({ current: () => findings, replace }, world);
}

/** Findings that others may write to as well, such as those of a place while an aside is answered. */
export type SharedFindings<Findings> = {
	readonly current: () => Findings;
	readonly replace: (findings: Findings) => void;
};

/** A board over findings that are kept elsewhere: each pane is put beside those that are there at that moment. */
export function boardOver<Findings extends Panes>(
	{ current, replace }: SharedFindings<Findings>,
	world: Pick<World, 'now'>,
): Board<Findings> {
	const set = (name: string, pane: Loadable<unknown>) => replace({ ...current(), [name]: pane });
	const paneOf = (name: string): Loadable<unknown> => (current() as Panes)[name] ?? { status: 'idle' };

	return {
		async fill(name, question) {
			set(name, askedAgain(paneOf(name), world.now()));
			try {
				const answered = await question;
				set(name, loaded(withoutSecrets(answered), world.now()));
				return answered.value;
			} catch (error) {
				const failure = failureOf(error);
				if (failure.kind === 'cancelled') throw error;
				set(name, failedWith(paneOf(name), redactedFailure(failure), world.now()));
				return undefined;
			}
		},
		put: (name, answer) => set(name, loaded(withoutSecrets(answer), world.now())),
		show: (name, answer) =>
			set(name, askedAgain(loaded(withoutSecrets(answer), world.now()), sinceOf(paneOf(name)) ?? world.now())),
		progress: (name, progress) => {
			const pane = paneOf(name);
			if (pane.status === 'waiting') set(name, { ...pane, progress });
		},
		fail: (name, failure) => set(name, failedWith(paneOf(name), redactedFailure(failure), world.now())),
		findings: current,
	};
}

const sinceOf = (pane: Loadable<unknown>): Milliseconds | undefined =>
	pane.status === 'waiting' ? pane.since : undefined;

/** Servers, and the gateways before them, quote requests in what they say of them: a secret may stand there too. */
const redactedFailure = (failure: Failure): Failure =>
	failure.words === undefined ? failure : { ...failure, words: redact(failure.words) };

const withoutSecrets = <Value>({ value, notes }: Answer<Value>): Answer<Value> => ({
	value,
	notes: notes.map(note => ({ ...note, text: redact(note.text) })),
});

/**
 * How the findings of a place are made: asks what it needs, publishes every step, resolves when all is said. Only
 * cancellation may reject. `previous` holds what an earlier run found (all panes `idle` on the first).
 */
export type Investigate<Place, Findings extends Panes> = (
	place: Place,
	world: World,
	previous: Findings,
	publish: (findings: Findings) => void,
	asking: Asking,
) => Promise<void>;

/**
 * A question beside those of a place: put while its screen wants it, stopped when it no longer does, and never put twice
 * before the place is asked anew. A further page of lines, a search through them.
 */
export type Aside = {
	/** Equal keys are one question. */
	readonly key: string;
};

/**
 * Answers an aside on the board of its place. `range` is the window as the place's own questions had it; `latest` tells the
 * aside as its screen wants it by now: its key is the same, the rest may have changed.
 */
export type AnswerAside<Place, Findings extends Panes, Question extends Aside> = (
	question: {
		readonly place: Place;
		readonly range: TimeRange;
		readonly aside: Question;
		readonly latest?: () => Question;
	},
	world: World,
	board: Board<Findings>,
	asking: Asking,
) => Promise<void>;
