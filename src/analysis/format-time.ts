import { day, hour, type Milliseconds, minute, second, type TimeRange, type Window } from '../model/time.ts';
import { formatDuration, formatLength } from './format.ts';

/** How instants are written: in UTC, in the zone of this machine, or as an age. */
export type TimeFormat = 'utc' | 'local' | 'relative';

export type ClockPrecision = 'minutes' | 'seconds' | 'milliseconds';

/** `03:11:02.310`; with the date in front when `withDate`. The machine's own zone comes from the JavaScript runtime. */
export function formatClock(
	at: Milliseconds,
	zone: 'utc' | 'local',
	precision: ClockPrecision = 'seconds',
	withDate = false,
): string {
	if (!Number.isFinite(at) || Math.abs(at) > 8.64e15) return '–';
	const shifted = new Date(zone === 'utc' ? at : at - new Date(at).getTimezoneOffset() * minute);
	const [date = '', time = ''] = shifted.toISOString().split('T');
	const length = precision === 'minutes' ? 5 : precision === 'seconds' ? 8 : 12;
	return `${withDate ? `${date} ` : ''}${time.slice(0, length)}`;
}

/** The name of the zone beside a clock: `UTC`, `CET`, `GMT+5:30`. */
export function zoneName(at: Milliseconds, zone: 'utc' | 'local'): string {
	if (zone === 'utc') return 'UTC';
	const parts = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' }).formatToParts(at);
	return parts.find(part => part.type === 'timeZoneName')?.value ?? 'local';
}

/** An instant in the operator's format: `03:11:02.310` or `12 m 04 s ago`. */
export function formatInstant(
	at: Milliseconds,
	format: TimeFormat,
	now: Milliseconds,
	precision: ClockPrecision = 'seconds',
): string {
	if (format !== 'relative') return formatClock(at, format, precision);
	const age = now - at;
	return age < 0
		? `in ${formatDuration(-age)}`
		: `${formatDuration(age < second ? age : Math.floor(age / second) * second)} ago`;
}

/** The window in words: `02:12–03:12 UTC live last 1h`, with dates when it crosses midnight or is not today. */
export function formatWindow(window: Window, range: TimeRange, now: Milliseconds, format: TimeFormat): string {
	const zone = format === 'local' ? 'local' : 'utc';
	const ends = `${formatWindowEnds(range, now, format)} ${zoneName(range.to, zone)}`;
	return window.kind === 'live' ? `${ends}  live  last ${formatLength(window.length)}` : `${ends}  fixed`;
}

/** The two ends alone: `2026-11-22 02:12–03:12`; short, a date is `11-22`. The second date stands where it is another. */
export function formatWindowEnds(
	{ from, to }: TimeRange,
	now: Milliseconds,
	format: TimeFormat,
	dates: 'whole' | 'short' = 'whole',
): string {
	const zone = format === 'local' ? 'local' : 'utc';
	const precision = to - from < 10 * minute ? 'seconds' : 'minutes';
	const dayOf = (at: Milliseconds) => formatClock(at, zone, 'minutes', true).slice(0, 10);
	const [first, last, today] = [dayOf(from), dayOf(to), dayOf(now)];
	const date = (day: string) => `${dates === 'whole' ? day : day.slice(5)} `;
	const clock = (at: Milliseconds) => formatClock(at, zone, precision);
	const isDated = first !== last || last !== today;
	return `${isDated ? date(first) : ''}${clock(from)}–${first === last ? '' : date(last)}${clock(to)}`;
}

/** RFC 3339 in UTC with milliseconds, for JSON and Markdown. */
export const formatRfc3339 = (at: Milliseconds): string =>
	Number.isFinite(at) && Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : 'unknown';

/** RFC 3339 in UTC with all nine digits, for what is known to the nanosecond. */
export function formatRfc3339Nanoseconds(at: bigint): string {
	const milliseconds = Number(at / 1_000_000n);
	const base = formatRfc3339(milliseconds);
	const digits = String(((at % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n).padStart(9, '0');
	return base === 'unknown' ? base : `${base.slice(0, 20)}${digits}Z`;
}

/** Lengths that windows step through when zoomed, shortest first. */
export const windowLengths: readonly Milliseconds[] = [
	5 * minute,
	15 * minute,
	30 * minute,
	hour,
	3 * hour,
	6 * hour,
	12 * hour,
	day,
	2 * day,
	7 * day,
];
