import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordOf } from '../../../src/analysis/log-record.ts';
import { withoutUnseen } from '../../../src/cli/print/json.ts';
import { lineWriter } from '../../../src/cli/print/log-line.ts';
import { recordJson } from '../../../src/cli/print/logs.ts';
import type { LogEntry } from '../../../src/model/log-entry.ts';

const anyText = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 80 }),
	fc.constantFrom(
		'',
		'"',
		'\\',
		'\u007f',
		'\u202e',
		'\ud800',
		'\n',
		'__proto__',
		'x'.repeat(70),
		'{"a":1,"a":2}',
		'a=1 a=2 b="c"',
	),
);
const anyLabels = fc.dictionary(anyText, anyText, { maxKeys: 40, noNullPrototype: true });

test('a line is written as its record would be, whatever is in it', () => {
	const write = lineWriter();
	const anyEntry: fc.Arbitrary<LogEntry> = fc.record({
		at: fc.bigInt({ min: 0n, max: 4_000_000_000_000_000_000n }),
		line: anyText,
		labels: anyLabels,
		metadata: anyLabels,
		parsed: anyLabels,
	});
	fc.assert(
		fc.property(anyEntry, entry => {
			const record = recordOf(entry);
			expect(JSON.parse(withoutUnseen(write(entry, record)))).toEqual(JSON.parse(JSON.stringify(recordJson(record))));
		}),
		{ numRuns: 500 },
	);
});

test.each([
	['a\u007fb', '"a\\u007fb"'],
	['\u009b31m', '"\\u009b31m"'],
	['\u202e', '"\\u202e"'],
	['größer 支付', '"größer 支付"'],
	['plain', '"plain"'],
])('%j is written without what a terminal would obey or not show', (text, written) => {
	expect(withoutUnseen(JSON.stringify(text))).toBe(written);
});
