import { describe, expect, test } from 'vitest';
import { readDetails } from '../../../src/analysis/log-record.ts';
import { csvCell, csvHeader, csvLine, textLine } from '../../../src/cli/saving/line-texts.ts';
import { lineAt } from '../../helpers/log-store.ts';

const at = Date.UTC(2026, 4, 4, 12);

describe('a cell of a table', () => {
	test.each([
		['berth refused', 'berth refused'],
		['', ''],
		['a,b', '"a,b"'],
		['he said "no"', '"he said ""no"""'],
		['first\r\nsecond', '"first\nsecond"'],
		[' indented', '" indented"'],
		['=1+1', `"'=1+1"`],
		['+44', `"'+44"`],
		['-2+3', `"'-2+3"`],
		['@SUM(A1)', `"'@SUM(A1)"`],
		['\t=cmd|"/c calc"!A1', `"'        =cmd|""/c calc""!A1"`],
		['＝1', `"'＝1"`],
		['-12.5', '-12.5'],
		['\x1b]0;mine\x07red\x1b[31m', 'red'],
	])('%j is written %j', (value, cell) => expect(csvCell(value)).toBe(cell));
});

test('a row has the columns of its header, and is empty where the line has no such field', () => {
	const entry = lineAt(at, { service_name: 'pier' }, '{"level":50,"msg":"berth refused","status":502,"service":"p-2"}');
	const fields = ['status', 'service', 'route'];
	expect(csvHeader(fields)).toBe('time,level,service,message,status,line.service,route\n');
	expect(csvLine(fields)(entry, readDetails(entry))).toBe(
		'2026-05-04T12:00:00.000000000Z,error,pier,berth refused,502,p-2,\n',
	);
});

test('text is the line as it was written; what follows a line break cannot be taken for a line of its own', () => {
	const entry = lineAt(
		at,
		{ service_name: 'pier' },
		'panic: \x1b[31mtide\x1b[0m\n2026-05-04T12:00:01Z INFO all is well',
	);
	expect(textLine(entry, readDetails(entry))).toBe(
		'2026-05-04T12:00:00.000000000Z FATAL   pier panic: tide\n    2026-05-04T12:00:01Z INFO all is well\n',
	);
});
