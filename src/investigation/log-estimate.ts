import { formatBytes } from '../analysis/format.ts';
import { boundAbove, estimateText, formatBound, type LogEstimate, usualBound } from '../analysis/log-cost.ts';
import { allStreams, streamCandidates, streamsIn } from '../analysis/log-streams.ts';
import { type Answer, answer } from '../model/answer.ts';
import { type Failure, failureOf, sentenceOf } from '../model/failure.ts';
import type { LogsPlace } from '../model/place.ts';
import { second, type TimeRange } from '../model/time.ts';
import type { World } from './board.ts';
import type { LogsCost } from './logs-findings.ts';
import type { Asking } from './ports.ts';

/** Whoever waits for lines waits no longer than this to be told what they cost. */
const patience = 2 * second;

export type Estimator = {
	/** Puts the question, so that it may be answered when somebody wants to know. */
	readonly ahead: (selector: string) => void;
	/** What a selector would read; `undefined` where that is not said, or not soon. Only cancellation rejects. */
	readonly estimate: (selector: string) => Promise<Answer<LogEstimate | undefined>>;
};

/** Asks what selectors would read, once for each. */
export function createEstimator(range: TimeRange, { sources, sleep }: World, asking: Asking): Estimator {
	const asked = new Map<string, ReturnType<Estimator['estimate']>>();
	const ask = async (selector: string): ReturnType<Estimator['estimate']> => {
		try {
			const { value, notes } = await sources.logs.stats(selector, range, asking);
			return value === undefined ? answer(undefined, [unsaid]) : answer(value, notes);
		} catch (error) {
			const failure = failureOf(error);
			if (failure.kind === 'cancelled') throw error;
			return answer(undefined, [{ kind: 'info', text: `What this reads is not known. ${sentenceOf(failure)}` }]);
		}
	};
	const put = (selector: string) => {
		const known = asked.get(selector) ?? ask(selector);
		asked.set(selector, known);
		// Whoever asks ahead may have gone when it is answered.
		known.catch(() => {});
		return known;
	};
	return {
		ahead: selector => void put(selector),
		async estimate(selector) {
			if (sleep === undefined) return put(selector);
			const waiting = new AbortController();
			const late = sleep(patience, AbortSignal.any([asking.signal, waiting.signal])).then(() =>
				answer(undefined, [slow]),
			);
			late.catch(() => {});
			return Promise.race([put(selector), late]).finally(() => waiting.abort());
		},
	};
}

const slow = {
	kind: 'info',
	text: 'What this reads is not known: Loki (index/stats) did not say it within 2 s.',
} as const;

const unsaid = {
	kind: 'info',
	text: 'This Loki does not say what a query reads (no index/stats), so it was not asked.',
} as const;

/** The streams that a place most likely is about: what they hold is asked while they are looked for. */
export function likelySelector({ query, service }: LogsPlace): string | undefined {
	if (query !== undefined) return streamsIn(query);
	return service === undefined ? allStreams(['service_name']).selector : streamCandidates(service)[0]?.selector;
}

/** `the 10 GB that are read unasked`, `the 8 GB that are left of the 50 GB of this incident`; `limit` of a budget. */
export const boundText = (bound: number, limit: number | undefined): string =>
	limit === undefined
		? `the ${formatBytes(bound)} that are read unasked`
		: `the ${formatBytes(bound)} that are left of the ${formatBytes(limit)} of this incident`;

/** What the streams of a place hold over its window, and whether that is more than is read unasked. */
export async function costOfPlace(
	place: LogsPlace,
	selectors: readonly string[],
	{ estimate }: Estimator,
	{ readUnasked = usualBound, logsBudget }: World,
): Promise<Answer<LogsCost>> {
	const budget = logsBudget?.();
	const left = budget === undefined ? 0 : budget.limit - budget.spent;
	// Where nothing is left nothing is read, and whoever is asked says so.
	const isTight = budget !== undefined && left > 0 && left < readUnasked && (place.readUpTo ?? 0) < left;
	const bound = isTight ? left : Math.max(place.readUpTo ?? 0, readUnasked);
	const estimates = await Promise.all(selectors.flatMap(selector => streamsIn(selector) ?? []).map(estimate));
	const values = estimates.flatMap(each => each.value ?? []);
	const notes = estimates.flatMap(each => each.notes);
	const value = values.length === 0 ? undefined : sumOf(values);
	return answer(
		{
			bound,
			asks: value !== undefined && value.bytes > bound,
			...(value === undefined ? {} : { value }),
			...(isTight ? { budget } : {}),
		},
		[...new Map(notes.map(note => [note.text, note])).values()],
	);
}

const sumOf = (estimates: readonly LogEstimate[]): LogEstimate => ({
	streams: estimates.reduce((sum, { streams }) => sum + streams, 0),
	bytes: estimates.reduce((sum, { bytes }) => sum + bytes, 0),
});

/** Why nothing was asked, for whoever prints. */
export const tooMuchFailure = ({ bound, value, budget }: LogsCost): Failure => ({
	kind: 'too-much',
	what: `This would read ${value === undefined ? 'too much' : estimateText(value)}, more than ${boundText(bound, budget?.limit)}.`,
	next: `A shorter window or more labels read less; --read-up-to ${formatBound(boundAbove(value?.bytes ?? bound))} reads it all the same.`,
});
