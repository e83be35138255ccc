import type { Milliseconds, TimeRange } from '../../model/time.ts';
import type { HttpRequest } from '../message.ts';
import { spanReading } from '../tempo/read-span.ts';

/** What Jaeger can be asked to search for: one span of the service that meets all of it. */
export type JaegerConditions = {
	readonly service?: string | undefined;
	readonly operation?: string | undefined;
	readonly longerThan?: Milliseconds | undefined;
	readonly shorterThan?: Milliseconds | undefined;
	/** Tags of a span, its logs or its process, by their text. */
	readonly tags: Readonly<Record<string, string>>;
};

type Parameters = readonly (readonly [string, string])[];
export type JaegerSearch = { readonly service: string; readonly conditions: JaegerConditions } & {
	readonly range: TimeRange;
	readonly limit: number;
};

/**
 * A trace by its ID, with clocks as they were sent: Jaeger would shift the spans of a service whose clock is off, and this
 * program shows that itself. No window, since one only makes spans go missing.
 */
export const traceV3Request = (id: string): HttpRequest => ({
	path: `/api/v3/traces/${id}`,
	parameters: [['raw_traces', 'true']],
	items: spanReading(),
});
export const traceV1Request = (id: string): HttpRequest => ({
	path: `/api/traces/${id}`,
	parameters: [['raw', 'true']],
});

/** `/api/traces`: times in microseconds, lengths as Go writes them, tags as a JSON object of texts. */
export const searchV1Request = ({ service, conditions, range, limit }: JaegerSearch): HttpRequest => ({
	path: '/api/traces',
	parameters: [
		['service', service],
		...given('operation', conditions.operation),
		['start', String(Math.floor(range.from) * 1000)],
		['end', String(Math.ceil(range.to) * 1000)],
		...given('minDuration', length(conditions.longerThan)),
		...given('maxDuration', length(conditions.shorterThan)),
		...given('tags', tagsOf(conditions)),
		['limit', String(limit)],
		['raw', 'true'],
	],
});

/**
 * `/api/v3/traces`, in the spelling that all versions take: those before 2.19 know no other. Attributes are sent only to
 * servers whose older search is gone, which know them.
 */
export const searchV3Request = ({ service, conditions, range, limit }: JaegerSearch): HttpRequest => ({
	path: '/api/v3/traces',
	parameters: [
		['query.service_name', service],
		...given('query.operation_name', conditions.operation),
		['query.start_time_min', new Date(Math.floor(range.from)).toISOString()],
		['query.start_time_max', new Date(Math.ceil(range.to)).toISOString()],
		...given('query.duration_min', length(conditions.longerThan)),
		...given('query.duration_max', length(conditions.shorterThan)),
		...given('query.attributes', tagsOf(conditions)),
		['query.num_traces', String(limit)],
		['query.raw_traces', 'true'],
	],
});

export const servicesV1Request: HttpRequest = { path: '/api/services' };
export const servicesV3Request: HttpRequest = { path: '/api/v3/services' };
export const operationsV1Request = (service: string): HttpRequest => ({
	path: `/api/services/${encodeURIComponent(service)}/operations`,
});
export const operationsV3Request = (service: string): HttpRequest => ({
	path: '/api/v3/operations',
	parameters: [['service', service]],
});

const given = (name: string, value: string | undefined): Parameters => (value === undefined ? [] : [[name, value]]);

const length = (milliseconds: Milliseconds | undefined): string | undefined =>
	milliseconds === undefined ? undefined : `${Math.round(milliseconds * 1000)}us`;

const tagsOf = ({ tags }: JaegerConditions): string | undefined =>
	Object.keys(tags).length === 0 ? undefined : JSON.stringify(tags);
