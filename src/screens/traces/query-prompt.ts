import { traceSearchQuery } from '../../analysis/traceql.ts';
import {
	attributeAt,
	attributeWord,
	isTraceQuery,
	traceqlCandidates,
	traceqlLanguage,
} from '../../analysis/traceql-syntax.ts';
import type { TracesFindings } from '../../investigation/traces-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { TracesPlace } from '../../model/place.ts';
import type { AttributeName } from '../../model/trace.ts';
import { queryEditor } from '../query-editor.ts';
import { type Binding, type LinePrompt, prompt } from '../screen.ts';
import type { TracesShown, TracesState } from './state.ts';
import { valuesKey } from './values-key.ts';

/** The TraceQL of what is on show. */
export const shownQuery = ({ place }: Pick<TracesShown, 'place'>): string => traceSearchQuery(place, place.query);

const countsOnly = 'This gives figures, not traces. Ask for the traces themselves, without what counts them.';

/** Edits the TraceQL of what is on show; `enter` looks at what it finds. */
export const queryPrompt: LinePrompt<TracesPlace, TracesFindings, TracesState> = queryEditor({
	name: 'TraceQL',
	server: 'Tempo',
	language: traceqlLanguage,
	shownQuery,
	answered: ({ results }) => results,
	unfit: text => (isTraceQuery(text) ? undefined : countsOnly),
	candidates: (field, { findings }) =>
		traceqlCandidates(field, {
			names: lastValueOf(findings.attributes) ?? [],
			valuesOf: name => lastValueOf(findings.values)?.get(valuesKey(name, undefined)) ?? [],
		}),
	typed: (field, { state }) => {
		const naming = attributeAt(field);
		return naming === undefined || isSame(naming, state.naming) ? state : { ...state, naming };
	},
	placeOf: (query, { kind, window }) => ({ kind, window, query }),
});

const isSame = (one: AttributeName, other: AttributeName | undefined): boolean =>
	other !== undefined && attributeWord(one) === attributeWord(other);

export const queryKeys: readonly Binding<TracesPlace, TracesFindings, TracesState>[] = [
	{
		keys: ['Q'],
		label: 'TraceQL',
		help: 'Edit the TraceQL of what is on show; tab completes attributes and their values.',
		run: shown => prompt('query', { ...shown.state, edits: true }),
	},
];
