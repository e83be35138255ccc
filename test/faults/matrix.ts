import type { Column } from './columns.ts';
import type { Row } from './rows.ts';

/** What came of a cell: nothing when it is as it should be. */
export type Outcome = { readonly row: Row; readonly column: Column; readonly trouble?: string };

/**
 * The matrix as text: screens down, faults across by their number, and below it which fault has which number and what is
 * wrong where.
 */
export function matrixOf(outcomes: readonly Outcome[]): string {
	const columns = [...new Set(outcomes.map(({ column }) => column.name))];
	const rows = [...new Set(outcomes.map(({ row }) => row.name))];
	const width = Math.max(...rows.map(row => row.length));
	const cellOf = (row: string, column: string): string => {
		const outcome = outcomes.find(each => each.row.name === row && each.column.name === column);
		if (outcome === undefined) return 'HOLE';
		return outcome.trouble === undefined ? 'ok' : 'BAD';
	};
	const numbers = columns.map((_, at) => String(at + 1));
	const line = (title: string, cells: readonly string[]) =>
		`${title.padEnd(width)} ${cells.map(cell => cell.padStart(3)).join('')}`;
	return [
		line('', numbers),
		...rows.map(row =>
			line(
				row,
				columns.map(column => cellOf(row, column)),
			),
		),
		columns.map((column, at) => `${at + 1} ${column}`).join(' · '),
		...outcomes.flatMap(({ row, column, trouble }) =>
			trouble === undefined ? [] : [`${row.name} × ${column.name}: ${trouble}`],
		),
	].join('\n');
}
