import type { Failure } from '../model/failure.ts';
import type { HttpResponse } from './message.ts';
import { withoutSecrets } from './sent-secrets.ts';

/** What a server said about its refusal, and where in the query it stumbled. */
export type ServerWords = Pick<Failure, 'words' | 'position'>;

type Said = Pick<HttpResponse, 'body' | 'secrets'>;

const longest = 500;
/** An answer may be as long as 64 MB, and is looked through for each secret. */
const mostRead = 20_000;

/**
 * The server's own words in a body that is not the answer hoped for. Servers and the gateways before them write JSON objects
 * (`{error}`, `{message}`), JSON strings (Alertmanager), plain text (Loki, Tempo, Go) or a web page, and name the type
 * wrongly at times, so the body itself decides. Some repeat the question with all its headers: what let it in is hidden. `query` turns Prometheus' byte column into a character column.
 */
export function wordsOf({ body: told, secrets = [] }: Said, query?: string): ServerWords {
	const body = withoutSecrets(told.slice(0, mostRead), secrets);
	const words = bounded(withoutEcho(isWebPage(body) ? titleOfPage(body) : (wordsInJson(body) ?? body)));
	if (words === '') return {};
	const position = positionIn(words, query);
	return position === undefined ? { words } : { words, position };
}

/** vmauth quotes the credentials that it does not know. */
const withoutEcho = (text: string): string => text.replace(/\bauth token "[^"]*"/g, 'auth token');

/** True for a body that is HTML, whatever its content type says. */
export const isWebPage = (body: string): boolean => /^\s*<(?:!doctype html|html|head|body)\b/i.test(body);

const titleOfPage = (page: string): string => /<title[^<>]*>([^<]*)</i.exec(page)?.[1] ?? '';

/** At most 500 characters on one line. */
function bounded(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	const characters = [...line.slice(0, 2 * longest)];
	return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join('')}…`;
}

function wordsInJson(body: string): string | undefined {
	if (!/^\s*["{]/.test(body)) return undefined;
	try {
		return wordsIn(JSON.parse(body));
	} catch {
		return undefined;
	}
}

/** `error` as text or as an object with `message`; `message`; `Message` (AWS); `errors` with `msg` (Jaeger); or the string itself. */
function wordsIn(json: unknown): string | undefined {
	if (typeof json === 'string') return json;
	if (typeof json !== 'object' || json === null) return undefined;
	const { error, message, Message, errors } = json as Readonly<Record<string, unknown>>;
	return wordsIn(error) ?? textOrNothing(message) ?? textOrNothing(Message) ?? firstMessage(errors);
}

function firstMessage(errors: unknown): string | undefined {
	const [first]: readonly unknown[] = Array.isArray(errors) ? errors : [];
	return typeof first === 'object' && first !== null && 'msg' in first ? textOrNothing(first.msg) : undefined;
}

const textOrNothing = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * Prometheus: `1:10: parse error: …`, the column in bytes of its line. Loki and Tempo: `parse error at line 1, col 14: …`,
 * the column in characters. Both count from one.
 */
function positionIn(words: string, query: string | undefined): Failure['position'] {
	const prometheus = /(?:^|[\s"])(\d+):(\d+): parse error:/.exec(words);
	if (prometheus !== null) {
		const line = Number(prometheus[1]);
		return { line, column: characterColumn(query, line, Number(prometheus[2])) };
	}
	const other = /\bline (\d+), col (\d+): /.exec(words);
	return other === null ? undefined : { line: Number(other[1]), column: Number(other[2]) };
}

function characterColumn(query: string | undefined, line: number, byteColumn: number): number {
	const text = query?.split('\n')[line - 1];
	if (text === undefined) return byteColumn;
	return (
		[
			...Buffer.from(text)
				.subarray(0, byteColumn - 1)
				.toString(),
		].length + 1
	);
}
