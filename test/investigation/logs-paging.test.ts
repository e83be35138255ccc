import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boardOver } from '../../src/investigation/board.ts';
import { investigateLogs } from '../../src/investigation/logs.ts';
import { answerLogsAside } from '../../src/investigation/logs-asides.ts';
import { type LogsFindings, type LogsPageRead, noLogsFindings } from '../../src/investigation/logs-findings.ts';
import type { LogsSource } from '../../src/investigation/ports.ts';
import { answer } from '../../src/model/answer.ts';
import { FailureError } from '../../src/model/failure.ts';
import { lastOf, lastValueOf } from '../../src/model/loadable.ts';
import type { LogEntry } from '../../src/model/log-entry.ts';
import type { LogsPlace } from '../../src/model/place.ts';
import { fixed, minute, rangeOf } from '../../src/model/time.ts';
import { asking, lineAt, logStore, logsOnly } from '../helpers/log-store.ts';

const noon = Date.UTC(2026, 4, 4, 12);
const window = fixed(noon - 60 * minute, noon);
const place: LogsPlace = { kind: 'logs', service: 'pier', window };
const streams = ['a', 'b', 'c'].map(pod => ({ service_name: 'pier', pod }));

/** A Loki that gives lines of one instant in another order each time, and cuts among them wherever it likes. */
function crowdedLoki(entries: readonly LogEntry[], chance: () => number): LogsSource {
	const { source } = logStore(entries);
	return {
		...source,
		logs: async ({ range, limit, direction }) => {
			const found = entries
				.filter(({ at }) => at >= range.from && at < range.to)
				.map(entry => ({ entry, rank: chance() }))
				.sort((a, b) => Number(a.entry.at - b.entry.at) || a.rank - b.rank)
				.map(({ entry }) => entry);
			const page = direction === 'forward' ? found.slice(0, limit) : found.slice(-limit);
			return answer({ entries: page, more: found.length >= limit });
		},
	};
}

type Step = 'older' | 'newer' | 'start' | 'end';

/** Somebody who opens a place, takes some steps, and then reads on in one direction until there is nothing more. */
async function readAll(
	asked: LogsPlace,
	source: LogsSource,
	kind: 'older' | 'newer',
	steps: readonly Step[] = [],
): Promise<LogsPageRead> {
	const world = { sources: logsOnly(source), now: () => noon };
	let findings: LogsFindings = noLogsFindings;
	const replace = (found: LogsFindings) => {
		findings = found;
	};
	await investigateLogs(asked, world, findings, replace, asking);
	const board = boardOver({ current: () => findings, replace }, world);
	const range = rangeOf(asked.window, noon);
	const take = (step: Step) =>
		answerLogsAside({ place: asked, range, aside: { key: '', kind: step } }, world, board, asking);
	for (const step of steps) await take(step);
	for (let page = 0; page < 100; page++) {
		const before = lastValueOf(findings.records);
		if (before?.unread[kind] === undefined) break;
		await take(kind);
	}
	const read = lastValueOf(findings.records);
	if (read === undefined) throw new Error('Nothing was read.');
	return read;
}

const linesOf = ({ records }: LogsPageRead): readonly string[] =>
	records.map(({ entry }) => `${entry.at} ${entry.labels.pod} ${entry.line}`).sort();
const linesIn = (entries: readonly LogEntry[]): readonly string[] =>
	entries.map(({ at, labels, line }) => `${at} ${labels.pod} ${line}`).sort();

describe('reading on', () => {
	test('loses and doubles no line, however many are of one instant', async () => {
		const arbitraryCrowds = fc.array(fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 4000 })), {
			minLength: 1,
			maxLength: 5,
		});
		await fc.assert(
			fc.asyncProperty(arbitraryCrowds, fc.integer(), fc.boolean(), async (crowds, seed, isForward) => {
				const entries = crowds
					.flatMap(([second, count]) =>
						Array.from({ length: count }, (_, index) =>
							lineAt(noon - second * 1000, streams[index % 3] ?? {}, `${index % 7 === 0 ? 'error' : 'fine'} ${index}`),
						),
					)
					.sort((a, b) => Number(a.at - b.at));
				// A crowd that falls on the instant of another has its very lines: they are two of a kind.
				const source = crowdedLoki(entries, chanceOf(seed));
				const asked: LogsPlace = isForward
					? { kind: 'logs', query: '{service_name="pier"}', request: 'e', window }
					: place;
				const read = await readAll(asked, source, isForward ? 'newer' : 'older');
				expect(read.unread).toEqual({});
				expect(linesOf(read)).toEqual(linesIn(entries));
			}),
			{ numRuns: 20 },
		);
	});

	test('loses and doubles no line of a request that has two identifiers, nor of a long window', async () => {
		const day = fixed(noon - 24 * 60 * minute, noon);
		const [request, trace] = ['7f3c2a10-1111-4222-8333-444455556666', '0af7651916cd43dd8448eb211c80319c'];
		const kinds = [`request_id=${request} trace_id=${trace}`, `trace_id=${trace}`, `request_id=${request}`, 'another'];
		const arbitraryCrowds = fc.array(
			fc.tuple(fc.integer({ min: 1, max: 80_000 }), fc.integer({ min: 1, max: 900 }), fc.nat({ max: 3 })),
			{ minLength: 1, maxLength: 8 },
		);
		await fc.assert(
			fc.asyncProperty(arbitraryCrowds, fc.boolean(), async (crowds, byRequest) => {
				const entries = [[80_001, 1, 0] as const, ...crowds]
					.flatMap(([second, count, kind], crowd) =>
						Array.from({ length: count }, (_, index) =>
							lineAt(noon - second * 1000, streams[index % 3] ?? {}, `${kinds[kind]} ${crowd} ${index}`),
						),
					)
					.sort((a, b) => Number(a.at - b.at));
				const asked: LogsPlace = { kind: 'logs', window: day, ...(byRequest ? { request } : { trace }) };
				const read = await readAll(asked, logStore(entries).source, 'newer');
				expect(read.unread).toEqual({});
				expect(linesOf(read)).toEqual(linesIn(entries.filter(({ line }) => !line.startsWith('another'))));
				const times = read.records.map(({ entry }) => entry.at);
				expect(times).toEqual(times.toSorted((a, b) => Number(a - b)));
			}),
			{ numRuns: 20 },
		);
	});

	test('from either end of the window loses and doubles no line, wherever one was before', async () => {
		const arbitraryCrowds = fc.array(fc.tuple(fc.integer({ min: 1, max: 80_000 }), fc.integer({ min: 1, max: 2000 })), {
			minLength: 1,
			maxLength: 6,
		});
		const arbitrarySteps = fc.array(fc.constantFrom<Step>('older', 'newer', 'start', 'end'), { maxLength: 4 });
		const ends = fc.constantFrom<readonly [Step, 'older' | 'newer']>(['start', 'newer'], ['end', 'older']);
		const windows = fc.constantFrom(window, fixed(noon - 24 * 60 * minute, noon));
		await fc.assert(
			fc.asyncProperty(
				fc.record({ crowds: arbitraryCrowds, steps: arbitrarySteps, end: ends, within: windows, seed: fc.integer() }),
				async ({ crowds, steps, end: [end, kind], within, seed }) => {
					const { from } = rangeOf(within, noon);
					const entries = crowds
						.flatMap(([second, count]) =>
							Array.from({ length: count }, (_, index) =>
								lineAt(
									Math.max(from, noon - second * 1000),
									streams[index % 3] ?? {},
									`${index % 7 === 0 ? 'error' : 'fine'} ${index}`,
								),
							),
						)
						.sort((a, b) => Number(a.at - b.at));
					const source = crowdedLoki(entries, chanceOf(seed));
					const read = await readAll({ ...place, window: within }, source, kind, [...steps, end]);
					expect(read.unread).toEqual({});
					expect(linesOf(read)).toEqual(linesIn(entries));
				},
			),
			{ numRuns: 40 },
		);
	});

	test('the first lines of the window take the place of the newest, and the newest that of the first', async () => {
		const entries = Array.from({ length: 5000 }, (_, index) =>
			lineAt(noon - 50 * minute + index * 100, streams[0] ?? {}, `line ${index}`),
		);
		const { source } = logStore(entries);
		const linesAfter = async (...steps: readonly Step[]) => {
			const { records, unread, serial } = await readAll(place, source, 'newer', steps);
			return { first: records[0]?.entry.line, last: records.at(-1)?.entry.line, unread, serial };
		};
		expect(await linesAfter('start', 'end')).toEqual({
			first: 'line 4000',
			last: 'line 4999',
			unread: { older: entries[4000]?.at },
			serial: 2,
		});
		const read = await readAll(place, source, 'older', ['start']);
		expect(read.records.map(({ entry }) => entry.line)).toEqual(entries.slice(0, 1000).map(({ line }) => line));
		expect(read.unread).toEqual({ newer: entries[999]?.at });
	});

	test('the first lines that pass the filters are looked for beyond those that do not', async () => {
		const entries = Array.from({ length: 5000 }, (_, index) =>
			lineAt(
				noon - 50 * minute + (index < 3000 ? 0 : index),
				streams[0] ?? {},
				index === 4000 ? 'level=error sunk' : `fine ${index}`,
			),
		);
		const { source } = logStore(entries);
		const logs: LogsSource['logs'] = (question, ...rest) =>
			source.logs({ ...question, logql: '{service_name="pier"}' }, ...rest);
		const read = await readAll({ ...place, level: 'error' }, { ...source, logs }, 'older', ['start']);
		expect(read.records.map(({ entry }) => entry.line)).toEqual(['level=error sunk']);
	});

	test('of a long window is done slice by slice', async () => {
		const day = fixed(noon - 24 * 60 * minute, noon);
		const entries = Array.from({ length: 1200 }, (_, index) =>
			lineAt(noon - (index < 200 ? 24 * 60 * minute : 20 * minute) + index, streams[0] ?? {}, 'fine'),
		);
		const { source } = logStore(entries);
		const hours: number[] = [];
		const logs: LogsSource['logs'] = (question, ...rest) => {
			hours.push(Math.round(Number(question.range.to - question.range.from) / 3.6e12));
			return source.logs(question, ...rest);
		};
		const read = await readAll({ ...place, window: day }, { ...source, logs }, 'older');
		expect(linesOf(read)).toEqual(linesIn(entries));
		// The first page, the errors before it, and then as much as lies behind, again and again.
		expect(hours).toEqual([1, 24, 24, 1, 1, 3, 5, 13]);
	});

	test('gives up the far end beyond 100,000 lines, and says where it may be read again', async () => {
		const entries = Array.from({ length: 103_000 }, (_, index) =>
			lineAt(noon - 200_000 + index, streams[0] ?? {}, 'fine'),
		);
		const read = await readAll(place, logStore(entries).source, 'older');
		expect(read.records).toHaveLength(100_000);
		expect(read.records[0]?.entry.at).toBe(entries[0]?.at);
		expect(read.unread).toEqual({ newer: entries[100_000]?.at });
	});

	test('keeps what it has when the next page cannot be had, and says so', async () => {
		const entries = Array.from({ length: 1500 }, (_, index) =>
			lineAt(noon - 200_000 + index, streams[0] ?? {}, 'fine'),
		);
		const { source } = logStore(entries);
		const world = { sources: logsOnly(source), now: () => noon };
		let findings: LogsFindings = noLogsFindings;
		const replace = (found: LogsFindings) => {
			findings = found;
		};
		await investigateLogs(place, world, findings, replace, asking);
		const refusing = {
			...world,
			sources: logsOnly({
				...source,
				logs: async () => {
					throw new FailureError({ kind: 'server', backend: 'loki', what: 'Loki failed (500).', next: 'Press R.' });
				},
			}),
		};
		const board = boardOver({ current: () => findings, replace }, refusing);
		const question = { place, range: rangeOf(window, noon), aside: { key: '', kind: 'older' } } as const;
		await answerLogsAside(question, refusing, board, asking);
		expect(lastValueOf(findings.records)?.records).toHaveLength(1000);
		expect(lastOf(findings.records)?.notes[0]).toEqual({
			kind: 'partial',
			text: 'Older lines are missing. Loki failed (500). Press R.',
		});
		await answerLogsAside({ ...question, aside: { key: '', kind: 'start' } }, refusing, board, asking);
		expect(lastValueOf(findings.records)).toMatchObject({ records: { length: 1000 }, serial: 1 });
		expect(lastOf(findings.records)?.notes[0]?.text).toBe(
			'The first lines of the window are missing. Loki failed (500). Press R.',
		);
	});
});

describe('asking anew', () => {
	const told = (from: number, count: number) =>
		Array.from({ length: count }, (_, index) =>
			lineAt(noon - from + index * 10, streams[0] ?? {}, `line ${from} ${index}`),
		);

	test('told how few older errors were read no longer, once the lines round them were read', async () => {
		const entries = Array.from({ length: 3000 }, (_, index) =>
			lineAt(noon - 100_000 + index * 10, streams[0] ?? {}, 'error: sunk'),
		);
		let findings: LogsFindings = noLogsFindings;
		const replace = (found: LogsFindings) => {
			findings = found;
		};
		const world = { sources: logsOnly(logStore(entries).source), now: () => noon };
		await investigateLogs(place, world, noLogsFindings, replace, asking);
		const notes = () => lastOf(findings.records)?.notes.map(({ text }) => text);
		expect(notes()).toEqual(['only 200 older errors read', 'the newest 1000 lines; there are more']);
		const board = boardOver({ current: () => findings, replace }, world);
		await answerLogsAside(
			{ place, range: rangeOf(place.window, noon), aside: { key: '', kind: 'older' } },
			world,
			board,
			asking,
		);
		expect(notes()).toEqual([]);
	});

	async function askedTwice(
		first: readonly LogEntry[],
		second: readonly LogEntry[],
	): Promise<LogsPageRead | undefined> {
		let findings: LogsFindings = noLogsFindings;
		const replace = (found: LogsFindings) => {
			findings = found;
		};
		for (const entries of [first, [...first, ...second]]) {
			const world = { sources: logsOnly(logStore(entries).source), now: () => noon };
			await investigateLogs(place, world, findings, replace, asking);
		}
		return lastValueOf(findings.records);
	}

	test('puts the newer lines behind those that are being read', async () => {
		const first = told(100_000, 1200);
		const read = await askedTwice(first, told(50_000, 700));
		expect(read?.records).toHaveLength(1700);
		expect(read?.unread).toEqual({ older: first[200]?.at });
	});

	test('begins anew where lines between the two were not read', async () => {
		const second = told(50_000, 1500);
		const read = await askedTwice(told(100_000, 1200), second);
		expect(read?.records.map(({ entry }) => entry.line)).toEqual(second.slice(500).map(({ line }) => line));
		expect(read?.unread).toEqual({ older: second[500]?.at });
	});
});

/** A small generator of chances (mulberry32), so that a run can be seen again. */
function chanceOf(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}
