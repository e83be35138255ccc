import { database } from './span-attributes.ts';
import { along, firstCall, lastAnswer, ms, query, stretch, type Telling } from './telling.ts';

const connections =
	'SELECT id, departs_at, arrives_at FROM connections WHERE origin = $1 AND destination = $2 AND day = $3';
const stopTimes = 'SELECT stop_id, arrives_at, departs_at FROM stop_times WHERE connection_id = $1';
const stopTimesOfAll = 'SELECT stop_id, arrives_at, departs_at FROM stop_times WHERE connection_id = ANY($1)';

/** A search that takes long reads the stops of its connections one by one. */
const oneByOneFrom = 34 * ms;

export const search = (telling: Telling): void => {
	const { start, end, chance } = telling;
	query(telling, {
		name: 'SELECT connections',
		start: along(start, end, 0.06),
		end: along(start, end, 0.3),
		attributes: database('postgresql', 'timetable', 'SELECT', connections),
	});
	const oneByOne = end - start >= oneByOneFrom;
	const reads = oneByOne ? chance.whole(6, 14) : 1;
	for (let read = 0; read < reads; read++) {
		query(telling, {
			name: 'SELECT stop_times',
			start: along(start, end, 0.32 + (0.54 * read) / reads),
			end: along(start, end, 0.32 + (0.54 * (read + chance.between(0.8, 0.97))) / reads),
			attributes: database('postgresql', 'timetable', 'SELECT', oneByOne ? stopTimes : stopTimesOfAll),
		});
	}
	stretch(telling, { name: 'rank connections', start: along(start, end, 0.88), end: along(start, end, 0.98) });
};

export const board = (telling: Telling): void => {
	const until = firstCall(telling);
	query(telling, {
		name: 'GET board',
		start: along(telling.start, until, 0.05),
		end: along(telling.start, until, 0.2),
		attributes: database('redis', '2', 'GET', 'GET board:?'),
	});
	query(telling, {
		name: 'SELECT departures',
		start: along(telling.start, until, 0.24),
		end: along(telling.start, until, 0.92),
		attributes: database('postgresql', 'timetable', 'SELECT', 'SELECT * FROM departures WHERE station = $1 LIMIT 40'),
	});
	for (const call of telling.calls) telling.call(call);
	const from = lastAnswer(telling);
	stretch(telling, { name: 'merge delays', start: along(from, telling.end, 0.1), end: along(from, telling.end, 0.9) });
};

/** The cache is asked first; what it does not have costs the time that the visit `waited`. */
export const quote = (telling: Telling): void => {
	const { start, end, visit } = telling;
	const looked = start + (end - start - visit.waited) * 0.5;
	const missed = visit.waited > 0;
	query(telling, {
		name: 'MGET tariffs',
		start: along(start, looked, 0.2),
		end: looked,
		attributes: { ...database('redis', '3', 'MGET', 'MGET ?'), 'nightline.cache.hit': !missed },
	});
	if (missed) {
		query(telling, {
			name: 'SELECT tariffs',
			start: looked,
			end: looked + visit.waited,
			attributes: database(
				'postgresql',
				'fares',
				'SELECT',
				'SELECT * FROM tariffs WHERE relation = $1 AND valid @> $2',
			),
		});
	}
	stretch(telling, {
		name: 'price',
		start: looked + visit.waited,
		end: along(looked + visit.waited, end, 0.8),
		...(visit.status === 500
			? {
					failure: {
						message: 'no tariff',
						exception: { type: '*errors.errorString', message: 'no tariff for relation' },
					},
				}
			: {}),
	});
};

/** `till` asks the acquirer, which is not ours and writes no spans. */
export const settle = (telling: Telling, { path, table }: { readonly path: string; readonly table: string }): void => {
	const { start, end, visit, passage } = telling;
	const declined = visit.status === 402;
	stretch(telling, { name: 'check risk', start: along(start, end, 0.02), end: along(start, end, 0.1) });
	query(telling, {
		name: 'SELECT accounts',
		start: along(start, end, 0.11),
		end: along(start, end, 0.17),
		attributes: database('postgresql', 'till', 'SELECT', 'SELECT * FROM accounts WHERE id = $1'),
	});
	stretch(telling, {
		name: 'POST',
		kind: 'client',
		start: along(start, end, 0.19),
		end: along(start, end, 0.9),
		attributes: {
			'http.request.method': 'POST',
			'url.full': `https://acquirer.example${path}`,
			'server.address': 'acquirer.example',
			'server.port': 443,
			'http.response.status_code': declined ? 402 : 200,
			'nightline.amount_cents': passage.price,
		},
		...(declined ? { failure: { message: 'HTTP 402' } } : {}),
	});
	query(telling, {
		name: `INSERT ${table}`,
		start: along(start, end, 0.92),
		end: along(start, end, 0.98),
		attributes: database(
			'postgresql',
			'till',
			'INSERT',
			`INSERT INTO ${table} (account, amount, state) VALUES ($1, $2, $3)`,
		),
	});
};

export const notify = (telling: Telling): void => {
	const { start, end } = telling;
	query(telling, {
		name: 'SELECT templates',
		start: along(start, end, 0.03),
		end: along(start, end, 0.12),
		attributes: database(
			'postgresql',
			'herald',
			'SELECT',
			'SELECT body FROM templates WHERE event = $1 AND language = $2',
		),
	});
	stretch(telling, { name: 'render mail', start: along(start, end, 0.14), end: along(start, end, 0.3) });
	stretch(telling, {
		name: 'POST',
		kind: 'client',
		start: along(start, end, 0.32),
		end: along(start, end, 0.86),
		attributes: {
			'http.request.method': 'POST',
			'url.full': 'https://relay.example/v1/messages',
			'server.address': 'relay.example',
			'http.response.status_code': 202,
		},
	});
	query(telling, {
		name: 'UPDATE outbox',
		start: along(start, end, 0.88),
		end: along(start, end, 0.97),
		attributes: database('postgresql', 'herald', 'UPDATE', 'UPDATE outbox SET sent_at = now() WHERE id = $1'),
	});
};

/** A reading older than this is guessed from its neighbours, with a warning that nobody needs. */
export const staleAfter = 30_000 * ms;

export const reading = (telling: Telling): void => {
	const { start, end, visit } = telling;
	const stale = visit.waited > staleAfter;
	query(telling, {
		name: 'SELECT readings',
		start: along(start, end, 0.1),
		end: along(start, end, stale ? 0.6 : 0.85),
		attributes: {
			...database('influxdb', 'trackside', 'SELECT', 'SELECT last(delay) FROM readings WHERE segment = $segment'),
			'nightline.reading.age_seconds': Math.round(visit.waited / 1e9),
		},
	});
	if (stale) {
		stretch(telling, { name: 'interpolate', start: along(start, end, 0.65), end: along(start, end, 0.9) });
	}
};
