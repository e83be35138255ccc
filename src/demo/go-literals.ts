import type { Milliseconds } from '../model/time.ts';

/**
 * What a Go string literal stands for, as LogQL and TraceQL have it: `"…"` with escapes, or raw between backticks.
 * `undefined` when it is none (https://go.dev/ref/spec#String_literals).
 */
export const unquoteGo = (literal: string): string | undefined => {
	if (/^`[^`]*`$/.test(literal)) return literal.slice(1, -1).replaceAll('\r', '');
	const inner = /^"((?:[^"\\\n]|\\.)*)"$/.exec(literal)?.[1];
	if (inner === undefined) return undefined;
	let sound = true;
	const text = inner.replace(escapeSequence, sequence => {
		const character = characterOf(sequence);
		if (character === undefined) sound = false;
		return character ?? '';
	});
	return sound ? text : undefined;
};

const escapeSequence = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2}|.)/g;

const letters: Readonly<Record<string, string>> = {
	a: '\x07',
	b: '\b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
	v: '\v',
	'\\': '\\',
	'"': '"',
};

function characterOf(sequence: string): string | undefined {
	const body = sequence.slice(1);
	if (body.length === 1) return letters[body];
	const code = /^[xuU]/.test(body) ? Number.parseInt(body.slice(1), 16) : Number.parseInt(body, 8);
	return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

const unitLengths: Readonly<Record<string, Milliseconds>> = {
	ns: 1e-6,
	us: 1e-3,
	µs: 1e-3,
	μs: 1e-3,
	ms: 1,
	s: 1000,
	m: 60_000,
	h: 3_600_000,
	d: 86_400_000,
	w: 604_800_000,
	y: 31_536_000_000,
};

/** `1.5s`, `1h30m`, `-2m`, `350µs`, and Prometheus' `1d`, `2w`; `undefined` for anything else. */
export const parseDuration = (text: string): Milliseconds | undefined => {
	const parts = /^(-?)((?:\d+(?:\.\d+)?(?:ns|us|µs|μs|ms|s|m|h|d|w|y))+)$/.exec(text);
	if (parts === null) return text === '0' ? 0 : undefined;
	let length = 0;
	for (const [, figure, unit] of (parts[2] ?? '').matchAll(/(\d+(?:\.\d+)?)(\D+)/g)) {
		length += Number(figure) * (unitLengths[unit ?? ''] ?? Number.NaN);
	}
	return parts[1] === '-' ? -length : length;
};

const byteUnits: Readonly<Record<string, number>> = {
	'': 1,
	b: 1,
	kb: 1e3,
	mb: 1e6,
	gb: 1e9,
	tb: 1e12,
	kib: 2 ** 10,
	mib: 2 ** 20,
	gib: 2 ** 30,
	tib: 2 ** 40,
};

/** `5KB`, `1.5MiB`, `20b` in bytes; `undefined` for anything else. */
export const parseByteSize = (text: string): number | undefined => {
	const parts = /^(\d+(?:\.\d+)?)\s*([kmgt]?i?b?)$/i.exec(text);
	const unit = byteUnits[(parts?.[2] ?? 'none').toLowerCase()];
	return parts === null || unit === undefined ? undefined : Number(parts[1]) * unit;
};
