import { answer } from '../model/answer.ts';
import { failureOf, sentenceOf } from '../model/failure.ts';
import { lastOf } from '../model/loadable.ts';
import type { TracePlace } from '../model/place.ts';
import { type Milliseconds, second } from '../model/time.ts';
import type { AnswerAside, Aside } from './board.ts';
import { findTrace } from './trace.ts';
import type { TraceFindings } from './trace-findings.ts';

/** A trace that is seconds old is asked for again until it is there. */
export type AwaitAside = Aside & { readonly kind: 'await' };

/** Pauses between the questions: most traces are there after the first, a late one needs no haste. */
const pauses: readonly Milliseconds[] = [2, 3, 5, 5, 10, 15, 20].map(length => length * second);
const longestPause = 30 * second;

/**
 * Asks for a trace that was not there, with pauses, as long as it may still arrive; the pane says when it is asked next.
 * A question that fails is told of and is not the end of it.
 */
export const awaitTrace: AnswerAside<TracePlace, TraceFindings, AwaitAside> = async (
	{ place },
	world,
	board,
	asking,
) => {
	const missing = lastOf(board.findings().trace);
	const { sleep } = world;
	if (missing?.value.found !== false || missing.value.freshUntil === undefined || sleep === undefined) return;
	const { freshUntil, ...given } = missing.value;
	const { againAt: _, ...absent } = given;
	let notes = missing.notes;
	for (let tries = 0; world.now() < freshUntil; tries++) {
		const pause = pauses[tries] ?? longestPause;
		board.put('trace', answer({ ...absent, freshUntil, againAt: world.now() + pause }, notes));
		await sleep(pause, asking.signal);
		try {
			const found = await findTrace(place, world, asking);
			if (found.value.found) {
				board.put('trace', found);
				return;
			}
			notes = found.notes;
		} catch (error) {
			const failure = failureOf(error);
			if (failure.kind === 'cancelled') throw error;
			notes = [{ kind: 'warning', text: sentenceOf(failure) }];
		}
	}
	board.put('trace', answer(absent, notes));
};
