import { Box, type DOMElement, type Instance } from 'ink';
import { createElement, type ReactNode } from 'react';
import { createClusters } from './clusters.ts';
import { diff } from './diff.ts';
import { clearGrid, createGrid, type Grid } from './grid.ts';
import { type Sink, startInk } from './ink-root.ts';
import { fullPace, type Pace, restBefore } from './pace.ts';
import { paintTree } from './painter.ts';

/** Where frames go. A stream that is full says so, and paints wait for its `drain`. */
export type Output = {
	write(bytes: string): unknown;
	readonly writableNeedDrain?: boolean;
	once?(event: 'drain', listener: () => void): unknown;
};

export type ScreenOptions = {
	readonly output: Output;
	readonly columns: number;
	readonly rows: number;
	/** Whether the terminal holds a frame back until it is complete (DEC mode 2026). */
	readonly synchronizedUpdates: boolean;
	/** False: only ASCII is written; the grid keeps what was painted. */
	readonly unicode?: boolean;
	/** Milliseconds that only go up, for the pace; frames are not held back without. */
	readonly clock?: () => number;
};

export type Screen = {
	/** Shows an element in place of the one before; it has the whole screen, of which it is told nothing. */
	mount(element: ReactNode): void;
	/** Gives the screen another size and paints all of it. */
	resize(columns: number, rows: number): void;
	/** Paints all of it again, whatever the terminal shows: for `^L`, and after somebody else has written. */
	repaint(): void;
	/** Holds frames back from now on, so that they are this far apart; each shows all that has changed meanwhile. */
	pace(pace: Pace): void;
	/** A key was pressed: what it does is not to wait as long as what changes by itself. */
	hurry(): void;
	/** Paints what is due now, not at the end of this turn of the loop. */
	flush(): void;
	unmount(): void;
	/** Resolves when unmounted; rejects with what a component or a canvas threw. */
	readonly done: Promise<void>;
	/** Frames and bytes written so far. */
	readonly counts: { readonly frames: number; readonly bytes: number };
	/** The cells last painted. */
	readonly grid: Grid;
};

/** Frames below this many bytes arrive in one piece anyway. */
const smallFrame = 2048;
const clearScreen = '\x1b[m\x1b[r\x1b[2J';
const synchronized = { begin: '\x1b[?2026h', end: '\x1b[?2026l' };

/**
 * Takes Ink's tree over: Ink runs React and lays out, into a stream that goes nowhere, and whenever it would render, we
 * paint the tree into cells and write the difference. At most one frame a turn of the loop, each in one write; nothing
 * is written when nothing changed.
 */
export function createScreen(options: ScreenOptions): Screen {
	return new InkScreen(options);
}

class InkScreen implements Screen {
	readonly done: Promise<void>;
	readonly counts = { frames: 0, bytes: 0 };
	private readonly options: ScreenOptions;
	private readonly sink: Sink;
	private readonly ink: Instance;
	private readonly root: DOMElement;
	private fail: (error: unknown) => void = () => {};
	private element: ReactNode = null;
	private shown: Grid;
	private spare: Grid;
	private isDirty = true;
	private isScheduled = false;
	private awaitsDrain = false;
	private timer: NodeJS.Timeout | undefined;
	private tempo = fullPace;
	private last = { frame: Number.NEGATIVE_INFINITY, key: Number.NEGATIVE_INFINITY };
	private isOver = false;

	constructor(options: ScreenOptions) {
		const { columns, rows } = options;
		this.options = options;
		this.shown = createGrid(columns, rows);
		this.spare = createGrid(columns, rows, this.shown.clusters);
		const { ink, root, sink } = startInk(columns, rows, this.schedule);
		this.ink = ink;
		this.root = root;
		this.sink = sink;
		this.done = new Promise((resolve, reject) => {
			this.fail = reject;
			ink.waitUntilExit().then(() => resolve(), reject);
		});
		this.done.catch(() => {}).finally(this.unmount);
	}

	get grid(): Grid {
		return this.shown;
	}

	mount(element: ReactNode): void {
		this.element = element;
		this.rerender();
	}

	resize(columns: number, rows: number): void {
		this.sink.columns = columns;
		this.sink.rows = rows;
		this.begin(columns, rows);
		this.rerender();
	}

	repaint(): void {
		this.begin(this.sink.columns, this.sink.rows);
		this.schedule();
	}

	pace(pace: Pace): void {
		this.tempo = pace;
		this.reschedule();
	}

	hurry(): void {
		this.last.key = this.now();
		this.reschedule();
	}

	flush(): void {
		if (!this.isScheduled || this.isOver) return;
		this.isScheduled = false;
		clearTimeout(this.timer);
		this.timer = undefined;
		try {
			this.paint();
		} catch (error) {
			this.fail(error);
			this.unmount();
		}
	}

	readonly unmount = (): void => {
		if (this.isOver) return;
		this.isOver = true;
		clearTimeout(this.timer);
		// A stream that has ended spares Ink its last frame.
		this.sink.end();
		this.ink.unmount();
	};

	private readonly schedule = (): void => {
		if (this.isScheduled) return;
		this.isScheduled = true;
		this.arrange();
	};

	private arrange(): void {
		const rest = restBefore(this.tempo, this.now(), this.last);
		if (rest > 0) this.timer = setTimeout(() => this.flush(), rest);
		else setImmediate(() => this.flush());
	}

	/** A frame that is held back may be due earlier now. */
	private reschedule(): void {
		if (this.timer === undefined) return;
		clearTimeout(this.timer);
		this.timer = undefined;
		this.arrange();
	}

	private now(): number {
		return this.options.clock?.() ?? 0;
	}

	private readonly drained = (): void => {
		this.awaitsDrain = false;
		this.schedule();
	};

	private rerender(): void {
		const { columns, rows } = this.sink;
		const style = { width: columns, height: rows, flexDirection: 'column', overflow: 'hidden' } as const;
		this.ink.rerender(createElement(Box, style, this.element));
	}

	/** New grids, and with them a new table of clusters: the next frame is a whole one. */
	private begin(columns: number, rows: number): void {
		const clusters = createClusters();
		this.shown = createGrid(columns, rows, clusters);
		this.spare = createGrid(columns, rows, clusters);
		this.isDirty = true;
	}

	private paint(): void {
		const { output } = this.options;
		if (this.awaitsDrain) return;
		if (output.writableNeedDrain === true && output.once !== undefined) {
			this.awaitsDrain = true;
			output.once('drain', this.drained);
			return;
		}
		if (this.shown.clusters.full) this.begin(this.sink.columns, this.sink.rows);
		const next = this.spare;
		clearGrid(next);
		paintTree(this.root, next);
		const bytes = diff(this.shown, next, { unicode: this.options.unicode ?? true });
		this.spare = this.shown;
		this.shown = next;
		if (this.isDirty) this.write(clearScreen + bytes);
		else if (bytes !== '') this.write(bytes);
		this.isDirty = false;
	}

	private write(bytes: string): void {
		const { output, synchronizedUpdates } = this.options;
		const isHeld = synchronizedUpdates && bytes.length > smallFrame;
		const frame = isHeld ? synchronized.begin + bytes + synchronized.end : bytes;
		output.write(frame);
		this.last.frame = this.now();
		this.counts.frames++;
		this.counts.bytes += Buffer.byteLength(frame);
	}
}
