import type { Milliseconds } from '../../src/model/time.ts';
import type { Column } from './columns.ts';
import type { Row } from './rows.ts';

/** What came of a cell: what was not as it should be, or how long its slowest key took. */
export type Outcome = {
	readonly row: Pick<Row, 'name'>;
	readonly column: Pick<Column, 'name'>;
	readonly trouble?: string;
	readonly keyed?: Milliseconds;
};

const goodOrBad = ({ trouble }: Outcome): string => (trouble === undefined ? 'ok' : 'BAD');

/**
 * The matrix as text: screens down, faults across by their number, and below it which fault has which number and what is
 * wrong where.
 */
export function matrixOf(outcomes: readonly Outcome[]): string {
	return [
		gridOf(outcomes, goodOrBad),
		...outcomes.flatMap(({ row, column, trouble }) =>
			trouble === undefined ? [] : [`${row.name} × ${column.name}: ${trouble}`],
		),
	].join('\n');
}

/** Screens down and faults across, with what `cell` makes of each, and below it the names of the faults. */
export function gridOf(outcomes: readonly Outcome[], cell: (outcome: Outcome) => string): string {
	const columns = [...new Set(outcomes.map(({ column }) => column.name))];
	const rows = [...new Set(outcomes.map(({ row }) => row.name))];
	const cellOf = (row: string, column: string): string => {
		const outcome = outcomes.find(each => each.row.name === row && each.column.name === column);
		return outcome === undefined ? 'HOLE' : cell(outcome);
	};
	const lines = [
		['', ...columns.map((_, at) => String(at + 1))],
		...rows.map(row => [row, ...columns.map(column => cellOf(row, column))]),
		[slowestKey, ...columns.map(column => slowestOf(outcomes, column))],
	];
	const titles = Math.max(...lines.map(([title = '']) => title.length));
	const cells = 1 + Math.max(...lines.flatMap(([, ...rest]) => rest.map(text => text.length)));
	return [
		...lines.map(
			([title = '', ...rest]) => `${title.padEnd(titles)} ${rest.map(text => text.padStart(cells)).join('')}`,
		),
		columns.map((column, at) => `${at + 1} ${column}`).join(' · '),
	].join('\n');
}

const slowestKey = 'slowest key, ms';

/** Over all screens; in whole milliseconds. */
function slowestOf(outcomes: readonly Outcome[], column: string): string {
	const times = outcomes.flatMap(({ column: { name }, keyed }) =>
		name === column && keyed !== undefined ? [keyed] : [],
	);
	return times.length === 0 ? '–' : String(Math.ceil(Math.max(...times)));
}
