import type { ValueType } from './expression.ts';

/** What a function takes and gives; `optional` counts the arguments at the end that may be left out. */
export type Signature = {
	readonly takes: readonly ValueType[];
	readonly optional: number;
	readonly gives: ValueType;
};

const overRange: Signature = { takes: ['range vector'], optional: 0, gives: 'instant vector' };
const ofVector: Signature = { takes: ['instant vector'], optional: 0, gives: 'instant vector' };
const ofVectorAndScalar: Signature = { takes: ['instant vector', 'scalar'], optional: 0, gives: 'instant vector' };

/** The functions that the demo evaluates; Prometheus has more. */
export const signatures: Readonly<Record<string, Signature>> = {
	rate: overRange,
	irate: overRange,
	increase: overRange,
	delta: overRange,
	sum_over_time: overRange,
	avg_over_time: overRange,
	max_over_time: overRange,
	min_over_time: overRange,
	count_over_time: overRange,
	last_over_time: overRange,
	changes: overRange,
	resets: overRange,
	abs: ofVector,
	ceil: ofVector,
	floor: ofVector,
	sort: ofVector,
	sort_desc: ofVector,
	absent: ofVector,
	timestamp: ofVector,
	round: { ...ofVectorAndScalar, optional: 1 },
	clamp_min: ofVectorAndScalar,
	clamp_max: ofVectorAndScalar,
	histogram_quantile: { takes: ['scalar', 'instant vector'], optional: 0, gives: 'instant vector' },
	label_replace: {
		takes: ['instant vector', 'string', 'string', 'string', 'string'],
		optional: 0,
		gives: 'instant vector',
	},
	vector: { takes: ['scalar'], optional: 0, gives: 'instant vector' },
	scalar: { takes: ['instant vector'], optional: 0, gives: 'scalar' },
	time: { takes: [], optional: 0, gives: 'scalar' },
};
