import { expect, test } from 'vitest';
import { filledRows } from '../../../src/screens/logs/filled-rows.ts';
import { segment } from '../../../src/widgets/line.ts';

/** Rows of 24 columns that begin with these, and the remarks behind them. */
const filled = (rows: readonly string[], ...remarks: readonly string[]): readonly string[] =>
	filledRows(
		rows.map(row => (row === '' ? [] : [segment(row)])),
		remarks.map(remark => segment(remark)),
		24,
	).map(row => row.map(({ text }) => text).join(''));

test.each<[string, readonly string[], readonly string[], readonly string[]]>([
	['the first row with room', ['5 lines', '2 errors'], ['/a none'], ['5 lines  /a none', '2 errors']],
	['another row', ['5 lines', ''], ['only errors before 11:58'], ['5 lines', 'only errors before 11:58']],
	['several of them', ['5 lines', '2 errors'], ['30s old', '3 masked'], ['5 lines  30s old', '2 errors  3 masked']],
	['words', ['5 lines', '2 errors'], ['Loki is late. Press R.'], ['5 lines  Loki is late.', '2 errors  Press R.']],
	[
		'the roomy rows alone',
		['5000 lines of 7 km', ''],
		['Loki has no time for this now'],
		['5000 lines of 7 km', 'Loki has no time for this now'],
	],
	['nothing where there is no room', ['5000 lines of 7 km'], ['Loki is late'], ['5000 lines of 7 km']],
])('a remark fills %s', (_, rows, remarks, expected) => {
	expect(filled(rows, ...remarks)).toEqual(expected);
});
