import type { Silence } from '../model/silence.ts';
import { hour, type Milliseconds, minute } from '../model/time.ts';
import { formatDuration } from './format.ts';
import { formatClock, formatInstant, type TimeFormat, zoneName } from './format-time.ts';

/** An acknowledgement is a short silence of exactly one alert; its comment marks it, for other tools have no field for it. */
const mark = 'ack:';
export const acknowledgedFor: Milliseconds = 15 * minute;

export const acknowledgementBy = (author: string): string => `${mark} acknowledged by ${author}`;

export const isAcknowledgement = ({ comment }: Pick<Silence, 'comment'>): boolean => comment.startsWith(mark);

/** `acknowledged by mira until 12:15 UTC`, or `silenced by mira until 12:30 UTC: crane is being mended`. */
export function silenceSentence(silence: Silence, format: TimeFormat, now: Milliseconds): string {
	const until = untilText(silence.endsAt, format, now);
	const who = silence.createdBy === '' ? '' : ` by ${silence.createdBy}`;
	if (isAcknowledgement(silence)) return `acknowledged${who} ${until}`;
	return `silenced${who} ${until}${silence.comment === '' ? '' : `: ${silence.comment}`}`;
}

/** `until 12:30 UTC`, with the date when that is far; `for 29 m 30 s more` beside ages. */
export function untilText(at: Milliseconds, format: TimeFormat, now: Milliseconds): string {
	if (format === 'relative') return `for ${formatDuration(Math.max(0, at - now))} more`;
	return `until ${clockText(at, format, now)}`;
}

/** `since 11:50 UTC`, `begins 13:00 UTC`, with the date when that is far; as an age beside ages. */
export function fromText(at: Milliseconds, format: TimeFormat, now: Milliseconds): string {
	const instant = format === 'relative' ? formatInstant(at, format, now) : clockText(at, format, now);
	return at > now ? `begins ${instant}` : `since ${instant}`;
}

const clockText = (at: Milliseconds, zone: 'utc' | 'local', now: Milliseconds): string =>
	`${formatClock(at, zone, 'minutes', Math.abs(at - now) >= 20 * hour)} ${zoneName(at, zone)}`;
