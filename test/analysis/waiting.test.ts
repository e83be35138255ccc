import { expect, test } from 'vitest';
import { waitingOf, waitingWords } from '../../src/analysis/waiting.ts';
import type { Attributes, Span, SpanKind } from '../../src/model/trace.ts';
import { traceFromText } from '../helpers/trace-from-text.ts';

const [drawn] = traceFromText('s x :=').spans;

function wordsOf(name: string, attributes: Attributes = {}, kind: SpanKind = 'internal'): string | undefined {
	const waiting = waitingOf({ ...(drawn as Span), name, attributes, kind });
	return waiting && waitingWords(waiting);
}

test.each([
	['pool.acquire', 'waiting for a connection'],
	['pg-pool.connect', 'waiting for a connection'],
	['HikariDataSource.getConnection', 'waiting for a connection'],
	['acquireConnection', 'waiting for a connection'],
	['HTTP wait_for_connection api.example:443', 'waiting for a connection'],
	['http.getconn', 'waiting for a connection'],
	['pg.connect', 'waiting for a connection to be made'],
	['tcp.connect', 'waiting for a connection to be made'],
	['dns.lookup', 'waiting for a name to be resolved'],
	['tls.connect', 'waiting for a TLS handshake'],
	['retry.backoff', 'waiting for its next attempt'],
	['rateLimiter.wait', 'waiting for a rate limit'],
	['lock.acquire', 'waiting for a lock'],
	['waitForLock', 'waiting for a lock'],
	['Redlock acquire', 'waiting for a lock'],
	['queue.wait', 'waiting for its turn in a queue'],
	['BLPOP jobs', 'waiting for a message'],
	['sleep', 'waiting for a sleep to end'],
	['await replies', 'waiting'],
	['SELECT seats FOR UPDATE', 'likely a row lock'],
	['select id from t for no key update', 'likely a row lock'],
	['lock.release', undefined],
	['SELECT seats', undefined],
	['GET /queue', undefined],
	['pool.release', undefined],
	['connector.flush', undefined],
	['updateBlock', undefined],
])('%s: %s', (name, words) => {
	expect(wordsOf(name)).toBe(words);
});

test('the statement tells what a short name does not, and a server does not wait', () => {
	expect(wordsOf('SELECT', { 'db.query.text': 'SELECT * FROM seats WHERE id = 1\n FOR UPDATE' }, 'client')).toBe(
		'likely a row lock',
	);
	expect(wordsOf('SELECT', { 'db.statement': 'SELECT pg_advisory_lock(7)' }, 'client')).toBe('waiting for a lock');
	expect(wordsOf('SELECT', { 'db.statement': 'SELECT pg_sleep(7)' }, 'client')).toBe('waiting for a sleep to end');
	expect(wordsOf('pool.acquire', {}, 'server')).toBeUndefined();
});

test('what a lock told of itself makes sure of it', () => {
	const events = [{ name: 'lock not available', at: 0n, attributes: {} }];
	const waiting = waitingOf({ ...(drawn as Span), name: 'SELECT seats FOR UPDATE', events });
	expect(waiting && waitingWords(waiting)).toBe('waiting for a row lock');
});

test('of a statement of a megabyte the end is read as well', () => {
	const statement = `SELECT id FROM seats WHERE id IN (${'1, '.repeat(300_000)}2) FOR UPDATE`;
	expect(wordsOf('SELECT', { 'db.query.text': statement }, 'client')).toBe('likely a row lock');
	expect(wordsOf('await '.repeat(300_000))).toBe('waiting');
});
