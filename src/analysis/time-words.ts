import { day, hour, type Milliseconds, minute, second } from '../model/time.ts';

/** Units of a length as an address writes it; longest names first so that `ms` is not read as `m`. */
const units: Readonly<Record<string, Milliseconds>> = {
	ms: 1,
	s: second,
	m: minute,
	h: hour,
	d: day,
	w: 7 * day,
};

/** The form of a length: numbers with units, one after another. */
export const lengthPattern = /^(?:\d+(?:\.\d+)?(?:ms|[smhdw]))+$/;

/** `90s`, `1h30m`, `1.5h`, `250ms`, `2d`; `undefined` for anything else, zero included. The pair of `formatLength`. */
export function parseLength(text: string): Milliseconds | undefined {
	if (!lengthPattern.test(text)) return undefined;
	let length = 0;
	for (const [, count, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdw])/g)) {
		length += Number(count) * (units[unit ?? ''] ?? 0);
	}
	return length > 0 && Number.isFinite(length) ? Math.round(length) : undefined;
}

/**
 * `now`, relative (`-2h`), RFC 3339 (a time without a zone is UTC), or unix time in seconds; thirteen digits are taken
 * as milliseconds and nineteen as nanoseconds, since that is what people paste from logs.
 */
export function parseInstant(text: string, now: Milliseconds): Milliseconds | undefined {
	if (text === 'now') return now;
	if (text.startsWith('-')) {
		const back = parseLength(text.slice(1));
		return back === undefined ? undefined : now - back;
	}
	if (/^\d+(\.\d+)?$/.test(text)) {
		const [whole = ''] = text.split('.');
		const unit = whole.length >= 17 ? 1e-6 : whole.length >= 12 ? 1 : second;
		return Math.round(Number(text) * unit);
	}
	if (!/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(text)) return undefined;
	const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(text) || text.length === 10 ? text : `${text}Z`;
	const instant = Date.parse(zoned.replace(' ', 'T'));
	return Number.isNaN(instant) ? undefined : instant;
}
