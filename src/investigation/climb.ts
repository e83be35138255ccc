import { type Answer, answer, type Note } from '../model/answer.ts';
import { failureOf, sentenceOf } from '../model/failure.ts';

/** A question of a ladder; `ask` gives nothing where there is nothing to say. */
export type Attempt<Rung> = { readonly words: string; readonly ask: () => Promise<Rung | undefined> };

/**
 * Puts the questions of a ladder, all at the same time; the rungs are in the order of the questions. One that fails is
 * told in a note: it is only to help. Only cancellation rejects.
 */
export async function climb<Rung>(attempts: readonly Attempt<Rung>[]): Promise<Answer<readonly Rung[]>> {
	const notes: Note[] = [];
	const climbed = attempts.map(async ({ words, ask }): Promise<readonly Rung[]> => {
		try {
			const rung = await ask();
			return rung === undefined ? [] : [rung];
		} catch (error) {
			const failure = failureOf(error);
			if (failure.kind === 'cancelled') throw error;
			if (failure.kind !== 'not-configured') notes.push(untriedNote(words, sentenceOf(failure)));
			return [];
		}
	});
	return answer((await Promise.all(climbed)).flat(), notes);
}

export const untriedNote = (words: string, why: string): Note => ({
	kind: 'warning',
	text: `${words.charAt(0).toUpperCase()}${words.slice(1)} could not be tried. ${why}`,
});
