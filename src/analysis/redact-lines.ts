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

/**
 * Redacts lines as they follow each other. A private key that was cut into lines is masked from the line it begins in to
 * the one it ends in; other streams may come between. A stream that goes on with something else has no key. `begun` are the
 * streams that are within one already.
 */
export function redactingLines(begun: Iterable<object> = []): RedactLine {
	const inKey = new Set<object>(begun);
	return (stream, line) => {
		if (areSecretsShown()) return { text: line, masked: 0 };
		const body = inKey.size > 0 && inKey.has(stream) ? maskBody(line) : undefined;
		if (body !== undefined) return body;
		inKey.delete(stream);
		const redaction = redactCounted(line);
		if (redaction.masked > 0 && begin.test(line)) inKey.add(stream);
		return redaction;
	};
}

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
