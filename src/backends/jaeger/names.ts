import type { $ZodType } from 'zod/v4/core';
import { distinctNames } from '../distinct-names.ts';
import type { Asking, Http } from '../http.ts';
import type { HttpRequest } from '../message.ts';
import { askJaeger, lacksPath } from './ask.ts';
import { operationsV1Request, operationsV3Request, servicesV1Request, servicesV3Request } from './query.ts';
import { namesAnswer, v3OperationsAnswer, v3ServicesAnswer } from './schema.ts';

/** The services that Jaeger has spans of, by name. */
export async function servicesOf(http: Http, asking: Asking): Promise<readonly string[]> {
	const given = await newerOrNone(http, servicesV3Request, v3ServicesAnswer, asking);
	return distinctNames(given === undefined ? await olderNames(http, servicesV1Request, asking) : given.services);
}

/** The operations of a service, by name. */
export async function operationsOf(http: Http, service: string, asking: Asking): Promise<readonly string[]> {
	const given = await newerOrNone(http, operationsV3Request(service), v3OperationsAnswer, asking);
	if (given === undefined) return distinctNames(await olderNames(http, operationsV1Request(service), asking));
	return distinctNames(given.operations?.map(({ name }) => name));
}

/** By API v3; `undefined` where there is none. */
async function newerOrNone<Value>(
	http: Http,
	request: HttpRequest,
	schema: $ZodType<Value>,
	asking: Asking,
): Promise<Value | undefined> {
	const response = await askJaeger(http, request, asking);
	return lacksPath(response) ? undefined : http.parse(response, request, schema);
}

async function olderNames(http: Http, request: HttpRequest, asking: Asking) {
	return http.parse(await askJaeger(http, request, asking), request, namesAnswer).data;
}
