import { type Operation, type OperationName, operations } from '../cast.ts';

/** Upper bounds in seconds, `+Inf` left out. */
export type Bounds = readonly number[];

/** What the OTel semantic conventions advise for HTTP. */
const advised: Bounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** The default of the client libraries. */
const usual: Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The levels that `manifest` and `till` have configured for Micrometer. */
const levels: Bounds = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

/** Tempo's metrics generator: two milliseconds, doubled thirteen times. */
export const spanBounds: Bounds = Array.from({ length: 14 }, (_, power) => (2 * 2 ** power) / 1000);

/** The bounds of an operation's own duration histogram; a consumer has none. */
export const boundsOf = (name: OperationName): Bounds => {
	const operation: Operation = operations[name];
	if (operation.protocol === 'message') return [];
	if (operation.protocol === 'grpc') return usual;
	if (operation.service === 'concierge') return advised;
	return operation.service === 'manifest' || operation.service === 'till' ? levels : usual;
};

/** The bucket that an observation falls into: the first whose bound it does not exceed (`le`). */
export const bucketOf = (bounds: Bounds, value: number): number => {
	let bucket = 0;
	while (bucket < bounds.length && value > (bounds[bucket] ?? Number.POSITIVE_INFINITY)) bucket++;
	return bucket;
};

/** A bound as Prometheus 3 writes it: `0.005`, `1.0`, `+Inf`. */
export const leOf = (bounds: Bounds, bucket: number): string => {
	const bound = bounds[bucket];
	if (bound === undefined) return '+Inf';
	return Number.isInteger(bound) ? `${bound}.0` : String(bound);
};
