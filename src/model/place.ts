import type { LogLevel } from './log-entry.ts';
import type { Milliseconds, Window } from './time.ts';
import type { AttributeScope } from './trace.ts';

/**
 * Where the operator is: plain data, enough to fetch and to draw it again, and safe to pass through JSON. One grammar
 * (`analysis/address.ts`) prints and reads it, for the command line, the `:` line, the handoff string and the tests.
 */
export type Place =
	| AlertsPlace
	| ServicePlace
	| LogsPlace
	| TracePlace
	| TracesPlace
	| ComparePlace
	| SilencesPlace
	| CardinalityPlace;

export type AlertsPlace = { readonly kind: 'alerts'; readonly filter?: string; readonly window: Window };

export type ServicePlace = {
	readonly kind: 'service';
	readonly service: string;
	readonly route?: string;
	/** The label to break down by; the route when absent. */
	readonly by?: string;
	/** The alert in whose light the service is looked at (`Alert.id`, or its name). */
	readonly alert?: string;
	/** What is looked at; the panels when absent. */
	readonly view?: ServiceViewName;
	/** The family of metrics that the panels are of, when the operator chose one (`RedFamily.key`). */
	readonly family?: string;
	/** What the figures are compared with; absent: a day ago in a window of up to six hours, nothing in a longer one. */
	readonly compare?: ComparisonName;
	/** The lines of the duration panel by name, `p50` or `p99.9`, ascending and at most four; p50, p95 and p99 when absent. */
	readonly quantiles?: readonly string[];
	/** The rate by classes of status; all requests in one line when absent. */
	readonly rates?: 'status';
	/** The buckets of the durations over time; the lines of the quantiles when absent. */
	readonly durations?: 'heat';
	readonly window: Window;
};

/** The same figures a day or a week before, or none. */
export const comparisonNames = ['1d', '1w', 'off'] as const;
export type ComparisonName = (typeof comparisonNames)[number];

/** What `tab` cycles through: the RED panels, the USE of the service's resources, who calls it and whom it calls. */
export const serviceViewNames = ['panels', 'resources', 'neighbours'] as const;
export type ServiceViewName = (typeof serviceViewNames)[number];

export type LogsPlace = {
	readonly kind: 'logs';
	/** A stream selector or a whole LogQL log query; absent when `service`, `request` or `trace` lead. */
	readonly query?: string;
	readonly service?: string;
	readonly request?: string;
	readonly trace?: string;
	readonly span?: string;
	/** This level and worse. */
	readonly level?: LogLevel;
	/** The steps of narrowing in the order in which they were taken; all of them must hold. */
	readonly filters?: readonly LogFilter[];
	/** The lines before and after one: its instant in nanoseconds or the key of its record (`LogRecord.key`), which begins with it. */
	readonly around?: string;
	/** The route that is to be explained: all lines are shown, and the cursor begins at an error about it. */
	readonly route?: string;
	/** So many bytes may be read for it, where that is more than is read unasked. */
	readonly readUpTo?: number;
	/** When the alert that led here began: what was not said before is new. */
	readonly alertBegan?: Milliseconds;
	/** Lines are shown as they are written, while the window is live. */
	readonly follow?: true;
	readonly window: Window;
};

/** A step of narrowing lines: only those that have it, or only those that have it not. */
export type LogFilter = {
	readonly hide?: true;
	readonly test: LogTest;
};

/**
 * What a line must have: a field with this value, a text as it is written, a match of a regular expression of RE2, or a
 * message of this pattern (`berth given in <dur>`).
 */
export type LogTest =
	| { readonly kind: 'field'; readonly name: string; readonly value: string; readonly origin?: FieldOrigin }
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'regex'; readonly regex: string }
	| { readonly kind: 'pattern'; readonly pattern: string };

/**
 * Where a field stands, which decides how a server can be asked for it: label of the stream, structured metadata, in a line
 * of JSON or logfmt. Absent where that is not known, or where the server cannot read the line.
 */
export const fieldOrigins = ['label', 'metadata', 'json', 'logfmt'] as const;
export type FieldOrigin = (typeof fieldOrigins)[number];

export type TracePlace = {
	readonly kind: 'trace';
	/** Hex, as it was found; clients normalise. */
	readonly id: string;
	/** What speaks for it, where nothing named it: `probably: the only trace of …`. */
	readonly guessed?: string;
	readonly span?: string;
	/** Where to look first; the client looks further when it finds nothing there. */
	readonly window: Window;
};

export type TracesPlace = {
	readonly kind: 'traces';
	/** TraceQL; the other fields are added to it. */
	readonly query?: string;
	readonly service?: string;
	/** The name of a span: `POST /checkout`. */
	readonly operation?: string;
	/** Only traces that took at least this many milliseconds. */
	readonly slowerThan?: Milliseconds;
	/** Only traces that took at most this many. */
	readonly fasterThan?: Milliseconds;
	readonly errors?: boolean;
	/** All of them must hold, each once, in the order in which they were asked for. */
	readonly attributes?: readonly TraceAttribute[];
	readonly window: Window;
};

/** An attribute of a span, of one of its events or of what sent it. TraceQL is typed: 500 is not "500". */
export type TraceAttribute = {
	readonly scope: AttributeScope;
	readonly name: string;
	readonly value: string | number | boolean;
};

/**
 * Slow requests against usual ones of the same root. The root is named (`service` and `operation`), or it is that of `trace`,
 * or the one that most traces through `service` have; at least one of `service` and `trace` is there.
 */
export type ComparePlace = {
	readonly kind: 'compare';
	readonly service?: string;
	readonly operation?: string;
	/** A request that is looked at: those that take about as long are the slow ones. */
	readonly trace?: string;
	/** Of either side only requests whose root has all of them. */
	readonly attributes?: readonly TraceAttribute[];
	readonly window: Window;
};

/** The silences that hold now or will; those that have ended are not listed. */
export type SilencesPlace = { readonly kind: 'silences'; readonly filter?: string; readonly window: Window };

/** What makes the metrics of a server many. */
export type CardinalityPlace = { readonly kind: 'cardinality'; readonly filter?: string; readonly window: Window };

export type PlaceKind = Place['kind'];
export type PlaceOf<Kind extends PlaceKind> = Extract<Place, { readonly kind: Kind }>;

/**
 * One text for what is asked at a place: equal places have equal keys whatever the order of their fields. Whether lines are
 * followed changes nothing of what is asked before, and so does why a trace was chosen.
 */
export const placeKey = (place: Place): string =>
	JSON.stringify(place, (name, value) => {
		if (name === 'follow' || name === 'guessed') return undefined;
		return value !== null && typeof value === 'object' && !Array.isArray(value)
			? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
			: value;
	});
