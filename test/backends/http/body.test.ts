import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readBody } from '../../../src/backends/body.ts';

/** The bytes in chunks whose lengths take turns. */
function* chunked(bytes: Buffer, lengths: readonly number[]) {
	for (let at = 0, turn = 0; at < bytes.length; turn++) {
		const end = at + (lengths[turn % lengths.length] ?? 1);
		yield bytes.subarray(at, end);
		at = end;
	}
}

const repeated = (text: string | readonly number[], bytes: number): Buffer => {
	const piece = Buffer.from(typeof text === 'string' ? text : Uint8Array.from(text));
	return Buffer.concat(Array.from({ length: Math.ceil(bytes / piece.length) }, () => piece));
};

test.each([
	['letters', repeated('a', 3_000_000)],
	['characters of one to four bytes', repeated('aé€😀', 3_000_000)],
	['a byte order mark before and within', repeated('\uFEFFquay', 2_500_000)],
	[
		'bytes that are no characters',
		repeated([0x61, 0x80, 0x80, 0x80, 0x80, 0x80, 0xe2, 0x82, 0xf0, 0x9f, 0xff], 2_500_000),
	],
	['nothing', Buffer.alloc(0)],
])('a long body is decoded as it is in one go: %s', async (_, bytes) => {
	const whole = new TextDecoder().decode(bytes);
	for (const lengths of [[65_536], [1_048_577], [999_983, 1, 2, 3, 70_001], [bytes.length || 1]]) {
		const { text, bytes: count } = await readBody(Readable.from(chunked(bytes, lengths)), '', 2 ** 26);
		expect(text === whole).toBe(true);
		expect(count).toBe(bytes.length);
	}
});
