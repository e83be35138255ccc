import { type Milliseconds, minute } from '../model/time.ts';
import type { Plot } from './story.ts';

/**
 * How hard the export's locks bite at an instant: 0 before the fault, about 1 from ninety seconds after it, with a
 * slow swell of some minutes.
 */
export const gripAt = (at: Milliseconds, { brokeAt }: Plot): number => {
	if (at < brokeAt) return 0;
	const onset = Math.min(1, (at - brokeAt) / (1.5 * minute));
	return onset * (0.9 + 0.1 * Math.sin((at - brokeAt) / (1.1 * minute)));
};

/** Share of fare lookups that miss the cache: 6 % when warm, 62 % right after the release, half of that every 22 minutes. */
export const missShareAt = (at: Milliseconds, { releasedAt }: Plot): number => {
	const warm = 0.06;
	if (at < releasedAt) return warm;
	return warm + 0.56 * 2 ** (-(at - releasedAt) / (22 * minute));
};
