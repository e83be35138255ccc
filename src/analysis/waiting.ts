import type { AttributeValue, Span } from '../model/trace.ts';

/**
 * What a span waits for, by what it is called. `likely` where the same operation takes no time when nobody is in its
 * way: a locking statement waits only if others hold the rows.
 */
export type Waiting = { readonly forWhat: string; readonly isLikely: boolean };

/**
 * Words of an operation, in small letters and parted by blanks (`wordsOf`), and what it waits for. First what is narrow.
 * Sources: OpenTelemetry's instrumentations name `pg-pool.connect`, `tcp.connect`, `tls.connect`, `dns.lookup` (JS) and
 * `http.getconn`, `http.dns`, `http.tls` (Go, otelhttptrace); .NET 9 `HTTP wait_for_connection`, `DNS lookup`, `socket
 * connect`, `TLS client handshake`; HikariCP and JDBC `getConnection`; the pools of pgx and node-postgres `acquire`.
 */
const waits: readonly (readonly [operation: RegExp, forWhat: string])[] = [
	[/\bpool (?:acquire|get|checkout|wait|borrow|connect)\b/, 'a connection'],
	[
		/\b(?:acquire|borrow|check ?out|get|wait for|lease) (?:an? )?(?:db |database |pooled )?conn(?:ection)?\b/,
		'a connection',
	],
	[/\bgetconn\b/, 'a connection'],
	[/\bdns\b|\bresolve host\b/, 'a name to be resolved'],
	[/\btls\b|\bssl handshake\b/, 'a TLS handshake'],
	[/\bconnect(?:ing)?$|\b(?:socket|tcp|pg|db) connect\b|\bdial\b/, 'a connection to be made'],
	[/\brate limit|\bthrottl|\bquota wait\b/, 'a rate limit'],
	[/\bback ?off\b|\bretry (?:wait|delay|after|sleep)\b|\bwait (?:before|for) retry\b/, 'its next attempt'],
	[/\bsemaphore\b|\bbulkhead\b|\bpermits?\b/, 'a permit'],
	[
		/\b(?:mutex|advisory lock|get lock|redlock|lock table)\b|\b(?:acquire|await|wait for|obtain|take) .*\block\b|\block (?:acquire|wait)\b|^lock$/,
		'a lock',
	],
	[
		/\b(?:queue|queued|queueing|enqueued) ?(?:wait|time|delay)?$|\bwait(?:ing)? (?:in|on|for) (?:the )?queue\b|\bin queue\b/,
		'its turn in a queue',
	],
	[/\bb[lrz]pop\b|\bxread .*\bblock\b/, 'a message'],
	[/\b(?:pg )?sleep\b|\bdelay$/, 'a sleep to end'],
	[/\bawait\b|\bwait(?:ing)?\b|\bblocked\b/, 'something'],
];

/** Row locks of PostgreSQL and MySQL (their manuals' chapters on explicit locking and on locking reads). */
const lockingRead = /\bfor (?:no key )?(?:update|share|key share)\b|\block in share mode\b/;

/** What drivers and servers say when a lock is not to be had, or was had late (PostgreSQL's `log_lock_waits`). */
const lockEvent = /\block (?:not available|wait|timeout)|\bstill waiting\b|\bwaiting for .*\block\b/;

/** What a span waits for; `undefined` where its name tells nothing. Routes are names of things, not of what is done. */
export function waitingOf({ name, kind, attributes, events }: Span): Waiting | undefined {
	if (kind === 'server' || kind === 'consumer' || kind === 'producer') return undefined;
	const statement = endsOf(textOf(attributes['db.query.text']) ?? textOf(attributes['db.statement']) ?? '');
	if (lockingRead.test(wordsOf(name)) || lockingRead.test(wordsOf(statement))) {
		return { forWhat: 'a row lock', isLikely: !events.some(event => lockEvent.test(wordsOf(event.name))) };
	}
	if (/pg_sleep|pg_advisory(?:_xact)?_lock|GET_LOCK|WAITFOR DELAY/i.test(statement)) {
		return { forWhat: /lock/i.test(statement) ? 'a lock' : 'a sleep to end', isLikely: false };
	}
	if (/^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|QUERY|CONNECT|TRACE)\b|\//.test(name)) return undefined;
	const operation = wordsOf(name);
	const found = waits.find(([pattern]) => pattern.test(operation));
	return found === undefined ? undefined : { forWhat: found[1], isLikely: false };
}

/** `waiting for a connection`, `likely a row lock`: behind the name of an operation. */
export const waitingWords = ({ forWhat, isLikely }: Waiting): string =>
	isLikely ? `likely ${forWhat}` : forWhat === 'something' ? 'waiting' : `waiting for ${forWhat}`;

/** As many characters as a name has, or the two ends of a statement that tell what it does and what it locks. */
const longestRead = 2000;

const endsOf = (statement: string): string =>
	statement.length <= longestRead
		? statement
		: `${statement.slice(0, longestRead / 2)} ${statement.slice(-longestRead / 2)}`;

/** `acquireConnection`, `pool.acquire` and `wait_for_connection` as words in small letters. */
const wordsOf = (name: string): string =>
	name
		.slice(0, longestRead + 1)
		.replaceAll(/([a-z])([A-Z])/g, '$1 $2')
		.replaceAll(/[^A-Za-z0-9]+/g, ' ')
		.trim()
		.toLowerCase();

const textOf = (value: AttributeValue | undefined): string | undefined =>
	typeof value === 'string' ? value : undefined;
