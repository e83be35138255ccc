import type { BackendName, Failure } from '../../model/failure.ts';

/**
 * Identifiers as Tempo, OTLP and logs spell them, as lower-case hex of full length. Trace bodies hold base64 (gogo
 * JSON of protobuf bytes), searches hex without its leading zeros, files and logs hex, sometimes as a UUID with dashes.
 */

/** 32 digits; `undefined` for what is no trace ID. Decimal IDs look like hex and are taken for it here. */
export const parseTraceId = (text: string): string | undefined => {
	const trimmed = text.trim();
	const traceparent = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/i.exec(trimmed);
	const hex = traceparent?.[1] ?? hexOf(trimmed, [16, 8]) ?? plainHex(trimmed);
	return hex === undefined || hex.length > 32 || /^0*$/.test(hex) ? undefined : hex.toLowerCase().padStart(32, '0');
};

/**
 * The IDs that a text may mean, the likeliest first; none for what is no trace ID. 17 to 20 decimal digits are Datadog's
 * 64 bits: hex of that length would have lost a dozen leading zeros, or gained some.
 */
export function traceIdsMeant(text: string): readonly string[] {
	const hex = parseTraceId(text);
	const digits = text.trim();
	const isDecimal = /^\d{17,20}$/.test(digits) && BigInt(digits) > 0n && BigInt(digits) < 1n << 64n;
	const decimal = isDecimal ? [BigInt(digits).toString(16).padStart(32, '0')] : [];
	return hex === undefined ? decimal : [...decimal, hex];
}

/** What is told of a text that is no trace ID. */
export const noTraceId = (backend: BackendName, text: string): Failure => ({
	kind: 'bad-query',
	backend,
	what: `${text.length > 80 ? `${text.slice(0, 80)}…` : text || 'Nothing'} is not a trace ID.`,
	next: 'A trace ID has up to 32 hexadecimal digits, not all of them zero.',
});

/** The trace ID in a span or a link; text that is none is kept as it is, so that it can be shown. */
export const traceIdIn = (wire: string): string => hexOf(wire, [16])?.padStart(32, '0') ?? wire;

/**
 * An ID of Jaeger or Zipkin as OTLP has it, with the leading zeros that old clients drop. Text that is no hex stays, so
 * that it can be shown.
 */
export const wireHex = (id: string | null | undefined, digits: number): string | undefined =>
	id ? (/^[0-9a-f]+$/i.test(id) ? id.toLowerCase().padStart(digits, '0') : id) : undefined;

/** The ID of a span, or `undefined` for an absent one: empty, or all zeros. */
export const spanIdIn = (wire: string | null | undefined): string | undefined => {
	if (!wire) return undefined;
	const id =
		eightBytesIn(wire) ??
		hexOf(wire, [8])?.padStart(16, '0') ??
		(/^[0-9a-f]{1,16}$/i.test(wire) ? plainHex(wire)?.padStart(16, '0') : wire);
	return id === undefined || /^0*$/.test(id) ? undefined : id;
};

/** One for all: each of its own takes twice as long. */
const eightBytes = Buffer.alloc(8);

/** Hex of eight bytes in base64, as Tempo has the ID of each span, and `undefined` of all else. */
const eightBytesIn = (text: string): string | undefined =>
	text.length === 12 && text.endsWith('=') && eightBytes.write(text, 'base64') === 8
		? eightBytes.toString('hex')
		: undefined;

/**
 * Hex of one of these lengths, or base64 of as many bytes. The length decides, not the letters: most hex is base64 too.
 */
const hexOf = (text: string, bytes: readonly number[]): string | undefined => {
	for (const length of bytes) {
		if (text.length === length * 2 && /^[0-9a-f]+$/i.test(text)) return text.toLowerCase();
		if (text.length === Math.ceil(length / 3) * 4 && /^[\w+/-]+={1,2}$/.test(text)) {
			return Buffer.from(text, 'base64').toString('hex');
		}
	}
	return undefined;
};

const plainHex = (text: string): string | undefined => {
	const digits = text.replace(/^0x/i, '').replaceAll('-', '');
	return /^[0-9a-f]+$/i.test(digits) ? digits.toLowerCase() : undefined;
};
