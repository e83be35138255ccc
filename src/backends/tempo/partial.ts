import type { Note } from '../../model/answer.ts';

/** Tempo gives a trace in part when it is larger than it may be; zero, `COMPLETE`, is omitted. */
export const partialNotes = ({
	status,
	message,
}: {
	readonly status?: unknown;
	readonly message?: unknown;
}): readonly Note[] =>
	status === 'PARTIAL' || status === 1
		? [{ kind: 'partial', text: `Tempo gives only a part of this trace${message ? `: ${message}` : '.'}` }]
		: [];
