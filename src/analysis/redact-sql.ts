import { isHarmless, isSecretKey, kindOfKey } from './secret-key.ts';
import { maskOf, type Tally } from './secret-mask.ts';

/*
 * Secrets in statements, which stand there as positions and words of their own have it: no sign leads to them.
 */

/** A text of SQL, whose end may be cut off. */
const literal = String.raw`'(?:[^'\\]|''|\\[\s\S])*(?:'|$)`;

/** `IDENTIFIED BY 'x'` (MySQL, MariaDB, Oracle), `WITH ENCRYPTED PASSWORD 'x'` (PostgreSQL). */
const passwordClause = new RegExp(
	String.raw`(\b(?:identified\s+(?:with\s+\S{1,64}\s+)?(?:by|as)|password)\s+)(${literal})`,
	'gi',
);

/** `AUTH [user] password`, alone in its command (Redis). A word of letters alone may be a sentence's: `AUTH failed`. */
const redisAuth = /^(?!.*\[redacted)(\s*AUTH\s+(?:\S{1,100}\s+)?)((?=\S*[^a-z\s])\S+)\s*$/;

/** The names of the columns of an `INSERT`, up to where its values begin. */
const insertHead = /\binto\s+[^\s(]{1,200}\s*\(([^()]{1,5000})\)\s*values\s*/gi;

/** In `values`: a text, an opening or closing bracket, a comma, or anything else up to the next of them. */
const piece = new RegExp(`${literal}|[(),;]|[^'(),;]+`, 'gy');

/** Masks passwords that statements set, and values of an `INSERT` whose column is named as a secret. */
export function maskStatements(text: string, tally: Tally): string {
	let done = text.replace(passwordClause, (_, head: string, value: string) => head + maskedLiteral(value, '', tally));
	done = done.replace(redisAuth, (_, head: string) => head + maskOf('password', tally));
	return /\bvalues\b/i.test(done) ? maskInserts(done, tally) : done;
}

function maskInserts(text: string, tally: Tally): string {
	const done: string[] = [];
	let from = 0;
	for (const head of text.matchAll(insertHead)) {
		const columns = (head[1] ?? '').split(',').map(name => name.replace(/["`[\]\s]/g, ''));
		const at = head.index + head[0].length;
		if (at < from || !columns.some(isSecretKey)) continue;
		const { values, end } = maskedRows(text, at, columns, tally);
		done.push(text.slice(from, at), values);
		from = end;
	}
	return done.join('') + text.slice(from);
}

/** Rows of values from `at` on, up to the end of the statement. */
function maskedRows(text: string, at: number, columns: readonly string[], tally: Tally) {
	const values: string[] = [];
	let [depth, column, end] = [0, 0, at];
	piece.lastIndex = at;
	for (let found = piece.exec(text); found !== null; found = piece.exec(text)) {
		const [part] = found;
		if (part === ';' || (depth === 0 && !/^[\s(,]/.test(part))) break;
		if (part === '(' && depth++ === 0) column = 0;
		if (part === ')') depth--;
		if (part === ',' && depth === 1) column++;
		const name = columns[column] ?? '';
		values.push(part.startsWith("'") && depth > 0 && isSecretKey(name) ? maskedLiteral(part, name, tally) : part);
		end = piece.lastIndex;
	}
	return { values: values.join(''), end };
}

function maskedLiteral(value: string, name: string, tally: Tally): string {
	const bare = value.slice(1, value.length > 1 && value.endsWith("'") ? -1 : undefined);
	return isHarmless(bare) ? value : `'${maskOf(name === '' ? 'password' : kindOfKey(name), tally)}'`;
}
