import type { Asking, Http } from '../http.ts';
import { jsonDocumentsIn } from '../json-documents.ts';
import type { HttpRequest, HttpResponse } from '../message.ts';
import type { ResourceSpans } from '../tempo/schema.ts';
import { v3Answer } from './schema.ts';

/**
 * The spans of an answer of API v3: one `{ result }`, or several in a row as gateways stream them. Outside of a text no
 * object begins right behind another in one JSON document, and within a text its quotes would be escaped.
 */
export async function resourceSpansIn(
	http: Http,
	response: HttpResponse,
	request: HttpRequest,
	asking: Asking,
): Promise<ResourceSpans[]> {
	const isStream = /\}\s*\{\s*"(?:result|error)"\s*:/.test(response.body);
	const all: ResourceSpans[] = [];
	for (const body of isStream ? jsonDocumentsIn(response.body) : [response.body]) {
		const { result } = await http.parseLong({ ...response, body }, request, v3Answer, asking);
		for (const each of result.resourceSpans ?? []) all.push(each);
	}
	return all;
}
