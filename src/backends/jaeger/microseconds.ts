/** Microseconds since 1970 as Jaeger and Zipkin write them, at times as text or with a fraction. */
export type WireMicroseconds = number | string | null | undefined;

/** In nanoseconds; `undefined` for what is no time. */
export function nanosecondsOf(microseconds: WireMicroseconds): bigint | undefined {
	if (typeof microseconds === 'string' && /^\d{1,17}$/.test(microseconds)) return BigInt(microseconds) * 1000n;
	const number = Number(microseconds ?? Number.NaN);
	if (!(number > 0 && number < 2 * centuries)) return undefined;
	return BigInt(Math.floor(number)) * 1000n + BigInt(Math.round((number % 1) * 1000));
}

/** The fields of OTLP; a span without a duration has no end, and with a negative one it ends before it begins, and is shown so. */
export function wireTimesOf(from: WireMicroseconds, duration: WireMicroseconds) {
	const start = nanosecondsOf(from);
	return {
		startTimeUnixNano: start === undefined ? undefined : String(start),
		endTimeUnixNano: start === undefined ? undefined : endOf(start, duration),
	};
}

function endOf(start: bigint, duration: WireMicroseconds): string | undefined {
	const length = Number(duration ?? Number.NaN);
	if (!(Math.abs(length) < centuries)) return undefined;
	const end = start + BigInt(Math.round(length * 1000));
	return String(end > 0n ? end : 0n);
}

/** Microseconds of three centuries: no span takes as long, and its end would be beyond what OTLP can write. */
const centuries = 1e16;
