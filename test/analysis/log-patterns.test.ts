import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { narrowingOf, passes } from '../../src/analysis/log-filters.ts';
import { isOfPattern, masked } from '../../src/analysis/log-pattern-text.ts';
import { createPatternMiner, type LogPatterns } from '../../src/analysis/log-patterns.ts';
import { recordOf } from '../../src/analysis/log-record.ts';
import type { LogRecord } from '../../src/model/log-entry.ts';

const second = 1_000_000_000n;
const recordsOf = (lines: readonly string[]): readonly LogRecord[] =>
	lines.map((line, index) =>
		recordOf({ at: BigInt(index) * second, line, labels: { service_name: 'pier' }, metadata: {}, parsed: {} }),
	);

function mined(records: readonly LogRecord[]): LogPatterns {
	const miner = createPatternMiner({ from: 0, to: Math.max(1, records.length - 1) * 1000 });
	for (const record of records) miner.add(record);
	return miner.patterns();
}

/** `2 error berth <num> refused`, the commonest first. */
const drawn = ({ patterns, others }: LogPatterns): readonly string[] => [
	...patterns
		.toSorted((a, b) => b.lines - a.lines || (a.text < b.text ? -1 : 1))
		.map(({ lines, level, text }) => `${lines} ${level} ${text}`),
	...(others === 0 ? [] : [`${others} others`]),
];

describe('what differs from line to line', () => {
	test.each([
		['took 12 ms', 'took <dur>'],
		['took 12ms, then 1.5s and 1m30s', 'took <dur>, then <dur> and <dur>'],
		['berth 412 of 1,024 is -3.5 deep', 'berth <num> of <num> is <num> deep'],
		['/berths/412/lock', '/berths/<num>/lock'],
		['pool=31 waited=0.25', 'pool=<num> waited=<num>'],
		['from 10.0.0.7:5432 and fe80:0:0:1::2', 'from <ip> and <ip>'],
		['id 7f3c2a10-1111-4222-8333-444455556666', 'id <uuid>'],
		['at 0x7ffe and deadbeef01 but not deadbeef', 'at <hex> and <hex> but not deadbeef'],
		[`opened "the gate" for 'ann lee', can't close`, `opened <str> for <str>, can't close`],
		['since 2026-05-04T11:58:57.950Z until 12:00:00', 'since <time> until <time>'],
		['sent 12.5 MiB in 3 parts', 'sent <size> in <num> parts'],
		['ORA-00942 on eu-west-1 by worker7 v1.2.3', 'ORA-00942 on eu-west-1 by worker7 v1.2.3'],
		['with [redacted jwt] of ann', 'with <secret> of ann'],
		['an "unclosed quote of 3', 'an "unclosed quote of <num>'],
	])('%s', (text, expected) => expect(masked(text)).toBe(expected));
});

describe('lines of many loggers', () => {
	test.each<readonly [string, readonly string[], readonly string[]]>([
		[
			'pino',
			[
				'{"level":30,"msg":"berth 4 given in 12ms","reqId":"a1"}',
				'{"level":50,"msg":"berth refused","err":{"message":"lamp is out"}}',
				'{"level":30,"msg":"berth 7 given in 9ms","reqId":"b2"}',
			],
			['2 info berth <num> given in <dur>', '1 error berth refused'],
		],
		[
			'logfmt',
			[
				'level=info msg="tide turned" took=3',
				'level=warn msg="tide is late by 5m"',
				'level=info msg="tide turned" took=4',
			],
			['2 info tide turned', '1 warn tide is late by <dur>'],
		],
		[
			'logback, the frame left out',
			[
				'2026-05-04 11:58:57.950  WARN [quay] 1 --- [main] a.Crane : crane north is slow',
				'2026-05-04 11:59:57.950  WARN [quay] 1 --- [pool-1] a.Crane : crane south is slow',
			],
			['2 warn crane <_> is slow'],
		],
		[
			'words that no mask knows',
			['user ann logged in', 'user bob logged in', 'user ann logged out', 'user eve was locked out'],
			['2 unknown user <_> logged in', '1 unknown user ann logged out', '1 unknown user eve was locked out'],
		],
		[
			'a stack below the first line',
			['Error: lamp is out\n    at light (lamp.js:3:1)', 'Error: lamp is out\n    at glow (lamp.js:9:1)\n    at main'],
			['2 error lamp is out'],
		],
		[
			'JSON without a message',
			['{"a":1,"colour":"red"}', '{"a":2,"colour":"red"}', '{"b":1,"colour":"red"}'],
			['2 unknown a=<num> colour=red', '1 unknown b=<num> colour=red'],
		],
		['nothing at all', ['', '  ', ''], ['3 unknown ']],
		[
			'access logs',
			[
				'10.0.0.7 - - [22/Nov/2026:08:36:05 +0000] "GET /berths/4 HTTP/1.1" 200 157 "-" "curl"',
				'10.0.0.8 - - [22/Nov/2026:08:36:06 +0000] "GET /berths/9 HTTP/1.1" 502 0 "-" "curl"',
			],
			['2 error GET /berths/<num> <num>'],
		],
		[
			'templates that the line holds unrendered',
			[
				'{"@t":"2026-05-04T11:58:57Z","@mt":"Berth {Berth} given to {Ship}","Berth":"A","Ship":"Erna"}',
				'{"@t":"2026-05-04T11:58:58Z","@mt":"Berth {Berth} given to {Ship}","Berth":"B","Ship":"Erna"}',
			],
			['2 info Berth <_> given to Erna'],
		],
	])('%s', (_, lines, expected) => expect(drawn(mined(recordsOf(lines)))).toEqual(expected));
});

test('a pattern knows when its lines were written', () => {
	const lines = Array.from({ length: 48 }, (_, index) => (index < 24 ? 'tide turned' : `berth ${index} lost`));
	const [tide, berth] = mined(recordsOf(lines)).patterns;
	expect(tide).toMatchObject({ text: 'tide turned', first: 0, last: 23_000, lines: 24 });
	expect(berth).toMatchObject({ text: 'berth <num> lost', first: 24_000, last: 47_000 });
	expect(tide?.counts.slice(0, 12).every(count => count === 2)).toBe(true);
	expect(berth?.counts.slice(0, 12).every(count => count === 0)).toBe(true);
});

const word = fc.constantFrom(
	'berth',
	'given',
	'to',
	'tide',
	'"a b"',
	'17',
	'4ms',
	'été',
	'<b>',
	'[x]',
	'/a/b',
	'x=1',
	'\t',
	'7f3c2a10aa',
);
const sentence = fc.array(fc.oneof({ weight: 4, arbitrary: word }, fc.string({ maxLength: 12, unit: 'binary' })), {
	maxLength: 8,
});
const frame = fc.constantFrom<(text: string) => string>(
	text => text,
	text => JSON.stringify({ level: 'info', msg: text }),
	text => JSON.stringify({ '@mt': '{Told} at last', Told: text }).replaceAll('/', '\\/'),
	text => JSON.stringify({ '@mt': 'no{Told}here', Told: text }),
	text => `level=info msg=${JSON.stringify(text)}`,
	text => `2026-05-04 11:58:57.950  WARN [quay] 1 --- [main] a.Crane : ${text}`,
);
const lines = fc.array(
	fc.tuple(frame, sentence).map(([framed, words]) => framed(words.join(' '))),
	{ minLength: 1, maxLength: 60 },
);

describe('any lines', () => {
	test('belong to one pattern each or to the others, and none is counted twice', () => {
		fc.assert(
			fc.property(lines, written => {
				const { patterns, others } = mined(recordsOf(written));
				expect(patterns.reduce((sum, pattern) => sum + pattern.lines, others)).toBe(written.length);
				expect(new Set(patterns.map(({ text }) => text)).size).toBe(patterns.length);
				for (const { counts, lines: count } of patterns) {
					expect(counts.reduce((sum, each) => sum + each, 0)).toBe(count);
				}
			}),
		);
	});

	test('are found again by the filter of their pattern, by Loki and by us', () => {
		fc.assert(
			fc.property(lines, written => {
				const records = recordsOf(written);
				const { patterns } = mined(records);
				for (const record of records) {
					expect(patterns.some(({ text }) => isOfPattern(record, text))).toBe(true);
				}
				for (const { test: pattern, lines: count } of patterns) {
					const filter = { test: { kind: 'pattern', pattern } } as const;
					const { lineFilters } = narrowingOf([filter]);
					const kept = records.filter(
						record => lineFilters.every(({ value }) => record.entry.line.includes(value)) && passes(record, [filter]),
					);
					expect(kept.length).toBeGreaterThanOrEqual(count);
					expect(records.filter(record => passes(record, [{ ...filter, hide: true }]))).toEqual(
						records.filter(record => !isOfPattern(record, pattern)),
					);
				}
			}),
		);
	});
});

describe('however many patterns there are', () => {
	const nonsense = (index: number): string =>
		Array.from({ length: 3 + (index % 12) }, (_, part) =>
			((index * 7919 + part * 104_729) % 99_991).toString(36).replace(/\d/g, 'q'),
		).join(' ');

	test('a thousand are held at most, and what came several times outlives what came once', () => {
		const written = Array.from({ length: 6000 }, (_, index) => (index < 120 ? 'berth refused' : nonsense(index)));
		const { patterns, others } = mined(recordsOf(written));
		expect(patterns.length).toBeLessThanOrEqual(1000);
		expect(others).toBeGreaterThan(0);
		expect(patterns.reduce((sum, pattern) => sum + pattern.lines, others)).toBe(6000);
		expect(patterns.find(({ text }) => text === 'berth refused')?.lines).toBe(120);
	});

	test.each([
		['quotes', '"'.repeat(5000)],
		['apostrophes', "'a ".repeat(5000)],
		['digits and dots', '1.'.repeat(5000)],
		['one digit run', '1'.repeat(20_000)],
		['hex', 'abcdefab'.repeat(5000)],
		['colons', 'aaaa:'.repeat(5000)],
		['durations', '1h'.repeat(5000)],
		['blanks', ' '.repeat(100_000)],
		['a megabyte of words', 'berth '.repeat(200_000)],
	])('%s: a long line is read up to a bound', (_, line) => {
		const records = recordsOf(Array.from({ length: 20 }, (_, index) => `${line}${index}`));
		const { patterns, others } = mined(records);
		expect(patterns.reduce((sum, pattern) => sum + pattern.lines, others)).toBe(20);
		for (const { text } of patterns) expect(text.length).toBeLessThan(1000);
	});
});
