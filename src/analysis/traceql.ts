import { parser } from '@grafana/lezer-traceql';
import type { TracesPlace } from '../model/place.ts';
import type { Milliseconds } from '../model/time.ts';
import type { AttributeScope } from '../model/trace.ts';
import { stringLiteral } from './string-literal.ts';

/** What a search asks of a trace, beside TraceQL that somebody wrote. */
export type TraceConditions = {
	readonly [Name in 'service' | 'operation' | 'slowerThan' | 'fasterThan' | 'errors' | 'attributes']?:
		| TracesPlace[Name]
		| undefined;
};

/**
 * `span.http.route`; a name with other characters is quoted: `span."my attr"`. Servers know more letters than the grammar of
 * the editor does.
 */
export const attributeName = (scope: AttributeScope, name: string): string =>
	`${scope}.${/^[A-Za-z_][\w.-]*$/.test(name) ? name : quotedName(name)}`;

/**
 * `span.http.response.status_code = 500`. TraceQL is typed and converts nothing: a number must be given as one.
 */
export const attributeEquals = (scope: AttributeScope, name: string, value: string | number | boolean): string =>
	`${attributeName(scope, name)} = ${typeof value === 'string' ? stringLiteral(value) : String(value)}`;

/** `{a && b}`; without a condition every span. */
export const spanFilter = (conditions: readonly string[]): string =>
	conditions.length === 0 ? '{}' : `{ ${conditions.join(' && ')} }`;

/** The conditions as TraceQL, in words that old servers know too (`traceDuration`, not `trace:duration`). */
export const conditionsOf = (conditions: TraceConditions): readonly string[] => {
	const { service, operation, slowerThan, fasterThan, errors, attributes = [] } = conditions;
	return [
		...(service === undefined ? [] : [attributeEquals('resource', 'service.name', service)]),
		...(operation === undefined ? [] : [`name = ${stringLiteral(operation)}`]),
		...(errors === true ? ['status = error'] : []),
		...attributes.map(({ scope, name, value }) => attributeEquals(scope, name, value)),
		...(slowerThan === undefined ? [] : [`traceDuration >= ${milliseconds(slowerThan)}`]),
		...(fasterThan === undefined ? [] : [`traceDuration <= ${milliseconds(fasterThan)}`]),
	];
};

const milliseconds = (length: Milliseconds): string => `${Math.max(0, Math.round(length))}ms`;

/**
 * A search for traces. Conditions join the braces of `written` when it has one pair, so that one span must meet all of
 * them; otherwise (`{…} >> {…}`, `{…} && {…}`, or a query the grammar does not know) they must hold somewhere in the same
 * trace.
 */
export const traceSearchQuery = (conditions: TraceConditions, written = ''): string => {
	const added = conditionsOf(conditions);
	const query = written.trim();
	if (query === '') return spanFilter(added);
	if (added.length === 0) return query;
	const filters = spanFilters(query);
	const [only] = filters;
	if (only === undefined || filters.length > 1) return `(${query}) && (${spanFilter(added)})`;
	const inner = query.slice(only.from + 1, only.to - 1).trim();
	const kept = inner === '' ? [] : [inner.includes('||') ? `(${inner})` : inner];
	return query.slice(0, only.from) + spanFilter([...kept, ...added]) + query.slice(only.to);
};

/** Where the `{…}` stand; none when the query has a mistake, which the server explains better. */
const spanFilters = (query: string): readonly { readonly from: number; readonly to: number }[] => {
	const found: { from: number; to: number }[] = [];
	let broken = false;
	parser.parse(query).iterate({
		enter: ({ name, type, from, to }) => {
			if (type.isError) broken = true;
			if (name === 'SpansetFilter') found.push({ from, to });
		},
	});
	return broken ? [] : found;
};

/** In a quoted attribute name TraceQL knows two escapes only, `\"` and `\\`. */
const quotedName = (name: string): string =>
	`"${name
		.toWellFormed()
		.replaceAll(/["\\]/g, '\\$&')
		.replaceAll(/[\n\r]/g, ' ')}"`;
