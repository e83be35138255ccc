import type { LogLevel } from '../../model/log-entry.ts';
import { type OperationName, operations, type ServiceName } from '../cast.ts';
import { staleAfter } from '../side-scenes.ts';
import type { Outline, Visit } from '../story.ts';
import { skewOf } from '../trace-sheet.ts';

/**
 * That a service writes a line during a request: when and how bad, not yet in words. Counting needs no more, and
 * most lines are only ever counted.
 */
export type Remark = {
	readonly service: ServiceName;
	readonly topic: Topic;
	readonly level: LogLevel;
	/** The visit, by its place in the outline. */
	readonly place: number;
	/** Nanoseconds since the request began, by the clock of the service. */
	readonly offset: number;
};

export type Topic =
	| 'request done'
	| 'upstream failed'
	| 'suspicious agent'
	| 'search done'
	| 'search failed'
	| 'quote made'
	| 'cache missed'
	| 'quote failed'
	| 'connection awaited'
	| 'hold made'
	| 'hold refused'
	| 'hold failed'
	| 'booking missing'
	| 'hold released'
	| 'passengers entered'
	| 'charge settled'
	| 'charge declined'
	| 'refund settled'
	| 'mail sent'
	| 'reading stale';

/** A wait for a connection that `berths` finds worth a warning, in nanoseconds. */
const longWait = 100e6;

/** One edge request in this many comes with a user agent that tries to take over the reader's terminal. */
const hostileEvery = 4_000;

/** The lines of a request, services in the order of the visits. Not every visit is worth one. */
export function remarksOf(outline: Outline): readonly Remark[] {
	const remarks: Remark[] = [];
	outline.visits.forEach((visit, place) => {
		const { service } = operations[visit.operation];
		const skew = skewOf(service);
		for (const [topic, level, at] of saidIn[visit.operation](visit, outline)) {
			remarks.push({ service, topic, level, place, offset: Math.round(at + skew) });
		}
	});
	return remarks;
}

/** Topic, level, and nanoseconds since the request began. */
type Said = readonly [topic: Topic, level: LogLevel, at: number];

/** The last line of a visit is written just before its span ends. */
const endOf = ({ start, duration }: Visit): number => start + duration - Math.min(20_000, duration / 10);

const edge = (visit: Visit, { visits, key }: Outline): readonly Said[] => {
	const { status } = visit;
	const level = status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info';
	const done: Said = ['request done', level, endOf(visit)];
	const failed = status >= 500 ? visits.find(({ status: code }, place) => place > 0 && isFault(code)) : undefined;
	return [
		...(key % hostileEvery === 0 ? [['suspicious agent', 'warn', visit.start + 90_000] as const] : []),
		...(failed === undefined ? [] : [['upstream failed', 'error', failed.start + failed.duration + 150_000] as const]),
		done,
	];
};

/** The server's own faults: HTTP 5xx, and gRPC's DeadlineExceeded. */
const isFault = (status: number): boolean => status >= 500 || status === 4;

const awaited = (visit: Visit): readonly Said[] =>
	visit.waited > longWait ? [['connection awaited', 'warn', visit.start + visit.waited + 60_000]] : [];

const saidIn: Readonly<Record<OperationName, (visit: Visit, outline: Outline) => readonly Said[]>> = {
	searchJourneys: edge,
	showDepartures: edge,
	book: edge,
	showBooking: edge,
	cancel: edge,
	search: visit => [
		visit.status >= 500 ? ['search failed', 'error', endOf(visit)] : ['search done', 'info', endOf(visit)],
	],
	board: () => [],
	quote: visit => [
		...(visit.waited > 0 ? [['cache missed', 'info', visit.start + visit.duration * 0.3] as const] : []),
		visit.status >= 500 ? ['quote failed', 'error', endOf(visit)] : ['quote made', 'debug', endOf(visit)],
	],
	hold: visit => [
		...awaited(visit),
		visit.status === 0
			? ['hold made', 'info', endOf(visit)]
			: visit.status === 4
				? ['hold failed', 'error', endOf(visit)]
				: ['hold refused', 'info', endOf(visit)],
	],
	find: visit => [
		...awaited(visit),
		...(visit.status === 5 ? [['booking missing', 'info', endOf(visit)] as const] : []),
	],
	release: visit => [...awaited(visit), ['hold released', 'info', endOf(visit)]],
	register: visit => [['passengers entered', 'info', endOf(visit)]],
	charge: visit => [
		visit.status === 402 ? ['charge declined', 'warn', endOf(visit)] : ['charge settled', 'info', endOf(visit)],
	],
	refund: visit => [['refund settled', 'info', endOf(visit)]],
	notify: visit => [['mail sent', 'info', endOf(visit)]],
	reading: visit => (visit.waited > staleAfter ? [['reading stale', 'warn', endOf(visit)]] : []),
};
