import { isAscii } from 'node:buffer';
import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** An answer's body exceeded the cap; what was read of it is thrown away. */
export class TooLargeError extends Error {
	override readonly name = 'TooLargeError';
}

/** An answer came in a content coding that was not asked for. */
export class UnknownCodingError extends Error {
	override readonly name = 'UnknownCodingError';
}

export type Body = { readonly text: string; readonly bytes: number };

/**
 * Reads a body to its end, undoing gzip, deflate (RFC 9110 §8.4.1) and brotli (RFC 7932). The cap counts decoded bytes and is checked while they
 * arrive, so a small body that unpacks to gigabytes costs no more memory than the cap. Malformed UTF-8 becomes U+FFFD.
 */
export async function readBody(body: Readable, coding: string, cap: number): Promise<Body> {
	const text = createDecoder();
	let bytes = 0;
	let tooLarge: TooLargeError | undefined;
	const collect = async (source: AsyncIterable<Buffer>) => {
		for await (const chunk of source) {
			bytes += chunk.length;
			if (bytes > cap) {
				tooLarge = new TooLargeError(`more than ${cap} bytes`);
				throw tooLarge;
			}
			text.add(chunk);
		}
	};
	try {
		const decoder = decoderOf(coding);
		await (decoder === undefined ? pipeline(body, collect) : pipeline(body, decoder, collect));
	} catch (error) {
		// What is not read to its end would hold the connection; destroying it reports an error of its own.
		body.on('error', () => undefined).destroy();
		throw tooLarge ?? error;
	}
	return { text: text.end(), bytes };
}

/** Bytes that are decoded at once: in no time, so that little is left to decode once the last has come. */
const block = 2 ** 18;

/**
 * UTF-8 as it arrives, so that an answer of many megabytes is not decoded in one go. The decoder of the platform could do
 * that by itself, but then makes strings twice as large. Most answers are ASCII, and are copied as they are in a tenth of
 * the time.
 */
function createDecoder() {
	const texts: string[] = [];
	let chunks: Buffer[] = [];
	let waiting = 0;
	const decode = (bytes: Buffer) =>
		texts.push(
			isAscii(bytes)
				? bytes.toString('latin1')
				: new TextDecoder('utf-8', { ignoreBOM: texts.length > 0 }).decode(bytes),
		);
	return {
		add(chunk: Buffer): void {
			chunks.push(chunk);
			waiting += chunk.length;
			if (waiting < block) return;
			const bytes = Buffer.concat(chunks);
			const end = lastBoundary(bytes);
			decode(bytes.subarray(0, end));
			chunks = [bytes.subarray(end)];
			waiting = bytes.length - end;
		},
		end(): string {
			decode(Buffer.concat(chunks));
			return texts.join('');
		},
	};
}

/** Where the last character begins that may not be whole; no character of UTF-8 has more than four bytes. */
function lastBoundary(bytes: Uint8Array): number {
	for (let at = bytes.length - 1; at >= bytes.length - 4 && at > 0; at--) {
		const byte = bytes[at] ?? 0;
		if (byte >= 0xc0) return at;
		if (byte < 0x80) break;
	}
	return bytes.length;
}

function decoderOf(coding: string): Transform | undefined {
	switch (coding.trim().toLowerCase()) {
		case '':
		case 'identity':
			return undefined;
		case 'gzip':
		case 'x-gzip':
			return createGunzip();
		case 'deflate':
			return createInflate();
		case 'br':
			return createBrotliDecompress();
		default:
			throw new UnknownCodingError(coding);
	}
}
