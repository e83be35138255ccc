import { type Milliseconds, second } from '../model/time.ts';
import type { HttpResponse } from './message.ts';

/** The server's clock against ours lies between the two; an answer's date has whole seconds. */
export type Skew = { readonly least: Milliseconds; readonly most: Milliseconds };

/** Clocks that differ by more put lines, spans and alerts at times at which nobody looks for them. */
export const mostSkew: Milliseconds = 5 * second;

/**
 * What the `Date` of an answer (RFC 9110 §6.6.1) says of the server's clock. It was written between our sending and our
 * receiving, at any moment of the second that it names.
 *
 *     ours     sent ├──────────────┤ received
 *     theirs          [date, +1 s)
 */
export function skewOf({ date }: HttpResponse, sent: Milliseconds, received: Milliseconds): Skew | undefined {
	return date === undefined ? undefined : { least: date - received, most: date + second - sent };
}

/** How far the server's clock is ahead of ours at least (behind: negative); 0 where the two may agree. */
export const aheadBy = ({ least, most }: Skew): Milliseconds => (least > 0 ? least : most < 0 ? most : 0);
