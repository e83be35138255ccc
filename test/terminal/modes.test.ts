import { expect, test } from 'vitest';
import { createModes } from '../../src/terminal/modes.ts';

type Write = (fd: number, bytes: Buffer) => number;

function modesWith(write: Write) {
	const raw: boolean[] = [];
	return { modes: createModes({ fd: 7, setRawMode: value => void raw.push(value), write }), raw };
}

test('both ways are idempotent and undo each other', () => {
	const writes: string[] = [];
	const { modes, raw } = modesWith((_, bytes) => {
		writes.push(bytes.toString());
		return bytes.length;
	});
	modes.leave();
	expect(writes).toEqual([]);
	modes.enter();
	modes.enter();
	expect(modes.entered).toBe(true);
	modes.leave();
	modes.leave();
	expect(modes.entered).toBe(false);
	expect(raw).toEqual([true, false]);
	expect(writes).toHaveLength(2);
	const [set = '', reset = ''] = writes;
	const opposite = (mode: string): string => mode.slice(0, -1) + (mode.endsWith('h') ? 'l' : 'h');
	const switches = /\x1b\[\?\d+[hl]/g;
	expect(reset.match(switches)).toEqual(expect.arrayContaining((set.match(switches) ?? []).map(opposite)));
});

test('a terminal that is full is given time to take the rest', () => {
	let refusals = 3;
	let written = '';
	const { modes } = modesWith((_, bytes) => {
		if (refusals-- > 0) throw Object.assign(new Error('full'), { code: 'EAGAIN' });
		const piece = bytes.subarray(0, 5);
		written += piece.toString();
		return piece.length;
	});
	modes.enter();
	expect(written.endsWith('\x1b[?1004h')).toBe(true);
});

test('a terminal that is gone is left alone', () => {
	const { modes, raw } = modesWith(() => {
		throw Object.assign(new Error('gone'), { code: 'EIO' });
	});
	modes.enter();
	modes.leave();
	expect(raw).toEqual([true, false]);
});

test('the title is the one of the moment, and the former one comes back', () => {
	let written = '';
	let title = 'a program';
	const modes = createModes({
		fd: 7,
		setRawMode: () => {},
		title: () => title,
		write: (_, bytes) => {
			written += bytes.toString();
			return bytes.length;
		},
	});
	modes.enter();
	expect(written).toContain('\x1b[22;0t\x1b]2;a program\x07');
	modes.leave();
	expect(written.endsWith('\x1b[23;0t')).toBe(true);
	title = '▲2 a program\x1b]52;c;x\x07\nof mine';
	modes.enter();
	expect(written.endsWith('\x1b]2;▲2 a program of mine\x07')).toBe(true);
});
