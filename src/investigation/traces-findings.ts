import { idle, type Loadable } from '../model/loadable.ts';
import type { TracesPlace } from '../model/place.ts';
import type { AttributeName, AttributeText, TraceSummary } from '../model/trace.ts';
import type { RungTo } from './rung.ts';

/** What a search for traces has found. */
export type TracesFindings = {
	readonly results: Loadable<TraceResults>;
	/** Idle as long as there are traces; then what would have found some. */
	readonly ladder: Loadable<readonly TraceRung[]>;
	/** What traces of the window can be asked for; idle until somebody makes a condition or edits the query. */
	readonly attributes: Loadable<readonly AttributeName[]>;
	/** The values of those attributes that somebody has named, under the keys of their questions. */
	readonly values: Loadable<ReadonlyMap<string, readonly AttributeText[]>>;
};

export type TraceResults = {
	/** Newest first; each once. */
	readonly traces: readonly TraceSummary[];
	/** The TraceQL that was asked. */
	readonly query: string;
	/** In each part of the window the server stops at this many: they are neither the slowest nor all of it. */
	readonly limit: number;
	/** The window is searched in parts, the newest first. */
	readonly parts: {
		readonly searched: number;
		readonly all: number;
		/** How many will not be searched, because one of them failed or there are too many; a note says why. */
		readonly lost?: number;
		/** In how many the server stopped at the limit. */
		readonly cut: number;
	};
};

/** A question about traces near the one that found none. */
export type TraceRung = RungTo<TracesPlace, TraceRungKey>;

/** `w` a wider window, `v` any status, `o` any operation, `d` any duration, `x` without the attributes. */
export type TraceRungKey = 'w' | 'v' | 'o' | 'd' | 'x';

export const noTracesFindings: TracesFindings = { results: idle, ladder: idle, attributes: idle, values: idle };
