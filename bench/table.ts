/** One thing that was measured: `{ value: 367, unit: 'B', most: 700 }`. */
export type Figure = {
	readonly value: number;
	readonly unit: string;
	/** The budget, of which no more may be used. */
	readonly most?: number;
};

/** Another program in the same run: its values, in the order and the units of ours; absent where it is not installed. */
export type Peer = { readonly name: string; readonly values?: readonly number[] };

/** One line of the table, and one more for each further peer. */
export type Row = { readonly what: string; readonly ours: readonly Figure[]; readonly peers?: readonly Peer[] };

const headings = ['what', 'ours', 'budget', 'peer', 'ours / peer', ''] as const;

export const isMissed = ({ ours }: Row): boolean => ours.some(({ value, most }) => most !== undefined && value > most);

/** The table as lines of text; a part of it begins with a heading. */
export function tableLines(
	parts: readonly { readonly name: string; readonly rows: readonly Row[] }[],
): readonly string[] {
	const cells = parts.map(({ name, rows }) => ({ name, lines: rows.flatMap(linesOf) }));
	const all = [headings, ...cells.flatMap(({ lines }) => lines)];
	const widths = headings.map((_, column) => Math.max(...all.map(line => line[column]?.length ?? 0)));
	const padded = (line: readonly string[]): string =>
		line
			.map((cell, column) => (isFigure(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
			.join('  ')
			.trimEnd();
	return [padded(headings), ...cells.flatMap(({ name, lines }) => ['', `${name}:`, ...lines.map(padded)])];
}

/** Ours and the ratio stand at the right end of their columns. */
const isFigure = (column: number): boolean => column === 1 || column === 4;

function linesOf(row: Row): readonly (readonly string[])[] {
	const { what, ours, peers = [] } = row;
	const [first, ...others] = peers;
	return [
		[what, textOf(ours), budgetOf(ours), ...peerCells(ours, first), isMissed(row) ? 'MISSED' : ''],
		...others.map(peer => ['', '', '', ...peerCells(ours, peer), '']),
	];
}

function peerCells(ours: readonly Figure[], peer: Peer | undefined): readonly [string, string] {
	if (peer === undefined) return ['', ''];
	const { name, values } = peer;
	if (values === undefined) return [`${name} is not installed`, ''];
	const theirs = values.map((value, index) => ({ value, unit: ours[index]?.unit ?? '' }));
	const ratios = theirs.map(({ value }, index) => ratioOf(ours[index]?.value ?? Number.NaN, value));
	return [`${name}: ${textOf(theirs)}`, ratios.join(', ')];
}

function ratioOf(ours: number, theirs: number): string {
	if (theirs === 0) return '–';
	const ratio = ours / theirs;
	return ratio < 0.95 ? ratio.toFixed(2) : numberText(ratio);
}

const textOf = (figures: readonly Figure[]): string =>
	figures.map(({ value, unit }) => `${numberText(value)} ${unit}`).join(', ');

const budgetOf = (figures: readonly Figure[]): string => {
	const held = figures.flatMap(({ most, unit }) => (most === undefined ? [] : [`${numberText(most)} ${unit}`]));
	return held.length === 0 ? '' : `≤ ${held.join(', ')}`;
};

/** `8,156`, `3.3`: of a larger number nobody reads the fraction. */
export const numberText = (value: number): string =>
	(Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 10) / 10).toLocaleString('en-US');
