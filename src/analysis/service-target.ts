import type { Matcher } from '../model/labels.ts';
import type { Counting, DurationUnit, RequestSide } from './red-family.ts';

/** Which metrics describe a service, or the words that say why none were found. */
export type ServiceTarget = FoundTarget | MissingTarget;

export type FoundTarget = {
	readonly kind: 'found';
	/** The convention by name: `OpenTelemetry HTTP server`. */
	readonly convention: string;
	/** Of the family in `redFamilies`, with the prefix where that may be any: `collector-spans:span`. */
	readonly family: string;
	/** What counts the requests: `http_requests_total`, `…_count`, a native histogram, a gauge. */
	readonly rateMetric: string;
	/** How `rateMetric` is to be read; a counter when absent. */
	readonly counting?: Counting;
	/** Whose requests these are; requests asked of the service when absent. */
	readonly side?: RequestSide;
	readonly duration: DurationMetric | undefined;
	/** Other durations of the same requests, tried in order for a label that `duration` does not have. */
	readonly finer?: readonly DurationMetric[];
	/** What selects the service's series, without the route: shown, and correctable by the operator. */
	readonly matchers: readonly Matcher[];
	/** `matchers` as PromQL: `{service_name="edge"}`. */
	readonly selector: string;
	/** What marks a failed request on the rate metric; absent when no label tells. */
	readonly errorMatcher: Matcher | undefined;
	/** Marks failed requests that `errorMatcher` does not know, on some series of the same metric: gRPC's beside HTTP's. */
	readonly otherErrorMatcher?: Matcher;
	/** True when the label of `errorMatcher` has codes of three digits, which make classes. */
	readonly hasCodes?: boolean;
	/** A metric of the failures alone; absent when a label tells them, or nothing does. */
	readonly failures?: FailureMetric;
	/** The label that carries the route; absent when there is none. */
	readonly routeLabel: string | undefined;
	/** Labels of the rate metric by which it can be broken down, other than those that select the service. */
	readonly labels?: readonly string[];
	/** How it was decided, in one or two sentences: `The alert's own expression reads these series.` */
	readonly reason: string;
	/** What else describes the service and was not chosen, best first. */
	readonly others: readonly Candidate[];
};

/** Where durations come from. `scale` brings the metric's own unit to seconds: 0.001 for milliseconds. */
export type DurationMetric = {
	/** Without `_bucket`, `_sum` or `_count`; the whole name of a gauge. */
	readonly base: string;
	/**
	 * `vmrange` are VictoriaMetrics' own buckets. A `summary` has quantiles made by the service, which cannot be
	 * aggregated; `average` only sum and count; a `gauge` is one figure that somebody else made of many requests.
	 */
	readonly flavour: 'classic' | 'vmrange' | 'native' | 'summary' | 'average' | 'gauge';
	readonly unit: DurationUnit;
	readonly scale: number;
	/** On top of the target's own matchers. */
	readonly only?: readonly Matcher[];
	/** Labels of its series; when absent it is taken to have all. */
	readonly labels?: readonly string[];
	/** Of a summary: the values of `quantile` that were seen. */
	readonly quantiles?: readonly string[];
	/** Of a gauge: what it has: `average`, `p99`, `oldest`. */
	readonly line?: string;
};

/** `within`: the rate metric has the failed requests too. `beside`: all requests are both together. */
export type FailureMetric = { readonly metric: string; readonly counted: 'within' | 'beside' };

/** The keys of all families that describe the service, in an order that does not change with the one that is shown. */
export const familiesOf = ({ family, others }: FoundTarget): readonly string[] =>
	[...new Set([family, ...others.map(other => other.family)])].sort();

/** A family that would have done as well. */
export type Candidate = {
	/** What `ServicePlace.family` is set to in order to have this one. */
	readonly family: string;
	readonly convention: string;
	readonly rateMetric: string;
	readonly selector: string;
	/** How many label sets of it were seen. */
	readonly series: number;
};

export type MissingTarget = {
	readonly kind: 'missing';
	/** What was looked for, in one sentence. */
	readonly looked: string;
	/** What the operator may do, in one sentence. */
	readonly next: string;
	/** Services that do have request metrics, nearest in spelling first, at most 10. */
	readonly near: readonly NearService[];
};

export type NearService = { readonly label: string; readonly value: string; readonly convention: string };
