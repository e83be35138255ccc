import { redactEvidence } from '../analysis/redact-evidence.ts';
import { type Answer, answer, type Note } from '../model/answer.ts';
import { failureOf, sentenceOf } from '../model/failure.ts';
import type { Loadable } from '../model/loadable.ts';
import { type Milliseconds, minute } from '../model/time.ts';
import type { Board } from './board.ts';
import type { Asking } from './ports.ts';

/** How long what a ladder has found is taken to be there: a place that stays empty is asked for it no oftener. */
const ladderHolds: Milliseconds = minute;

/** Fills the ladder of a place that is refreshed: where it is empty, now and then; at once for whoever insists. */
export async function fillLadder<Rung>(
	board: Board<{ readonly ladder: Loadable<readonly Rung[]> }>,
	isFull: boolean,
	climbs: () => Promise<Answer<readonly Rung[]>>,
	{ now, asking }: { readonly now: Milliseconds; readonly asking: Pick<Asking, 'insistedAt'> },
): Promise<void> {
	const { ladder } = board.findings();
	if (isFull) {
		if (ladder.status !== 'idle') board.put('ladder', answer([]));
		return;
	}
	const isKnown = ladder.status === 'loaded' && ladder.value.length > 0 && now - ladder.at < ladderHolds;
	if (!isKnown || asking.insistedAt !== undefined) await board.fill('ladder', climbs());
}

type Told = { readonly found: string; readonly query: string };

/** A question of a ladder; `ask` gives nothing where there is nothing to say. */
export type Attempt<Rung> = { readonly words: string; readonly ask: () => Promise<Rung | undefined> };

/**
 * Puts the questions of a ladder, all at the same time; the rungs are in the order of the questions. One that fails is
 * told in a note: it is only to help. Only cancellation rejects.
 */
export async function climb<Rung extends Told>(attempts: readonly Attempt<Rung>[]): Promise<Answer<readonly Rung[]>> {
	const notes: Note[] = [];
	const climbed = attempts.map(async ({ words, ask }): Promise<readonly Rung[]> => {
		try {
			const rung = await ask();
			return rung === undefined ? [] : [withoutSecrets(rung)];
		} catch (error) {
			const failure = failureOf(error);
			if (failure.kind === 'cancelled') throw error;
			if (failure.kind !== 'not-configured') notes.push(untriedNote(words, sentenceOf(failure)));
			return [];
		}
	});
	return answer((await Promise.all(climbed)).flat(), notes);
}

/** As they are shown; where a rung leads is asked for as it is. */
const withoutSecrets = <Rung extends Told>(rung: Rung): Rung => ({
	...rung,
	found: redactEvidence(rung.found),
	query: redactEvidence(rung.query),
});

const untriedNote = (words: string, why: string): Note => ({
	kind: 'warning',
	text: `${words.charAt(0).toUpperCase()}${words.slice(1)} could not be tried. ${why}`,
});
