import type { Labels, Matcher } from '../../model/labels.ts';
import type { Milliseconds } from '../../model/time.ts';

/** What the demo's Loki understands of LogQL, as data. */
export type Query = LogQuery | MetricQuery;

/** `{…} |= "…" | json | status >= 500` */
export type LogQuery = {
	readonly kind: 'logs';
	readonly selector: readonly Matcher[];
	readonly stages: readonly Stage[];
};

/** `sum by (…) (count_over_time({…}[1m]))`, with or without the `sum`. */
export type MetricQuery = {
	readonly kind: 'metric';
	readonly logs: LogQuery;
	readonly operation: RangeOperation;
	/** The range between brackets. */
	readonly range: Milliseconds;
	readonly offset: Milliseconds;
	/** Absent: one series for each stream with its labels. */
	readonly sum?: Grouping;
};

export type RangeOperation = 'count_over_time' | 'rate' | 'bytes_over_time' | 'bytes_rate';

export type Grouping = { readonly mode: 'by' | 'without'; readonly labels: readonly string[] };

export type Stage =
	| {
			readonly kind: 'line';
			readonly operator: '|=' | '!=' | '|~' | '!~';
			/** More than one when they are joined with `or`. */
			readonly texts: readonly string[];
	  }
	/** `only`: the fields to take out of the line, by the label each is to have. */
	| { readonly kind: 'json'; readonly only?: Labels }
	| { readonly kind: 'logfmt'; readonly only?: Labels }
	| { readonly kind: 'filter'; readonly condition: Condition };

/** A label filter. */
export type Condition =
	| { readonly kind: 'and'; readonly left: Condition; readonly right: Condition }
	| { readonly kind: 'or'; readonly left: Condition; readonly right: Condition }
	| ({ readonly kind: 'text' } & Matcher)
	| NumberCondition;

export type NumberCondition = {
	/** Numbers as they are, durations in milliseconds, sizes in bytes. */
	readonly kind: 'number' | 'duration' | 'bytes';
	readonly name: string;
	readonly operator: Comparison;
	readonly value: number;
};

export type Comparison = '=' | '!=' | '>' | '>=' | '<' | '<=';
