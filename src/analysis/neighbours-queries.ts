import type { Milliseconds } from '../model/time.ts';
import type { CallCounter, CallHistogram, CallView } from './neighbours-source.ts';
import { promRange, promSelector, promSum } from './promql-build.ts';

/** How many neighbours a direction is asked for. */
export const neighbourLimit = 50;

/** What is asked of one direction, each for one instant and bounded; rates per second, quantiles in seconds. */
export type NeighbourQueries = {
	readonly rate: string;
	readonly failed: string;
	/** The p99 as who is asked measures it. */
	readonly server?: string;
	/** The p99 as who asks measures it. */
	readonly client?: string;
};

export function neighbourQueries(view: CallView, over: Milliseconds): NeighbourQueries {
	const { by, rate, failed, alsoFailed, server, client } = view;
	const counted = (...counters: readonly CallCounter[]) =>
		busiest(promSum(by, counters.map(counter => ranged(counter, over)).join(' or ')));
	return {
		rate: counted(rate),
		failed: counted(failed, ...(alsoFailed === undefined ? [] : [alsoFailed])),
		...(server && { server: busiest(quantileOf(server, by, over)) }),
		...(client && { client: busiest(quantileOf(client, by, over)) }),
	};
}

const busiest = (inner: string): string => `topk(${neighbourLimit}, ${inner})`;

const ranged = ({ metric, matchers }: CallCounter, over: Milliseconds): string =>
	`rate(${promSelector(metric, matchers)}[${promRange(over)}])`;

function quantileOf(histogram: CallHistogram, by: readonly string[], over: Milliseconds): string {
	const { metric, matchers, flavour, unit } = histogram;
	const classic = flavour === 'classic';
	const counts = ranged({ metric: classic ? `${metric}_bucket` : metric, matchers }, over);
	const query = `histogram_quantile(0.99, ${promSum(classic ? ['le', ...by] : by, counts)})`;
	return unit === 'seconds' ? query : `${query} / 1000`;
}
