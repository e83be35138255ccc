import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createKeyParser, type InputEvent } from '../../src/terminal/keys.ts';

function eventsOf(...chunks: readonly string[]): readonly InputEvent[] {
	const parser = createKeyParser();
	return [...chunks.flatMap(chunk => parser.feed(chunk)), ...parser.flush()];
}

const wordsOf = (events: readonly InputEvent[]): readonly string[] =>
	events.map(event => {
		if (event.type === 'key') return event.text === undefined ? event.name : `${event.name}=${event.text}`;
		if (event.type === 'answer') return 'answer';
		return event.type === 'paste' ? `paste:${event.text}` : `focus:${event.focused}`;
	});

const table: readonly (readonly [input: string, ...events: readonly string[]])[] = [
	['j', 'j=j'],
	['jjjk', 'j=j', 'j=j', 'j=j', 'k=k'],
	['J', 'J=J'],
	[' ', 'space= '],
	['é日🔥', 'é=é', '日=日', '🔥=🔥'],
	['j\x03', 'j=j', 'ctrl+c'],
	['\r', 'enter'],
	['\n', 'enter'],
	['\t', 'tab'],
	['\x7f', 'backspace'],
	['\x08', 'backspace'],
	['\x00', 'ctrl+space'],
	['\x04\x0c\x1a', 'ctrl+d', 'ctrl+l', 'ctrl+z'],
	['\x1c\x1d\x1e\x1f', 'ctrl+\\', 'ctrl+]', 'ctrl+^', 'ctrl+_'],
	['\x1b', 'escape'],
	['\x1b\x1b', 'escape', 'escape'],
	['\x1b\x03', 'escape', 'ctrl+c'],
	['\x1b[A\x1b[B\x1b[C\x1b[D', 'up', 'down', 'right', 'left'],
	['\x1bOA\x1bOB\x1bOC\x1bOD', 'up', 'down', 'right', 'left'],
	['\x1b[H\x1b[F\x1bOH\x1bOF', 'home', 'end', 'home', 'end'],
	['\x1b[1~\x1b[4~\x1b[7~\x1b[8~', 'home', 'end', 'home', 'end'],
	['\x1b[2~\x1b[3~\x1b[5~\x1b[6~', 'insert', 'delete', 'pageup', 'pagedown'],
	['\x1b[Z', 'shift+tab'],
	['\x1bOP\x1b[15~\x1b[24~\x1b[[A\x1b[[E', 'f1', 'f5', 'f12', 'f1', 'f5'],
	['\x1b[1;5A\x1b[1;2R\x1b[6;5~', 'ctrl+up', 'shift+f3', 'ctrl+pagedown'],
	['\x1b[1;8D', 'ctrl+alt+shift+left'],
	['\x1bx\x1bX\x1b ', 'alt+x', 'alt+X', 'alt+space'],
	['\x1b\r\x1b\x7f', 'alt+enter', 'alt+backspace'],
	['\x1b\x1b[A\x1b\x1bOB', 'alt+up', 'alt+down'],
	['\x1b日', 'alt+日'],
	['\x1bOM', 'enter'],
	// Control strings that a person could have typed the start of.
	['\x1b]', 'alt+]'],
	['\x1bP', 'alt+P'],
	['\x1b]11;rgb', ...[]],
	['\x1b[', 'alt+['],
	['\x1bO', 'alt+O'],
	// kitty's protocol and modifyOtherKeys.
	['\x1b[97u\x1b[97;2u\x1b[97;5u\x1b[97;3u', 'a=a', 'A=A', 'ctrl+a', 'alt+a'],
	['\x1b[13u\x1b[27u\x1b[9;2u\x1b[127u\x1b[32u', 'enter', 'escape', 'shift+tab', 'backspace', 'space= '],
	['\x1b[97;1:3u', ...[]],
	['\x1b[57402u\x1b[57419u\x1b[57441u', '3=3', 'up'],
	['\x1b[27;5;13~\x1b[27;5;106~', 'ctrl+enter', 'ctrl+j'],
	['\x1b[I\x1b[O', 'focus:true', 'focus:false'],
	// Pastes, also with what would be keys inside.
	['\x1b[200~one\r\ntwo\rthree\x03\x1b[31m!\x1b[201~q', 'paste:one\ntwo\nthree!', 'q=q'],
	['\x1b[200~\x1b[201~', 'paste:'],
	['\x1b[201~q', 'q=q'],
	// Answers, reports and sequences nobody knows are swallowed whole.
	['\x1b[<0;10;5Mj\x1b[<0;10;5m', 'j=j'],
	['\x1b[M !!j', 'j=j'],
	['\x1b[24;80Rj', 'j=j'],
	// What the terminal answers when it is asked whether it is there, and what it says right after an escape.
	['\x1b[0n\x1b[3nj', 'answer', 'answer', 'j=j'],
	['\x1b\x1b[0n', 'escape', 'answer'],
	['\x1b\x1b[O', 'escape', 'focus:false'],
	['\x1b[5n\x1b[?0n', ...[]],
	['\x1b[?1;2cj\x1b[>0;95;0cj', 'j=j', 'j=j'],
	['\x1b[?2026;2$yj', 'j=j'],
	['\x1b]11;rgb:0000/0000/0000\x07j', 'j=j'],
	['\x1b]11;rgb:0000/0000/0000\x1b\\j', 'j=j'],
	['\x1bP1+r544e\x1b\\j', 'j=j'],
	['\x1b_Gi=31;OK\x1b\\j', 'j=j'],
	['\x1b[99~\x1b[1;5Xj', 'j=j'],
	['\x1b]never ends\x03j', 'ctrl+c', 'j=j'],
	['\x1b[12\x03j', 'ctrl+c', 'j=j'],
	['\x1b[12;', ...[]],
	['\x9b\x85j', 'j=j'],
	['\ud800j\udc00', 'j=j'],
];

describe('key parser', () => {
	for (const [input, ...events] of table) {
		test(`${JSON.stringify(input)} is ${events.join(' ') || 'nothing'}`, () => {
			expect(wordsOf(eventsOf(input))).toEqual(events);
		});
	}

	test('any division of the input gives the same events', () => {
		const part = fc.oneof(
			fc.constantFrom(...table.map(([input]) => input).filter(input => input.length > 1)),
			fc.string({
				unit: fc.constantFrom('\x1b', '[', 'O', ']', '1', ';', '~', 'M', '<', 'j', '\x03', '\x07', '\\', '🔥'),
			}),
		);
		const input = fc.array(part, { maxLength: 6 }).map(parts => parts.join(''));
		fc.assert(
			fc.property(input, fc.array(fc.nat(60), { maxLength: 8 }), (whole, cuts) => {
				const at = [0, ...cuts.filter(cut => cut < whole.length).sort((a, b) => a - b), whole.length];
				const chunks = at.slice(1).map((end, index) => whole.slice(at[index], end));
				expect(wordsOf(eventsOf(...chunks))).toEqual(wordsOf(eventsOf(whole)));
			}),
			{ numRuns: 2000 },
		);
	});

	test('a sequence that was flushed half way does not disturb what follows', () => {
		const parser = createKeyParser();
		parser.feed('\x1b[1;');
		expect(parser.waiting).toBe('sequence');
		expect(parser.flush()).toEqual([]);
		expect(parser.waiting).toBe('nothing');
		expect(wordsOf(parser.feed('j'))).toEqual(['j=j']);
	});

	test('a paste is bounded, and one that never ends can be left', () => {
		const parser = createKeyParser();
		for (let piece = 0; piece < 100; piece++) parser.feed(`${piece === 0 ? '\x1b[200~' : ''}${'x'.repeat(1000)}`);
		expect(parser.waiting).toBe('paste');
		expect(parser.flush().map(event => (event.type === 'paste' ? event.text.length : event))).toEqual([65_536]);
		expect(wordsOf(parser.feed('\x03'))).toEqual(['ctrl+c']);
	});
});
