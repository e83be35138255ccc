import type { Labels, Matcher } from '../model/labels.ts';
import type { RedFamily } from './red-family.ts';
import type { MetricRole } from './red-names.ts';

/** A series and what it is in the family that is looked at. */
export type Member = { readonly labels: Labels; readonly role: MetricRole };

/** A family with the series of the service in it. */
export type Match = {
	readonly key: string;
	readonly family: RedFamily;
	readonly matchers: readonly Matcher[];
	readonly members: readonly Member[];
	readonly reason: string;
	/** The alert's own rule reads it. */
	readonly own: boolean;
	/** The metric that it reads there, as `OwnSeries.stem`. */
	readonly stem?: string;
};
