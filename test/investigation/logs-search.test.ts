import { describe, expect, test } from 'vitest';
import { lineSearchOf, matchesLine } from '../../src/analysis/line-search.ts';
import type { LogMatches } from '../../src/analysis/log-matches.ts';
import { recordOf } from '../../src/analysis/log-record.ts';
import { bounded } from '../../src/cli/bounded.ts';
import { boardOver, type World } from '../../src/investigation/board.ts';
import { answerLogsAside } from '../../src/investigation/logs-asides.ts';
import { type LogsFindings, noLogsFindings } from '../../src/investigation/logs-findings.ts';
import { lastValueOf, loaded } from '../../src/model/loadable.ts';
import type { LogsPlace } from '../../src/model/place.ts';
import { fixed, rangeOf } from '../../src/model/time.ts';
import { asking, lineAt, logStore, logsOnly } from '../helpers/log-store.ts';

const noon = Date.UTC(2026, 4, 4, 12);
const place: LogsPlace = { kind: 'logs', window: fixed(noon - 60_000, noon) };
const range = rangeOf(place.window, noon);

/** Searches these lines, and tells what was shown on the way. A clock that is read is five milliseconds older then. */
async function searchFor(text: string, lines: readonly string[], world: Partial<World> = {}, signal?: AbortSignal) {
	const records = lines.map((line, index) => recordOf(lineAt(noon + index, {}, line)));
	const page = { records, unread: {}, hidden: { lower: 0, unknown: 0, other: 0 } };
	let findings: LogsFindings = { ...noLogsFindings, records: loaded({ value: page, notes: [] }, noon) };
	const shown: LogMatches[] = [];
	const replace = (found: LogsFindings) => {
		findings = found;
		const matches = lastValueOf(found.matches);
		if (matches !== undefined) shown.push(matches);
	};
	let now = noon;
	const whole = { sources: logsOnly(logStore([]).source), now: () => (now += 5), ...world };
	const aside = { key: '', kind: 'search', text, from: 0 } as const;
	await answerLogsAside({ place, range, aside }, whole, boardOver({ current: () => findings, replace }, whole), {
		...asking,
		...(signal === undefined ? {} : { signal }),
	});
	return { records, shown, last: shown.at(-1) };
}

describe('lines are searched', () => {
	const lines = Array.from({ length: 5000 }, (_, index) => `line ${index}`);

	test('as a naive scan would, and what is found is shown on the way', async () => {
		const { records, shown, last } = await searchFor('line .*99$', lines);
		const naive = records.flatMap((record, index) => (matchesLine(lineSearchOf('line .*99$'), record) ? [index] : []));
		expect([...(last?.positions ?? [])]).toEqual(naive);
		expect(last?.searched).toBe(5000);
		expect(shown.length).toBeGreaterThan(3);
		expect(shown[0]?.searched).toBe(0);
	});

	test('between other things: a turn is left to them often, and a search that is not wanted ends', async () => {
		const controller = new AbortController();
		setImmediate(() => controller.abort());
		await expect(searchFor('line', lines, {}, controller.signal)).rejects.toThrow(/abort/i);
	});

	test('but for the line on which an expression takes forever', async () => {
		const hostile = 'a'.repeat(20_000);
		const { last } = await searchFor('a.*a.*a.*b', ['a a a b', hostile, 'aaab'], { bounded });
		expect(last).toMatchObject({ searched: 3, skipped: 1, positions: new Uint32Array([0, 2]) });
	});
});
