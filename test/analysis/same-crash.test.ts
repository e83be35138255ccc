import { expect, test } from 'vitest';
import { recordOf } from '../../src/analysis/log-record.ts';
import { otherErrorTest } from '../../src/analysis/same-crash.ts';
import { lineAt } from '../helpers/log-store.ts';

const noon = Date.UTC(2026, 4, 4, 12);
const pier = { app: 'pier' };

const python = [
	'Traceback (most recent call last):',
	'  File "/app/score.py", line 41, in score',
	'    model.predict(row)',
	"ValueError: could not convert string to float: 'n/a'",
];
const java = [
	'2026-05-04 12:00:00 ERROR could not invoice',
	'java.lang.IllegalStateException: ledger said no',
	'\tat com.example.Api.post(Api.java:12)',
	'Caused by: java.net.SocketTimeoutException: Read timed out',
	'\t... 32 more',
];

/** The lines at which `e`, or `E`, stops, from line to line; a millisecond lies between two of one group, and a second between groups. */
function stops(direction: 1 | -1, ...groups: readonly (readonly string[])[]): readonly string[] {
	const records = groups.flatMap((lines, group) =>
		lines.map((line, index) => recordOf(lineAt(noon + group * 1000 + index, pier, line))),
	);
	const ordered = direction === 1 ? records : records.toReversed();
	const found = [];
	let [from, ...rest] = ordered;
	while (from !== undefined) {
		found.push(from.entry.line);
		const index = rest.findIndex(otherErrorTest(from, direction));
		[from, ...rest] = index < 0 ? [] : rest.slice(index);
	}
	return found;
}

test('a crash is one error, whoever wrote it', () => {
	expect(stops(1, python, java, python)).toEqual([python[0], java[0], python[0]]);
	expect(stops(-1, python, java, python)).toEqual([
		python.at(-1),
		'Caused by: java.net.SocketTimeoutException: Read timed out',
		python.at(-1),
	]);
});

test('an exception that came of another is a part of its crash', () => {
	const both = [...python, '', 'During handling of the above exception, another exception occurred:', '', ...python];
	expect(stops(1, both, ['ERROR later'])).toEqual([python[0], 'ERROR later']);
});

test('a crash ends where its stream falls silent', () => {
	expect(stops(1, [python[0] ?? ''], python.slice(3))).toEqual([python[0], python[3]]);
});

test.each([
	['two that are written at once', ['ValueError: a', 'ValueError: b']],
	['two crashes one after the other', ['ERROR a', 'ERROR b']],
])('%s are two', (_, lines) => {
	expect(stops(1, lines)).toEqual(lines);
});

test('a line of another stream in between is an error of its own, and does not end the crash', () => {
	const records = python.map((line, index) => recordOf(lineAt(noon + index, pier, line)));
	const other = recordOf(lineAt(noon + 1, { app: 'quay' }, 'ERROR no crane'));
	const [first, ...others] = records;
	if (first === undefined) throw new Error('no lines');
	const isOther = otherErrorTest(first, 1);
	expect([...others.slice(0, 1), other, ...others.slice(1)].filter(isOther)).toEqual([other]);
});
