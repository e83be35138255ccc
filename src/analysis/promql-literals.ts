const secondsIn: Readonly<Record<string, number>> = {
	ms: 0.001,
	s: 1,
	m: 60,
	h: 3600,
	d: 86_400,
	w: 604_800,
	y: 31_536_000,
};

/** A number or a duration in seconds, as Prometheus 3 takes either for the other: `0x1F`, `1_000`, `Inf`, `1h30m`. */
export function parseNumber(text: string): number {
	const plain = text.trim().replaceAll('_', '').toLowerCase();
	if (/^\+?inf$/.test(plain)) return Number.POSITIVE_INFINITY;
	if (/^(\d+(ms|[smhdwy]))+$/.test(plain)) {
		const parts = [...plain.matchAll(/(\d+)(ms|[smhdwy])/g)];
		return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (secondsIn[unit ?? ''] ?? Number.NaN), 0);
	}
	return Number(plain);
}

const escapes: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** A string literal's value: Go's escapes in either quote, nothing in backticks. */
export function unquote(literal: string): string {
	const inner = literal.slice(1, -1);
	if (literal.startsWith('`')) return inner;
	return inner.replaceAll(
		/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([\s\S]))/g,
		(_, byte?: string, short?: string, long?: string, octal?: string, letter?: string) => {
			const hex = byte ?? short ?? long;
			if (hex !== undefined) return codePoint(Number.parseInt(hex, 16));
			if (octal !== undefined) return codePoint(Number.parseInt(octal, 8));
			return escapes[letter ?? ''] ?? letter ?? '';
		},
	);
}

const codePoint = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd');
