import { completedQuery } from '../../analysis/complete-query.ts';
import { fieldNameOf } from '../../analysis/logql.ts';
import { isLineQuery, type KnownNames, labelAt, logqlCandidates, logqlLanguage } from '../../analysis/logql-syntax.ts';
import { offsetOf, type QueryFault, queryFault } from '../../analysis/query-syntax.ts';
import type { LogsFindings } from '../../investigation/logs-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { LogRecord } from '../../model/log-entry.ts';
import type { LogsPlace } from '../../model/place.ts';
import { queryColours } from '../query-colours.ts';
import { type Binding, go, type LinePrompt, prompt, refuse, stay } from '../screen.ts';
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

/** The query as a line: it is typed without line breaks. */
export const onOneLine = (query: string): string => query.replaceAll(/[\r\n\t]/g, ' ');

/** Edits the LogQL of what is on show; `enter` looks at what it finds. */
export const queryPrompt: LinePrompt<LogsPlace, LogsFindings, LogsState> = {
	label: 'LogQL ',
	hint: 'enter looks  tab completes',
	begin: shown => onOneLine(shownQuery(shown)),
	problem: text => queryFault(logqlLanguage, text)?.words ?? (isLineQuery(text) ? undefined : countsOnly),
	fault: (text, shown) => queryFault(logqlLanguage, text) ?? refusedFault(text, shown),
	complete: (field, shown) => {
		const candidates = logqlCandidates(field, knownIn(shown));
		return candidates === undefined ? { ...field, choices: [] } : completedQuery(logqlLanguage, field, candidates);
	},
	typed: (field, { state }) => {
		const naming = labelAt(field);
		return naming === undefined || naming === state.naming ? state : { ...state, naming };
	},
	colours: queryColours(logqlLanguage),
	enter: (text, shown) => {
		const query = text.trim();
		if (query === onOneLine(shownQuery(shown))) return stay(shown.state);
		return go(placeOf(query, shown.place));
	},
};

const countsOnly = 'This gives numbers, not lines. Ask for the lines themselves, without what counts them.';

/** All that narrows is in the query by now: nothing of it may hold twice. */
function placeOf(query: string, { kind, window, follow, readUpTo }: LogsPlace): LogsPlace {
	return {
		kind,
		query,
		window,
		...(follow === undefined ? {} : { follow }),
		...(readUpTo === undefined ? {} : { readUpTo }),
	};
}

/** What the server said against the query on show, as long as it is the one that is edited. */
function refusedFault(text: string, shown: LogsShown): QueryFault | undefined {
	const { records } = shown.findings;
	if (records.status !== 'failed' || records.failure.kind !== 'bad-query') return undefined;
	const query = shownQuery(shown);
	const { position, words, what } = records.failure;
	if (position === undefined || onOneLine(query) !== text) return undefined;
	return { at: offsetOf(query, position), words: `Loki: ${words ?? what}` };
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
