import type { LogEstimate } from '../analysis/log-cost.ts';
import type { LogDigest } from '../analysis/log-digest.ts';
import type { LogMatches } from '../analysis/log-matches.ts';
import type { LogStretch } from '../analysis/log-stretch.ts';
import { idle, type Loadable } from '../model/loadable.ts';
import type { LogsPlace } from '../model/place.ts';
import type { Grid, Series } from '../model/series.ts';
import type { TimeRange } from '../model/time.ts';
import type { MissingServices } from './missing-services.ts';
import type { ServerPattern } from './ports.ts';
import type { RungTo } from './rung.ts';
import type { LogsTail } from './tail-findings.ts';
import type { TraceGuessed } from './trace-guess.ts';

/** The lines of a service, of one request, or of a query. */
export type LogsFindings = {
	/** What was asked of Loki, how that was decided, and what else was tried. */
	readonly target: Loadable<LogsTarget>;
	/** What the streams hold over the window; nothing of them is read as long as that is too much to read unasked. */
	readonly cost: Loadable<LogsCost>;
	readonly records: Loadable<LogsPageRead>;
	/** Lines by level over the window. */
	readonly volume: Loadable<LogVolume>;
	/** Idle as long as there are lines; then what would have found some. */
	readonly ladder: Loadable<readonly Rung[]>;
	/** How the lines of a place that is followed come in; idle where none is. */
	readonly tail: Loadable<LogsTail>;
	/** The labels that streams of the window have; idle until a query is edited. */
	readonly labelNames: Loadable<readonly string[]>;
	/** The values in the window of those labels of which a query that is being edited has named one. */
	readonly labelValues: Loadable<ReadonlyMap<string, readonly string[]>>;
	/** What a search has found among the lines; idle until there is one. */
	readonly matches: Loadable<LogMatches>;
	/** What the lines have in common; idle until somebody wants to know. */
	readonly digest: Loadable<LogDigest>;
	/** What Loki has found the streams to say alike; without patterns where it looks for none. */
	readonly serverPatterns: Loadable<{ readonly patterns?: readonly ServerPattern[] }>;
	/** Of one request: the services that took part in it and have no line; idle elsewhere. */
	readonly missing: Loadable<MissingServices>;
	/** The traces that lines without a trace ID may belong to, by the keys of the lines; idle until somebody wants to know. */
	readonly guesses: Loadable<ReadonlyMap<string, TraceGuessed>>;
};

/** `value` is missing where Loki does not say. Bytes; `asks` while the operator has not agreed to so many. */
export type LogsCost = { readonly value?: LogEstimate; readonly bound: number; readonly asks: boolean };

export type LogsTarget = {
	/** The streams: `{service_name="edge"}`. */
	readonly selector: string;
	/** Selectors of further streams that belong to the place, where one selects only some; no stream answers two of them. */
	readonly beside?: readonly string[];
	/** The LogQL of the lines on show, in the order in which it was asked. */
	readonly queries: readonly string[];
	/** What was asked besides, for the lines of a request that carry only its other identifier. */
	readonly companions?: readonly string[];
	/** How the streams were found, in a sentence. */
	readonly reason: string;
	/** The same in two or three words: `by app`; absent where there was nothing to find. */
	readonly how?: string;
	/** The operator has said so. */
	readonly remembered?: true;
	/** Selectors that would have done as well, best first. */
	readonly others: readonly string[];
	/** Where lines were left out on purpose (level, text), in a sentence. */
	readonly filtered?: string;
	/** Services that do log, nearest in spelling first, when the one asked for does not. */
	readonly near: readonly string[];
};

/** A stretch of the lines of a window, without secrets. */
export type LogsPageRead = LogStretch & {
	/** Lines that were read and left out: their level is lower than the place asks for, or not known, or a filter holds them back. */
	readonly hidden: { readonly lower: number; readonly unknown: number; readonly other: number };
	/** How often other lines of the window have taken the place of those that were held; 0 when absent. */
	readonly serial?: number;
};

/** Lines by level and step: a series for each level, under the label `level`. */
export type LogVolume = {
	/** A value at `t` counts the lines after `t - step` up to `t`. */
	readonly grid: Grid;
	readonly series: readonly Series[];
	/** Who told the levels: the lines themselves, or Loki's `detected_level`, which does not know every logger. */
	readonly levels: 'lines' | 'loki';
};

/** A question about lines near the one that found none. */
export type Rung = RungTo<LogsPlace, RungKey>;

/**
 * `w` a wider window, `i` the ID spelt otherwise, `v` every level, `a` every service, `x` without the text; of a span `r` by
 * the ID of its request, `b` all lines of its service beside it; `o` the ID in a field of another name.
 */
export type RungKey = 'w' | 'i' | 'v' | 'a' | 'x' | 'r' | 'b' | 'o';

/** A question to try: the place it leads to and what to call it. */
export type LadderAttempt = {
	readonly key: RungKey;
	readonly words: string;
	readonly to: LogsPlace;
	readonly range: TimeRange;
	/** None where it is known already that nothing is there. */
	readonly queries: readonly string[];
	/** When the attempt covers several places, the one that the first line found belongs to. */
	readonly narrow?: (line: string) => LogsPlace;
};

export const noLogsFindings: LogsFindings = {
	target: idle,
	cost: idle,
	records: idle,
	volume: idle,
	ladder: idle,
	tail: idle,
	matches: idle,
	labelNames: idle,
	labelValues: idle,
	digest: idle,
	serverPatterns: idle,
	missing: idle,
	guesses: idle,
};
