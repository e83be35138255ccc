import { type Answer, answer, type Note } from '../../model/answer.ts';
import { FailureError } from '../../model/failure.ts';
import type { Trace } from '../../model/trace.ts';
import { titleOf } from '../endpoint.ts';
import type { Http } from '../http.ts';
import type { FoundTrace } from './to-model.ts';

/** One look at a store of traces; `undefined` when it does not have the trace. */
export type Look = Answer<Trace | undefined>;

/** What an answer about one trace says; throws when spans came and none of them could be read. */
export function understood(
	{ endpoint: { backend, origin } }: Http,
	{ trace, notes, unreadable }: FoundTrace,
	more: readonly Note[],
): Look {
	if (trace.spans.length > 0) return answer(trace, [...more, ...notes]);
	if (unreadable === 0) return answer(undefined, more);
	throw new FailureError({
		kind: 'wrong-shape',
		backend,
		what: `None of the ${unreadable} spans that ${titleOf(backend)} answered is what OTLP says.`,
		next: `Check that the URL in ${origin} is that of ${titleOf(backend)}.`,
	});
}

/** The first of the IDs that a text may mean which is there; where none is, what was said of the likeliest. */
export async function firstFound(ids: readonly string[], look: (id: string) => Promise<Look>): Promise<Look> {
	const [first, ...others] = ids;
	const near = first === undefined ? answer(undefined) : await look(first);
	for (const id of near.value === undefined ? others : []) {
		const far = await look(id);
		if (far.value !== undefined) return far;
	}
	return near;
}
