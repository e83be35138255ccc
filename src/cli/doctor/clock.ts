import { formatDuration } from '../../analysis/format.ts';
import { type Milliseconds, second } from '../../model/time.ts';

/** `12 s ahead`, `3 m 05 s behind`. */
export const aheadWords = (ahead: Milliseconds): string =>
	`${formatDuration(Math.round(Math.abs(ahead) / second) * second)} ${ahead > 0 ? 'ahead' : 'behind'}`;
