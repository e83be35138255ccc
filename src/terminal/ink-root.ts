import { Readable, Writable } from 'node:stream';
import { Box, type DOMElement, type Instance, render } from 'ink';
import { createElement, createRef } from 'react';

/** The stream that Ink is given for its own output: of a size, and otherwise a hole. */
export class Sink extends Writable {
	readonly isTTY = false;
	columns: number;
	rows: number;

	constructor(columns: number, rows: number) {
		super();
		this.columns = columns;
		this.rows = rows;
	}

	override _write(_chunk: unknown, _encoding: string, done: () => void): void {
		done();
	}
}

export type InkRoot = { readonly ink: Instance; readonly root: DOMElement; readonly sink: Sink };

/**
 * Starts Ink without a terminal. `onRender` is called after every commit, when the tree under `root` is laid out, in
 * place of Ink's own renderer, its frame limit and its special cases for CI. Ink neither reads keys nor patches the
 * console; `useInput` finds no terminal here.
 */
export function startInk(columns: number, rows: number, onRender: () => void): InkRoot {
	const sink = new Sink(columns, rows);
	const box = createRef<DOMElement>();
	const ink = render(createElement(Box, { ref: box }), {
		// Ink asks for terminal streams, but of this one it only uses `write`, `on`, `off`, `columns`, `rows` and `isTTY`…
		stdout: sink as Writable as NodeJS.WriteStream,
		// … and of this one nothing but `isTTY`, as long as no component reads keys through it.
		stdin: new Readable() as NodeJS.ReadStream,
		patchConsole: false,
		exitOnCtrlC: false,
		isScreenReaderEnabled: false,
	});
	const root = rootOf(box.current);
	root.onRender = onRender;
	root.onImmediateRender = onRender;
	return { ink, root, sink };
}

/** Ink does not hand out its root; every element leads to it. */
function rootOf(element: DOMElement | null): DOMElement {
	if (element === null) throw new Error('Ink has not rendered its first element. Its version may have changed.');
	let root = element;
	while (root.parentNode !== undefined) root = root.parentNode;
	return root;
}
