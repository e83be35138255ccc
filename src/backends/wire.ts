import type { QueryRecord } from '../model/answer.ts';
import type { Base } from './endpoint.ts';
import type { HttpRequest } from './message.ts';

/** A request as it goes over the wire, and as it may be shown. */
export type Wire = {
	readonly origin: string;
	readonly path: string;
	readonly method: 'GET' | 'POST' | 'DELETE';
	readonly headers: Record<string, string>;
	readonly body?: string;
	/** The same without headers and without what the base URL's own query says: no secret in it. */
	readonly shown: Pick<QueryRecord, 'method' | 'url' | 'parameters' | 'body'>;
};

/** `secret` are the endpoint's own headers. */
export function wireOf(base: Base, request: HttpRequest, secret: Readonly<Record<string, string>>): Wire {
	const method = request.method ?? 'GET';
	const parameters = request.parameters ?? [];
	const json = request.json === undefined ? undefined : JSON.stringify(request.json);
	const form = method === 'POST' && json === undefined;
	const body = form ? `${new URLSearchParams(parameters.map(copyOf))}` : json;
	const search = form ? [] : parameters;
	const path = `${base.prefix}${request.path}`;
	return {
		origin: base.origin,
		// A blank as %20, which all servers read alike: in a signed message + means itself.
		path: `${path}${queryString([...base.parameters, ...search]).replaceAll('+', '%20')}`,
		method,
		headers: lowerCased([
			['accept', 'application/json'],
			['accept-encoding', 'gzip, deflate, br'],
			['user-agent', 'smokejumper'],
			...(form ? ([['content-type', 'application/x-www-form-urlencoded']] as const) : []),
			...(json === undefined ? [] : ([['content-type', 'application/json']] as const)),
			...(base.authorization === undefined ? [] : ([['authorization', base.authorization]] as const)),
			...Object.entries(secret),
			...Object.entries(request.headers ?? {}),
		]),
		...(body === undefined ? {} : { body }),
		shown: {
			method,
			url: `${base.origin}${path}${queryString(search)}`,
			parameters: form ? parameters : [],
			...(json === undefined ? {} : { body: json }),
		},
	};
}

/** Header names do not tell cases apart (RFC 9110 §5.1): the last one of a name counts. */
const lowerCased = (headers: readonly (readonly [string, string])[]): Record<string, string> =>
	Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));

function queryString(parameters: readonly (readonly [string, string])[]): string {
	return parameters.length === 0 ? '' : `?${new URLSearchParams(parameters.map(copyOf))}`;
}

const copyOf = ([name, value]: readonly [string, string]): [string, string] => [name, value];
