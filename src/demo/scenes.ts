import { find, hold, register, release } from './berth-scenes.ts';
import type { OperationName } from './cast.ts';
import { book, cancel, searchJourneys, showBooking, showDepartures } from './edge-scenes.ts';
import { board, notify, quote, reading, search, settle } from './side-scenes.ts';
import type { Scene } from './telling.ts';

/** What each service does during a visit, besides what it asks of others. */
export const scenes: Readonly<Record<OperationName, Scene>> = {
	searchJourneys,
	showDepartures,
	book,
	showBooking,
	cancel,
	search,
	board,
	quote,
	hold,
	find,
	release,
	register,
	charge: telling => settle(telling, { path: '/v2/charges', table: 'charges' }),
	refund: telling => settle(telling, { path: '/v2/refunds', table: 'refunds' }),
	notify,
	reading,
};
