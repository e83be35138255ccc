import { expect, test } from 'vitest';
import { copyTo } from '../../src/cli/copying.ts';

/** What the terminal is sent, and what is told. */
function copying(text: string, clipboard = true) {
	const sent: string[] = [];
	const output = { write: (bytes: string) => sent.push(bytes) > 0 };
	const message = copyTo(output, { text, what: 'the line' }, { clipboard, insideTmux: false });
	return { sent: sent.join(''), message };
}

test('what fits is sent', () => {
	const { sent, message } = copying('berth refused');
	expect(sent).toBe(`\x1b]52;c;${Buffer.from('berth refused').toString('base64')}\x07`);
	expect(message).toMatchObject({ type: 'told', tone: 'plain' });
});

test('what is too long for a terminal is laid open whole, and nothing is sent', () => {
	const text = 'x'.repeat(60_000);
	expect(copying(text)).toEqual({
		sent: '',
		message: {
			type: 'laidOpen',
			text,
			why: 'The text has 60000 bytes; terminals take 56244 at most. Select what you need by hand.',
		},
	});
});

test('a secret is in neither', () => {
	for (const clipboard of [true, false]) {
		const { sent, message } = copying('password=hunter2', clipboard);
		expect(JSON.stringify(message) + Buffer.from(sent.slice(7), 'base64').toString()).not.toContain('hunter2');
	}
});
