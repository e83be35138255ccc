import type { Matcher } from '../model/labels.ts';

/** Which metrics describe a service, or the words that say why none were found. */
export type ServiceTarget = FoundTarget | MissingTarget;

export type FoundTarget = {
	readonly kind: 'found';
	/** The convention by name: `OpenTelemetry HTTP server`. */
	readonly convention: string;
	/** The key of the family in `redFamilies`. */
	readonly family: string;
	/** Counter whose rate is the request rate: `http_requests_total`, `…_count`. */
	readonly rateMetric: string;
	readonly duration: DurationMetric | undefined;
	/** What selects the service's series, without the route: shown, and correctable by the operator. */
	readonly matchers: readonly Matcher[];
	/** `matchers` as PromQL: `{service_name="edge"}`. */
	readonly selector: string;
	/** What marks a failed request on the rate metric; absent when no label tells. */
	readonly errorMatcher: Matcher | undefined;
	/** The label that carries the route; absent when there is none. */
	readonly routeLabel: string | undefined;
	/** How it was decided, in one sentence: `The alert's own expression uses this family.` */
	readonly reason: string;
	/** What else describes the service and was not chosen, best first. */
	readonly others: readonly Candidate[];
};

/** Where durations come from. `scale` brings the metric's own unit to seconds: 0.001 for milliseconds. */
export type DurationMetric = {
	/** Without `_bucket`, `_sum` or `_count`. */
	readonly base: string;
	/** A `summary` has quantiles made by the service, which cannot be aggregated; `average` only sum and count. */
	readonly flavour: 'classic' | 'native' | 'summary' | 'average';
	readonly unit: 'seconds' | 'milliseconds';
	readonly scale: number;
};

/** A family that would have done as well. */
export type Candidate = {
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
