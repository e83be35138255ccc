import { Box, Text } from 'ink';
import { type ReactNode, useState } from 'react';
import { describe, expect, test } from 'vitest';
import { textOf } from '../../src/terminal/grid.ts';
import { createScreen, type Output, type Screen } from '../../src/terminal/screen.ts';
import { Canvas } from '../../src/widgets/canvas.tsx';
import { createEmulator, differencesOf, shownBy, writeTo } from './emulator.ts';

type Sent = Output & { readonly frames: string[] };

const createOutput = (): Sent => {
	const frames: string[] = [];
	return { frames, write: bytes => frames.push(bytes) };
};

const open = (output: Output, columns = 20, rows = 4, synchronizedUpdates = false): Screen =>
	createScreen({ output, columns, rows, synchronizedUpdates });

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

/** Counts by itself; `onReady` is handed the step. */
function Counter({ onReady }: { readonly onReady: (step: () => void) => void }): ReactNode {
	const [count, setCount] = useState(0);
	onReady(() => setCount(count + 1));
	return <Text>{count}</Text>;
}

function Broken(): ReactNode {
	throw new Error('the component broke');
}

describe('screen', () => {
	test('writes one frame a turn, whatever happened in it, and nothing when nothing changed', async () => {
		const output = createOutput();
		const screen = open(output);
		screen.mount(<Text>one</Text>);
		screen.mount(<Text>two</Text>);
		await turn();
		expect(output.frames).toHaveLength(1);
		expect(textOf(screen.grid)[0]).toBe('two');
		screen.mount(<Text>two</Text>);
		await turn();
		expect(output.frames).toHaveLength(1);
		expect(screen.counts).toEqual({ frames: 1, bytes: output.frames.join('').length });
		screen.unmount();
		await screen.done;
		expect(output.frames).toHaveLength(1);
	});

	test('shows what a component changes by itself', async () => {
		let add = (): void => {};
		const screen = open(createOutput());
		screen.mount(
			<Counter
				onReady={step => {
					add = step;
				}}
			/>,
		);
		await turn();
		add();
		await expect.poll(() => textOf(screen.grid)[0]).toBe('1');
		screen.unmount();
	});

	test('paints a canvas again when it is given another painter', async () => {
		const screen = open(createOutput());
		screen.mount(<Canvas paint={surface => surface.put(0, 0, 'before')} />);
		await turn();
		screen.mount(<Canvas paint={surface => surface.put(0, 0, 'after')} />);
		await turn();
		expect(textOf(screen.grid)[0]).toBe('after');
		screen.unmount();
	});

	test('lays out and paints anew when resized', async () => {
		const output = createOutput();
		const screen = open(output);
		const emulator = createEmulator(30, 6);
		screen.mount(
			<Box borderStyle="single" flexGrow={1}>
				<Text>inside</Text>
			</Box>,
		);
		await turn();
		screen.resize(30, 6);
		await turn();
		await writeTo(emulator, `garbage${output.frames.at(-1)}`);
		expect(textOf(screen.grid)).toEqual([
			`┌${'─'.repeat(28)}┐`,
			`│inside${' '.repeat(22)}│`,
			...Array.from({ length: 3 }, () => `│${' '.repeat(28)}│`),
			`└${'─'.repeat(28)}┘`,
		]);
		expect(differencesOf(shownBy(emulator, screen.grid.clusters), screen.grid)).toEqual([]);
		screen.unmount();
	});

	test('repaints everything on demand', async () => {
		const output = createOutput();
		const screen = open(output);
		screen.mount(<Text>whole</Text>);
		await turn();
		screen.repaint();
		await turn();
		expect(output.frames).toHaveLength(2);
		expect(output.frames[1]).toBe(output.frames[0]);
		screen.unmount();
	});

	test('holds back while the terminal has not taken the last frame', async () => {
		const listeners: (() => void)[] = [];
		const frames: string[] = [];
		const output = {
			frames,
			writableNeedDrain: false,
			write: (bytes: string) => frames.push(bytes),
			once: (_event: 'drain', listener: () => void) => listeners.push(listener),
		};
		const screen = open(output);
		output.writableNeedDrain = true;
		for (const text of ['one', 'two', 'three']) {
			screen.mount(<Text>{text}</Text>);
			await turn();
		}
		expect(frames).toHaveLength(0);
		output.writableNeedDrain = false;
		expect(listeners).toHaveLength(1);
		listeners[0]?.();
		await turn();
		expect(frames).toHaveLength(1);
		expect(frames[0]).toContain('three');
		screen.unmount();
	});

	test('holds frames back as far as its pace says, but not what a key does', async () => {
		const output = createOutput();
		const screen = createScreen({ output, columns: 20, rows: 4, synchronizedUpdates: false, clock: () => 0 });
		screen.pace({ frames: 60_000, keys: 0 });
		for (const text of ['one', 'two', 'three']) {
			screen.mount(<Text>{text}</Text>);
			await turn();
		}
		expect(output.frames).toHaveLength(1);
		screen.hurry();
		await turn();
		expect(output.frames).toHaveLength(2);
		expect(output.frames[1]).toContain('three');
		screen.pace({ frames: 60_000, keys: 60_000 });
		screen.mount(<Text>four</Text>);
		await turn();
		expect(output.frames).toHaveLength(2);
		screen.pace({ frames: 0, keys: 0 });
		await turn();
		expect(output.frames).toHaveLength(3);
		screen.unmount();
	});

	test('marks only big frames as one update, and only where that helps', async () => {
		const big = <Canvas paint={surface => Array.from({ length: 60 }, (_, y) => surface.put(0, y, 'x'.repeat(99)))} />;
		const small = <Text>small</Text>;
		const framesOf = async (synchronizedUpdates: boolean): Promise<readonly boolean[]> => {
			const output = createOutput();
			const screen = open(output, 100, 60, synchronizedUpdates);
			for (const element of [small, big]) {
				screen.mount(element);
				await turn();
			}
			screen.unmount();
			return output.frames.map(frame => frame.startsWith('\x1b[?2026h') && frame.endsWith('\x1b[?2026l'));
		};
		expect(await framesOf(true)).toEqual([false, true]);
		expect(await framesOf(false)).toEqual([false, false]);
	});

	test('says so when a component throws', async () => {
		const screen = open(createOutput());
		const outcome = expect(screen.done).rejects.toThrow('the component broke');
		screen.mount(<Broken />);
		await outcome;
	});

	test('says so when a canvas throws', async () => {
		const screen = open(createOutput());
		const outcome = expect(screen.done).rejects.toThrow('the canvas broke');
		screen.mount(
			<Canvas
				paint={() => {
					throw new Error('the canvas broke');
				}}
			/>,
		);
		await outcome;
	});

	test('begins a new table when a log has brought more marked characters than it keeps', async () => {
		const screen = open(createOutput(), 120, 110);
		const first = screen.grid.clusters;
		const marked = (from: number) => (
			<Canvas
				paint={surface => {
					for (let row = 0; row < 110; row++) {
						const base = String.fromCodePoint(0x400 + from + row);
						const marks = Array.from({ length: 100 }, (_, mark) => base + String.fromCodePoint(0x300 + (mark % 0x6f)));
						surface.put(0, row, marks.join(''));
					}
				}}
			/>
		);
		for (const from of [0, 110]) {
			screen.mount(marked(from));
			await turn();
		}
		expect(screen.grid.clusters).not.toBe(first);
		expect(textOf(screen.grid)[0]?.startsWith('\u046e\u0300\u046e\u0301')).toBe(true);
		screen.unmount();
	});
});
