/**
 * Trace IDs in the formats that propagation headers and loggers write them. Everything here is about the text of an ID;
 * where it stands is `request-of.ts`' affair.
 */

const zero = /^0+$/;
const hex = /^[0-9a-f]+$/;
/** As OpenTelemetry writes them, and so most of them. */
const plain = /^[0-9a-f]{32}$/;
/** An unsigned 64-bit integer beyond what could be 16 hex digits. */
const longDecimal = /^\d{17,20}$/;

/**
 * The ID as 32 lower-case hex digits, or `undefined` when it is none. Reads plain hex of 32 or 16 digits (B3, Jaeger) with
 * leading zeros dropped, UUIDs with dashes, `traceparent` (W3C), `b3` single (Zipkin), `uber-trace-id` (Jaeger),
 * `X-Amzn-Trace-Id` (AWS X-Ray), `projects/…/traces/…` (Google Cloud) and Datadog's decimal (the low 64 bits). All zeros
 * means "no trace" and is none.
 */
export function normalTraceId(text: string, decimal = false): string | undefined {
	if (plain.test(text)) return zero.test(text) ? undefined : text;
	const core = coreOf(text.trim().toLowerCase());
	if (core === undefined || zero.test(core)) return undefined;
	if (/^\d+$/.test(core) && (longDecimal.test(core) || (decimal && core.length < 21))) return fromDecimal(core);
	return hex.test(core) && core.length >= 12 && core.length <= 32 ? core.padStart(32, '0') : undefined;
}

/**
 * A trace ID as somebody pastes it, or `undefined` for what is none: hex stays as it was found, with dashes or without;
 * headers become the hex within, and so does base64 of 8 or 16 bytes, as the answers of Tempo have it.
 */
export function pastedTraceId(text: string): string | undefined {
	const trimmed = text.trim();
	if (/^[0-9a-f]{1,32}$/i.test(trimmed) || uuidText.test(trimmed))
		return /[1-9a-f]/i.test(trimmed) ? trimmed : undefined;
	return normalTraceId(trimmed) ?? fromBase64(trimmed);
}

const uuidText = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function fromBase64(text: string): string | undefined {
	if (!/^(?:[\w+/-]{22}==|[\w+/-]{11}=)$/.test(text)) return undefined;
	const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	const digits = Array.from(bytes, byte => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
	return zero.test(digits) ? undefined : digits;
}

/** The ID within what is wrapped round it; dashes taken out. */
function coreOf(text: string): string | undefined {
	const google = /(?:^|\/)traces\/([0-9a-f]{32})/.exec(text);
	if (google !== null) return google[1];
	const w3c = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(text);
	if (w3c !== null) return w3c[1];
	const xray = /(?:^|root=)1-([0-9a-f]{8})-([0-9a-f]{24})(?:;|$)/.exec(text);
	if (xray !== null) return `${xray[1]}${xray[2]}`;
	const b3 = /^([0-9a-f]{32}|[0-9a-f]{16})-[0-9a-f]{16}(?:-[01d](?:-[0-9a-f]{16})?)?$/.exec(text);
	if (b3 !== null) return b3[1];
	const jaeger = /^([0-9a-f]{1,32}):[0-9a-f]{1,16}:[0-9a-f]{1,16}:[0-9a-f]{1,2}$/.exec(text);
	if (jaeger !== null) return jaeger[1]?.padStart(16, '0');
	const uuid = /^(?:urn:uuid:)?([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})$/.exec(text);
	if (uuid !== null) return uuid.slice(1).join('');
	return text.replace(/^0x/, '');
}

function fromDecimal(digits: string): string | undefined {
	const value = BigInt(digits);
	return value > 0n && value < 1n << 64n ? value.toString(16).padStart(32, '0') : undefined;
}

/** A span ID as 16 lower-case hex digits; of a `traceparent` or `b3` header the part that names the span. */
export function normalSpanId(text: string, decimal = false): string | undefined {
	const value = text.trim().toLowerCase().replace(/^0x/, '');
	const core = /^(?:[0-9a-f]{2}-)?[0-9a-f]{32}-([0-9a-f]{16})(?:-|$)/.exec(value)?.[1] ?? value;
	if (zero.test(core)) return undefined;
	if (/^\d+$/.test(core) && (longDecimal.test(core) || (decimal && core.length < 21))) {
		return fromDecimal(core)?.slice(16);
	}
	return hex.test(core) && core.length >= 8 && core.length <= 16 ? core.padStart(16, '0') : undefined;
}

/**
 * The texts under which lines most likely hold this ID, best first: as it is given, and normalised. A 64-bit ID is
 * also looked for without the zeros that were put before it.
 */
export function likelySpellings(id: string): readonly string[] {
	const normal = normalTraceId(id);
	if (normal === undefined) return [id];
	const short = normal.startsWith('0'.repeat(16)) ? [normal.slice(16)] : [];
	return unique([id, ...short, normal]);
}

/** Every other text under which lines may hold it: with dashes, in capitals, its low half, without zeros, X-Ray's, Datadog's. */
export function otherSpellings(id: string): readonly string[] {
	const tried = new Set(likelySpellings(id));
	const normal = normalTraceId(id);
	if (normal === undefined) return otherSpellingsOfText(id).filter(text => !tried.has(text));
	const low = normal.slice(16);
	const dashed = [
		normal.slice(0, 8),
		normal.slice(8, 12),
		normal.slice(12, 16),
		normal.slice(16, 20),
		normal.slice(20),
	];
	return unique([
		dashed.join('-'),
		normal.toUpperCase(),
		dashed.join('-').toUpperCase(),
		...(zero.test(low) ? [] : [low, low.toUpperCase(), BigInt(`0x${low}`).toString()]),
		normal.replace(/^0+/, ''),
		`1-${normal.slice(0, 8)}-${normal.slice(8)}`,
	]).filter(text => !tried.has(text));
}

/** A request ID that is no hex: other letter case, and without its dashes. */
const otherSpellingsOfText = (id: string): readonly string[] =>
	unique([
		id.toLowerCase(),
		id.toUpperCase(),
		id.replaceAll('-', ''),
		id.replace(/^(?:req|request|rid)[-_:]/i, ''),
	]).filter(text => text.length >= 6);

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
