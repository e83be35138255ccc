import { formatDuration } from '../../analysis/format.ts';
import type { Skew } from '../../backends/identity/greet.ts';
import { type Milliseconds, second } from '../../model/time.ts';

/** Clocks that differ by more put lines, spans and alerts at times at which nobody looks for them. */
export const mostSkew: Milliseconds = 5 * second;

/** How far the server's clock is ahead of ours at least (behind: negative); 0 where the two may agree. */
export const aheadBy = ({ least, most }: Skew): Milliseconds => (least > 0 ? least : most < 0 ? most : 0);

/** `12 s ahead`, `3 m 05 s behind`. */
export const aheadWords = (ahead: Milliseconds): string =>
	`${formatDuration(Math.round(Math.abs(ahead) / second) * second)} ${ahead > 0 ? 'ahead' : 'behind'}`;
