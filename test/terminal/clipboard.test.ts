import { expect, test } from 'vitest';
import { clipboardRequest } from '../../src/terminal/clipboard.ts';

const contentOf = (request: string): string =>
	Buffer.from(/^\x1b\]52;c;([\w+/=]*)\x07/.exec(request)?.[1] ?? '', 'base64').toString('utf8');

function bytesOf(text: string, insideTmux = false): string {
	const request = clipboardRequest(text, { insideTmux });
	if (!request.ok) throw new Error(request.why);
	return request.bytes;
}

test('asks the terminal for the text, sanitised, with its lines', () => {
	expect(contentOf(bytesOf('größer\nsecond \x1b[31mline\x1b]52;c;AAAA\x07'))).toBe('größer\nsecond line');
});

test('the tabs of a line stay, and what stands between them is sanitised', () => {
	expect(contentOf(bytesOf('panic\r\n\tat \x1b[1mpier\x1b[0m\t12'))).toBe('panic\n\tat pier\t12');
});

test('inside tmux asks tmux, and the terminal outside through it', () => {
	const outside = bytesOf('text');
	expect(bytesOf('text', true)).toBe(`${outside}\x1bPtmux;${outside.replaceAll('\x1b', '\x1b\x1b')}\x1b\\`);
});

test('says what is too long and by how much', () => {
	expect(clipboardRequest('x'.repeat(56_244), { insideTmux: false }).ok).toBe(true);
	expect(clipboardRequest('é'.repeat(40_000), { insideTmux: false })).toEqual({
		ok: false,
		why: 'The text has 80000 bytes; terminals take 56244 at most.',
	});
});

test('mosh takes less', () => {
	const way = { insideTmux: false, between: 'mosh' } as const;
	expect(clipboardRequest('x'.repeat(12_282), way).ok).toBe(true);
	expect(clipboardRequest('x'.repeat(12_283), way)).toEqual({
		ok: false,
		why: 'The text has 12283 bytes; mosh takes 12282 at most.',
	});
});
