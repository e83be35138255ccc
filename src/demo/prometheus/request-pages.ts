import type { EdgeOperation, OperationName } from '../cast.ts';
import type { Visit } from '../story.ts';
import { type Bounds, boundsOf, bucketOf, spanBounds } from './buckets.ts';
import { type Cell, layouts } from './cells.ts';
import type { Page } from './tally.ts';

/** What each edge route leads to: the cells of its services' own metrics and of their spans, a page each. */
export const requestPages: Readonly<Record<EdgeOperation, Page>> = {
	searchJourneys: cellPage('searchJourneys'),
	showDepartures: cellPage('showDepartures'),
	book: cellPage('book'),
	showBooking: cellPage('showBooking'),
	cancel: cellPage('cancel'),
};

function cellPage(route: EdgeOperation): Page {
	const { cells, width } = layouts[route];
	const counted = cellsByResult(cells);
	return {
		width,
		route,
		count: ({ visits }, rowAt, counts) => {
			for (const visit of visits) {
				const row = rowAt(visit.start + visit.duration);
				if (row === undefined) continue;
				count(counts, row, visit, counted.get(visit.operation)?.get(visit.status));
			}
		},
	};
}

type Counted = { readonly cell: Cell; readonly bounds: Bounds };

/** The cells of a route by operation and status, as they are looked up for every visit. */
function cellsByResult(cells: readonly Cell[]): ReadonlyMap<OperationName, ReadonlyMap<number, Counted>> {
	const found = new Map<OperationName, Map<number, Counted>>();
	for (const cell of cells) {
		const results = found.get(cell.operation) ?? new Map<number, Counted>();
		results.set(cell.status, { cell, bounds: boundsOf(cell.operation) });
		found.set(cell.operation, results);
	}
	return found;
}

const count = (counts: Float64Array, row: number, visit: Visit, counted: Counted | undefined): void => {
	if (counted === undefined) throw new Error(`no cell counts ${visit.operation} with ${visit.status}`);
	const { cell, bounds } = counted;
	const seconds = visit.duration / 1e9;
	const own = row + cell.own + bucketOf(bounds, seconds);
	const span = row + cell.span + bucketOf(spanBounds, seconds);
	counts[row + cell.sum] = (counts[row + cell.sum] ?? 0) + seconds;
	counts[own] = (counts[own] ?? 0) + 1;
	counts[span] = (counts[span] ?? 0) + 1;
};
