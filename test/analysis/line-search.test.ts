import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { repetitionsIn } from '../../src/analysis/expression-cost.ts';
import { lineSearchOf, matchesLine, matchRanges } from '../../src/analysis/line-search.ts';
import {
	createLineSearcher,
	isSearched,
	type LogMatches,
	matchNumber,
	type Seek,
	soughtMatch,
} from '../../src/analysis/log-matches.ts';
import { recordOf } from '../../src/analysis/log-record.ts';
import type { LogRecord } from '../../src/model/log-entry.ts';
import { lineAt } from '../helpers/log-store.ts';

const noon = Date.UTC(2026, 4, 4, 12);
const recordAt = (at: number, line: string, metadata = {}): LogRecord =>
	recordOf(lineAt(noon + at, { service_name: 'pier' }, line, metadata));

const isFound = (search: string, line: string, metadata = {}): boolean =>
	matchesLine(lineSearchOf(search), recordAt(0, line, metadata));

describe('an expression', () => {
	test.each([
		['timeout', 'TimeOut after 3 s', true],
		['Timeout', 'timeout after 3 s', false],
		['\\S+out', 'TIMEOUT', true],
		['time ?out', 'time out', true],
		['^Caused by', 'refused\nCaused by: nobody', true],
		['pier', 'nothing', true],
		['(refused|timeout)', 'connection refused', true],
		['a(', 'calls a(b)', true],
		['(a+)+', 'aaaa', false],
		['(a+)+', 'is (A+)+ here', true],
		['x', 'a'.repeat(20_000), false],
		['b', `${'a'.repeat(20_000)}b`, false],
		['b', `${'a'.repeat(19_999)}b`, true],
	])('%j in %.30j: %s', (search, line, found) => {
		expect(isFound(search, line)).toBe(found);
	});

	test('is looked for beside the line too, but not in its fields apart', () => {
		expect(isFound('7f3c', 'said', { request: '7f3c2a10' })).toBe(true);
		expect(isFound('^7f3c', '{"request":"7f3c2a10"}')).toBe(false);
	});

	test.each([
		['(a+)+', true, 2],
		['(?:a|b)*', true, 1],
		['(?<name>a?)*', true, 1],
		['(a+){2,}', true, 2],
		['(a+){50}', true, 2],
		['((a|b)c)+', true, 1],
		['(a+){3}', false, 4],
		['(abc)+', false, 1],
		['(a+)?', false, 1],
		['[(a+)+]', false, 0],
		['\\(a+\\)+', false, 2],
		['a.*b.*c', false, 2],
		['a{2,4}b{5}', false, 0],
		[')*(', false, 1],
	])('%s repeats what is repeated: %s, %d times without a small end', (source, nested, count) => {
		expect(repetitionsIn(source)).toEqual({ nested, count });
	});

	test.each([
		['(a+)+$', /repeats what is repeated/],
		['a(', /no regular expression/],
		['a+', undefined],
	])('%s says of itself %s', (search, said) => {
		const { plain } = lineSearchOf(search);
		if (said === undefined) expect(plain).toBeUndefined();
		else expect(plain).toMatch(said);
	});

	test('marks what it finds, and nothing that is empty', () => {
		expect(matchRanges(lineSearchOf('a+'), 'baab a')).toEqual([
			{ from: 1, to: 3 },
			{ from: 5, to: 6 },
		]);
		expect(matchRanges(lineSearchOf('x*'), 'baab')).toEqual([]);
		expect(matchRanges(lineSearchOf('.*a.*a.*'), 'a'.repeat(900)).length).toBeGreaterThan(0);
	});
});

const words = fc.array(fc.constantFrom('tide', 'Berth', 'crane', '502', 'error'), { minLength: 1, maxLength: 4 });
const linesOf = (texts: readonly string[]): readonly LogRecord[] =>
	texts.map((text, index) => recordAt(Math.floor(index / 3), text));
const someLines = fc.array(words, { maxLength: 40 }).map(all => linesOf(all.map(each => each.join(' '))));
const expressions = fc.constantFrom('tide', 'Berth', 'b.*h', '5\\d+', 'crane|error', '^tide$', 'absent');

const naive = (records: readonly LogRecord[], search: string): readonly number[] =>
	records.flatMap((record, index) => (matchesLine(lineSearchOf(search), record) ? [index] : []));

function searched(records: readonly LogRecord[], text: string, from = 0, before?: LogMatches, steps = Infinity) {
	const searcher = createLineSearcher({ search: lineSearchOf(text), records, from, before });
	for (let step = 0; step < steps && !searcher.isDone(); step++) searcher.step();
	return searcher.matches();
}

describe('a search', () => {
	test('finds what a naive scan finds, wherever it begins', () => {
		fc.assert(
			fc.property(someLines, expressions, fc.nat(50), (records, text, from) => {
				const found = searched(records, text, Math.min(from, records.length - 1));
				expect([...found.positions]).toEqual(naive(records, text));
				expect(isSearched(found)).toBe(true);
			}),
		);
	});

	test('goes on with what is known when lines come and go on either side and between, at whatever time it was left', () => {
		fc.assert(
			fc.property(someLines, expressions, fc.nat(40), fc.infiniteStream(fc.boolean()), (all, text, steps, chance) => {
				const some = all.filter(() => chance.next().value);
				const before = searched(some, text, 0, undefined, steps);
				const others = all.filter(() => chance.next().value);
				const after = searched(others, text, 0, before);
				expect([...after.positions]).toEqual(naive(others, text));
			}),
		);
	});

	test('does not read again what it knows', () => {
		const records = linesOf(['tide', 'berth', 'tide']);
		const before = searched(records, 'tide');
		const grown = [recordAt(-5, 'tide early'), ...records, recordAt(9, 'berth late')];
		const searcher = createLineSearcher({ search: lineSearchOf('tide'), records: grown, from: 2, before });
		expect(searcher.matches().searched).toBe(3);
		expect([searcher.step(), searcher.step()]).toEqual(['berth late'.length, 'tide early'.length]);
		expect(searcher.isDone()).toBe(true);
		expect([...searcher.matches().positions]).toEqual([0, 1, 3]);
	});

	test('another text is another search; the same over the same lines is the same', () => {
		const records = linesOf(['tide', 'berth']);
		const first = searched(records, 'tide');
		expect(first.serial).toBe(1);
		expect(searched(records, 'tide', 0, first).serial).toBe(1);
		expect(searched(records, 'berth', 0, first)).toMatchObject({ serial: 2, searched: 2 });
		expect(searched(records.slice(1), 'tide', 0, first).serial).toBe(2);
	});

	test('a line that took too long counts as searched, and as no match', () => {
		const searcher = createLineSearcher({ search: lineSearchOf('tide'), records: linesOf(['tide', 'tide']), from: 0 });
		searcher.skip();
		searcher.step();
		expect(searcher.matches()).toMatchObject({ searched: 2, skipped: 1, positions: new Uint32Array([1]) });
	});
});

describe('the next match', () => {
	const records = linesOf(['tide', 'berth', 'tide', 'berth', 'tide']);

	test('is the nearest in either direction, round the ends', () => {
		fc.assert(
			fc.property(someLines, expressions, fc.nat(40), (lines, text, at) => {
				const index = Math.min(at, Math.max(0, lines.length - 1));
				const found = searched(lines, text);
				const all = naive(lines, text);
				const next = all.find(each => each > index) ?? all.find(each => each < index);
				const last = all.findLast(each => each < index) ?? all.findLast(each => each > index);
				expect(soughtMatch(found, index, { direction: 1 })).toBe(next);
				expect(soughtMatch(found, index, { direction: -1 })).toBe(last);
				expect(matchNumber(found, index)).toBe(all.indexOf(index) + 1);
			}),
		);
	});

	test.each<readonly [Seek, number, number | undefined]>([
		[{ direction: 1, here: true }, 2, 2],
		[{ direction: 1 }, 2, undefined],
		[{ direction: -1 }, 3, 2],
		[{ direction: -1 }, 2, undefined],
	])('before all is searched, %j from line %d is %s', (seek, from, to) => {
		expect(soughtMatch(searched(records, 'tide', 2, undefined, 2), from, seek)).toBe(to);
	});
});
