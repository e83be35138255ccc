import type { Parser } from '@lezer/common';

/** What a piece of a query is for whoever reads it. */
export type PieceKind = 'name' | 'text' | 'number' | 'keyword' | 'operator' | 'comment';

/** A language of queries as its grammar tells it: LogQL, TraceQL. */
export type QueryLanguage = {
	readonly parser: Parser;
	/** The grammar's nodes for what is neither keyword nor operator. */
	readonly kinds: ReadonlyMap<string, PieceKind>;
	/** What is wrong where a text begins that does not fit, in a sentence; `undefined` where nothing better is known. */
	readonly complaintOf?: (rest: string) => string | undefined;
};

export type QueryPiece = { readonly text: string; readonly kind?: PieceKind };

/** The query piece by piece, nothing left out: what the grammar knows has its kind, blanks and brackets have none. */
export function queryPieces({ parser, kinds }: QueryLanguage, text: string): readonly QueryPiece[] {
	const pieces: QueryPiece[] = [];
	let end = 0;
	const add = (from: number, to: number, kind?: PieceKind) => {
		if (from > end) pieces.push({ text: text.slice(end, from) });
		if (to > Math.max(from, end)) pieces.push({ text: text.slice(from, to), ...(kind === undefined ? {} : { kind }) });
		end = Math.max(end, to);
	};
	parser.parse(text).iterate({
		enter: ({ name, from, to, node }) => {
			if (node.firstChild !== null || to <= from || from < end) return;
			add(from, to, kinds.get(name) ?? (/^\w/.test(text.slice(from)) ? 'keyword' : 'operator'));
		},
	});
	add(text.length, text.length);
	return pieces;
}

/** Where a query goes wrong, in UTF-16 units, and how, in a sentence. */
export type QueryFault = { readonly at: number; readonly words: string };

/** The first place where the grammar cannot go on; `undefined` for a sound query. */
export function queryFault({ parser, complaintOf }: QueryLanguage, text: string): QueryFault | undefined {
	let at: number | undefined;
	parser.parse(text).iterate({
		enter: ({ type, from }) => {
			if (type.isError) at ??= from;
			return at === undefined;
		},
	});
	if (at === undefined) return undefined;
	const rest = text.slice(at);
	if (rest.trim() === '') return { at: text.length, words: 'The query ends too early.' };
	const start = at + rest.length - rest.trimStart().length;
	const word = /^(?:[\w.]+|[|!=<>~]+|.)/su.exec(text.slice(start))?.[0] ?? '';
	return { at: start, words: complaintOf?.(text.slice(start)) ?? `${word} does not fit here.` };
}

/** Where a server's position stands in a query: line and column count from 1, columns in characters. */
export function offsetOf(text: string, { line, column }: { readonly line: number; readonly column: number }): number {
	const lines = text.split('\n');
	const before = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
	const within = [...(lines[line - 1] ?? '')].slice(0, Math.max(0, column - 1)).join('').length;
	return Math.min(text.length, before + within);
}
