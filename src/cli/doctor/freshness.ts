import { type Milliseconds, minute } from '../../model/time.ts';
import type { Vitals } from './examined.ts';

/** The newest thing in a store: what it is, when it was, how far back was looked, and when it is old. */
export type Freshness = {
	readonly noun: 'sample' | 'line' | 'trace';
	readonly newest: Milliseconds | 'none';
	/** Words for the window in which there was nothing. */
	readonly within: string;
	readonly oldAfter: Milliseconds;
};

/** `undefined` where there is nothing that could be new, or it was not told. */
export function freshnessOf(vitals: Vitals | undefined): Freshness | undefined {
	switch (vitals?.kind) {
		case 'metrics':
			// Targets are scraped every minute at least, as a rule; VictoriaMetrics holds back the last 30 s.
			return freshness({ noun: 'sample', within: '5 min', oldAfter: 3 * minute }, vitals.newest);
		case 'logs':
			return freshness({ noun: 'line', within: '24 h', oldAfter: 15 * minute }, vitals.newest);
		case 'traces':
			return freshness({ noun: 'trace', within: '24 h', oldAfter: 15 * minute }, vitals.newest);
		default:
			return undefined;
	}
}

const freshness = (about: Omit<Freshness, 'newest'>, newest: Freshness['newest'] | undefined): Freshness | undefined =>
	newest === undefined ? undefined : { ...about, newest };
