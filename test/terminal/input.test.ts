import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readInput } from '../../src/terminal/input.ts';
import type { InputEvent } from '../../src/terminal/keys.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function reading(isAnswerDue = () => false) {
	const stream = new PassThrough();
	const names: string[] = [];
	const stop = readInput(
		stream,
		(event: InputEvent) => names.push(event.type === 'key' ? event.name : event.type),
		isAnswerDue,
	);
	const send = (bytes: Buffer | string): boolean => stream.emit('data', Buffer.from(bytes));
	return { names, send, stop };
}

test('characters may be divided between any two of their bytes', () => {
	const { names, send } = reading();
	for (const byte of Buffer.from('é日🔥')) send(Buffer.from([byte]));
	expect(names).toEqual(['é', '日', '🔥']);
});

test('any division of any bytes gives the same keys', () => {
	const part = fc.oneof(
		fc
			.constantFrom('\x1b[200~', '\x1b[201~', '\x1b[1;5A', '\x1bO', '\x1b]11;', '\x07', '\x1b[<0;1', '日', '🔥')
			.map(text => Buffer.from(text)),
		fc.uint8Array({ maxLength: 8 }).map(bytes => Buffer.from(bytes)),
	);
	const keysOf = (pieces: readonly Buffer[]): readonly string[] => {
		const { names, send, stop } = reading();
		for (const piece of pieces) send(piece);
		vi.advanceTimersByTime(5000);
		stop();
		return names;
	};
	fc.assert(
		fc.property(fc.array(part, { maxLength: 6 }), fc.array(fc.nat(60), { maxLength: 8 }), (parts, cuts) => {
			const whole = Buffer.concat(parts);
			const at = [0, ...cuts.filter(cut => cut < whole.length).sort((a, b) => a - b), whole.length];
			const pieces = at.slice(1).map((end, index) => whole.subarray(at[index], end));
			expect(keysOf(pieces)).toEqual(keysOf([whole]));
		}),
		{ numRuns: 500 },
	);
});

test('an escape by itself is a key after 50 ms', () => {
	const { names, send } = reading();
	send('\x1b');
	vi.advanceTimersByTime(49);
	expect(names).toEqual([]);
	vi.advanceTimersByTime(1);
	expect(names).toEqual(['escape']);
});

test('an escape whose rest is late by less than that begins a sequence', () => {
	const { names, send } = reading();
	send('\x1b');
	vi.advanceTimersByTime(40);
	send('[');
	vi.advanceTimersByTime(40);
	send('A');
	vi.advanceTimersByTime(1000);
	expect(names).toEqual(['up']);
});

test('an answer of the terminal that is due may come in pieces far apart', () => {
	let isDue = true;
	const { names, send } = reading(() => isDue);
	for (const piece of ['\x1b', '[', '0', 'n']) {
		send(piece);
		vi.advanceTimersByTime(450);
	}
	expect(names).toEqual(['answer']);
	isDue = false;
	send('\x1b');
	vi.advanceTimersByTime(50);
	expect(names).toEqual(['answer', 'escape']);
});

test('an escape while an answer is due is a key all the same', () => {
	const { names, send } = reading(() => true);
	send('\x1b');
	vi.advanceTimersByTime(100);
	send('\x1b[0nj');
	expect(names).toEqual(['escape', 'answer', 'j']);
});

test('a paste may stand still for longer, but not for ever', () => {
	const { names, send } = reading();
	send('\x1b[200~half of it');
	vi.advanceTimersByTime(1000);
	expect(names).toEqual([]);
	vi.advanceTimersByTime(2000);
	send('j');
	expect(names).toEqual(['paste', 'j']);
});

test('nothing is told after it was stopped', () => {
	const { names, send, stop } = reading();
	send('\x1b');
	stop();
	send('j');
	vi.advanceTimersByTime(1000);
	expect(names).toEqual([]);
});
