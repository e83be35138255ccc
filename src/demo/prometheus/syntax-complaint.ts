import type { SyntaxNodeRef, Tree } from '@lezer/common';
import { ParseError } from './expression.ts';

/** What Prometheus would say about the first error of a tree; `undefined` when there is none. */
export const complaintAbout = (tree: Tree, source: string): ParseError | undefined => {
	let first: ParseError | undefined;
	tree.iterate({
		enter: node => {
			if (first === undefined && node.type.isError) first = complaintAt(node, source);
			return first === undefined;
		},
	});
	return first;
};

const complaintAt = (node: SyntaxNodeRef, source: string): ParseError => {
	const at = node.from + (/^\s*/.exec(source.slice(node.from))?.[0].length ?? 0);
	const rest = source.slice(at);
	if (rest === '') return new ParseError(source, source.length, endComplaint(source));
	const name = /([a-zA-Z_:][\w:]*)\s*$/.exec(source.slice(0, at));
	if (rest.startsWith('(') && name !== null) {
		return new ParseError(source, name.index, `unknown function with name "${name[1]}"`);
	}
	return new ParseError(source, at, `unexpected ${tokenOf(rest)}${insideOf(source.slice(0, at))}`);
};

/** The input ended too early: within what? */
const endComplaint = (source: string): string => {
	const open = openersOf(source);
	if (open.at(-1) === '{') return 'unexpected end of input inside braces';
	if (open.at(-1) === '[') return 'unexpected end of input in duration expression';
	return open.length > 0 ? 'unclosed left parenthesis' : 'unexpected end of input';
};

const insideOf = (before: string): string => (openersOf(before).at(-1) === '{' ? ' in label matching' : '');

/** The brackets that are open at the end, outermost first. */
const openersOf = (source: string): readonly string[] => {
	const open: string[] = [];
	for (const [bracket] of source.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g, '').matchAll(/[()[\]{}]/g)) {
		if ('([{'.includes(bracket)) open.push(bracket);
		else open.pop();
	}
	return open;
};

/** How Prometheus names the token that it did not expect. */
const tokenOf = (rest: string): string => {
	const word = /^[a-zA-Z_:][\w:]*/.exec(rest)?.[0];
	if (word !== undefined) return keywords.has(word.toLowerCase()) ? `<${word.toLowerCase()}>` : `identifier "${word}"`;
	const number = /^\d[\w.]*/.exec(rest)?.[0];
	if (number !== undefined) return `number "${number}"`;
	const text = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)/.exec(rest)?.[0];
	if (text !== undefined) return `string ${text}`;
	const operator = /^(?:=~|!~|==|!=|>=|<=|[-+*/%^<>])/.exec(rest)?.[0];
	if (operator !== undefined) return `<op:${operator}>`;
	const sign = rest.charAt(0);
	return '()[]{},='.includes(sign) ? `"${sign}"` : `character: '${sign}'`;
};

const keywords = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right', 'bool', 'offset']);
