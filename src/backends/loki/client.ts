import { type Answer, answer } from '../../model/answer.ts';
import { FailureError } from '../../model/failure.ts';
import { type Labels, labelsKey } from '../../model/labels.ts';
import type { LogEntry } from '../../model/log-entry.ts';
import type { Grid, Series } from '../../model/series.ts';
import type { TimeRange } from '../../model/time.ts';
import { distinctNames } from '../distinct-names.ts';
import type { Asking, Http } from '../http.ts';
import { once } from '../once.ts';
import { type AskPage, type LogRange, readPages } from './pages.ts';
import { askPatterns, type ServerPattern } from './patterns.ts';
import {
	categorizeLabels,
	gridParameters,
	instantText,
	lokiRequest,
	type Parameters,
	rangeParameters,
	unlessAbsent,
} from './query.ts';
import { namesAnswer, type QueryAnswer, queryAnswer, seriesAnswer, statsAnswer } from './schema.ts';
import { type TailBatch, type TailQuestion, tailLogs } from './tail.ts';
import { costOf, entriesOf, notesOf, readOf, seriesOf } from './to-model.ts';

/** Lines per request: as many as Loki allows unless told otherwise (`max_entries_limit_per_query`). */
const ordinaryPage = 5000;

export type LogQuestion = {
	readonly logql: string;
	readonly range: LogRange;
	readonly limit: number;
	readonly direction: 'forward' | 'backward';
};

/** What the index says of a selector; approximate, and without what is not yet flushed. */
export type SelectorStats = {
	readonly streams: number;
	readonly chunks: number;
	readonly bytes: number;
	readonly entries: number;
};

/** The questions smokejumper has for Loki. Each rejects with a `FailureError`. */
export type Loki = {
	/** Up to `limit` lines, oldest first. */
	logs(
		question: LogQuestion,
		asking: Asking,
	): Promise<Answer<{ readonly entries: readonly LogEntry[]; readonly more: boolean }>>;
	/** Lines as they are written, from when the stream stands; it ends by a rejection only. */
	tail(question: TailQuestion, asking: Asking): Promise<AsyncIterable<TailBatch>>;
	/** A metric query over logs. */
	countRange(logql: string, grid: Grid, asking: Asking): Promise<Answer<readonly Series[]>>;
	labelNames(range: TimeRange, asking: Asking): Promise<Answer<readonly string[]>>;
	labelValues(
		name: string,
		selector: string | undefined,
		range: TimeRange,
		asking: Asking,
	): Promise<Answer<readonly string[]>>;
	/** The streams that match any of the selectors. */
	series(selectors: readonly string[], range: TimeRange, asking: Asking): Promise<Answer<readonly Labels[]>>;
	/** `undefined` where the server has no such endpoint (before 2.6, or others that speak its API). */
	stats(selector: string, range: TimeRange, asking: Asking): Promise<Answer<SelectorStats | undefined>>;
	/** What Loki itself clusters the lines of a selector into; `undefined` where it does not. */
	patterns(selector: string, range: TimeRange, asking: Asking): Promise<Answer<readonly ServerPattern[] | undefined>>;
};

/** Loki behind one HTTP door. */
export function createLoki(http: Http): Loki {
	const names = async (path: string, parameters: Parameters, asking: Asking): Promise<Answer<readonly string[]>> => {
		const { data } = await http.json(lokiRequest(path, parameters), namesAnswer, asking);
		return answer(distinctNames(data));
	};
	return {
		logs: logsOf(http),
		tail: (question, asking) => tailLogs(http, question, asking),
		countRange: async (logql, grid, asking) => {
			const given = await askQuery(http, logql, gridParameters(grid), asking);
			return answer(seriesIn(given), notesOf(given));
		},
		labelNames: (range, asking) => names('/labels', rangeParameters(range), asking),
		labelValues: (name, selector, range, asking) =>
			names(
				`/label/${encodeURIComponent(name)}/values`,
				[...rangeParameters(range), ...(selector === undefined ? [] : [['query', selector] as const])],
				asking,
			),
		series: async (selectors, range, asking) => {
			const matchers = selectors.map(selector => ['match[]', selector] as const);
			const request = lokiRequest('/series', [...matchers, ...rangeParameters(range)]);
			const { data } = await http.json(request, seriesAnswer, asking);
			return answer(once(data ?? [], labelsKey));
		},
		stats: async (selector, range, asking) => {
			const request = lokiRequest('/index/stats', [['query', selector], ...rangeParameters(range)]);
			return answer(await unlessAbsent(http, { ...request, query: selector }, statsAnswer, asking));
		},
		patterns: (selector, range, asking) => askPatterns(http, selector, range, asking),
	};
}

const askQuery = (http: Http, logql: string, parameters: Parameters, asking: Asking): Promise<QueryAnswer> =>
	http.json(
		{
			...lokiRequest('/query_range', [['query', logql], ...parameters]),
			headers: categorizeLabels,
			query: logql,
			costOf,
			readOf,
		},
		queryAnswer,
		asking,
	);

/** Lines by pages. Remembers how many the server allows at once, when it had to learn that. */
function logsOf(http: Http): Loki['logs'] {
	let most: number | undefined;
	return async (question, asking) => {
		const ask: AskPage = async (range, size) => {
			try {
				const given = await askQuery(http, question.logql, logParameters(question, range, size), asking);
				return { entries: entriesOf(streamsIn(given), question.logql), notes: notesOf(given) };
			} catch (thrown) {
				const allowed = allowedIn(thrown);
				if (allowed === undefined) throw thrown;
				most = allowed;
				return { entries: [], notes: [], most };
			}
		};
		const pageSize = Math.min(ordinaryPage, most ?? ordinaryPage);
		const { entries, more, notes } = await readPages(
			{ ...question, pageSize, ...(most === undefined ? {} : { most }) },
			ask,
		);
		return answer({ entries, more }, notes);
	};
}

const logParameters = ({ direction }: LogQuestion, { from, to }: LogRange, size: number): Parameters => [
	['start', instantText(from)],
	['end', instantText(to)],
	['limit', String(size)],
	['direction', direction],
];

/** Loki refuses a limit above its own instead of cutting the answer, and tells its own: `… (100000 > 5000)`. */
const allowedIn = (thrown: unknown): number | undefined => {
	const words = thrown instanceof FailureError ? thrown.failure.words : undefined;
	const found = /max entries limit per query exceeded.*\(\d+ > (\d+)\)/.exec(words ?? '');
	return found === null ? undefined : Number(found[1]);
};

function streamsIn({ data }: QueryAnswer) {
	if (data.resultType === 'streams') return data.result ?? [];
	throw new FailureError({
		kind: 'bad-query',
		backend: 'loki',
		what: 'This LogQL gives numbers, not log lines.',
		next: 'Take away what counts or aggregates, and ask for the lines themselves.',
	});
}

function seriesIn({ data }: QueryAnswer): readonly Series[] {
	if (data.resultType === 'matrix' || data.resultType === 'vector') return seriesOf(data);
	throw new FailureError({
		kind: 'bad-query',
		backend: 'loki',
		what: `This LogQL gives ${data.resultType === 'streams' ? 'log lines' : 'a single number'}, not a series of numbers.`,
		next: 'Count the lines, for instance with count_over_time({…} [1m]).',
	});
}
