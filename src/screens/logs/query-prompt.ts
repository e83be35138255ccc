import { fieldNameOf } from '../../analysis/logql.ts';
import { isLineQuery, type KnownNames, labelAt, logqlCandidates, logqlLanguage } from '../../analysis/logql-syntax.ts';
import type { LogsFindings } from '../../investigation/logs-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { LogRecord } from '../../model/log-entry.ts';
import type { LogsPlace } from '../../model/place.ts';
import { queryEditor } from '../query-editor.ts';
import { type Binding, type LinePrompt, prompt, refuse } from '../screen.ts';
import { cursorOf, type LogsShown, type LogsState, recordsOf } from './state.ts';

/**
 * The LogQL of what is on show. Of a request and of a level there are two questions, of which the last finds the lines by
 * what stands in them, or beside them. Where streams are asked for by several selectors, it is that of the first.
 */
export const shownQuery = ({ place, findings }: Pick<LogsShown, 'place' | 'findings'>): string => {
	const target = lastValueOf(findings.target);
	const perSelector = (target?.queries.length ?? 0) / (1 + (target?.beside?.length ?? 0));
	return target?.queries[perSelector - 1] ?? target?.selector ?? place.query ?? '';
};

/** Edits the LogQL of what is on show; `enter` looks at what it finds. */
export const queryPrompt: LinePrompt<LogsPlace, LogsFindings, LogsState> = queryEditor({
	name: 'LogQL',
	server: 'Loki',
	language: logqlLanguage,
	shownQuery,
	answered: ({ records }) => records,
	unfit: text => (isLineQuery(text) ? undefined : countsOnly),
	candidates: (field, shown) => logqlCandidates(field, knownIn(shown)),
	typed: (field, { state }) => {
		const naming = labelAt(field);
		return naming === undefined || naming === state.naming ? state : { ...state, naming };
	},
	placeOf,
});

const countsOnly = 'This gives numbers, not lines. Ask for the lines themselves, without what counts them.';

function placeOf(query: string, { kind, window, follow, readUpTo }: LogsPlace): LogsPlace {
	return {
		kind,
		query,
		window,
		...(follow === undefined ? {} : { follow }),
		...(readUpTo === undefined ? {} : { readUpTo }),
	};
}

/** Of so many lines the labels are looked at, and of so many round the cursor the fields: a key must not wait. */
const mostLabelled = 5000;
const mostRead = 200;

function knownIn(shown: LogsShown): KnownNames {
	const records = recordsOf(shown);
	const step = Math.max(1, Math.ceil(records.length / mostLabelled));
	const labels = new Map<string, Set<string>>();
	for (let index = 0; index < records.length; index += step) {
		for (const [name, value] of Object.entries(records[index]?.entry.labels ?? {})) valuesIn(labels, name).add(value);
	}
	const fields = fieldsOf(records, cursorOf(shown));
	return {
		labels: [...labels.keys()],
		otherLabels: lastValueOf(shown.findings.labelNames) ?? [],
		valuesOf: name => [...(labels.get(name) ?? [])],
		otherValuesOf: name => lastValueOf(shown.findings.labelValues)?.get(name) ?? [],
		fields: [...fields.keys()],
		fieldValuesOf: name => [...(fields.get(name) ?? labels.get(name) ?? [])],
	};
}

function fieldsOf(records: readonly LogRecord[], cursor: number): ReadonlyMap<string, ReadonlySet<string>> {
	const fields = new Map<string, Set<string>>();
	const from = Math.max(0, cursor - mostRead / 2);
	for (const record of records.slice(from, from + mostRead)) {
		for (const { name, value } of record.fields) valuesIn(fields, fieldNameOf(name)).add(value.slice(0, longestValue));
	}
	return fields;
}

const longestValue = 200;

function valuesIn(names: Map<string, Set<string>>, name: string): Set<string> {
	const values = names.get(name) ?? new Set();
	names.set(name, values);
	return values;
}

export const queryKeys: readonly Binding<LogsPlace, LogsFindings, LogsState>[] = [
	{
		keys: ['Q'],
		label: 'LogQL',
		help: 'Edit the LogQL of what is on show; tab completes labels, values and stages.',
		run: shown =>
			lastValueOf(shown.findings.target) === undefined && shown.place.query === undefined
				? refuse('The query is not known yet.')
				: prompt('query', { ...shown.state, edits: true }),
	},
];
