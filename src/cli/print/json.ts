import { isAscii } from 'node:buffer';
import { formatRfc3339, formatRfc3339Nanoseconds } from '../../analysis/format-time.ts';
import type { Series } from '../../model/series.ts';
import type { Milliseconds, Nanoseconds, TimeRange } from '../../model/time.ts';

/** What JSON can hold. Times are RFC 3339, lengths are seconds under a name that ends in `Seconds`. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined };

export const timeJson = (at: Milliseconds): string => formatRfc3339(at);
export const nanosecondsJson = (at: Nanoseconds): string => formatRfc3339Nanoseconds(at);
export const secondsJson = (length: Nanoseconds): number => Number(length) / 1e9;
export const rangeJson = ({ from, to }: TimeRange): Json => ({ from: timeJson(from), to: timeJson(to) });

/** JSON has no NaN and no infinities: no data is `null`, infinity its name. */
export const numberJson = (value: number): Json =>
	Number.isFinite(value) ? value : Number.isNaN(value) ? null : value > 0 ? 'Infinity' : '-Infinity';

/** Points as `[time, value]`. */
export const seriesJson = ({ labels, times, values }: Series): Json => ({
	labels,
	points: times.map((at, index) => [timeJson(at), numberJson(values[index] ?? Number.NaN)]),
});

/** The text of a document: characters that a terminal would obey, or not show, are escaped; JSON reads them the same. */
export const jsonText = (value: Json): string => withoutUnseen(JSON.stringify(value, undefined, 2));

/** What {@link withoutUnseen} makes of JSON, as it is written: as bytes where they need no escapes, which is soon seen in them. */
export function writable(json: string): string | Uint8Array {
	const bytes = Buffer.from(json);
	return isAscii(bytes) && !bytes.includes(0x7f) ? bytes : withoutUnseen(json);
}

/** The same for JSON that is a text already. Only characters beyond ASCII, and DEL, are any that JSON leaves as they are. */
export const withoutUnseen = (json: string): string =>
	Buffer.byteLength(json) === json.length && !json.includes('\x7f')
		? json
		: json.replaceAll(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, character =>
				Array.from({ length: character.length }, (_, at) => unitEscape(character.charCodeAt(at))).join(''),
			);

const unitEscape = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;
