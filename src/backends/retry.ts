import type { Milliseconds } from '../model/time.ts';

/** How often a safe question is asked again. */
export const retries = 2;

const base: Milliseconds = 200;
const longest: Milliseconds = 2000;
/** A server that asks for a longer pause than this is not waited for: the operator is told instead. */
const longestRetryAfter: Milliseconds = 5000;

/** Statuses that say "not now" rather than "no": too many requests, and a gateway or server that is briefly away. */
const passing = new Set([429, 502, 503, 504]);

/**
 * The pause before the next try, or `undefined` when there is to be none. Full jitter (a random part of a doubling
 * bound), so that panels that failed together do not come back together; `Retry-After` is the least pause.
 */
export function pauseBefore(
	attempt: number,
	answer: { readonly status: number; readonly retryAfter?: Milliseconds },
	random: () => number,
): Milliseconds | undefined {
	if (attempt >= retries || !passing.has(answer.status)) return undefined;
	const asked = answer.retryAfter ?? 0;
	return asked > longestRetryAfter ? undefined : asked + jitter(attempt, random);
}

/** A random pause before try `attempt + 1`. */
export const jitter = (attempt: number, random: () => number): Milliseconds =>
	random() * Math.min(longest, base * 2 ** attempt);

/** `Retry-After` in seconds or as a date (RFC 9110 §10.2.3). */
export function parseRetryAfter(text: string, now: Milliseconds): Milliseconds | undefined {
	if (/^\d+$/.test(text.trim())) return Number(text) * 1000;
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
