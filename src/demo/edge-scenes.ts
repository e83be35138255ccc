import { database } from './span-attributes.ts';
import { along, firstCall, lastAnswer, made, ms, query, stretch, type Telling } from './telling.ts';

/** The edge begins by looking up the session. */
const session = (telling: Telling): void => {
	const until = firstCall(telling);
	query(telling, {
		name: 'GET session',
		start: along(telling.start, until, 0.08),
		end: along(telling.start, until, 0.55),
		attributes: database('redis', '0', 'GET', 'GET session:?'),
	});
};

export const searchJourneys = (telling: Telling): void => {
	session(telling);
	for (const call of telling.calls) telling.call(call);
	const from = lastAnswer(telling);
	stretch(telling, {
		name: 'render journeys',
		start: along(from, telling.end, 0.1),
		end: along(from, telling.end, 0.9),
	});
};

export const showDepartures = (telling: Telling): void => {
	const until = firstCall(telling);
	query(telling, {
		name: 'GET departures',
		start: along(telling.start, until, 0.1),
		end: along(telling.start, until, 0.8),
		attributes: database('redis', '1', 'GET', 'GET departures:?'),
	});
	for (const call of telling.calls) telling.call(call);
	const from = lastAnswer(telling);
	stretch(telling, { name: 'render board', start: along(from, telling.end, 0.1), end: along(from, telling.end, 0.9) });
};

/** Publishes to the broker at the end of a request; the consumer hears it later. */
const publish = (telling: Telling, event: string): void => {
	for (const call of made(telling, 'notify')) {
		const producer = stretch(telling, {
			name: 'publish booking-events',
			kind: 'producer',
			start: telling.end - 0.9 * ms,
			end: telling.end - 0.25 * ms,
			attributes: {
				'messaging.system': 'nats',
				'messaging.operation.name': 'publish',
				'messaging.operation.type': 'send',
				'messaging.destination.name': 'booking-events',
				'messaging.message.conversation_id': telling.passage.reference,
				'nightline.event': event,
			},
		});
		telling.deliver(call, producer);
	}
};

export const book = (telling: Telling): void => {
	session(telling);
	const until = firstCall(telling);
	stretch(telling, {
		name: 'validate booking',
		start: along(telling.start, until, 0.58),
		end: along(telling.start, until, 0.94),
		attributes: {
			'nightline.train': telling.passage.train,
			'nightline.travellers': telling.passage.travellers,
		},
	});
	for (const call of telling.calls) {
		if (call.visit.operation !== 'notify') telling.call(call);
	}
	publish(telling, 'booking.confirmed');
};

export const showBooking = (telling: Telling): void => {
	session(telling);
	const until = firstCall(telling);
	stretch(telling, {
		name: 'authorize',
		start: along(telling.start, until, 0.6),
		end: along(telling.start, until, 0.9),
	});
	for (const call of telling.calls) telling.call(call);
	const from = lastAnswer(telling);
	stretch(telling, {
		name: 'render booking',
		start: along(from, telling.end, 0.1),
		end: along(from, telling.end, 0.9),
	});
};

export const cancel = (telling: Telling): void => {
	session(telling);
	for (const call of telling.calls) {
		if (call.visit.operation !== 'notify') telling.call(call);
	}
	publish(telling, 'booking.cancelled');
};
