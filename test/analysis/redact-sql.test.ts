import { expect, test } from 'vitest';
import { redact } from '../../src/analysis/redact.ts';

test.each([
	[
		"INSERT INTO users (email, password) VALUES ('ana@example.com', 'sesame1'), ('bo@example.com', 'it''s')",
		"INSERT INTO users (email, password) VALUES ('ana@example.com', '[redacted password]'), ('bo@example.com', '[redacted password]')",
	],
	[
		"insert into t(\"api_key\",at,note) values('abc', now(), 'x, y') returning id",
		"insert into t(\"api_key\",at,note) values('[redacted key]', now(), 'x, y') returning id",
	],
	[
		"INSERT INTO t (id, token) VALUES (coalesce('a', 'b'), 'abc'",
		"INSERT INTO t (id, token) VALUES (coalesce('a', 'b'), '[redacted token]'",
	],
	["CREATE USER ana IDENTIFIED BY 'sesame'", "CREATE USER ana IDENTIFIED BY '[redacted password]'"],
	[
		"ALTER USER ana IDENTIFIED WITH mysql_native_password BY 'sesame'; SELECT 'x'",
		"ALTER USER ana IDENTIFIED WITH mysql_native_password BY '[redacted password]'; SELECT 'x'",
	],
	["ALTER ROLE ana WITH ENCRYPTED PASSWORD 'sesame'", "ALTER ROLE ana WITH ENCRYPTED PASSWORD '[redacted password]'"],
	['AUTH sesame123', 'AUTH [redacted password]'],
	['AUTH ana sesame123', 'AUTH ana [redacted password]'],
])('a secret in a statement: %s', (text, masked) => {
	expect(redact(text)).toBe(masked);
});

test.each([
	"INSERT INTO seats (coach, seat) VALUES ('b', 'token')",
	'INSERT INTO users (email, password) VALUES ($1, $2)',
	'INSERT INTO users (email, password) VALUES (?, ?)',
	'AUTH failed',
	'identified by the guard',
	'INSERT INTO tokens (token) SELECT 1',
])('no secret: %s', text => {
	expect(redact(text)).toBe(text);
});
