import { parser } from '@grafana/lezer-traceql';
import { type AttributeName, type AttributeText, attributeScopes } from '../model/trace.ts';
import type { QueryCandidates, TypedQuery } from './complete-query.ts';
import { isOpenString, writtenIn } from './query-strings.ts';
import type { QueryLanguage } from './query-syntax.ts';
import { attributeName } from './traceql.ts';

/** TraceQL as Grafana's own editor reads it. */
export const traceqlLanguage: QueryLanguage = {
	parser,
	kinds: new Map([
		['Identifier', 'name'],
		['IntrinsicField', 'name'],
		...['Span', 'Resource', 'Event', 'Link', 'Instrumentation', 'Parent'].map(name => [name, 'name'] as const),
		['String', 'text'],
		['Integer', 'number'],
		['Float', 'number'],
		['Duration', 'number'],
		['Static', 'number'],
		['LineComment', 'comment'],
		['BlockComment', 'comment'],
	]),
	complaintOf: rest => {
		if (rest.startsWith("'")) return 'TraceQL quotes with " or `, not with \'.';
		return /^["`]/.test(rest) ? 'The quote is not closed.' : undefined;
	},
};

/** Whether a query asks for traces; figures over time are none. Only for what the grammar reads. */
export function isTraceQuery(text: string): boolean {
	let counts = false;
	parser.parse(text).iterate({
		enter: ({ name }) => {
			if (name.startsWith('Metrics')) counts = true;
			return !counts;
		},
	});
	return !counts;
}

/** What is known of the traces that are looked at, for completion. */
export type KnownAttributes = {
	readonly names: readonly AttributeName[];
	readonly valuesOf: (name: AttributeName) => readonly AttributeText[];
};

/** The words of every server of TraceQL. */
const intrinsics: readonly string[] =
	'name status statusMessage duration kind rootName rootServiceName traceDuration'.split(' ');
const comparisons: readonly string[] = ['=', '!=', '=~', '!~', '>', '>=', '<', '<='];
const connectives: readonly string[] = ['&&', '||'];
const pipes: readonly string[] = [
	'count() > ',
	'avg(duration) > ',
	'max(duration) > ',
	'min(',
	'sum(',
	'by(',
	'select(',
];

/** An attribute as TraceQL has it: `span.http.route`, `span."my attr"`, `status`. */
export const attributeWord = ({ scope, name }: AttributeName): string =>
	scope === 'intrinsic' ? name : attributeName(scope, name);

/** Reads what `attributeWord` writes; without a scope it is taken for one of spans. `undefined` for what is no name. */
export function parseAttributeWord(word: string): AttributeName | undefined {
	const [, before = '', rest = ''] = /^(\w*)\.(.+)$/s.exec(word) ?? [];
	if (rest === '') return /^\w+(:\w+)?$/.test(word) ? { scope: 'intrinsic', name: word } : undefined;
	const scope = before === '' ? 'span' : attributeScopes.find(each => each === before);
	const name = /^".*"$/s.test(rest) ? rest.slice(1, -1).replaceAll(/\\(["\\])/g, '$1') : rest;
	return scope === undefined ? undefined : { scope, name };
}

const tokens = /"(?:[^"\\]|\\.)*"?|`[^`]*`?|[A-Za-z_.](?:[\w.:-]|"(?:[^"\\]|\\.)*")*|&&|\|\||[|!=<>~&]+|[\d.]+\w*|\S/g;

/** What could stand at the cursor, by the few tokens before it; the grammar gives no help in what is half typed. */
export function traceqlCandidates(query: TypedQuery, known: KnownAttributes): QueryCandidates | undefined {
	const { last, isOpen, isWord, before, isInside, named } = cursorIn(query);
	if (isOpen) {
		if (named === undefined) return undefined;
		const quote = last.text.charAt(0);
		const texts = known.valuesOf(named).filter(({ isQuoted }) => isQuoted);
		return { from: last.at + 1, words: texts.flatMap(({ text }) => writtenIn(quote, text)), after: quote };
	}
	const from = isWord ? last.at : query.cursor;
	if (named !== undefined) {
		const words = known.valuesOf(named).map(({ text, isQuoted }) => (isQuoted ? JSON.stringify(text) : text));
		return { from, words, after: ' ' };
	}
	return isInside ? insideAt(from, before.at(-1) ?? '', known) : outsideAt(from, before.at(-1));
}

/** The attribute of whose value the cursor stands; `undefined` elsewhere. */
export const attributeAt = (query: TypedQuery): AttributeName | undefined => cursorIn(query).named;

/** The tokens before the cursor: the one that it stands in, as a word or in an open quote, and those before that. */
function cursorIn({ text, cursor }: TypedQuery) {
	const all = [...text.slice(0, cursor).matchAll(tokens)].map(({ 0: token, index }) => ({ text: token, at: index }));
	const last = all.at(-1) ?? { text: '', at: cursor };
	const isOpen = isOpenString(last.text);
	const isWord = last.at + last.text.length === cursor && /^[\w.]/.test(last.text);
	const before = (isOpen || isWord ? all.slice(0, -1) : all).map(token => token.text);
	const isInside = before.lastIndexOf('{') > before.lastIndexOf('}');
	const named = comparisons.includes(before.at(-1) ?? '') ? parseAttributeWord(before.at(-2) ?? '') : undefined;
	return { last, isOpen, isWord, before, isInside, named };
}

/** A name after `{`, `&&` and the like; then a comparison; after its value what joins it to the next. */
function insideAt(from: number, before: string, { names }: KnownAttributes): QueryCandidates | undefined {
	if (['{', '(', '!', ...connectives].includes(before)) {
		return { from, words: [...new Set([...names.map(attributeWord), ...intrinsics])], after: ' ' };
	}
	if (/^["`\d]/.test(before) || before === ')') return { from, words: [...connectives, '}'] };
	if (isValueWord(before)) return { from, words: [...connectives, '}'] };
	return parseAttributeWord(before) === undefined ? undefined : { from, words: comparisons, after: ' ' };
}

const isValueWord = (word: string): boolean =>
	/^(true|false|nil|error|ok|unset|server|client|producer|consumer|internal|unspecified)$/.test(word);

function outsideAt(from: number, before: string | undefined): QueryCandidates | undefined {
	if (before === undefined || connectives.includes(before)) return { from, words: ['{'] };
	if (before === '|') return { from, words: pipes };
	return before === '}' ? { from, words: ['|', ...connectives, '>>', '>'], after: ' ' } : undefined;
}
