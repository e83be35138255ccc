import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatSql, isSql } from '../../src/analysis/sql-text.ts';

test.each([
	['a short one stays on its line', 'select 1', 'select ?'],
	[
		'a clause to a line',
		"SELECT b.id, b.coach FROM berths b LEFT OUTER JOIN coaches c ON c.id = b.coach WHERE b.train = 'NJ 401' AND b.no > 12 GROUP BY b.id ORDER BY b.no LIMIT 10 FOR UPDATE",
		`SELECT b.id, b.coach
FROM berths b
LEFT OUTER JOIN coaches c ON c.id = b.coach
WHERE b.train = ? AND b.no > ?
GROUP BY b.id
ORDER BY b.no
LIMIT ?
FOR UPDATE`,
	],
	[
		'queries in parentheses are indented, functions are not broken',
		'SELECT EXTRACT(YEAR FROM at), count(*) FROM (SELECT at FROM seats WHERE held IS DISTINCT FROM sold) s',
		`SELECT EXTRACT(YEAR FROM at), count(*)
FROM (SELECT at
  FROM seats
  WHERE held IS DISTINCT FROM sold) s`,
	],
	[
		'many values become one word',
		'INSERT INTO seats (id, coach, no) VALUES (1, 2, 3), (4, 5, 6) ON CONFLICT DO NOTHING RETURNING id',
		`INSERT INTO seats (id, coach, no)
VALUES (?, ?, ?), (?, ?, ?)
ON CONFLICT DO NOTHING
RETURNING id`,
	],
	[
		'a list of literals is counted',
		'DELETE FROM seats WHERE id IN (1, 2, 3, 4, 5) AND coach = $1 AND train = :train AND held = @held',
		'DELETE FROM seats\nWHERE id IN (?, … ×5) AND coach = $1 AND train = :train AND held = @held',
	],
	[
		'keywords in quotes are none',
		`UPDATE "order from" SET note = 'it''s FROM WHERE' WHERE a2 = 0x1f AND b = 1.5e-3 AND c = E'x\\' FROM'`,
		`UPDATE "order from"
SET note = ?
WHERE a2 = ? AND b = ? AND c = ?`,
	],
	['blanks and comments', 'SELECT   1 -- all of\n\tFROM  x /* FROM y */', 'SELECT ? /* all of */ FROM x /* FROM y */'],
	['a text without an end hides the rest', "SELECT 'secret FROM x", 'SELECT ?'],
	['texts in dollars', 'DO $body$ SELECT 1 $body$; SELECT $$x$$', 'DO ?; SELECT ?'],
])('%s', (_, statement, text) => {
	expect(formatSql(statement)).toBe(text);
});

test('in MySQL a backslash escapes, and double quotes hold texts', () => {
	expect(formatSql(String.raw`SELECT "a\"b", 'it\'s' FROM ${'`from`'}`, 'mysql')).toBe('SELECT ?, ? FROM `from`');
	expect(formatSql(String.raw`SELECT 'C:\' FROM x`, 'postgresql')).toBe('SELECT ? FROM x');
});

test('a statement of a megabyte is cut', () => {
	expect(formatSql(`SELECT ${'a, '.repeat(400_000)}`)).toMatch(/ …$/);
	expect(formatSql(`SELECT '${"x'".repeat(400_000)}`).length).toBeLessThan(30_000);
});

test('no text of a statement is ever told', () => {
	fc.assert(
		fc.property(fc.string(), fc.string(), (before, after) => {
			const told = formatSql(`SELECT '${before.replaceAll("'", "''")}hidden${after.replaceAll("'", "''")}' FROM x`);
			expect(told).toBe('SELECT ? FROM x');
		}),
	);
});

test.each([
	['SELECT 1', '', true],
	['  /* route=x */ with a as (select 1) select * from a', 'postgresql', true],
	['(select 1)', '', true],
	['SET key value', 'redis', false],
	['{"find":"x"}', 'mongodb', false],
	['GET key', '', false],
])('%s of %s is SQL: %s', (statement, system, expected) => {
	expect(isSql(statement, system)).toBe(expected);
});
