import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createInflate } from 'node:zlib';

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
 * Reads a body to its end, undoing gzip and deflate (RFC 9110 §8.4.1). The cap counts decoded bytes and is checked while they
 * arrive, so a small body that unpacks to gigabytes costs no more memory than the cap. Malformed UTF-8 becomes U+FFFD.
 */
export async function readBody(body: Readable, coding: string, cap: number): Promise<Body> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	let tooLarge: TooLargeError | undefined;
	const collect = async (source: AsyncIterable<Buffer>) => {
		for await (const chunk of source) {
			bytes += chunk.length;
			if (bytes > cap) {
				tooLarge = new TooLargeError(`more than ${cap} bytes`);
				throw tooLarge;
			}
			chunks.push(chunk);
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
	return { text: new TextDecoder().decode(Buffer.concat(chunks)), bytes };
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
		default:
			throw new UnknownCodingError(coding);
	}
}
