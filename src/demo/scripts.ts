import type { Milliseconds } from '../model/time.ts';
import type { EdgeOperation, OperationName } from './cast.ts';
import type { Chance } from './chance.ts';
import type { Plot, Visit } from './story.ts';
import { gripAt, missShareAt } from './weather.ts';

/** What a script may know: its draws, when it plays, and the instants of the story. */
type Scene = { readonly chance: Chance; readonly at: Milliseconds; readonly plot: Plot };

/** What one visit contributes; lengths in milliseconds. */
type Part = {
	readonly operation: OperationName;
	readonly status: number;
	readonly start: number;
	readonly duration: number;
	readonly waited?: number;
	readonly caller: number | undefined;
};

const nanoseconds = (ms: number): number => Math.round(ms * 1e6);

const visitOf = ({ operation, status, start, duration, waited = 0, caller }: Part): Visit => ({
	operation,
	status,
	start: nanoseconds(start),
	duration: nanoseconds(duration),
	waited: nanoseconds(waited),
	caller,
});

const edge = (operation: EdgeOperation, status: number, duration: number): Visit =>
	visitOf({ operation, status, start: 0, duration, caller: undefined });

/** `berths` waits this long for `manifest`, as its configuration says. */
export const holdDeadline: Milliseconds = 2_000;

const grpcOk = 0;
const grpcDeadlineExceeded = 4;
const grpcNotFound = 5;
const grpcAlreadyExists = 6;

const network = (chance: Chance): number => chance.between(0.25, 0.9);

/** The wait of a hold or a lookup for a connection of `berths`' full pool. */
const poolWait = ({ chance, at, plot }: Scene): number =>
	chance.happens(0.3 * gripAt(at, plot)) ? chance.latency(20, 320) : 0;

/** One request to `fares`. */
const quote = ({ chance, at, plot }: Scene, start: number, caller: number): Part => {
	const waited = chance.happens(missShareAt(at, plot)) ? chance.latency(6, 22) : 0;
	const status = chance.happens(0.0008) ? 500 : 200;
	return { operation: 'quote', status, start, duration: chance.latency(3.5, 14) + waited, waited, caller };
};

const endOf = ({ start, duration }: Part): number => start + duration;

const searchJourneys = (scene: Scene): readonly [Visit, ...Visit[]] => {
	const { chance } = scene;
	const searchStart = chance.latency(1.2, 3) + network(chance);
	const many = chance.happens(0.3);
	const search: Part = {
		operation: 'search',
		status: chance.happens(0.0006) ? 500 : 200,
		start: searchStart,
		duration: many ? chance.latency(34, 90) : chance.latency(9, 34),
		caller: 0,
	};
	const quotesStart = endOf(search) + network(chance);
	const pages = search.status === 200 ? chance.whole(1, 3) : 0;
	const quotes = Array.from({ length: pages }, (_, page) => quote(scene, quotesStart + page * 0.35, 0));
	const end = Math.max(endOf(search), ...quotes.map(endOf)) + network(chance) + chance.latency(1, 4);
	const broken = [search, ...quotes].some(({ status }) => status === 500);
	return [edge('searchJourneys', broken ? 502 : 200, end), visitOf(search), ...quotes.map(visitOf)];
};

const showDepartures = ({ chance }: Scene): readonly [Visit, ...Visit[]] => {
	const boardStart = chance.latency(0.8, 2) + network(chance);
	const readingsStart = boardStart + chance.latency(3, 9) + network(chance);
	const readings = Array.from(
		{ length: 3 },
		(_, segment): Part => ({
			operation: 'reading',
			status: 200,
			start: readingsStart + segment * 0.22,
			duration: chance.latency(1.8, 12),
			waited: chance.happens(0.35) ? chance.between(31_000, 240_000) : chance.between(400, 9_000),
			caller: 1,
		}),
	);
	const boardEnd = Math.max(...readings.map(endOf)) + network(chance) + chance.latency(0.6, 2);
	const end = boardEnd + network(chance) + chance.latency(0.8, 2.5);
	const board: Part = {
		operation: 'board',
		status: 200,
		start: boardStart,
		duration: boardEnd - boardStart,
		caller: 0,
	};
	return [edge('showDepartures', 200, end), visitOf(board), ...readings.map(visitOf)];
};

/** The hold of a berth and, within it, the entry in the passenger list: where the story happens. */
const holdOf = (scene: Scene, start: number): readonly [hold: Part, register: Part | undefined] => {
	const { chance, at, plot } = scene;
	const waited = poolWait(scene);
	const registerStart = start + waited + chance.latency(4, 9) + network(chance);
	if (chance.happens(0.012)) {
		const duration = registerStart - start;
		return [{ operation: 'hold', status: grpcAlreadyExists, start, duration, waited, caller: 0 }, undefined];
	}
	const lockWait = chance.happens(0.46 * gripAt(at, plot)) ? chance.between(380, 3_700) : 0;
	const register: Part = {
		operation: 'register',
		status: 200,
		start: registerStart,
		duration: chance.latency(9, 24) + lockWait,
		waited: lockWait,
		caller: 1,
	};
	const givenUp = register.duration > holdDeadline;
	const answered = registerStart + Math.min(register.duration, holdDeadline);
	const duration = answered - start + network(chance) + chance.latency(givenUp ? 0.4 : 2, givenUp ? 1.2 : 5);
	const status = givenUp ? grpcDeadlineExceeded : grpcOk;
	return [{ operation: 'hold', status, start, duration, waited, caller: 0 }, register];
};

/** `herald` hears of it through the broker, after the traveller has the answer. */
const notifyOf = (chance: Chance, answered: number): Part => ({
	operation: 'notify',
	status: 0,
	start: answered + chance.latency(18, 240),
	duration: chance.latency(14, 60),
	caller: 0,
});

const book = (scene: Scene): readonly [Visit, ...Visit[]] => {
	const { chance } = scene;
	const [hold, register] = holdOf(scene, chance.latency(1.6, 4) + network(chance));
	const held = [visitOf(hold), ...(register === undefined ? [] : [visitOf(register)])];
	const heldUntil = endOf(hold) + network(chance);
	if (hold.status !== grpcOk) {
		const status = hold.status === grpcDeadlineExceeded ? 504 : 409;
		return [edge('book', status, heldUntil + chance.latency(0.5, 1.6)), ...held];
	}
	const fare = quote(scene, heldUntil + chance.between(0.2, 0.5), 0);
	const chargeStart = endOf(fare) + network(chance) + chance.between(0.3, 0.8);
	const declined = chance.happens(0.011);
	const charge: Part = {
		operation: 'charge',
		status: declined ? 402 : 200,
		start: chargeStart,
		duration: chance.latency(52, 150),
		caller: 0,
	};
	const end = endOf(charge) + network(chance) + chance.latency(2, 5);
	if (declined) return [edge('book', 402, end), ...held, visitOf(fare), visitOf(charge)];
	return [edge('book', 201, end), ...held, visitOf(fare), visitOf(charge), visitOf(notifyOf(chance, end))];
};

const showBooking = (scene: Scene): readonly [Visit, ...Visit[]] => {
	const { chance } = scene;
	const missing = chance.happens(0.018);
	const waited = poolWait(scene);
	const find: Part = {
		operation: 'find',
		status: missing ? grpcNotFound : grpcOk,
		start: chance.latency(1.4, 3.5) + network(chance),
		duration: waited + chance.latency(2.6, 9),
		waited,
		caller: 0,
	};
	const end = endOf(find) + network(chance) + chance.latency(1, 4);
	return [edge('showBooking', missing ? 404 : 200, end), visitOf(find)];
};

const cancel = (scene: Scene): readonly [Visit, ...Visit[]] => {
	const { chance } = scene;
	const waited = poolWait(scene);
	const release: Part = {
		operation: 'release',
		status: grpcOk,
		start: chance.latency(1.4, 3.5) + network(chance),
		duration: waited + chance.latency(4, 12),
		waited,
		caller: 0,
	};
	const refund: Part = {
		operation: 'refund',
		status: 200,
		start: endOf(release) + network(chance) * 2,
		duration: chance.latency(40, 110),
		caller: 0,
	};
	const end = endOf(refund) + network(chance) + chance.latency(1, 3);
	return [edge('cancel', 204, end), visitOf(release), visitOf(refund), visitOf(notifyOf(chance, end))];
};

/** What happens on each edge route: who is visited, when, for how long and with what result. */
export const scripts: Readonly<Record<EdgeOperation, (scene: Scene) => readonly [Visit, ...Visit[]]>> = {
	searchJourneys,
	showDepartures,
	book,
	showBooking,
	cancel,
};
