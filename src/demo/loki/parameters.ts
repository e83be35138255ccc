import { hour, type Milliseconds, type Nanoseconds, toNanoseconds } from '../../model/time.ts';
import { parseDuration } from '../go-literals.ts';
import { Refusal } from '../refusal.ts';

/** The two ends of a question: `start` inclusive, `end` exclusive for lines. */
export type Bounds = { readonly start: Nanoseconds; readonly end: Nanoseconds };

const longestQuery = 721 * hour;

/** `start`, `end` and `since` as all of Loki's endpoints take them; an hour until now when there are none. */
export function boundsOf(parameters: URLSearchParams, now: Milliseconds): Bounds {
	const end = instantOf(parameters, 'end') ?? toNanoseconds(now);
	const since = durationOf(parameters, 'since') ?? hour;
	const present = toNanoseconds(now);
	const start = instantOf(parameters, 'start') ?? (end < present ? end : present) - toNanoseconds(since);
	if (end < start) throw new Refusal(400, 'end timestamp must not be before or equal to start time');
	return { start, end };
}

/** Queries have a longest range; the metadata endpoints do not. */
export function queryBoundsOf(parameters: URLSearchParams, now: Milliseconds): Bounds {
	const bounds = boundsOf(parameters, now);
	const length = bounds.end - bounds.start;
	if (length > toNanoseconds(longestQuery)) {
		const words = `(query length: ${goDuration(length)}, limit: 30d1h)`;
		throw new Refusal(400, `the query time range exceeds the limit ${words}`);
	}
	return bounds;
}

/** An instant: seconds with a fraction or of at most ten digits, nanoseconds, or RFC 3339. */
export function instantOf(parameters: URLSearchParams, name: string): Nanoseconds | undefined {
	const text = parameters.get(name) ?? '';
	if (text === '') return undefined;
	if (/^-?\d*\.\d*$/.test(text) && Number.isFinite(Number(text))) return toNanoseconds(Number(text) * 1000);
	if (/^-?\d+$/.test(text)) return text.length <= 10 ? BigInt(text) * 1_000_000_000n : BigInt(text);
	const date = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text);
	const seconds = date === null ? Number.NaN : Date.parse(`${date[1]}${date[3]}`);
	if (Number.isNaN(seconds)) {
		const layout = '2006-01-02T15:04:05.999999999Z07:00';
		const words = `parsing time ${JSON.stringify(text)} as "${layout}": cannot parse ${JSON.stringify(text)} as "2006"`;
		throw new Refusal(400, `could not parse '${name}' parameter: ${words}`);
	}
	return toNanoseconds(seconds) + BigInt((date?.[2] ?? '').padEnd(9, '0'));
}

/** The instants of a metric query: multiples of the step that cover the range, as Loki's frontend aligns them. */
export function instantsOf(parameters: URLSearchParams, { start, end }: Bounds): readonly Milliseconds[] {
	const first = Number(start / 1_000_000n);
	const last = Number(end / 1_000_000n);
	const step = durationOf(parameters, 'step') ?? Math.max(Math.floor((last - first) / 250_000), 1) * 1000;
	if (step <= 0)
		throw new Refusal(400, 'zero or negative query resolution step widths are not accepted. Try a positive integer');
	if ((last - first) / step > 11_000) {
		throw new Refusal(
			400,
			'exceeded maximum resolution of 11,000 points per time series. Try increasing the value of the step parameter',
		);
	}
	const aligned: Milliseconds[] = [];
	for (let at = Math.floor(first / step) * step; at < last + step && at <= Math.ceil(last / step) * step; at += step) {
		aligned.push(at);
	}
	return aligned;
}

/** 100 lines unless told otherwise, at most 5000. */
export function limitOf(parameters: URLSearchParams): number {
	const text = parameters.get('limit') ?? '';
	if (text === '') return 100;
	if (!/^[+-]?\d+$/.test(text)) {
		throw new Refusal(400, `strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
	}
	const limit = Number(text);
	if (limit <= 0) throw new Refusal(400, 'limit must be a positive value');
	if (limit > 5000) {
		const words = `limit > max_entries_limit_per_query (${limit} > 5000)`;
		throw new Refusal(400, `max entries limit per query exceeded, ${words}`);
	}
	return limit;
}

export function directionOf(parameters: URLSearchParams): 'forward' | 'backward' {
	const direction = (parameters.get('direction') ?? 'backward').toLowerCase();
	if (direction === 'forward' || direction === 'backward') return direction;
	throw new Refusal(400, `invalid direction '${parameters.get('direction')}'`);
}

/** Seconds, or a Prometheus duration. */
function durationOf(parameters: URLSearchParams, name: string): Milliseconds | undefined {
	const text = parameters.get(name) ?? '';
	if (text === '') return undefined;
	const length = Number.isFinite(Number(text)) ? Number(text) * 1000 : parseDuration(text);
	if (length === undefined) throw new Refusal(400, `cannot parse ${JSON.stringify(text)} to a valid duration`);
	return length;
}

/** `721h0m0s`, as Go prints a length of whole seconds. */
const goDuration = (length: Nanoseconds): string => {
	const seconds = length / 1_000_000_000n;
	return `${seconds / 3600n}h${(seconds / 60n) % 60n}m${seconds % 60n}s`;
};
