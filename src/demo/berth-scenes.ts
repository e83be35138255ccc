import { database } from './span-attributes.ts';
import { along, firstCall, lastAnswer, ms, query, stretch, type Telling } from './telling.ts';

/** A connection of the pool of `berths`; returns when it was had. */
const acquire = (telling: Telling): number => {
	const { start, visit } = telling;
	const had = start + 0.05 * ms + visit.waited;
	stretch(telling, {
		name: 'pool.acquire',
		start: start + 0.02 * ms,
		end: had,
		attributes: { 'db.client.connection.pool.name': 'berths', 'db.client.connection.max': 4 },
	});
	return had;
};

const selectBerth =
	'SELECT id, coach, number FROM berths WHERE train = $1 AND day = $2 AND state = $3 ORDER BY coach, number LIMIT $4 FOR UPDATE SKIP LOCKED';

export const hold = (telling: Telling): void => {
	const had = acquire(telling);
	const until = firstCall(telling);
	query(telling, {
		name: 'SELECT berths',
		start: along(had, until, 0.1),
		end: along(had, until, 0.9),
		attributes: database('postgresql', 'berths', 'SELECT', selectBerth),
	});
	for (const call of telling.calls) telling.call(call);
	const from = Math.max(lastAnswer(telling), until - 0.3 * ms);
	const held = telling.visit.status === 0;
	if (held) {
		query(telling, {
			name: 'UPDATE berths',
			start: along(from, telling.end, 0.08),
			end: along(from, telling.end, 0.45),
			attributes: database(
				'postgresql',
				'berths',
				'UPDATE',
				'UPDATE berths SET state = $1, held_by = $2 WHERE id = $3',
			),
		});
	}
	const ending = held ? 'COMMIT' : 'ROLLBACK';
	query(telling, {
		name: ending,
		start: along(from, telling.end, held ? 0.5 : 0.2),
		end: along(from, telling.end, 0.9),
		attributes: database('postgresql', 'berths', ending, ending),
	});
};

export const find = (telling: Telling): void => {
	const had = acquire(telling);
	query(telling, {
		name: 'SELECT bookings',
		start: along(had, telling.end, 0.1),
		end: along(had, telling.end, 0.5),
		attributes: database('postgresql', 'berths', 'SELECT', 'SELECT * FROM bookings WHERE reference = $1'),
	});
	if (telling.visit.status !== 0) return;
	query(telling, {
		name: 'SELECT berths',
		start: along(had, telling.end, 0.55),
		end: along(had, telling.end, 0.92),
		attributes: database('postgresql', 'berths', 'SELECT', 'SELECT * FROM berths WHERE booking_id = $1'),
	});
};

export const release = (telling: Telling): void => {
	const had = acquire(telling);
	query(telling, {
		name: 'UPDATE berths',
		start: along(had, telling.end, 0.1),
		end: along(had, telling.end, 0.6),
		attributes: database('postgresql', 'berths', 'UPDATE', 'UPDATE berths SET state = $1 WHERE booking_id = $2'),
	});
	query(telling, {
		name: 'COMMIT',
		start: along(had, telling.end, 0.65),
		end: along(had, telling.end, 0.92),
		attributes: database('postgresql', 'berths', 'COMMIT', 'COMMIT'),
	});
};

const lockCoach = 'SELECT id, capacity FROM coaches WHERE train = $1 AND day = $2 AND number = $3 FOR UPDATE';
const insertPassenger = 'INSERT INTO passengers (coach_id, berth, booking, name_hash) VALUES ($1, $2, $3, $4)';

/** The row lock is what takes the time; who holds it stands in the span's attributes and nowhere else. */
export const register = (telling: Telling): void => {
	const { start, end, visit, passage, chance } = telling;
	const own = end - start - visit.waited;
	const had = start + own * 0.08;
	const locked = start + own * 0.22 + visit.waited;
	stretch(telling, {
		name: 'HikariPool.getConnection',
		start: start + own * 0.04,
		end: had,
		attributes: { 'db.client.connection.pool.name': 'manifest' },
	});
	query(telling, {
		name: 'SELECT coaches FOR UPDATE',
		start: had,
		end: locked,
		attributes: {
			...database('postgresql', 'manifest', 'SELECT', lockCoach),
			'nightline.train': passage.train,
			'nightline.coach': passage.coach,
			...(visit.waited > 0 ? lockedBy : {}),
		},
		...(visit.waited > 0
			? { events: [{ name: 'lock not available', at: had + 0.4 * ms, attributes: { 'db.lock.mode': 'RowShareLock' } }] }
			: {}),
	});
	for (let traveller = 0; traveller < passage.travellers; traveller++) {
		query(telling, {
			name: 'INSERT passengers',
			start: along(locked, end, 0.04 + (0.7 * traveller) / passage.travellers),
			end: along(locked, end, 0.04 + (0.7 * (traveller + chance.between(0.75, 0.95))) / passage.travellers),
			attributes: database('postgresql', 'manifest', 'INSERT', insertPassenger),
		});
	}
	query(telling, {
		name: 'COMMIT',
		start: along(locked, end, 0.76),
		end: along(locked, end, 0.96),
		attributes: database('postgresql', 'manifest', 'COMMIT', 'COMMIT'),
	});
};

/** What the driver found in `pg_stat_activity` when the lock was not to be had. */
const lockedBy = {
	'db.lock.relation': 'coaches',
	'db.lock.holder.application': 'crew-roster-export',
	'db.lock.holder.query': 'SELECT * FROM coaches JOIN passengers ON coach_id = coaches.id FOR UPDATE OF coaches',
	'db.lock.holder.state': 'idle in transaction',
};
