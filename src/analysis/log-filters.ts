import type { Matcher } from '../model/labels.ts';
import type { LogField, LogRecord } from '../model/log-entry.ts';
import { type FieldOrigin, fieldOrigins, type LogFilter, type LogTest } from '../model/place.ts';
import { isDockerFramed } from './log-fields.ts';
import { isOfPattern, parsePattern, wordsOf } from './log-pattern-text.ts';
import type { LabelFilter, LineFilter, ParsedField } from './logql.ts';

/** What filters ask of a server, in the order in which it is cheap to ask. */
export type Narrowing = {
	/** Tests on the labels of streams: they belong into the selector. */
	readonly matchers: readonly Matcher[];
	readonly metadataFilters: readonly LabelFilter[];
	readonly lineFilters: readonly LineFilter[];
	/** What a parser must find in the line, last because it reads every line. */
	readonly parsedFields: readonly ParsedField[];
};

export const noNarrowing: Narrowing = { matchers: [], metadataFilters: [], lineFilters: [], parsedFields: [] };

/** What the server can do of the filters; what it lets through beyond that, `passes` holds back. */
export function narrowingOf(filters: readonly LogFilter[] = []): Narrowing {
	const parts = filters.map(partOf);
	return {
		matchers: parts.flatMap(({ matchers = [] }) => matchers),
		metadataFilters: parts.flatMap(({ metadataFilters = [] }) => metadataFilters),
		lineFilters: parts.flatMap(({ lineFilters = [] }) => lineFilters),
		parsedFields: parts.flatMap(({ parsedFields = [] }) => parsedFields),
	};
}

function partOf({ hide, test }: LogFilter): Partial<Narrowing> {
	switch (test.kind) {
		case 'text':
			return { lineFilters: [{ operator: hide ? '!=' : '|=', value: test.text }] };
		case 'regex':
			return { lineFilters: [{ operator: hide ? '!~' : '|~', value: test.regex }] };
		case 'pattern':
			return hide ? {} : { lineFilters: tellingWords(test.pattern).map(value => ({ operator: '|=', value })) };
		case 'field': {
			const { name, value, origin } = test;
			const operator = hide ? '!=' : '=';
			const matcher: Matcher = { name, operator, value };
			if (origin === 'label') return { matchers: [matcher] };
			if (origin === 'metadata') return { metadataFilters: [matcher] };
			// A line without the text cannot have the value: most lines are left out before any is taken apart.
			const lineFilters: readonly LineFilter[] = !hide && isWrittenPlainly(value) ? [{ operator: '|=', value }] : [];
			if (origin === undefined) return isReadByUs(name) ? {} : { lineFilters };
			return { lineFilters, parsedFields: [{ parser: origin, name, operator, value }] };
		}
	}
}

/** Values that stand in a line as they are, whoever wrote it: JSON may escape all else (`/` as `\\/`). */
const isWrittenPlainly = (value: string): boolean => /^[\w.:-]{2,200}$/.test(value);

/** Level and service are read from a line in ways that no server knows: `50` is an error. */
const isReadByUs = (name: string): boolean => name === 'level' || name === 'service';

/** Words enough to leave out nearly every other line before it is sent; whether a line is of the pattern, we see. */
const mostWords = 6;

const tellingWords = (pattern: string): readonly string[] =>
	wordsOf(parsePattern(pattern))
		.toSorted((a, b) => b.length - a.length)
		.slice(0, mostWords);

/** Whether a line passes the filters that the server cannot test by itself. */
export const passes = (record: LogRecord, filters: readonly LogFilter[] = []): boolean =>
	filters.every(({ hide, test }) => isKnownToServer(test) || has(record, test) !== (hide === true));

const isKnownToServer = (test: LogTest): boolean =>
	test.kind === 'field' ? test.origin !== undefined : test.kind !== 'pattern';

/** Whether all filters are tested by the server, so that what it counts is what is shown. */
export const isServerSide = (filters: readonly LogFilter[] = []): boolean =>
	filters.every(({ test }) => isKnownToServer(test));

function has(record: LogRecord, test: LogTest): boolean {
	if (test.kind === 'pattern') return isOfPattern(record, test.pattern);
	if (test.kind !== 'field') return false;
	const { name, value } = test;
	const isIt = (field: Pick<LogField, 'name' | 'value'>): boolean => field.name === name && field.value === value;
	return (
		record.fields.some(isIt) ||
		record.entry.labels[name] === value ||
		(name === 'level' && record.level === value) ||
		(name === 'service' && record.service === value)
	);
}

/** The filter that keeps, or hides, the lines with the value of this field of this line. */
export function fieldFilter(record: LogRecord, { name, value, origin }: LogField, hide: boolean): LogFilter {
	const known = origin === 'label' || origin === 'metadata' ? origin : originInLine(record, origin);
	const test: LogTest = { kind: 'field', name, value, ...(known === undefined ? {} : { origin: known }) };
	return hide ? { hide: true, test } : { test };
}

/** A line in a frame of its runtime's, or a text with pairs in it, is none that Loki's parsers read. */
function originInLine({ format, entry }: LogRecord, origin: LogField['origin']): FieldOrigin | undefined {
	if (origin !== 'line' || format === 'text') return undefined;
	const isBare =
		format === 'json'
			? /^\s*\{/.test(entry.line) && !isDockerFramed(entry.line)
			: !/^\S+ std(?:out|err) [FP] /.test(entry.line);
	return isBare ? format : undefined;
}

/** The filters with one more; the same test is not made twice, and its opposite gives way. */
export const withFilter = (filters: readonly LogFilter[] = [], added: LogFilter): readonly LogFilter[] => [
	...filters.filter(({ test }) => testText(test) !== testText(added.test)),
	added,
];

/**
 * A filter as it is read and typed: `status=500`, `json:req.id!=7`, `|=timed out`, `!~ET[A-Z]+`, `|>took <dur>`. `parseFilter`
 * reads it back.
 */
export function formatFilter({ hide, test }: LogFilter): string {
	switch (test.kind) {
		case 'text':
			return `${hide ? '!=' : '|='}${test.text}`;
		case 'regex':
			return `${hide ? '!~' : '|~'}${test.regex}`;
		case 'pattern':
			return `${hide ? '!>' : '|>'}${test.pattern}`;
		case 'field':
			return `${test.origin === undefined ? '' : `${test.origin}:`}${nameText(test.name)}${hide ? '!=' : '='}${test.value}`;
	}
}

const simpleName = /^[^\s=!|~"{}:]+$/;
const nameText = (name: string): string => (simpleName.test(name) ? name : JSON.stringify(name));

const testText = (test: LogTest): string => formatFilter({ test });

const fieldText = new RegExp(`^(?:(${fieldOrigins.join('|')}):)?([^\\s=!|~"{}:]+|"(?:[^"\\\\]|\\\\.)+")(!?=)([^]*)$`);

/** Reads a filter; `undefined` when it is none. */
export function parseFilter(text: string): LogFilter | undefined {
	const body = text.slice(2);
	if (/^[|!][=~>]/.test(text)) {
		if (body === '') return undefined;
		const test = lineTest(text[1], body);
		return text.startsWith('!') ? { hide: true, test } : { test };
	}
	const [, origin, name, operator, value] = fieldText.exec(text) ?? [];
	if (name === undefined || value === undefined) return undefined;
	const known = fieldOrigins.find(each => each === origin);
	const plain = name.startsWith('"') ? unquoted(name) : name;
	if (plain === undefined) return undefined;
	const test: LogTest = { kind: 'field', name: plain, value, ...(known === undefined ? {} : { origin: known }) };
	return operator === '!=' ? { hide: true, test } : { test };
}

function lineTest(operator: string | undefined, body: string): LogTest {
	if (operator === '=') return { kind: 'text', text: body };
	return operator === '~' ? { kind: 'regex', regex: body } : { kind: 'pattern', pattern: body };
}

function unquoted(literal: string): string | undefined {
	try {
		return String(JSON.parse(literal));
	} catch {
		return undefined;
	}
}

/** A filter as a chip shows it: where the field stands is nobody's concern there. */
export function chipText({ hide, test }: LogFilter): string {
	const not = hide ? 'not ' : '';
	switch (test.kind) {
		case 'text':
			return `${not}${JSON.stringify(test.text)}`;
		case 'regex':
			return `${not}/${test.regex}/`;
		case 'pattern':
			return `${not}like ${test.pattern}`;
		case 'field':
			return `${test.name}${hide ? '!=' : '='}${test.value === '' ? '""' : test.value}`;
	}
}
