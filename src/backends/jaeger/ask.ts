import type { Asking, Http } from '../http.ts';
import type { HttpRequest, HttpResponse } from '../message.ts';
import { isWebPage } from '../server-words.ts';

/** The answer of any status. That Jaeger lacks a trace, or an old Jaeger a path, is an answer and no illness of it. */
export const askJaeger = (http: Http, request: HttpRequest, asking: Asking): Promise<HttpResponse> =>
	http.send(request, {
		...asking,
		record: query => asking.record(query.outcome === 404 ? { ...query, absent: true } : query),
	});

/** An API that is not there: 404, or the page of the user interface, which old versions give for any path. */
export const lacksPath = ({ status, body }: HttpResponse): boolean =>
	status === 404 || (status === 200 && isWebPage(body));

export const isGood = ({ status }: HttpResponse): boolean => status >= 200 && status < 300;

/** 404 with `trace not found` or `No traces found`, from old gateways 500; Jaeger's other failures are failures. */
export function isAbsentTrace(http: Http, response: HttpResponse, request: HttpRequest): boolean {
	if (response.status !== 404 && response.status !== 500) return false;
	return /\btraces? (?:was )?not found|\bno traces? found/i.test(http.failureOf(response, request).words ?? '');
}
