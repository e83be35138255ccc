import { parser } from '@grafana/lezer-logql';
import type { QueryCandidates, TypedQuery } from './complete-query.ts';
import { isOpenString, writtenIn } from './query-strings.ts';
import type { QueryLanguage } from './query-syntax.ts';

/** LogQL as Grafana's own editor reads it. */
export const logqlLanguage: QueryLanguage = {
	parser,
	kinds: new Map([
		['Identifier', 'name'],
		['String', 'text'],
		['Number', 'number'],
		['Duration', 'number'],
		['Bytes', 'number'],
		['LineComment', 'comment'],
	]),
	complaintOf: rest => {
		if (rest.startsWith("'")) return 'LogQL quotes with " or `, not with \'.';
		return /^["`]/.test(rest) ? 'The quote is not closed.' : undefined;
	},
};

/** Whether a query asks for lines; a count of them is no log. Only for what the grammar reads. */
export const isLineQuery = (text: string): boolean =>
	parser.parse(text).topNode.getChild('Expr')?.getChild('LogExpr') != null;

/** What is known of the lines that are looked at, for completion. */
export type KnownNames = {
	readonly labels: readonly string[];
	readonly valuesOf: (label: string) => readonly string[];
	/** Labels and values of them that other lines of the window have. */
	readonly otherLabels?: readonly string[];
	readonly otherValuesOf?: (label: string) => readonly string[];
	/** Fields that stand beside the lines or are found in them, by the names that LogQL has for them. */
	readonly fields: readonly string[];
	readonly fieldValuesOf: (field: string) => readonly string[];
};

const stages = 'json logfmt pattern regexp unpack line_format label_format drop keep decolorize unwrap'.split(' ');
const matchers = ['=', '!=', '=~', '!~'];
const comparisons = [...matchers, '>', '>=', '<', '<='];
const lineFilters = ['|=', '!=', '|~', '!~', '|'];

const tokens = /"(?:[^"\\]|\\.)*"?|`[^`]*`?|[A-Za-z_]\w*|[|!=<>~]+|[\d.]+\w*|\S/g;

type Token = { readonly text: string; readonly at: number };

/** What could stand at the cursor, by the few tokens before it; the grammar gives no help in what is half typed. */
export function logqlCandidates(query: TypedQuery, known: KnownNames): QueryCandidates | undefined {
	const { last, isOpen, isWord, before, inSelector, name, operator } = cursorIn(query);
	const valuesOf = inSelector ? known.valuesOf : known.fieldValuesOf;
	const othersOf = (inSelector ? known.otherValuesOf : undefined) ?? (() => []);
	if (isOpen) {
		if (!matchers.includes(operator)) return undefined;
		const quote = last.text.charAt(0);
		const writtenAll = (values: readonly string[]) => values.flatMap(value => writtenIn(quote, value));
		return { from: last.at + 1, words: writtenAll(valuesOf(name)), others: writtenAll(othersOf(name)), after: quote };
	}
	const from = isWord ? last.at : query.cursor;
	if (!isWord && comparisons.includes(operator) && /^\w/.test(name)) {
		const quoted = (values: readonly string[]) => values.map(value => JSON.stringify(value));
		return { from, words: quoted(valuesOf(name)), others: quoted(othersOf(name)) };
	}
	return inSelector ? inSelectorAt(from, operator, known) : inPipelineAt(from, { before, isWord }, known);
}

/** The label of whose value the cursor stands, within the braces; `undefined` elsewhere. */
export function labelAt(query: TypedQuery): string | undefined {
	const { isWord, inSelector, name, operator } = cursorIn(query);
	return inSelector && !isWord && matchers.includes(operator) && /^\w/.test(name) ? name : undefined;
}

/** The tokens before the cursor: the one that it stands in, as a word or in an open quote, and those before that. */
function cursorIn({ text, cursor }: TypedQuery) {
	const all = [...text.slice(0, cursor).matchAll(tokens)].map(
		({ 0: token, index }): Token => ({ text: token, at: index }),
	);
	const last = all.at(-1) ?? { text: '', at: cursor };
	const isOpen = isOpenString(last.text);
	const isWord = last.at + last.text.length === cursor && /^\w/.test(last.text);
	const before = (isOpen || isWord ? all.slice(0, -1) : all).map(token => token.text);
	const inSelector = before.lastIndexOf('{') > before.lastIndexOf('}');
	return { last, isOpen, isWord, before, inSelector, name: before.at(-2) ?? '', operator: before.at(-1) ?? '' };
}

function inSelectorAt(
	from: number,
	before: string,
	{ labels, otherLabels = [] }: KnownNames,
): QueryCandidates | undefined {
	if (before === '{' || before === ',') return { from, words: labels, others: otherLabels, after: '="' };
	if (/^["`]/.test(before)) return { from, words: [',', '}'] };
	return /^\w/.test(before) ? { from, words: matchers, after: '"' } : undefined;
}

function inPipelineAt(
	from: number,
	{ before, isWord }: { readonly before: readonly string[]; readonly isWord: boolean },
	{ fields, labels, otherLabels = [] }: KnownNames,
): QueryCandidates | undefined {
	const ahead = before.at(-2) ?? '';
	const last = before.at(-1);
	if (last === undefined) return { from, words: ['{'] };
	if (last === '|') return { from, words: [...stages, ...fields, ...labels], others: otherLabels, after: ' ' };
	if (last === 'and' || last === 'or') return { from, words: [...fields, ...labels], others: otherLabels };
	if (isWord) return undefined;
	const isField = /^\w/.test(last) && ['|', 'and', 'or'].includes(ahead) && !stages.includes(last);
	return isField ? { from, words: comparisons } : { from, words: lineFilters, after: ' ' };
}
