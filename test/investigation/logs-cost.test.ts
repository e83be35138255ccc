import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { World } from '../../src/investigation/board.ts';
import { slicesOf } from '../../src/investigation/log-slices.ts';
import { investigateLogs } from '../../src/investigation/logs.ts';
import { type LogsFindings, noLogsFindings } from '../../src/investigation/logs-findings.ts';
import type { LogsSource } from '../../src/investigation/ports.ts';
import { answer, type SpentBudget } from '../../src/model/answer.ts';
import { FailureError } from '../../src/model/failure.ts';
import { lastOf, lastValueOf } from '../../src/model/loadable.ts';
import type { LogEntry } from '../../src/model/log-entry.ts';
import type { LogsPlace } from '../../src/model/place.ts';
import { fixed, hour, minute, toNanoseconds } from '../../src/model/time.ts';
import { asking, lineAt, logStore, logsOnly } from '../helpers/log-store.ts';

const noon = Date.UTC(2026, 4, 4, 12);
const pier = { service_name: 'pier' };
const entries = [lineAt(noon - 5 * minute, pier, 'tide is high'), lineAt(noon - minute, pier, 'tide is low')];

type Stats = LogsSource['stats'];
const holding =
	(bytes: number): Stats =>
	async () =>
		answer({ streams: 310, chunks: 9, bytes, entries: 9 });

type Asked = {
	readonly lines?: readonly LogEntry[];
	readonly unasked?: number;
	readonly sleep?: World['sleep'];
	readonly budget?: SpentBudget;
};

/** What is asked and found at a place of a Loki whose index says so much; every state of the findings on the way. */
async function asked(
	place: Partial<LogsPlace>,
	stats: Stats,
	{ lines = entries as readonly LogEntry[], unasked = 10e9, sleep, budget }: Asked = {},
) {
	const store = logStore(lines);
	const selectors: string[] = [];
	const source: LogsSource = {
		...store.source,
		stats: (selector, ...rest) => {
			selectors.push(selector);
			return stats(selector, ...rest);
		},
	};
	const states: LogsFindings[] = [];
	const whole: LogsPlace = { kind: 'logs', window: fixed(noon - hour, noon), ...place };
	const world = {
		sources: logsOnly(source),
		now: () => noon,
		readUnasked: unasked,
		...(sleep && { sleep }),
		...(budget && { logsBudget: () => budget }),
	};
	await investigateLogs(whole, world, noLogsFindings, found => states.push(found), asking);
	const findings = states.at(-1) ?? noLogsFindings;
	return {
		findings,
		states,
		selectors,
		queries: store.asked.filter(query => query.includes('|') || !query.includes('pod')),
	};
}

const linesOf = ({ records }: LogsFindings): readonly string[] | undefined =>
	lastValueOf(records)?.records.map(({ entry }) => entry.line);

describe('before much is read', () => {
	test('nothing is asked, and what it would read is told with what may be done', async () => {
		const { findings, queries } = await asked({ query: '{service_name="pier"} |= "tide"' }, holding(42e9));
		expect(queries).toEqual([]);
		expect(lastValueOf(findings.cost)).toMatchObject({ bound: 10e9, asks: true, value: { streams: 310, bytes: 42e9 } });
		expect(findings.records).toMatchObject({
			status: 'failed',
			failure: {
				kind: 'too-much',
				what: 'This would read about 42 GB in 310 streams, more than the 10 GB that are read unasked.',
				next: 'A shorter window or more labels read less; --read-up-to 51GB reads it all the same.',
			},
		});
	});

	test('what would pass the budget of the incident is not asked, though it is little otherwise', async () => {
		const budget = { spent: 45e9, limit: 50e9 };
		const { findings, queries } = await asked({ query: '{service_name="pier"} |= "tide"' }, holding(9e9), { budget });
		expect(queries).toEqual([]);
		expect(findings.records).toMatchObject({
			failure: {
				kind: 'too-much',
				what: 'This would read about 9 GB in 310 streams, more than the 5 GB that are left of the 50 GB of this incident.',
			},
		});
		const agreed = await asked({ service: 'pier', readUpTo: 11e9 }, holding(9e9), { budget });
		expect(linesOf(agreed.findings)).toHaveLength(2);
		const little = await asked({ service: 'pier' }, holding(4e9), { budget });
		expect(linesOf(little.findings)).toHaveLength(2);
	});

	test.each([
		['who agreed', { readUpTo: 51e9 }, holding(42e9)],
		['what is little', {}, holding(9e9)],
	])('%s is asked', async (_, place, stats) => {
		expect(linesOf((await asked({ service: 'pier', ...place }, stats)).findings)).toHaveLength(2);
	});

	test('an agreement does not hold for more than it was given for', async () => {
		const { findings } = await asked({ service: 'pier', readUpTo: 51e9 }, holding(60e9));
		expect(lastValueOf(findings.cost)).toMatchObject({ bound: 51e9, asks: true });
	});

	test.each<readonly [string, Stats, RegExp]>([
		['does not know the endpoint', async () => answer(undefined), /does not say what a query reads/],
		[
			'fails',
			async () => {
				throw new FailureError({ kind: 'server', backend: 'loki', what: 'Loki failed (500).', next: 'Wait.' });
			},
			/is not known\. Loki failed \(500\)/,
		],
	])('a server that %s is asked as before, with a note', async (_, stats, note) => {
		const { findings } = await asked({ service: 'pier' }, stats);
		expect(linesOf(findings)).toHaveLength(2);
		expect(lastOf(findings.cost)?.notes[0]?.text).toMatch(note);
	});

	describe('a server that does not say it soon', () => {
		const never: Stats = () => new Promise(() => {});

		test('is asked for the lines after 2 s, and that the cost is not known is told', async () => {
			const waits: number[] = [];
			const sleep = async (length: number) => waits.push(length);
			const { findings } = await asked({ service: 'pier' }, never, { sleep });
			expect(waits).toEqual([2000]);
			expect(linesOf(findings)).toHaveLength(2);
			expect(lastValueOf(findings.cost)).toEqual({ bound: 10e9, asks: false });
			expect(lastOf(findings.cost)?.notes[0]?.text).toBe(
				'What this reads is not known: Loki (index/stats) did not say it within 2 s.',
			);
		});

		test('is waited for no longer than it takes to say it', async () => {
			const signals: AbortSignal[] = [];
			const sleep = (_: number, signal: AbortSignal) => {
				signals.push(signal);
				return new Promise(() => {});
			};
			const { findings } = await asked({ service: 'pier' }, holding(42e9), { sleep });
			expect(lastValueOf(findings.cost)).toMatchObject({ asks: true });
			expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
		});
	});

	test('the streams that are most likely are looked at while they are looked for, others when they are found', async () => {
		expect((await asked({ service: 'pier' }, holding(1))).selectors).toEqual(['{service_name="pier"}']);
		const app = [lineAt(noon - minute, { app: 'pier' }, 'tide')];
		expect((await asked({ service: 'pier' }, holding(1), { lines: app })).selectors).toEqual([
			'{service_name="pier"}',
			'{app="pier"}',
		]);
		expect((await asked({ request: '7f3c2a10' }, holding(1))).selectors).toEqual(['{service_name=~".+"}']);
	});

	test('a longer window that would read too much is offered, not tried', async () => {
		const { findings } = await asked({ query: '{service_name="pier"} |= "absent"' }, holding(2e9));
		expect(lastValueOf(findings.ladder)?.[0]).toMatchObject({
			key: 'w',
			found: 'not tried in 10h: that may read 20 GB',
		});
	});
});

describe('a long window', () => {
	test('is cut into slices that lie side by side, newest first, each twice as long', () => {
		fc.assert(
			fc.property(fc.bigInt(1n, 400n * 24n), fc.bigInt(0n, toNanoseconds(hour)), (hours, more) => {
				const range = { from: 7n, to: 7n + hours * toNanoseconds(hour) + more };
				const slices = slicesOf(range);
				expect(slices[0]?.to).toBe(range.to);
				expect(slices.at(-1)?.from).toBe(range.from);
				slices.slice(1).forEach((slice, index) => {
					expect(slice.to).toBe(slices[index]?.from);
					if (index + 2 < slices.length) {
						expect(slice.to - slice.from).toBe(2n * ((slices[index]?.to ?? 0n) - (slices[index]?.from ?? 0n)));
					}
				});
			}),
		);
		expect(slicesOf({ from: 0n, to: toNanoseconds(6 * hour) })).toHaveLength(1);
		const day = slicesOf({ from: 0n, to: toNanoseconds(24 * hour) });
		expect(day.map(({ from, to }) => Number((to - from) / toNanoseconds(hour)))).toEqual([1, 2, 4, 8, 9]);
	});

	const spread = (every: number) =>
		Array.from({ length: Math.floor((24 * hour) / every) }, (_, index) =>
			lineAt(noon - 24 * hour + index * every, pier, `tide ${index}`),
		);
	const window = fixed(noon - 24 * hour, noon);

	test('is read newest first, and what is there is shown while the rest is read', async () => {
		const { states, findings } = await asked({ service: 'pier', window }, holding(1), { lines: spread(30 * minute) });
		const shown = states.filter(({ records }) => records.status === 'waiting').map(linesOf);
		expect([...new Set(shown.map(lines => lines?.length))]).toEqual([undefined, 1, 5, 13, 29]);
		expect(linesOf(findings)).toHaveLength(48);
		expect(lastValueOf(findings.records)?.unread).toEqual({});
	});

	test('of one request is read newest first as well, down to its first lines', async () => {
		const id = '7f3c2a10-1111-4222-8333-444455556666';
		const lines = spread(30 * minute).map(entry => ({ ...entry, line: `request_id=${id} ${entry.line}` }));
		const { states, findings } = await asked({ request: id, window }, holding(1), { lines });
		const shown = states.filter(({ records }) => records.status === 'waiting').map(linesOf);
		expect([...new Set(shown.map(found => found?.length))]).toEqual([undefined, 1, 5, 13, 29]);
		expect(linesOf(findings)).toEqual(lines.map(({ line }) => line));
		const many = spread(minute).map(entry => ({ ...entry, line: `request_id=${id} ${entry.line}` }));
		const first = await asked({ request: id, window }, holding(1), { lines: many });
		expect(linesOf(first.findings)).toEqual(many.slice(0, 1000).map(({ line }) => line));
		expect(lastValueOf(first.findings.records)?.unread).toEqual({ newer: many[999]?.at });
	});

	test('is read no further than a page needs, and on from there', async () => {
		const { findings } = await asked({ service: 'pier', window }, holding(1), { lines: spread(minute) });
		const page = lastValueOf(findings.records);
		expect(page?.records).toHaveLength(1000);
		expect(page?.unread.older).toBe(page?.records[0]?.entry.at);
	});
});
