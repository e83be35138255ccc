import { describe, expect, test } from 'vitest';
import { askWith } from '../../../src/cli/print/ask.ts';
import { withLinesUpTo } from '../../../src/cli/print/lines-up-to.ts';
import { logsPrinter } from '../../../src/cli/print/logs.ts';
import { investigateLogs } from '../../../src/investigation/logs.ts';
import type { LogsFindings } from '../../../src/investigation/logs-findings.ts';
import { lastValueOf } from '../../../src/model/loadable.ts';
import type { LogEntry } from '../../../src/model/log-entry.ts';
import type { LogsPlace, Place } from '../../../src/model/place.ts';
import { fixed, hour, minute, toNanoseconds } from '../../../src/model/time.ts';
import { asking, lineAt, logStore, logsOnly } from '../../helpers/log-store.ts';

const noon = Date.UTC(2026, 4, 4, 12);
const trace = '0af7651916cd43dd8448eb211c80319c';
const request = '7f3c2a10-1111-4222-8333-444455556666';

/** The lines that are printed of a place when so many are wanted, and what is told besides. */
async function printed(place: Partial<LogsPlace>, limit: number, entries: readonly LogEntry[]) {
	const world = { sources: logsOnly(logStore(entries).source), now: () => noon };
	const whole: LogsPlace = { kind: 'logs', window: fixed(noon - hour, noon), ...place };
	const investigate = (_: Place, previous: unknown, publish: (found: LogsFindings) => void) =>
		investigateLogs(whole, world, previous as LogsFindings, publish, asking);
	const asked = await askWith(investigate, asking.signal)(whole, logsPrinter);
	const { findings, gaps } = await withLinesUpTo(asked, { place: whole, limit, world, asking });
	const page = lastValueOf(findings.records);
	return { lines: page?.records.map(({ entry }) => entry.line) ?? [], unread: page?.unread, gaps };
}

const numbered = (count: number, textOf: (index: number) => string): readonly LogEntry[] =>
	Array.from({ length: count }, (_, index) =>
		lineAt(noon - 30 * minute + index * 10, { service_name: 'pier' }, `${textOf(index)} ${index}`),
	);

describe('the lines of one request', () => {
	const both = `request_id=${request} trace_id=${trace}`;
	const kinds = [both, `trace_id=${trace}`, `request_id=${request}`, `trace_id=${trace}`, 'another'];
	const entries = numbered(12_000, index => kinds[index % 5] ?? '');
	const own = entries.filter((_, index) => index % 5 !== 4).map(({ line }) => line);

	test.each([
		['fewer than a page', 100],
		['as many as a page', 1000],
		['more than a page', 4000],
		['all', 90_000],
	])('that carry either of its identifiers, the first: %s', async (_, limit) => {
		for (const place of [{ request }, { trace }]) {
			const { lines, gaps } = await printed(place, limit, entries);
			expect(lines).toEqual(own.slice(0, limit));
			expect(gaps).toEqual({ failures: [], partial: [], answered: true });
		}
	});
});

describe('the lines round one', () => {
	const entries = numbered(3000, index => (index % 5 === 0 ? 'error: sunk' : 'fine'));
	const around = (index: number): Partial<LogsPlace> => ({
		query: '{service_name="pier"}',
		around: `${toNanoseconds(noon - 30 * minute + index * 10)}`,
	});

	test.each([
		['the nearest', 1500, 8, 1496, 1504],
		['the very line', 1500, 1, 1500, 1501],
		['more than the screen has', 1500, 1000, 1000, 2000],
		['more behind it where there are few before', 100, 1000, 0, 1000],
		['more before it where there are few behind', 2900, 1000, 2000, 3000],
		['all', 1500, 9000, 0, 3000],
	])('%s', async (_, index, limit, from, to) => {
		const { lines, gaps } = await printed(around(index), limit, entries);
		expect(lines).toEqual(entries.slice(from, to).map(({ line }) => line));
		expect(gaps.partial).toEqual([]);
	});
});

test('where the lines that are printed end is told of them, not of all that were read', async () => {
	const entries = numbered(3000, () => 'fine');
	const at = (index: number) => entries[index]?.at;
	expect((await printed({ service: 'pier' }, 3, entries)).unread).toEqual({ older: at(2997) });
	expect((await printed({ service: 'pier' }, 9000, entries)).unread).toEqual({});
	const around = `${at(1500)}`;
	const round = await printed({ query: '{service_name="pier"}', around }, 8, entries);
	expect(round.unread).toEqual({ older: at(1496), newer: at(1503) });
});

test('more lines than are held at once are told to be missing', async () => {
	const entries = Array.from({ length: 100_500 }, (_, index) =>
		lineAt(noon - 30 * minute + index * 10, { service_name: 'pier' }, `fine ${index}`),
	);
	const { lines, gaps } = await printed({ query: '{service_name="pier"}' }, 200_000, entries);
	expect(lines).toHaveLength(100_000);
	expect(lines.at(-1)).toBe('fine 100499');
	expect(gaps.partial).toEqual(['the newest 100000 lines; there are more']);
});
