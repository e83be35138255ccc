import type { DurationMetric, FoundTarget } from './service-target.ts';

/** What must be said beside the rate, in a sentence: whose requests they are, and that they are not per second. */
export function rateRemark({ rateMetric, counting, side = 'served' }: FoundTarget): string | undefined {
	if (counting === 'periods') return `${rateMetric} counts requests per period of the cloud, not per second.`;
	switch (side) {
		case 'served':
			return undefined;
		case 'made':
			return 'These are requests the service made, not requests asked of it.';
		case 'inner':
			return 'These are spans of inner work: several may be of one request.';
		case 'probed':
			return 'These are requests of a prober, not of users.';
	}
}

/** What must be said beside the durations, in a sentence. */
export function durationRemark({ base, flavour }: DurationMetric): string | undefined {
	switch (flavour) {
		case 'average':
			return `${base} has no buckets: only the average is known.`;
		case 'summary':
			return `${base} is a summary, which cannot be aggregated: the worst instance is shown.`;
		case 'gauge':
			return `${base} is one figure of many requests, which cannot be aggregated: the worst series is shown.`;
		default:
			return undefined;
	}
}
