import type { Tree } from '@lezer/common';

/** The first place where a query cannot be read. */
export type SyntaxFault = {
	/** `parse error at line 1, col 12: syntax error: unexpected $end`, as Grafana's Go parsers word it. */
	readonly words: string;
	/** Where the offending token begins, in UTF-16 units. */
	readonly offset: number;
	/** The syntax node that was being read. */
	readonly parent: string;
};

/** `undefined` for a sound query. Lines and columns count from 1, columns in characters. */
export function syntaxErrorOf(tree: Tree, text: string, nameOf: (token: string) => string): SyntaxFault | undefined {
	let fault: { offset: number; parent: string } | undefined;
	tree.iterate({
		enter: node => {
			if (node.type.isError) fault ??= { offset: node.from, parent: node.node.parent?.name ?? '' };
			return fault === undefined;
		},
	});
	if (fault === undefined) return undefined;
	const rest = text.slice(fault.offset);
	const offset = rest.trim() === '' ? text.length : fault.offset + rest.length - rest.trimStart().length;
	const before = text.slice(0, offset).split('\n');
	const column = [...(before.at(-1) ?? '')].length + 1;
	const token = /^(?:"(?:[^"\\]|\\.)*"|`[^`]*`|[\w.:]+|\|[=~>|]|[!=<>]=|[!=]~|&&|.)/s.exec(text.slice(offset))?.[0];
	const unexpected = token === undefined ? '$end' : nameOf(token);
	return {
		...fault,
		offset,
		words: `parse error at line ${before.length}, col ${column}: syntax error: unexpected ${unexpected}`,
	};
}

/** The name a Go yacc grammar gives a token. */
export const tokenName = (token: string): string => {
	if (/^["`]/.test(token)) return token.length > 1 ? 'STRING' : token;
	if (/^\d+(?:\.\d+)?$/.test(token)) return 'NUMBER';
	if (/^\d+[a-zµ]/i.test(token)) return 'DURATION';
	return /^\w/.test(token) ? 'IDENTIFIER' : token;
};
