import type { LogField, LogLevel } from '../model/log-entry.ts';

/** What an access log is about. */
export type RequestLine = { readonly method: string; readonly path: string; readonly status?: string | undefined };

/** Method, path and status of a line that tells of one request, under the names that servers and proxies give them. */
export function requestLineOf(fields: readonly LogField[]): RequestLine | undefined {
	const named = (names: RegExp): string | undefined => fields.find(({ name }) => names.test(name))?.value;
	const method = named(/(?:^|[._])(?:request_?)?method$/i);
	const path = method === undefined ? undefined : named(/(?:^|[._])(?:route|path|uri|url|request_?path)$/i);
	if (method === undefined || path === undefined) return undefined;
	return { method, path, status: named(/(?:^|[._])(?:status|status_?code|response_code|downstreamstatus)$/i) };
}

/** Of the server's failures it is an error, as of the access logs that are plain text. */
export const levelOfStatus = (status: string): LogLevel => (status.startsWith('5') ? 'error' : 'info');

/** The level of a line whose logger leaves it out, by the logger's own rule; `undefined` when it is not such a line. */
export function impliedLevelOf(fields: readonly LogField[]): LogLevel | undefined {
	// Serilog leaves the level out when it is "Information" (https://clef-json.org).
	if (fields.some(({ name }) => name === '@t')) return 'info';
	return levelOfKlog(fields) ?? levelOfRequest(fields);
}

/**
 * The JSON of Kubernetes' components: `v` tells how talkative an info is (4 and above is for debugging), and an error has
 * `err` instead.
 */
function levelOfKlog(fields: readonly LogField[]): LogLevel | undefined {
	if (fields[0]?.name !== 'ts' || !fields.some(({ name }) => name === 'msg')) return undefined;
	const v = fields.find(({ name }) => name === 'v')?.value;
	if (v !== undefined) return /^\d+$/.test(v) ? (Number(v) < 4 ? 'info' : 'debug') : undefined;
	return fields.some(({ name }) => name === 'err') ? 'error' : undefined;
}

function levelOfRequest(fields: readonly LogField[]): LogLevel | undefined {
	const status = requestLineOf(fields)?.status;
	return status !== undefined && /^[1-5]\d\d$/.test(status) ? levelOfStatus(status) : undefined;
}
