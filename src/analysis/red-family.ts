import type { Matcher } from '../model/labels.ts';

/**
 * One convention by which somebody counts a service's requests. A row is all that is known of it: the probe, the
 * matching and the queries read these rows, so that another convention is another row. Labels stand in underscores;
 * a server that keeps OpenTelemetry's dots is recognised all the same.
 */
export type RedFamily = {
	/** Stable: it is part of addresses. */
	readonly key: string;
	/** For the operator: `OpenTelemetry HTTP server`. */
	readonly name: string;
	readonly side: RequestSide;
	/** Metrics that count requests, the best first, without `_total`. The counts of `durations` come after them. */
	readonly counters?: readonly string[];
	/** What the values of `counters` are; growing counters when absent. */
	readonly counting?: Exclude<Counting, 'native'>;
	/** The best first. */
	readonly durations?: readonly FamilyDuration[];
	/** Labels that say how a request ended, the most telling first. */
	readonly statuses?: readonly FamilyStatus[];
	/** Where failures have a metric of their own; used when no status label tells. */
	readonly failures?: FamilyFailures;
	/** What tells requests apart, the most telling first. */
	readonly routes?: readonly string[];
	/** Labels of its own that name a service; they come before `serviceLabels`. */
	readonly services?: readonly ServiceRole[];
	/**
	 * One view of a request where several are counted: the first that any series satisfies. A matcher on a label that
	 * no series has is left out.
	 */
	readonly views?: readonly (readonly Matcher[])[];
	/** Without one of its views the family says nothing. */
	readonly onlyInView?: true;
	/** Of each group one label at least; a series of this name without it is something else. */
	readonly needs?: readonly (readonly string[])[];
	/** The names may stand after any prefix, and the labels decide; these prefixes are the usual ones. */
	readonly prefixes?: readonly string[];
	/** Read only where no other family claims the series. */
	readonly guess?: true;
	/** A guess by the shape of names and labels alone: read where no other guess does, and every other family comes first. */
	readonly shaped?: true;
};

/**
 * `served`: asked of the service. `made`: asked by the service of others. `inner`: its own work. `probed`: asked by a
 * prober, whatever the users do.
 */
export type RequestSide = 'served' | 'made' | 'inner' | 'probed';

/**
 * `counter` grows and wants `rate`; `native` is a native histogram, counted by `histogram_count`; `periods` is a gauge
 * that has the requests of one period (CloudWatch); `samples` is a gauge of 1 or 0 of which every sample is a request.
 */
export type Counting = 'counter' | 'native' | 'periods' | 'samples';

export type DurationUnit = 'seconds' | 'milliseconds' | 'microseconds' | 'nanoseconds';

export type FamilyDuration = {
	/** A histogram or summary without `_bucket`, `_count`, `_sum`; or the whole name of a gauge. */
	readonly base: string;
	readonly unit: DurationUnit;
	/** The durations of requests among others. */
	readonly only?: readonly Matcher[];
	/** It is a gauge, and this is what it has: `average`, `p99`, `oldest`. */
	readonly gauge?: string;
};

/** How a status label spells failure; `errorMatcherOf` makes the matcher from it and the values that were seen. */
export type FamilyStatus =
	| {
			readonly label: string;
			readonly scheme: StatusScheme;
			/** Some requests alone have it; where others do not, the next label tells beside it, of all of them. */
			readonly ofSome?: true;
	  }
	/** The one value, or the pattern of values, that means failure. */
	| { readonly label: string; readonly failed: string }
	/** The very matcher by which a rule tells failures. */
	| { readonly label: string; readonly matcher: Matcher };

export type StatusScheme =
	/** `500`; grouped: `5xx`, `5`; or a word: `error`. */
	| 'http'
	/** Three digits, or `0` where the connection broke before there was an answer. */
	| 'http-or-broken'
	/** `500`, `5xx` or a word, seen by who asked: his own mistakes count. */
	| 'http-client'
	/** `Internal`, `INTERNAL` or `13`; only the codes that are the server's fault. */
	| 'grpc'
	/** Empty or absent unless something failed. */
	| 'present';

export type FamilyFailures = {
	/** Without `_total`; the first that exists, else the first: a counter appears with the first failure. */
	readonly metrics: readonly string[];
	/** `within`: the counters have them too. `beside`: all requests are both together. */
	readonly counted: 'within' | 'beside';
};

/** A label that names services, and what it writes round the name. */
export type ServiceRole = { readonly label: string; readonly form: ServiceForm };

export type ServiceForm =
	/** `till` */
	| 'plain'
	/** `shop/till` */
	| 'namespaced'
	/** `till.shop.svc.cluster.local` */
	| 'qualified'
	/** `shop-till-80@kubernetes` */
	| 'provider'
	/** `app/till/0123456789abcdef`, or an ARN that ends so */
	| 'path'
	/** `https://till.example/health` */
	| 'address';

export const seconds = (base: string) => ({ base, unit: 'seconds' }) as const;
export const milliseconds = (base: string) => ({ base, unit: 'milliseconds' }) as const;

/** The three spellings by which exporters add the unit to a name that OpenTelemetry's old conventions give milliseconds. */
export const oldDurations = (base: string): readonly FamilyDuration[] => [
	milliseconds(`${base}_milliseconds`),
	seconds(`${base}_seconds`),
	milliseconds(base),
];

export const plainly = (...labels: readonly string[]): readonly ServiceRole[] =>
	labels.map(label => ({ label, form: 'plain' }));
