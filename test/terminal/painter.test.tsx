import fc from 'fast-check';
import { Box, Newline, renderToString, Spacer, Text, Transform } from 'ink';
import { createElement, type ReactElement } from 'react';
import { describe, expect, test, vi } from 'vitest';
import { type Brush, wholeOf, write } from '../../src/terminal/brush.ts';
import { createGrid, type Grid, textOf } from '../../src/terminal/grid.ts';
import { createScreen } from '../../src/terminal/screen.ts';
import { runsOf } from '../../src/terminal/sgr.ts';
import type { Paint, Surface } from '../../src/terminal/surface.ts';
import { Canvas } from '../../src/widgets/canvas.tsx';
import { differencesOf } from './emulator.ts';

// Ink colours its text by what chalk finds in the environment when it is loaded.
vi.hoisted(() => {
	process.env.FORCE_COLOR = '3';
	process.env.COLORTERM = 'truecolor';
});

const columns = 60;
const rows = 24;

function painted(element: ReactElement, size = { columns, rows }): Grid {
	const screen = createScreen({ output: { write: () => true }, ...size, synchronizedUpdates: false });
	screen.mount(element);
	screen.flush();
	screen.unmount();
	return screen.grid;
}

/** What Ink's own renderer prints, read back into cells. */
function printed(element: ReactElement, height = rows): Grid {
	const grid = createGrid(columns, height);
	const brush: Brush = { grid, clip: wholeOf(grid) };
	for (const [y, line] of renderToString(element, { columns }).split('\n').entries()) {
		let x = 0;
		for (const { text, pen } of runsOf(line)) x = write(brush, x, y, text, pen);
	}
	return grid;
}

const long = 'the quick brown fox jumps over the lazy dog and then over 日本語のテキスト again and again';

const trees: Readonly<Record<string, ReactElement>> = {
	'a border round wrapped text of several styles': (
		<Box borderStyle="round" borderColor="red" width={40} height={6} padding={1}>
			<Text color="green">
				hi <Text bold>there</Text> 日本語 and a long text that wraps around
			</Text>
		</Box>
	),
	'columns that share the width': (
		<Box width={60}>
			<Box width="50%" borderStyle="single">
				<Text wrap="truncate-end">truncate me please, this is far too long</Text>
			</Box>
			<Box flexGrow={1} justifyContent="flex-end">
				<Text inverse>right</Text>
			</Box>
		</Box>
	),
	'a background under text': (
		<Box backgroundColor="blue" width={20} height={3} paddingX={2}>
			<Text>on blue</Text>
		</Box>
	),
	'a background inside a border': (
		<Box backgroundColor="#123456" borderStyle="double" borderDimColor width={20} height={5} paddingX={1}>
			<Text color="ansi256(202)">on colour</Text>
		</Box>
	),
	'overflow that is hidden': (
		<Box overflow="hidden" width={10} height={2} flexDirection="column">
			<Box flexShrink={0} marginTop={-1}>
				<Text wrap="truncate">one1</Text>
			</Box>
			<Box flexShrink={0}>
				<Text>two2</Text>
			</Box>
			<Box flexShrink={0}>
				<Text>three3</Text>
			</Box>
		</Box>
	),
	'a transform that counts lines': (
		<Transform transform={(line, index) => `${index}:${line.toUpperCase()}`}>
			<Text>
				a<Newline />b
			</Text>
		</Transform>
	),
	'truncation at the start, in the middle and at the end': (
		<Box flexDirection="column" width={21}>
			<Text wrap="truncate-start" color="cyan">
				{long}
			</Text>
			<Text wrap="truncate-middle">{long}</Text>
			<Text wrap="truncate" bold>
				{long}
			</Text>
		</Box>
	),
	'nested styles that wrap': (
		<Box width={23}>
			<Text backgroundColor="yellow">
				one <Text color="red">two three four</Text> five{' '}
				<Text dimColor>
					six <Text underline>seven eight</Text> nine
				</Text>{' '}
				ten
			</Text>
		</Box>
	),
	'words longer than a row': (
		<Box width={7}>
			<Text>{'a incomprehensibilities  bb 日本語日本語 c'}</Text>
		</Box>
	),
	'sides of a border that are left out': (
		<Box borderStyle="bold" borderLeft={false} borderBottom={false} borderTopColor="magenta" width={12} height={4}>
			<Text>inside</Text>
		</Box>
	),
	'gaps, spacers and margins': (
		<Box flexDirection="column" gap={1} marginLeft={3}>
			<Box width={30}>
				<Text>left</Text>
				<Spacer />
				<Text underline>right</Text>
			</Box>
			<Text italic>below</Text>
		</Box>
	),
	'a box that lies over another': (
		<Box width={30} height={5} borderStyle="classic">
			<Text>{long.replaceAll(/[^ -~]/g, 'w')}</Text>
			<Box position="absolute" marginLeft={4} marginTop={1} borderStyle="single" borderColor="gray">
				<Text>over</Text>
			</Box>
		</Box>
	),
	'a box that is not displayed': (
		<Box flexDirection="column">
			<Box display="none">
				<Text>gone</Text>
			</Box>
			<Text>here</Text>
		</Box>
	),
	'rows in reverse order': (
		<Box flexDirection="column-reverse">
			<Text>last</Text>
			<Text>first</Text>
		</Box>
	),
};

describe('paintTree draws what Ink prints', () => {
	for (const [name, tree] of Object.entries(trees)) {
		test(name, () => {
			const wanted = printed(tree);
			expect(textOf(wanted).join('')).not.toBe('');
			expect(differencesOf(painted(tree), wanted)).toEqual([]);
		});
	}
});

/**
 * Boxes in boxes round styled words, without what Ink 6.8 prints wrongly: wide characters that another box covers half,
 * bold inside dim, clips inside clips.
 */
const anyTree = fc.letrec<{ readonly tree: ReactElement; readonly box: ReactElement; readonly text: ReactElement }>(
	tie => ({
		tree: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('text'), tie('box')),
		text: fc
			.tuple(
				fc.array(fc.constantFrom('a', 'bcd', 'efghij', 'klmnopqrstuv', 'é', '', '-'), { maxLength: 9 }),
				fc.record(
					{
						color: fc.constantFrom('red', '#d55e00', 'ansi256(74)'),
						backgroundColor: fc.constantFrom('blue', 'gray'),
						bold: fc.constant(true),
						underline: fc.constant(true),
						inverse: fc.constant(true),
						wrap: fc.constantFrom('wrap', 'truncate', 'truncate-start', 'truncate-middle'),
					},
					{ requiredKeys: [] },
				),
			)
			.map(([words, props]) => createElement(Text, props, words.join(' '))),
		box: fc
			.tuple(
				fc.array(tie('tree'), { maxLength: 4 }),
				fc.record(
					{
						flexDirection: fc.constantFrom('row', 'column', 'row-reverse', 'column-reverse'),
						borderStyle: fc.constantFrom('single', 'round', 'classic'),
						borderColor: fc.constantFrom('green', 'magenta'),
						borderDimColor: fc.constant(true),
						padding: fc.nat(2),
						marginLeft: fc.nat(3),
						gap: fc.nat(2),
						flexGrow: fc.constant(1),
						flexWrap: fc.constantFrom('wrap', 'nowrap'),
						justifyContent: fc.constantFrom('center', 'flex-end', 'space-between'),
						alignItems: fc.constantFrom('center', 'flex-end', 'stretch'),
						backgroundColor: fc.constantFrom('yellow', '#002040'),
					},
					{ requiredKeys: [] },
				),
			)
			.map(([children, props]) => createElement(Box, props, ...children)),
	}),
);

test('paintTree draws any such tree as Ink prints it', () => {
	fc.assert(
		fc.property(anyTree.tree, tree => {
			const room = (
				<Box width={columns} height={60} flexDirection="column" overflow="hidden">
					{tree}
				</Box>
			);
			expect(differencesOf(painted(tree, { columns, rows: 60 }), printed(room, 60))).toEqual([]);
		}),
		{ numRuns: 100 },
	);
}, 120_000);

test('paintTree draws any such tree into any room', () => {
	const size = fc.record({ columns: fc.integer({ min: 1, max: 12 }), rows: fc.integer({ min: 1, max: 12 }) });
	fc.assert(
		fc.property(anyTree.tree, size, (tree, room) => {
			expect(textOf(painted(tree, room))).toHaveLength(room.rows);
		}),
	);
});

describe('where we differ from Ink on purpose', () => {
	test('a clip inside a clip shows no more than the outer one', () => {
		const tree = (
			<Box overflow="hidden" width={6} height={1}>
				<Box overflow="hidden" flexShrink={0} width={12}>
					<Text wrap="truncate">abcdefghijkl</Text>
				</Box>
			</Box>
		);
		expect(textOf(painted(tree))[0]).toBe('abcdef');
	});

	test('text cannot bring its own escape sequences', () => {
		const grid = painted(<Text>{'a\x1b[31mb\x1b]0;title\x07c\td'}</Text>);
		expect(textOf(grid)[0]).toBe('abc     d');
		expect(grid.inks.every(ink => ink === 0)).toBe(true);
	});

	test('a wide character that a clip would halve becomes a blank', () => {
		const tree = (
			<Box overflow="hidden" width={4} height={1}>
				<Box flexShrink={0} width={6} marginLeft={-1}>
					<Text>日本語</Text>
				</Box>
			</Box>
		);
		expect(textOf(painted(tree))[0]).toBe(' 本');
	});
});

describe('canvases', () => {
	const remember =
		(seen: Surface[]): Paint =>
		surface => {
			seen.push(surface);
			surface.put(0, 0, 'x'.repeat(99));
		};

	test('get the room inside border and padding, and cannot leave it', () => {
		const seen: Surface[] = [];
		const canvas = createElement('ink-box', {
			style: { borderStyle: 'single', paddingLeft: 1, width: 10, height: 4 },
			paint: remember(seen),
		});
		expect(textOf(painted(canvas)).slice(0, 4)).toEqual(['┌────────┐', '│ xxxxxxx│', '│        │', '└────────┘']);
		expect(seen.map(({ width, height }) => [width, height])).toEqual([[7, 2]]);
	});

	test('take what their parent has left', () => {
		const seen: Surface[] = [];
		painted(
			<Box width={30} height={9} flexDirection="column">
				<Text>head</Text>
				<Canvas paint={remember(seen)} />
			</Box>,
		);
		expect(seen.map(({ width, height }) => [width, height])).toEqual([[30, 8]]);
	});
});
