import type { Matcher } from '../model/labels.ts';
import type { LogLevel } from '../model/log-entry.ts';
import { type Narrowing, noNarrowing } from './log-filters.ts';
import { matchersIn } from './log-streams.ts';
import { isSelectable, type LabelFilter, type LineFilter, lineContainsAny, logQuery, matcherText } from './logql.ts';
import { escapeRegex } from './string-literal.ts';

/** Names under which shippers and OpenTelemetry put identifiers beside the line. */
const traceNames = ['trace_id', 'traceId', 'traceID', 'TraceId', 'otelTraceID', 'dd_trace_id', 'trace'];
const requestNames = [
	'request_id',
	'requestId',
	'RequestId',
	'req_id',
	'reqId',
	'x_request_id',
	'http_request_id',
	'correlation_id',
	'correlationId',
];

/** The names under which an identifier is looked for beside the line. */
export const identityNames: ReadonlySet<string> = new Set([...traceNames, ...requestNames]);

/** What a line must hold to belong to a request: one of these texts. */
export type Identity = { readonly requests: readonly string[]; readonly traces: readonly string[] };

/**
 * The two questions that find every line of a request: by a field beside the line, which costs next to nothing, and
 * by the text of the line, which finds it however the line is written. LogQL cannot ask both at once.
 */
export const identityQueries = (
	selector: string,
	{ requests, traces }: Identity,
	narrowing: Narrowing = noNarrowing,
): readonly string[] => {
	const fields = [...fieldFilters(traceNames, traces), ...fieldFilters(requestNames, requests)];
	const texts = [...new Set([...requests, ...traces])];
	return [
		narrowedQuery(selector, { metadataFilters: [{ anyOf: fields }] }, narrowing),
		narrowedQuery(selector, { lineFilters: [lineContainsAny(texts)] }, narrowing),
	];
};

const fieldFilters = (names: readonly string[], values: readonly string[]): readonly Matcher[] => {
	const [only, ...others] = values;
	if (only === undefined) return [];
	const value = others.length === 0 ? only : values.map(escapeRegex).join('|');
	return names.map(name => ({ name, operator: others.length === 0 ? '=' : '=~', value }));
};

/**
 * Signs of an error in a line: words, numbers of pino, bunyan, GELF and logback, klog's letter, a server's failure in an
 * access log. Lets too many through rather than too few; the line's own level decides afterwards.
 */
const errorSigns = [
	'(?i)error',
	'\\berr\\b',
	'fatal',
	'\\bcrit',
	'panic',
	'exception',
	'traceback',
	'severe',
	'\\bemerg',
	'\\balert\\b',
	'\\bfail:',
	'"(?:level|lvl|severity|levelno)"\\s*:\\s*"?(?:[123]|5\\d|6\\d|[5-8]00)\\b',
	'"levelno"\\s*:\\s*40\\b',
	'"level_value"\\s*:\\s*4\\d{4}\\b',
	'"severity_?number"\\s*:\\s*"?(?:1[7-9]|2[0-4])\\b',
	'\\blevel=(?:5\\d|6\\d)\\b',
	'^[ef]\\d{4} ',
	'"s":"[ef]"',
	'" 5\\d\\d ',
];

const warningSigns = [
	'warn',
	'\\bwrn\\b',
	'"(?:level|lvl|severity)"\\s*:\\s*"?(?:4|4\\d|400)\\b',
	'"levelno"\\s*:\\s*30\\b',
	'"level_value"\\s*:\\s*3\\d{4}\\b',
	'"severity_?number"\\s*:\\s*"?1[3-6]\\b',
	'\\blevel=4\\d\\b',
	'^w\\d{4} ',
	'"s":"w"',
];

const errorLevels = '(?i)err.*|crit.*|fatal|emerg.*|alert|panic|severe|fail';
const warningLevels = `${errorLevels}|warn.*`;

/** True for the levels rare enough that the server is asked for them alone. */
export const isRareLevel = (level: LogLevel | undefined): boolean =>
	level === 'fatal' || level === 'error' || level === 'warn';

/**
 * The two questions that find lines of this level and worse without reading all: by words in the line, and by the
 * level that a shipper, OpenTelemetry or Loki itself put beside it. Both may let milder lines through.
 */
export function levelQueries(selector: string, level: LogLevel, narrowing: Narrowing = noNarrowing): readonly string[] {
	const signs = level === 'warn' ? [...errorSigns, ...warningSigns] : errorSigns;
	const value = level === 'warn' ? warningLevels : errorLevels;
	const fields: LabelFilter = {
		anyOf: ['detected_level', 'level', 'severity_text'].map(name => ({ name, operator: '=~', value })),
	};
	return [
		narrowedQuery(selector, {}, { ...narrowing, lineFilters: [...narrowing.lineFilters, looksLike(signs)] }),
		narrowedQuery(selector, { metadataFilters: [fields] }, narrowing),
	];
}

const looksLike = (signs: readonly string[]): LineFilter => ({ operator: '|~', value: signs.join('|') });

/**
 * A question with the operator's narrowing. Tests on labels go into the selector where it stands alone; behind the stages of a
 * query that was typed they do as well among the fields. What the selector demands already is not demanded twice.
 */
export function narrowedQuery(
	selector: string,
	{ metadataFilters = [], lineFilters = [] }: Partial<Pick<Narrowing, 'metadataFilters' | 'lineFilters'>>,
	narrowing: Narrowing = noNarrowing,
): string {
	const demanded = new Set(matchersIn(selector).map(matcherText));
	const matchers = narrowing.matchers.filter(matcher => !demanded.has(matcherText(matcher)));
	const narrowed = withMatchers(selector, matchers);
	return logQuery({
		selector: narrowed ?? selector,
		metadataFilters: [...(narrowed === undefined ? matchers : []), ...narrowing.metadataFilters, ...metadataFilters],
		lineFilters: [...lineFilters, ...narrowing.lineFilters],
		parsedFields: narrowing.parsedFields,
	});
}

/** The selector with further matchers; `undefined` when it is more than a selector, or LogQL cannot name one of them in it. */
function withMatchers(selector: string, matchers: readonly Matcher[]): string | undefined {
	if (matchers.length === 0) return selector;
	if (!/^\{(?:[^"`}]|"(?:[^"\\]|\\.)*"|`[^`]*`)*\}$/.test(selector)) return undefined;
	if (matchers.some(({ name }) => !isSelectable(name))) return undefined;
	return `${selector.slice(0, -1)}, ${matchers.map(matcherText).join(', ')}}`;
}
