import { inkOnBlank, type Pen, plainPen } from './pen.ts';
import { sgrChange } from './sgr.ts';

/**
 * The bytes of one frame as they grow, with the cursor and the pen that the terminal will have after them. Columns and
 * rows count from 0. A cursor that is not known costs a full address the next time.
 */
export type Tape = {
	moveTo(x: number, y: number): void;
	pen(pen: Pen): void;
	/** The pen for a blank: the one at hand where a blank looks the same with it. */
	blankPen(pen: Pen): void;
	/** Text that moves the cursor by so many columns. */
	text(text: string, columns: number): void;
	/** A sequence after which the cursor stands at `cursor`, or anywhere. */
	control(sequence: string, cursor?: { readonly x: number; readonly y: number }): void;
	forgetCursor(): void;
	/** Everything so far, with the pen put back to the terminal's default. */
	end(): string;
};

export function createTape(): Tape {
	let bytes = '';
	let x = -1;
	let y = -1;
	let held: Pen = plainPen;
	const at = (column: number, row: number): void => {
		x = column;
		y = row;
	};
	const take = (pen: Pen): void => {
		bytes += sgrChange(held, pen);
		held = pen;
	};
	return {
		moveTo(column, row) {
			bytes += moveBytes({ x, y }, { x: column, y: row });
			at(column, row);
		},
		pen: take,
		blankPen(pen) {
			if (held.ground !== pen.ground || inkOnBlank(held.ink) !== inkOnBlank(pen.ink)) take(pen);
		},
		text(text, columns) {
			bytes += text;
			x += columns;
		},
		control(sequence, cursor = { x: -1, y: -1 }) {
			bytes += sequence;
			at(cursor.x, cursor.y);
		},
		forgetCursor: () => at(-1, -1),
		end() {
			take(plainPen);
			return bytes;
		},
	};
}

type Cursor = { readonly x: number; readonly y: number };

/**
 * The shortest way for the cursor: forward (CUF), by column (CHA), to the next row's start, or by address (CUP). After
 * the last column terminals differ in where they think they are, but none of these ways from there depends on it.
 */
function moveBytes(from: Cursor, to: Cursor): string {
	if (from.x === to.x && from.y === to.y) return '';
	const address = `\x1b[${to.y === 0 ? '' : to.y + 1}${to.x === 0 ? '' : `;${to.x + 1}`}H`;
	if (from.y < 0) return address;
	if (to.x === 0 && to.y === from.y) return '\r';
	if (to.x === 0 && to.y === from.y + 1) return '\r\n';
	if (to.y !== from.y) return address;
	const ahead = to.x - from.x;
	return ahead > 0 ? `\x1b[${ahead === 1 ? '' : ahead}C` : `\x1b[${to.x + 1}G`;
}
