import type { Matcher } from '../model/labels.ts';
import type { Milliseconds } from '../model/time.ts';
import { escapeRegex, stringLiteral } from './string-literal.ts';

/** A test on the text of a line. Unlike a label matcher, its regular expressions are not anchored. */
export type LineFilter = { readonly operator: '|=' | '!=' | '|~' | '!~'; readonly value: string };

/** A test on a field: text compares as in a matcher (anchored), numbers by size. */
export type FieldFilter =
	| Matcher
	| { readonly name: string; readonly operator: '==' | '!=' | '>' | '>=' | '<' | '<='; readonly value: number };

/** One test, or several of which one must hold. */
export type LabelFilter = FieldFilter | { readonly anyOf: readonly FieldFilter[] };

export type LogQueryParts = {
	/** `{…}`, or a whole log query to add to. */
	readonly selector: string;
	/** Fields that stand beside the line; tested before the line is read. */
	readonly metadataFilters?: readonly LabelFilter[];
	readonly lineFilters?: readonly LineFilter[];
	/** Fields that a parser must find in the line. */
	readonly parsedFields?: readonly ParsedField[];
};

/** A test on a field of a line of JSON or logfmt, by the field's own name: `req.id`, `x-request-id`. */
export type ParsedField = {
	readonly parser: 'json' | 'logfmt';
	readonly name: string;
	readonly operator: '=' | '!=';
	readonly value: string;
};

/** Keywords of LogQL, whatever their case: where a label name is expected the server takes none of them. */
const reserved = new Set(
	(
		'by without on ignoring bool offset group_left group_right and or unless json logfmt regexp unpack pattern unwrap ' +
		'label_format line_format label_replace decolorize drop keep'
	).split(' '),
);

/** True when LogQL can name this label in a selector; a keyword it cannot. */
export const isSelectable = (name: string): boolean => name !== '' && !reserved.has(fieldNameOf(name).toLowerCase());

/**
 * The name under which LogQL knows a field: Loki's parsers and its OTLP door replace everything outside
 * `[A-Za-z0-9_]`, so `http.route` is asked for as `http_route`.
 */
export const fieldNameOf = (name: string): string => name.replaceAll(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '_');

/** Lines that hold this text, as it is written. */
export const lineContains = (text: string): LineFilter => ({ operator: '|=', value: text });

/** Lines that hold one of these texts; a regular expression, because `|= "a" or "b"` is unknown before Loki 3.0. */
export const lineContainsAny = (texts: readonly string[]): LineFilter => {
	const [only, ...others] = texts;
	return only !== undefined && others.length === 0
		? lineContains(only)
		: { operator: '|~', value: texts.map(escapeRegex).join('|') };
};

/**
 * A stream selector. Loki refuses one without a matcher that demands something; then `service_name=~".+"`, a label
 * that Loki gives to every stream since 3.0, stands for "all". A matcher that is not `isSelectable` is left out.
 */
export const selectorOf = (matchers: readonly Matcher[]): string => {
	const usable = matchers.filter(({ name }) => isSelectable(name));
	const all: readonly Matcher[] = usable.some(demands)
		? usable
		: [{ name: 'service_name', operator: '=~', value: '.+' }, ...usable];
	return `{${all.map(matcherText).join(', ')}}`;
};

/**
 * A log query with its stages in the cheapest order: streams, fields beside the line, the text of the line, and only
 * then a parser and the fields it finds.
 */
export const logQuery = (parts: LogQueryParts): string =>
	[
		parts.selector,
		...labelFilterStages(parts.metadataFilters ?? []),
		...(parts.lineFilters ?? []).map(({ operator, value }) => `${operator} ${stringLiteral(value)}`),
		...parsedFieldStages(parts.parsedFields ?? []),
	].join(' ');

/** Ending of the labels that our parser stages make, so that they meet no label of a stream: `status_field`. */
const parsedEnding = '_field';

/** Whether a label came from a stage that asked for a field by its name; the field itself is in the line. */
export const isParsedField = (label: string): boolean => label.endsWith(parsedEnding);

/**
 * Only the fields that are tested are taken out of the line: all of them would come back with every line. A dotted name may
 * be nested or a key with a dot in it.
 */
function parsedFieldStages(fields: readonly ParsedField[]): readonly string[] {
	const stages = { json: new Map<string, string>(), logfmt: new Map<string, string>() };
	const filters: LabelFilter[] = [];
	for (const { parser, name, operator, value } of fields) {
		const paths = parser === 'json' ? jsonPaths(name) : [name];
		const labels = paths.map((path, index) => {
			const label = `${fieldNameOf(name)}${index === 0 ? '' : '_flat'}${parsedEnding}`;
			stages[parser].set(label, path);
			return { name: label, operator, value };
		});
		filters.push(...(operator === '=' ? [{ anyOf: labels }] : labels));
	}
	return [
		...(['json', 'logfmt'] as const).flatMap(parser =>
			stages[parser].size === 0
				? []
				: [`| ${parser} ${[...stages[parser]].map(([label, path]) => `${label}=${stringLiteral(path)}`).join(', ')}`],
		),
		...labelFilterStages(filters),
	];
}

/** `req.id` as `req.id` and as `["req.id"]`; what is no identifier is put in brackets. */
function jsonPaths(name: string): readonly string[] {
	const step = (key: string, isFirst: boolean): string =>
		/^[A-Za-z_]\w*$/.test(key) ? `${isFirst ? '' : '.'}${key}` : `[${stringLiteral(key)}]`;
	const nested = name
		.split('.')
		.map((key, index) => step(key, index === 0))
		.join('');
	return name.includes('.') ? [nested, `[${stringLiteral(name)}]`] : [nested];
}

/** Lines per level and step; Loki 3 writes the level of every line into `detected_level`, older ones give one series. */
export const levelCountQuery = (selector: string, step: Milliseconds): string =>
	`sum by (detected_level) (count_over_time(${selector} [${durationText(step)}]))`;

/** Whole seconds where possible: `60s`, else `1500ms`. */
const durationText = (length: Milliseconds): string => {
	const whole = Math.max(1, Math.round(length));
	return whole % 1000 === 0 ? `${whole / 1000}s` : `${whole}ms`;
};

const demands = ({ operator, value }: Matcher): boolean =>
	operator === '=' ? value !== '' : operator === '=~' && !acceptsEmpty(value);

/** Whether an anchored expression accepts the empty text. RE2's own syntax, which JavaScript cannot read, counts as no. */
const acceptsEmpty = (expression: string): boolean => {
	try {
		return new RegExp(`^(?:${expression})$`).test('');
	} catch {
		return false;
	}
};

/**
 * One stage per filter. A field named like a keyword gets another name first, through a template, which is the one
 * place where LogQL lets it be written.
 */
const labelFilterStages = (filters: readonly LabelFilter[]): readonly string[] =>
	filters.flatMap(filter => {
		const alternatives = 'anyOf' in filter ? filter.anyOf : [filter];
		if (alternatives.length === 0) return [];
		const renamed = alternatives
			.filter(({ name }) => !isSelectable(name))
			.map(({ name }) => `| label_format ${speakable(name)}="{{.${fieldNameOf(name)}}}"`);
		return [...new Set(renamed), `| ${alternatives.map(matcherText).join(' or ')}`];
	});

/** A test as it stands in a selector or behind a pipe. */
export const matcherText = ({ name, operator, value }: FieldFilter): string =>
	typeof value === 'number'
		? `${speakable(name)} ${operator} ${value}`
		: `${speakable(name)}${operator}${stringLiteral(value)}`;

const speakable = (name: string): string => (isSelectable(name) ? fieldNameOf(name) : `${fieldNameOf(name)}_field`);
