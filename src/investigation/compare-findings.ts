import type { ComparedRequests } from '../analysis/compared-requests.ts';
import type { DurationLimits, DurationSample } from '../analysis/slow-and-usual.ts';
import { idle, type Loadable } from '../model/loadable.ts';
import type { Milliseconds } from '../model/time.ts';
import type { CompareRung } from './compare-ladder.ts';

/** Slow requests against usual ones of the same root. */
export type CompareFindings = {
	readonly comparison: Loadable<Comparison | NothingToCompare>;
	/** Where there is nothing to compare: what else there is. */
	readonly ladder: Loadable<readonly CompareRung[]>;
};

export type Comparison = {
	readonly found: true;
	/** Who was asked: `Tempo`. */
	readonly store: string;
	readonly root: { readonly service: string; readonly operation: string };
	/** How long requests of this root take, by those that were found first. */
	readonly sample: DurationSample;
	/** Absent where no other request was found to judge by. */
	readonly limits: DurationLimits | undefined;
	/** The request that is looked at, where there is one. */
	readonly given: { readonly trace: string; readonly duration: Milliseconds } | undefined;
	readonly slow: ComparedSide;
	readonly usual: ComparedSide;
	readonly compared: ComparedRequests;
};

/** The traces of one side. */
export type ComparedSide = {
	/** TraceQL; absent where nothing was searched. */
	readonly query: string | undefined;
	/** How many are to be read, and how many have been. */
	readonly chosen: number;
	readonly read: number;
	/** From the shortest to the longest of those that were read; absent as long as there is none. */
	readonly lasts: { readonly from: Milliseconds; readonly to: Milliseconds } | undefined;
};

/** Tempo answered, and there is no request to look at: that is a finding, not a failure. */
export type NothingToCompare = {
	readonly found: false;
	/** What was asked for and not there, a sentence. */
	readonly why: string;
	/** The TraceQL that found nothing. */
	readonly query: string | undefined;
};

export const noCompareFindings: CompareFindings = { comparison: idle, ladder: idle };
