import { type Answer, answer } from '../../model/answer.ts';
import { FailureError } from '../../model/failure.ts';
import type { TimeRange } from '../../model/time.ts';
import type { AttributeText, Trace, TraceSummary } from '../../model/trace.ts';
import type { Asking, Http } from '../http.ts';
import { firstFound } from '../tempo/found-trace.ts';
import { noTraceId, traceIdsMeant } from '../tempo/ids.ts';
import { lookByV3 } from './look.ts';
import { operationsOf, servicesOf } from './names.ts';
import { type ReadSearch, searchTraces } from './search.ts';

/** The questions smokejumper has for Jaeger. Each rejects with a `FailureError`. */
export type Jaeger = {
	/** A trace by its ID in any spelling; `undefined` when the server does not have it. Always looked for everywhere. */
	trace(id: string, hint: TimeRange | undefined, asking: Asking): Promise<Answer<Trace | undefined>>;
	/** The newest `limit` traces of a service, or of the first services, that Jaeger finds. */
	search(traceql: string, range: TimeRange, limit: number, asking: Asking): Promise<Answer<readonly TraceSummary[]>>;
	attributeNames(): Promise<Answer<readonly (typeof serviceName | typeof operationName)[]>>;
	/** Services, and the operations of the service that the filter names. */
	attributeValues(
		question: { readonly attribute: { readonly name: string }; readonly filter?: string; readonly limit: number },
		asking: Asking,
	): Promise<Answer<readonly AttributeText[]>>;
};

/** What Jaeger lists; it knows tags only where a span has them. */
const serviceName = { scope: 'resource', name: 'service.name' } as const;
const operationName = { scope: 'intrinsic', name: 'name' } as const;

/** Jaeger's query service behind one HTTP door. */
export function createJaeger(http: Http, readSearch: ReadSearch): Jaeger {
	return {
		trace: async (text, _hint, asking) => {
			const ids = traceIdsMeant(text);
			if (ids.length === 0) throw new FailureError(noTraceId('jaeger', text));
			return firstFound(ids, id => lookByV3(http, id, asking));
		},
		search: async (traceql, range, limit, asking) =>
			searchTraces(http, await readSearch(traceql), { range, limit }, asking),
		attributeNames: async () => answer([serviceName, operationName]),
		attributeValues: async ({ attribute, filter = '', limit }, asking) => {
			const read = await readSearch(filter);
			const service = 'unsupported' in read ? undefined : read.conditions.service;
			if (attribute.name === serviceName.name) return named(await servicesOf(http, asking), limit);
			if (attribute.name !== operationName.name || service === undefined) return answer([]);
			return named(await operationsOf(http, service, asking), limit);
		},
	};
}

const named = (names: readonly string[], limit: number): Answer<readonly AttributeText[]> =>
	answer(names.slice(0, limit).map(text => ({ text, isQuoted: true })));
