import { type Redaction, redactCounted } from './redact.ts';
import { areSecretsShown } from './redact-evidence.ts';
import { maskOf } from './secret-mask.ts';

/** A line of a stream without its secrets. Streams are told apart by identity. */
export type RedactLine = (stream: object, line: string) => Redaction;

const begin = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?![\s\S]*-----END )/;
const end = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY/;
/** Base64, and the headers that an encrypted key begins with, as a shipper may frame them. */
const bareBody =
	/^(?:\S{20,40} std(?:out|err) [FP] )?(?:[A-Za-z0-9+/=]{1,100}|(?:Proc-Type|DEK-Info|Comment): .{1,100})?\s*$/;
const framedBody = /(?<![A-Za-z0-9+/=])(?![0-9a-f]+(?![A-Za-z0-9+/=]))[A-Za-z0-9+/]{40,}={0,2}(?![A-Za-z0-9+/=])/g;

/** Nothing but base64 on a line, in a frame of CRI or Docker or in none. */
const loneBody =
	/^(\s{0,20}|\S{20,40} std(?:out|err) [FP] |\{"[Ll]og":")([A-Za-z0-9+/]{2,76}={0,2})(\s*|(?:\\r)?\\n","stream":"[^"]{0,20}".{0,200})$/;

/**
 * Redacts lines as they follow each other. A private key that was cut into lines is masked from the line it begins in to
 * the one it ends in; other streams may come between. A stream that goes on with something else has no key. `begun` are the
 * streams that are within one already. Where the beginning was never read, the lines of a key are known by their width, and
 * the shorter one behind them by its place.
 */
export function redactingLines(begun: Iterable<object> = []): RedactLine {
	const inKey = new Set<object>(begun);
	const behindLone = new Set<object>();
	return (stream, line) => {
		if (areSecretsShown()) return { text: line, masked: 0 };
		const body = inKey.size > 0 && inKey.has(stream) ? maskBody(line) : undefined;
		if (body !== undefined) return body;
		if (inKey.size > 0) inKey.delete(stream);
		const isBehind = behindLone.size > 0 && behindLone.delete(stream);
		const lone = loneBodyIn(line, isBehind);
		if (lone !== undefined) {
			if (isKeyLine(lone.body)) behindLone.add(stream);
			return lone.redaction;
		}
		const redaction = redactCounted(line);
		if (redaction.masked > 0 && begin.test(line)) inKey.add(stream);
		return redaction;
	};
}

/** The body of a key on a line where its beginning was not read: as wide as PEM and OpenSSH write it, or the last behind one. */
function loneBodyIn(
	line: string,
	isBehind: boolean,
): { readonly body: string; readonly redaction: Redaction } | undefined {
	if (line.length > longestLone || !(isBehind || wideSign.test(line))) return undefined;
	const [, before = '', body = '', after = ''] = loneBody.exec(line) ?? [];
	if (!isKeyLine(body) && !(isBehind && isLastOfKey(body))) return undefined;
	const tally = { masked: 0 };
	return { body, redaction: { text: `${before}${maskOf('private key', tally)}${after}`, masked: 1 } };
}

/** A cheap sign of a wide one: most lines are passed over by it. */
const wideSign = /^(?:\s{0,20}|\S{20,40} std(?:out|err) [FP] |\{"[Ll]og":")[A-Za-z0-9+/]{64}/;
const longestLone = 400;
const isKeyLine = (body: string): boolean =>
	body.length >= 64 && /[a-z]/.test(body) && /[A-Z]/.test(body) && /\d/.test(body);

/** Whole groups of four characters, filled up or long enough to be no word; IDs and digests are of one case. */
const isLastOfKey = (body: string): boolean =>
	body.length % 4 === 0 && (body.endsWith('=') || (body.length >= 16 && /[a-z]/.test(body) && /[A-Z]/.test(body)));

/** The line without its part of the key; `undefined` when the key is over. */
function maskBody(line: string): Redaction | undefined {
	if (end.test(line)) return undefined;
	const tally = { masked: 0 };
	if (bareBody.test(line)) {
		return line.trim() === '' ? { text: line, masked: 0 } : { text: maskOf('private key', tally), masked: 1 };
	}
	const text = line.replace(framedBody, () => maskOf('private key', tally));
	return tally.masked === 0 ? undefined : { text, masked: tally.masked };
}
