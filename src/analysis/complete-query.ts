import { commonStart } from './complete.ts';
import { type QueryLanguage, queryFault } from './query-syntax.ts';

/**
 * What could stand in a query between `from` and the cursor: `words`, and behind them `others`, which are further off.
 * `after` belongs behind the one that is certain.
 */
export type QueryCandidates = {
	readonly from: number;
	readonly words: readonly string[];
	readonly others?: readonly string[];
	readonly after?: string;
};

/** A query that is being typed. `cursor` counts UTF-16 units. */
export type TypedQuery = { readonly text: string; readonly cursor: number };

/** More choices than these are no help. */
const mostChoices = 40;

/**
 * The query with what is certain added at the cursor, and what could stand there. A sound query stays sound: what would
 * break it is offered and not added.
 */
export function completedQuery(
	language: QueryLanguage,
	{ text, cursor }: TypedQuery,
	{ from, words, others = [], after = '' }: QueryCandidates,
): TypedQuery & { readonly choices: readonly string[] } {
	const part = text.slice(from, cursor);
	const fitting = (some: readonly string[]) => some.filter(word => word.startsWith(part) && word !== part).sort();
	const choices = [...new Set([...fitting(words), ...fitting(others)])];
	const rest = text.slice(cursor);
	const ending = choices.length === 1 && !(after !== '' && rest.startsWith(after.charAt(0))) ? after : '';
	const added = `${commonStart(choices).slice(part.length)}${ending}`;
	const shown = choices.slice(0, mostChoices);
	const next = `${text.slice(0, cursor)}${added}${rest}`;
	const breaks = queryFault(language, text) === undefined && queryFault(language, next) !== undefined;
	return breaks ? { text, cursor, choices: shown } : { text: next, cursor: cursor + added.length, choices: shown };
}
