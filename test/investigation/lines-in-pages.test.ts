import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesInPages } from '../../src/investigation/lines-in-pages.ts';
import type { LogsSource } from '../../src/investigation/ports.ts';
import { answer } from '../../src/model/answer.ts';
import type { LogEntry } from '../../src/model/log-entry.ts';
import { asking, lineAt, logStore, logsOnly } from '../helpers/log-store.ts';

const streams = ['a', 'b'].map(pod => ({ service_name: 'pier', pod }));

/** A Loki that sends few lines at once, and those of one instant in another order each time. */
function crowdedLoki(
	entries: readonly LogEntry[],
	matches: (entry: LogEntry, logql: string) => boolean,
	chance: () => number,
) {
	const asked: number[] = [];
	const { source } = logStore(entries);
	const logs: LogsSource['logs'] = async ({ logql, range, limit, direction }) => {
		asked.push(limit);
		const found = entries
			.filter(entry => entry.at >= range.from && entry.at < range.to && matches(entry, logql))
			.map(entry => ({ entry, rank: chance() }))
			.sort((a, b) => Number(a.entry.at - b.entry.at) || a.rank - b.rank)
			.map(({ entry }) => entry);
		const page = direction === 'forward' ? found.slice(0, limit) : found.slice(-limit);
		return answer({ entries: page, more: found.length >= limit });
	};
	return { source: { ...source, logs }, asked };
}

const textOf = ({ at, labels, line }: LogEntry): string => `${at} ${labels.pod} ${line}`;
const range = { from: 0n, to: 10_000_000_000n };

async function readAll(source: LogsSource, question: Partial<Parameters<typeof linesInPages>[0]>) {
	const pages: (readonly LogEntry[])[] = [];
	const all = {
		queries: ['x'],
		range,
		direction: 'backward',
		wanted: () => Number.POSITIVE_INFINITY,
		...question,
	} as const;
	for await (const { value } of linesInPages(all, { sources: logsOnly(source) }, asking)) pages.push(value);
	return pages;
}

const anyLines = fc
	.array(fc.tuple(fc.nat({ max: 6 }), fc.constantFrom(...streams), fc.nat({ max: 400 })), { maxLength: 60 })
	.map(lines => [
		...new Map(
			lines.map(([at, labels, line]) => [`${at} ${labels.pod} ${line}`, lineAt(at, labels, `line ${line}`)]),
		).values(),
	])
	.map(lines => lines.sort((a, b) => Number(a.at - b.at)));

test('no line is lost and none comes twice, whatever shares its instant, in the order that was asked for', async () => {
	await fc.assert(
		fc.asyncProperty(
			anyLines,
			fc.constantFrom('backward', 'forward'),
			fc.integer({ min: 1, max: 9 }),
			fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
			async (lines, direction, wanted, chances) => {
				const { source } = crowdedLoki(
					lines,
					() => true,
					() => chances.next().value ?? 0,
				);
				const found = (await readAll(source, { direction, wanted: () => wanted })).flat();
				expect(found.map(textOf).sort()).toEqual(lines.map(textOf).sort());
				const times = found.map(({ at }) => at);
				expect(times).toEqual(times.toSorted((a, b) => Number(a - b) * (direction === 'forward' ? 1 : -1)));
			},
		),
		{ numRuns: 300 },
	);
});

test('a line that answers two queries comes once, and the queries are merged by time', async () => {
	await fc.assert(
		fc.asyncProperty(
			anyLines,
			fc.constantFrom('backward', 'forward'),
			fc.integer({ min: 1, max: 9 }),
			async (lines, direction, wanted) => {
				const matches = ({ line }: LogEntry, logql: string) => Number(line.slice(5)) % (logql === 'twos' ? 2 : 3) === 0;
				const { source } = crowdedLoki(lines, matches, () => 0.5);
				const found = (await readAll(source, { queries: ['twos', 'threes'], direction, wanted: () => wanted })).flat();
				const either = lines.filter(entry => matches(entry, 'twos') || matches(entry, 'threes'));
				expect(found.map(textOf).sort()).toEqual(either.map(textOf).sort());
				const times = found.map(({ at }) => at);
				expect(times).toEqual(times.toSorted((a, b) => Number(a - b) * (direction === 'forward' ? 1 : -1)));
			},
		),
		{ numRuns: 300 },
	);
});

const manyLines = (count: number, length = 0) =>
	Array.from({ length: count }, (_, at) => lineAt(at, streams[0] ?? {}, `line ${at}`.padEnd(length)));

const inOrder = (lines: readonly LogEntry[]) =>
	crowdedLoki(
		lines,
		() => true,
		() => 0.5,
	);

test('lines that come unevenly, by the thousand and many at one instant, are all read, in parts', async () => {
	const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.constantFrom(0, 1, 40, 90_000)), {
		minLength: 2,
		maxLength: 8,
	});
	await fc.assert(
		fc.asyncProperty(gaps, fc.constantFrom('backward', 'forward'), async (runs, direction) => {
			let at = 0;
			const lines = runs.flatMap(([count, gap]) =>
				Array.from({ length: count }, () => {
					at += gap;
					return at;
				}),
			);
			const { source } = inOrder(lines.map((each, index) => lineAt(each, streams[0] ?? {}, `line ${index}`)));
			const found = (await readAll(source, { direction, range: { from: 0n, to: 1n << 60n } })).flat();
			expect(new Set(found.map(({ line }) => line)).size).toBe(lines.length);
			expect(found).toHaveLength(lines.length);
			const times = found.map(({ at: each }) => Number(each / 1_000_000n));
			expect(times).toEqual(lines.toSorted((one, other) => (one - other) * (direction === 'forward' ? 1 : -1)));
		}),
		{ numRuns: 40 },
	);
});

test('of uneven lines, as many as are wanted are the nearest ones, none left out between them', async () => {
	const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.constantFrom(0, 1, 40, 90_000)), {
		minLength: 2,
		maxLength: 6,
	});
	await fc.assert(
		fc.asyncProperty(gaps, fc.integer({ min: 1, max: 9000 }), async (runs, most) => {
			let at = 0;
			const times = runs.flatMap(([count, gap]) => Array.from({ length: count }, () => (at += gap)));
			const { source } = inOrder(times.map((each, index) => lineAt(each, streams[0] ?? {}, `line ${index}`)));
			const found: LogEntry[] = [];
			const wanted = () => most - found.length;
			const all = { queries: ['x'], range: { from: 0n, to: 1n << 60n }, direction: 'backward', wanted } as const;
			for await (const { value } of linesInPages(all, { sources: logsOnly(source) }, asking)) {
				found.push(...value);
				if (found.length >= most) break;
			}
			expect(found.length).toBeGreaterThanOrEqual(Math.min(most, times.length));
			const read = found.slice(0, most).map(each => Number(each.at / 1_000_000n));
			expect(read).toEqual(times.toReversed().slice(0, most));
		}),
		{ numRuns: 60 },
	);
});

test('parts are under way while a page is with the reader, and no more lines than are wanted', async () => {
	const { source, asked } = inOrder(manyLines(20_000));
	let wanted = 8000;
	const question = { queries: ['x'], range, direction: 'backward', wanted: () => wanted } as const;
	const pages = linesInPages(question, { sources: logsOnly(source) }, asking);
	for (const all of [
		[1000, 5000, 2500],
		[1000, 5000, 2500],
		[1000, 5000, 2500],
	]) {
		const { value } = await pages.next();
		wanted -= value?.value.length ?? 0;
		expect(asked).toEqual(all);
	}
	expect(wanted).toBe(5);
	await pages.return(undefined);
});

test('no more than three parts are under way, however many lines are wanted', async () => {
	const { source } = inOrder(manyLines(40_000));
	let [open, most] = [0, 0];
	const logs: LogsSource['logs'] = async (question, asks) => {
		most = Math.max(most, ++open);
		const page = await source.logs(question, asks);
		await new Promise(resolve => setImmediate(resolve));
		open--;
		return page;
	};
	const pages = await readAll({ ...source, logs }, { range: { from: 0n, to: 1n << 60n } });
	expect(pages.flat()).toHaveLength(40_000);
	expect(most).toBe(3);
});

test('pages of long lines are small', async () => {
	const { source, asked } = inOrder(manyLines(2000, 20_000));
	const pages = await readAll(source, {});
	expect(pages.flat()).toHaveLength(2000);
	expect(asked).toEqual([1000, 399, 399, 399]);
});

test('a page that nobody waits for any more is given up', async () => {
	const { source } = inOrder(manyLines(5000));
	const signals: AbortSignal[] = [];
	const logs: LogsSource['logs'] = (question, asks) => {
		signals.push(asks.signal);
		return source.logs(question, asks);
	};
	const question = { queries: ['x'], range, direction: 'backward', wanted: () => 5000 } as const;
	for await (const _ of linesInPages(question, { sources: logsOnly({ ...source, logs }) }, asking)) break;
	expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
});

test('a page that fails is told of when the one before was taken', async () => {
	const { source } = inOrder(manyLines(5000));
	let asked = 0;
	const logs: LogsSource['logs'] = (question, asks) =>
		++asked > 1 ? Promise.reject(new Error('the disk is full')) : source.logs(question, asks);
	const question = { queries: ['x'], range, direction: 'backward', wanted: () => 5000 } as const;
	const pages = linesInPages(question, { sources: logsOnly({ ...source, logs }) }, asking);
	expect((await pages.next()).value?.value).toHaveLength(1000);
	await expect(pages.next()).rejects.toThrow('the disk is full');
});
