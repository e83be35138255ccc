import type { Http } from '../http.ts';
import { jsonDocumentsIn } from '../json-documents.ts';
import type { HttpRequest, HttpResponse } from '../message.ts';
import type { ResourceSpans } from '../tempo/schema.ts';
import { v3Answer } from './schema.ts';

/**
 * The spans of an answer of API v3: one `{ result }`, or several in a row as gateways stream them. Outside of a text no
 * object begins right behind another in one JSON document, and within a text its quotes would be escaped.
 */
export function resourceSpansIn(http: Http, response: HttpResponse, request: HttpRequest): readonly ResourceSpans[] {
	const isStream = /\}\s*\{\s*"(?:result|error)"\s*:/.test(response.body);
	const documents = isStream ? jsonDocumentsIn(response.body) : [response.body];
	return documents.flatMap(body => http.parse({ ...response, body }, request, v3Answer).result.resourceSpans ?? []);
}
