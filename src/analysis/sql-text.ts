/**
 * A statement as one reads it: a line for each clause, and `?` for each literal, since those are people's data. What
 * stands in quotes is never taken for a keyword.
 *
 *     SELECT b.id, b.coach          a statement of more than one line's length
 *     FROM berths b
 *     JOIN coaches c ON c.id = b.coach
 *     WHERE b.train = ?
 *     FOR UPDATE
 *
 * `system` is the database (`db.system.name`): where `\'` does not end a text, and `"` begins one, depends on it.
 */
export function formatSql(statement: string, system = ''): string {
	const isCut = statement.length > longestRead;
	const tokens = tokensOf(isCut ? statement.slice(0, longestRead) : statement, system);
	const plain = tokens.map(({ text }) => text).join('');
	const text = plain.length <= shortLine ? plain : inClauses(tokens);
	return text.replaceAll(/\?(?:, ?\?){3,}/g, list => `?, … ×${list.split(',').length}`) + (isCut ? ' …' : '');
}

/** SQL by its first word, and not by a system that has words of its own such as Redis' `SET`. */
export const isSql = (statement: string, system = ''): boolean =>
	!/^(?:redis|memcached|mongodb|elasticsearch|opensearch|neo4j|dynamodb|aws\.|couchdb|influxdb|hbase)/.test(system) &&
	firstWord.test(statement);

const firstWord =
	/^\s*(?:\/\*.{0,2000}?\*\/\s*)?\(?\s*(?:select|insert|update|delete|with|merge|replace|create|alter|drop|truncate|call|exec|explain|lock|copy|set|values|begin|start|commit|rollback)\b/is;

/** Statements grow to megabytes where values are written into them. */
const longestRead = 20_000;

/** A statement up to here reads well on a line. */
const shortLine = 60;

type Token = { readonly kind: 'word' | 'blank' | 'literal' | 'other'; readonly text: string };

/** Comments, texts and names in quotes, parameters, words, numbers, blanks, and any other character. */
const lexers = {
	standard: lexer("'(?:[^']|'')*(?:'|$)", '"(?:[^"]|"")*(?:"|$)'),
	escaping: lexer(String.raw`'(?:[^'\\]|\\[^]|'')*(?:'|\\?$)|"(?:[^"\\]|\\[^]|"")*(?:"|\\?$)`, '`[^`]*(?:`|$)'),
} as const;

function lexer(text: string, name: string): RegExp {
	const parts = [
		String.raw`(?<comment>--[^\n]*|\/\*[^]*?(?:\*\/|$))`,
		String.raw`(?<literal>\b[eE]'(?:[^'\\]|\\[^]|'')*(?:'|\\?$)|${text}|\$(?<tag>[A-Za-z_]*)\$[^]*?(?:\$\k<tag>\$|$)|(?<![\w$@:.])(?:0x[\da-f]+|\d[\d.]*(?:e[+-]?\d+)?))`,
		`(?<quoted>${name})`,
		String.raw`(?<word>[$@:]*[\p{L}_\d][\p{L}\d_$]*)`,
		String.raw`(?<blank>\s+)`,
		'(?<other>[^])',
	];
	return new RegExp(parts.join('|'), 'giu');
}

function tokensOf(statement: string, system: string): readonly Token[] {
	const pattern = /^(?:mysql|mariadb|clickhouse|bigquery|gcp\.|spanner|databricks|hive)/.test(system)
		? lexers.escaping
		: lexers.standard;
	const tokens: Token[] = [];
	for (const { 0: text, groups = {} } of statement.trim().matchAll(pattern)) {
		const { literal, blank, comment, word } = groups;
		if (literal !== undefined) tokens.push({ kind: 'literal', text: '?' });
		else if (blank !== undefined) tokens.push({ kind: 'blank', text: ' ' });
		else if (comment?.startsWith('--')) tokens.push({ kind: 'other', text: `/*${text.slice(2)} */` });
		else tokens.push({ kind: word === undefined ? 'other' : 'word', text });
	}
	return tokens;
}

/** Words that begin a clause; with those that must follow, where a word alone is not enough. */
const clauses: ReadonlyMap<string, RegExp | undefined> = new Map([
	['FROM', undefined],
	['WHERE', undefined],
	['GROUP', /^BY$/],
	['ORDER', /^BY$/],
	['HAVING', undefined],
	['LIMIT', undefined],
	['VALUES', undefined],
	['SET', undefined],
	['RETURNING', undefined],
	['UNION', undefined],
	['EXCEPT', undefined],
	['INTERSECT', undefined],
	['JOIN', undefined],
	...['LEFT', 'RIGHT', 'FULL', 'INNER', 'CROSS', 'NATURAL'].map(side => [side, /^(?:OUTER|JOIN)$/] as const),
	['FOR', /^(?:UPDATE|SHARE|NO|KEY)$/],
	['ON', /^(?:CONFLICT|DUPLICATE)$/],
]);

/** After these a clause word goes on with what has begun: `DELETE FROM`, `LEFT JOIN`, `IS DISTINCT FROM`. */
const goesOn = /^(?:DELETE|DISTINCT|LEFT|RIGHT|FULL|INNER|OUTER|CROSS|NATURAL)$/;

function inClauses(tokens: readonly Token[]): string {
	const words = tokens
		.filter(({ kind }) => kind !== 'blank')
		.map(({ kind, text }) => (kind === 'word' ? text.toUpperCase() : text));
	/** For each open parenthesis whether a query stands in it. */
	const open: boolean[] = [];
	let text = '';
	let at = 0;
	for (const token of tokens) {
		if (token.kind === 'blank') {
			if (!text.endsWith('\n') && text !== '') text += ' ';
			continue;
		}
		const [before = '', word = '', after = ''] = [words[at - 1], words[at], words[at + 1]];
		at++;
		if (word === '(') open.push(after === 'SELECT' || after === 'WITH');
		if (word === ')') open.pop();
		const follows = clauses.get(word);
		const isClause = clauses.has(word) && (follows === undefined || follows.test(after));
		const breaks = token.kind === 'word' && isClause && !goesOn.test(before) && open.every(Boolean) && text !== '';
		if (breaks) text = `${text.trimEnd()}\n${'  '.repeat(open.length)}`;
		text += token.text;
	}
	return text.trim();
}
