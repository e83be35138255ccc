import { type PieceKind, type QueryLanguage, queryPieces } from '../analysis/query-syntax.ts';
import type { Marked } from '../widgets/line.ts';
import type { Role } from '../widgets/theme.ts';

const roles: Readonly<Record<PieceKind, Role>> = {
	name: 'link',
	text: 'ok',
	number: 'threshold',
	keyword: 'strong',
	operator: 'dim',
	comment: 'dim',
};

/** A query in the colours of its language. */
export const queryColours =
	(language: QueryLanguage) =>
	(text: string): readonly Marked[] =>
		queryPieces(language, text).map(piece =>
			piece.kind === undefined ? { text: piece.text } : { text: piece.text, role: roles[piece.kind] },
		);
