import { completedQuery, type QueryCandidates } from '../analysis/complete-query.ts';
import { offsetOf, type QueryFault, type QueryLanguage, queryFault } from '../analysis/query-syntax.ts';
import type { Loadable } from '../model/loadable.ts';
import type { Place } from '../model/place.ts';
import { queryColours } from './query-colours.ts';
import { go, type LinePrompt, type Shown, stay } from './screen.ts';

/** What is particular to the queries of one language and the screen that shows what they find. */
export type QueryEditing<P extends Place, Findings, State> = {
	/** `LogQL`. */
	readonly name: string;
	/** Who answers: `Loki`. */
	readonly server: string;
	readonly language: QueryLanguage;
	/** The query of what is on show. */
	readonly shownQuery: (shown: Shown<P, Findings, State>) => string;
	/** The pane of what it found. */
	readonly answered: (findings: Findings) => Loadable<unknown>;
	/** Why a sound query does not fit here, in a sentence. */
	readonly unfit: (text: string) => string | undefined;
	readonly candidates: (
		field: { readonly text: string; readonly cursor: number },
		shown: Shown<P, Findings, State>,
	) => QueryCandidates | undefined;
	/** What is to be known of the line while it is typed. */
	readonly typed: LinePrompt<P, Findings, State>['typed'];
	/** All that narrows is in the query by now: nothing of it may hold twice. */
	readonly placeOf: (query: string, place: P) => P;
};

/** The query as a line: it is typed without line breaks. */
export const onOneLine = (query: string): string => query.replaceAll(/[\r\n\t]/g, ' ');

/**
 * Edits the query of what is on show: in colours, completed, its fault under the very character; `enter` looks at what it
 * finds. A query that the grammar refuses goes out when it is entered a second time: servers learn faster than grammars.
 */
export function queryEditor<P extends Place, Findings, State>(
	editing: QueryEditing<P, Findings, State>,
): LinePrompt<P, Findings, State> {
	const { name, language, shownQuery, unfit, candidates, typed, placeOf } = editing;
	return {
		label: `${name} `,
		hint: 'enter looks  tab completes',
		begin: shown => onOneLine(shownQuery(shown)),
		problem: text => {
			const fault = queryFault(language, text);
			return fault === undefined ? unfit(text) : text.trim() === '' ? fault.words : undefined;
		},
		doubt: text => {
			const fault = queryFault(language, text);
			return fault && `${fault.words} Enter again asks ${editing.server} all the same, which may be newer.`;
		},
		fault: (text, shown) => refusedFault(text, shown, editing) ?? queryFault(language, text),
		complete: (field, shown) => {
			const some = candidates(field, shown);
			return some === undefined ? { ...field, choices: [] } : completedQuery(language, field, some);
		},
		...(typed === undefined ? {} : { typed }),
		colours: queryColours(language),
		enter: (text, shown) => {
			const query = text.trim();
			if (query === onOneLine(shownQuery(shown))) return stay(shown.state);
			return go(placeOf(query, shown.place));
		},
	};
}

/** What the server said against the query on show, as long as it is the one that is edited. */
function refusedFault<P extends Place, Findings, State>(
	text: string,
	shown: Shown<P, Findings, State>,
	{ shownQuery, answered, server }: QueryEditing<P, Findings, State>,
): QueryFault | undefined {
	const pane = answered(shown.findings);
	if (pane.status !== 'failed' || pane.failure.kind !== 'bad-query') return undefined;
	const query = shownQuery(shown);
	const { position, words, what } = pane.failure;
	if (position === undefined || onOneLine(query) !== text) return undefined;
	return { at: offsetOf(query, position), words: `${server}: ${words ?? what}` };
}
