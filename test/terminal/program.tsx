import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { createScreen } from '../../src/terminal/screen.ts';
import { openTerminal } from '../../src/terminal/session.ts';

type ViewProps = { readonly said: string; readonly size: string; readonly isBroken: boolean };

function View({ said, size, isBroken }: ViewProps): ReactNode {
	if (isBroken) throw new Error('the component broke');
	return (
		<Box borderStyle="single" flexGrow={1} flexDirection="column">
			<Text>{said}</Text>
			<Text>{size}</Text>
		</Box>
	);
}

/** A program as small as one can be that owns a terminal; `pty.test.ts` runs it. Most of its keys are ways to end. */
function start(): void {
	let said = 'ready';
	let isBroken = false;
	const show = (text: string): void => {
		said = text;
		screen.mount(<View said={said} size={`${terminal.columns}x${terminal.rows}`} isBroken={isBroken} />);
	};
	const ways: Readonly<Record<string, () => void>> = {
		q: () => end(0),
		'ctrl+c': () => end(130),
		c: () => {
			isBroken = true;
			show('broken');
		},
		x: () => {
			throw new Error('the program broke');
		},
		h: () => {
			process.on('uncaughtException', error => {
				console.error(`handled: ${error.message}`);
				process.exit(1);
			});
			throw new Error('the program broke');
		},
		t: () => {
			terminal.title('▲2 a program\x1b[31m');
			terminal.bell();
			show('rung');
		},
		a: () => show(terminal.ask() ? 'asked' : 'not asked again'),
		w: () => void terminal.settled(20_000).then(() => end(0)),
		r: () => void Promise.reject(new Error('the promise broke')),
	};
	const terminal = openTerminal({
		stdin: process.stdin,
		stdout: process.stdout,
		title: 'a program',
		onInput: event => {
			if (event.type !== 'key') return show(event.type);
			const way = ways[event.name];
			if (way === undefined) show(`key ${event.name}`);
			else way();
		},
		onAnswer: () => show('answered'),
		onResize: (columns, rows) => {
			screen.resize(columns, rows);
			show(said);
		},
		onResume: () => {
			show('resumed');
			screen.repaint();
		},
		onEnd: code => process.exit(code),
	});
	const { columns, rows, output } = terminal;
	const screen = createScreen({ output, columns, rows, synchronizedUpdates: false });
	const end = (code: number): void => {
		screen.unmount();
		terminal.close();
		console.log('goodbye');
		process.exitCode = code;
	};
	screen.done.catch((error: Error) => {
		terminal.close();
		console.error(`failed: ${error.message}`);
		process.exitCode = 1;
	});
	show(said);
}

start();
