import type { AlertRule, ManagedAlert } from '../model/alert.ts';
import type { Answer, OpenQuery, QueryRecord } from '../model/answer.ts';
import type { Labels } from '../model/labels.ts';
import type { LogEntry } from '../model/log-entry.ts';
import type { Exemplar, Grid, HistogramSeries, Sample, Series } from '../model/series.ts';
import type { NewSilence, Silence } from '../model/silence.ts';
import type { Milliseconds, Nanoseconds, TimeRange } from '../model/time.ts';
import type { AttributeName, AttributeText, Trace, TraceSummary } from '../model/trace.ts';
import type { TsdbStatus } from '../model/tsdb.ts';

/**
 * The questions an investigation asks of the world. The consumer owns these ports; the clients in `backends/` satisfy
 * them by their shape and `cli/` puts the two together. Every method rejects with a `FailureError`, never with anything
 * else, and stops its request when `asking.signal` aborts.
 */
export type Sources = {
	readonly metrics: MetricsSource;
	readonly alerts: AlertsSource;
	readonly logs: LogsSource;
	readonly traces: TracesSource;
	/** Who is asked for traces; Tempo when absent. */
	readonly tracesFrom?: () => TraceStore;
};

/** Where traces are asked for. */
export type TraceStore = {
	/** In sentences: `Tempo and Jaeger`. */
	readonly name: string;
	/** It looks round a window first. */
	readonly byWindow: boolean;
	/** Who alone is searched, where that is not all of them. */
	readonly searched?: string;
	/** Nobody configured it: it is named where one says what is missing, and holds nothing. */
	readonly isMissing?: true;
};

/** Who asks: how to stop, and where to leave the evidence of what was asked. */
export type Asking = {
	readonly signal: AbortSignal;
	readonly record: (query: QueryRecord) => void;
	/** When the operator asked by hand: a backend that has been left alone since before that is asked once all the same. */
	readonly insistedAt?: Milliseconds;
	/** Told of a question when it goes out; what it gives back is called when it is over, however it ended. */
	readonly begin?: (query: OpenQuery) => () => void;
	/** Told now and then how far a long answer has been read: items so far, and the share of the whole (0…1). */
	readonly progress?: (read: { readonly items: number; readonly share: number }) => void;
};

/** Prometheus, or what speaks its API. */
export type MetricsSource = {
	/** Alerting rules with their active alerts. */
	rules(asking: Asking): Promise<Answer<readonly AlertRule[]>>;
	/** An instant query; `at` is now when absent. */
	query(promql: string, at: Milliseconds | undefined, asking: Asking): Promise<Answer<readonly Sample[]>>;
	queryRange(promql: string, grid: Grid, asking: Asking): Promise<Answer<readonly Series[]>>;
	/** The same of a query that answers native histograms; series of numbers are left out, which is noted. */
	queryHistograms(promql: string, grid: Grid, asking: Asking): Promise<Answer<readonly HistogramSeries[]>>;
	/** Label sets of the series that match any of the selectors, at most `limit`; a cut is noted. */
	series(
		selectors: readonly string[],
		range: TimeRange,
		limit: number,
		asking: Asking,
	): Promise<Answer<readonly Labels[]>>;
	labelNames(selectors: readonly string[], range: TimeRange, asking: Asking): Promise<Answer<readonly string[]>>;
	/** Some of a label's values, at most `limit`; which, the server decides. */
	labelValues(
		name: string,
		selectors: readonly string[],
		range: TimeRange,
		limit: number,
		asking: Asking,
	): Promise<Answer<readonly string[]>>;
	/** What the newest samples of the server are made of, at most `limit` of each; some servers do not say. */
	tsdbStatus(limit: number, asking: Asking): Promise<Answer<TsdbStatus>>;
	exemplars(promql: string, range: TimeRange, asking: Asking): Promise<Answer<readonly Exemplar[]>>;
};

/** Alertmanager. */
export type AlertsSource = {
	alerts(asking: Asking): Promise<Answer<readonly ManagedAlert[]>>;
	/** Active and pending ones, and those that ended in the last days. */
	silences(asking: Asking): Promise<Answer<readonly Silence[]>>;
	/** Makes a silence and answers with its ID. Never tried twice: a failure says when it may have been made all the same. */
	createSilence(silence: NewSilence, asking: Asking): Promise<Answer<string>>;
	/** Ends a silence now. */
	expireSilence(id: string, asking: Asking): Promise<Answer<undefined>>;
	/** How it stands with its peers; `undefined` where it says nothing of a cluster. Absent where nobody can tell. */
	cluster?(asking: Asking): Promise<Answer<ClusterStatus | undefined>>;
};

/** `ready`, `settling` or `disabled`, and how many members the cluster has, itself included. */
export type ClusterStatus = { readonly status: string; readonly members: number };

export type LogDirection = 'forward' | 'backward';

/** Nanosecond ends: `from` inclusive, `to` exclusive, as Loki has it. */
export type LogRange = { readonly from: Nanoseconds; readonly to: Nanoseconds };

export type LogPage = {
	/** In time order, oldest first, whatever the direction of the question; streams merged. */
	readonly entries: readonly LogEntry[];
	/** The limit was reached: there may be more beyond the last (forward) or first (backward) entry. */
	readonly more: boolean;
};

/** Lines that came together, in no order, and how many the server left out before them because they were not read in time. */
export type TailBatch = { readonly entries: readonly LogEntry[]; readonly dropped: number };

/** Loki. */
export type LogsSource = {
	/** Up to `limit` lines, paged below the server's own limit without losing lines of equal time. */
	logs(
		question: {
			readonly logql: string;
			readonly range: LogRange;
			readonly limit: number;
			readonly direction: LogDirection;
		},
		asking: Asking,
	): Promise<Answer<LogPage>>;
	/**
	 * Lines as they are written. Resolves when the stream stands: lines from `from` on that were written before may come
	 * again. The batches end by a rejection only: the stream is lost, the server ended it, or `asking.signal` aborts.
	 */
	tail(
		question: { readonly logql: string; readonly from: Nanoseconds },
		asking: Asking,
	): Promise<AsyncIterable<TailBatch>>;
	/** A metric query over logs (`count_over_time`…). */
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
	/** What the server itself clusters the lines of a selector into, in no order; `undefined` where it does not. */
	patterns(selector: string, range: TimeRange, asking: Asking): Promise<Answer<readonly ServerPattern[] | undefined>>;
	/** What a query on this selector would read, by the index; approximate. `undefined` where the server does not say. */
	stats(
		selector: string,
		range: TimeRange,
		asking: Asking,
	): Promise<
		Answer<
			| { readonly streams: number; readonly chunks: number; readonly bytes: number; readonly entries: number }
			| undefined
		>
	>;
};

/** What Loki has found many lines to say alike: a LogQL pattern on the whole line, `level=warn took=<_>`. */
export type ServerPattern = {
	readonly pattern: string;
	/** Where the server keeps the levels apart. */
	readonly level?: string;
	/** Lines in the step that begins at each of `times`. */
	readonly times: readonly Milliseconds[];
	readonly counts: readonly number[];
};

/** Tempo. */
export type TracesSource = {
	/**
	 * A trace by its hex ID in any spelling; `undefined` when the server does not have it. `hint` restricts where it is
	 * searched first; without a find, or without its root, it is searched everywhere.
	 */
	trace(id: string, hint: TimeRange | undefined, asking: Asking): Promise<Answer<Trace | undefined>>;
	/** The first `limit` traces the server finds, newest first: neither the slowest nor all. */
	search(traceql: string, range: TimeRange, limit: number, asking: Asking): Promise<Answer<readonly TraceSummary[]>>;
	/** What spans of the range can be asked for, at most `limit` of each scope. Absent where the source cannot tell. */
	attributeNames?(range: TimeRange, limit: number, asking: Asking): Promise<Answer<readonly AttributeName[]>>;
	/** Some values of one, at most `limit`; which, the server decides. Absent where the source cannot tell. */
	attributeValues?(question: AttributeQuestion, asking: Asking): Promise<Answer<readonly AttributeText[]>>;
	/** Whether the source answers TraceQL metrics. Absent where there is no such thing. */
	countsSpans?(range: TimeRange, asking: Asking): Promise<Answer<boolean>>;
};

export type AttributeQuestion = {
	readonly attribute: AttributeName;
	/** Spans that are not of this filter need not be looked at: `{ resource.service.name = "edge" }`. */
	readonly filter?: string;
	readonly range: TimeRange;
	readonly limit: number;
};
