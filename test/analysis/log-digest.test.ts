import { describe, expect, test } from 'vitest';
import { createDigester, digestedLines, isNewPattern, mostDigested } from '../../src/analysis/log-digest.ts';
import { recordOf } from '../../src/analysis/log-record.ts';
import type { LogRecord } from '../../src/model/log-entry.ts';

const second = 1_000_000_000n;
const record = (at: number, line: string): LogRecord =>
	recordOf({ at: BigInt(at) * second, line, labels: {}, metadata: {}, parsed: {} });

const lines = [
	record(0, 'level=info msg="tide turned"'),
	record(10, 'level=info msg="berth given"'),
	record(30, 'level=error msg="lamp is out"'),
	record(60, 'level=info msg="tide turned"'),
	record(70, 'level=info msg="berth taken"'),
	record(80, 'level=error msg="crane stuck"'),
	record(100, 'level=info msg="berth taken"'),
];

function digestOf(alertAt?: number) {
	const digester = createDigester(lines, 9, alertAt);
	for (const line of lines) digester.add(line);
	return digester.digest();
}

describe('what is new', () => {
	const news = (alertAt?: number) => {
		const { patterns, newSince } = digestOf(alertAt);
		return [newSince, patterns.map(pattern => `${isNewPattern(pattern, newSince) ? 'new ' : ''}${pattern.text}`)];
	};

	test('was not said in the first half, worst first', () => {
		expect(news()).toEqual([
			{ at: 50_000, why: 'middle' },
			['new crane stuck', 'new berth taken', 'tide turned', 'berth given', 'lamp is out'],
		]);
	});

	test('was not said before the alert began', () => {
		expect(news(20_000)).toEqual([
			{ at: 20_000, why: 'alert' },
			['new crane stuck', 'new lamp is out', 'new berth taken', 'tide turned', 'berth given'],
		]);
	});

	test.each([0, 101_000])('an alert that began at %d ms, when there are no lines, tells nothing', alertAt => {
		expect(news(alertAt)).toEqual(news());
	});
});

test('a digest says of which lines it speaks', () => {
	expect(digestOf()).toMatchObject({ lines: 7, planned: 7, held: 9, range: { from: 0, to: 100_000 }, otherLines: 0 });
	expect(createDigester([], 0).digest()).toMatchObject({ lines: 0, patterns: [], fields: { fields: [] } });
});

describe('which lines are digested', () => {
	const many = Array.from({ length: mostDigested + 5000 }, (_, index) => record(index, ''));
	const ends = (around?: number, older?: number) => {
		const unread = older === undefined ? {} : { older: BigInt(older) * second };
		const chosen = digestedLines({ records: many, unread }, around === undefined ? undefined : BigInt(around) * second);
		return [Number(chosen[0]?.entry.at) / 1e9, Number(chosen.at(-1)?.entry.at) / 1e9];
	};

	test('the newest, when nobody chose', () => expect(ends()).toEqual([5000, 24_999]));
	test('the nearest to an instant', () => expect(ends(12_000)).toEqual([2000, 21_999]));
	test('at an end no fewer', () => expect(ends(10)).toEqual([0, 19_999]));
	test('none from where only errors were read', () => expect(ends(10, 8000)).toEqual([8000, 24_999]));
});
