import type { Matcher } from '../model/labels.ts';
import type { PromSelector } from './promql.ts';
import { unquote } from './promql-literals.ts';

/** What can be told of a query in a language that is like PromQL without being it. */
export type ScannedQuery = { readonly selectors: readonly PromSelector[]; readonly groupedBy: readonly string[] };

/** Characters that are looked at. */
const longestScan = 20_000;

const tokens = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|[\w:.]+|=~|!~|!=|=|\S/g;
const isQuoted = (token: string): boolean => token.length > 1 && /^["'`]/.test(token);
const isOperator = (token: string): token is Matcher['operator'] => ['=', '!=', '=~', '!~'].includes(token);

/**
 * The selectors in braces and the labels in `by (…)` of LogQL (a Loki ruler's rules), MetricsQL (vmalert's) or of
 * PromQL that is newer than our grammar or was cut short. Reads words, not grammar: whatever is not a matcher is
 * passed over, and `or` between matchers, as MetricsQL has it, begins another selector.
 */
export function scanQuery(text: string): ScannedQuery {
	const words = [...text.slice(0, longestScan).matchAll(tokens)].map(([token]) => token);
	const selectors: PromSelector[] = [];
	const groupedBy = new Set<string>();
	for (let index = 0; index < words.length; index++) {
		const [word = '', next] = words.slice(index, index + 2);
		if (word === '{') {
			const inner = wordsUpTo('}', words, index + 1);
			selectors.push(...selectorsIn(inner, words[index - 1]));
			index += inner.length;
		} else if (word.toLowerCase() === 'by' && next === '(') {
			const inner = wordsUpTo(')', words, index + 2);
			for (const label of inner) if (label !== ',') groupedBy.add(nameIn(label));
			index += inner.length;
		}
	}
	return { selectors, groupedBy: [...groupedBy] };
}

/** The words from `start` to before `end`, or to the last when the query was cut. */
function wordsUpTo(end: string, words: readonly string[], start: number): readonly string[] {
	const at = words.indexOf(end, start);
	return words.slice(start, at < 0 ? undefined : at);
}

function selectorsIn(inner: readonly string[], before = ''): readonly PromSelector[] {
	const alternatives: Matcher[][] = [[]];
	inner.forEach((word, index) => {
		const [operator = '', value = ''] = inner.slice(index + 1, index + 3);
		if (word === 'or') alternatives.push([]);
		else if (isOperator(operator) && isQuoted(value)) {
			alternatives.at(-1)?.push({ name: nameIn(word), operator, value: unquote(value) });
		}
	});
	const metric = /^[a-zA-Z_:][\w:.]*$/.test(before) ? { metric: before } : {};
	return alternatives
		.filter(matchers => matchers.length > 0)
		.map(matchers => ({ kind: 'selector', text: `${before}{…}`, ...metric, matchers }));
}

const nameIn = (word: string): string => (isQuoted(word) ? unquote(word) : word);
