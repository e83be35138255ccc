import type { EdgeOperation, OperationName } from '../cast.ts';
import { boundsOf, spanBounds } from './buckets.ts';

type Reach = readonly [OperationName, readonly number[]];

/** What each edge route leads to, with the results that it can have. */
const reaches: Readonly<Record<EdgeOperation, readonly Reach[]>> = {
	searchJourneys: [
		['searchJourneys', [200, 502]],
		['search', [200, 500]],
		['quote', [200, 500]],
	],
	showDepartures: [
		['showDepartures', [200]],
		['board', [200]],
		['reading', [200]],
	],
	book: [
		['book', [201, 402, 409, 504]],
		['hold', [0, 4, 6]],
		['register', [200]],
		['quote', [200, 500]],
		['charge', [200, 402]],
		['notify', [0]],
	],
	showBooking: [
		['showBooking', [200, 404]],
		['find', [0, 5]],
	],
	cancel: [
		['cancel', [204]],
		['release', [0]],
		['refund', [200]],
		['notify', [0]],
	],
};

/**
 * What is counted of one operation with one result, as far as one edge route leads to it. A cell is a run of numbers:
 *
 *     sum of seconds | own buckets, +Inf last | span-metric buckets, +Inf last
 *
 * Buckets count what fell into them and not below; the series add them up.
 */
export type Cell = {
	readonly route: EdgeOperation;
	readonly operation: OperationName;
	readonly status: number;
	/** Where the run begins among those of its route: the sum of seconds. */
	readonly sum: number;
	/** The first of the own buckets. */
	readonly own: number;
	/** The first of the span-metric buckets. */
	readonly span: number;
};

type Layout = { readonly cells: readonly Cell[]; readonly width: number };

const layoutOf = (route: EdgeOperation): Layout => {
	const cells: Cell[] = [];
	let width = 0;
	for (const [operation, statuses] of reaches[route]) {
		for (const status of statuses) {
			const own = width + 1;
			const span = own + boundsOf(operation).length + 1;
			cells.push({ route, operation, status, sum: width, own, span });
			width = span + spanBounds.length + 1;
		}
	}
	return { cells, width };
};

/** The cells of each route, side by side, and how many numbers they take together. */
export const layouts: Readonly<Record<EdgeOperation, Layout>> = {
	searchJourneys: layoutOf('searchJourneys'),
	showDepartures: layoutOf('showDepartures'),
	book: layoutOf('book'),
	showBooking: layoutOf('showBooking'),
	cancel: layoutOf('cancel'),
};

/** All cells of all routes. */
export const cells: readonly Cell[] = Object.values(layouts).flatMap(layout => layout.cells);
