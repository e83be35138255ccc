import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AskPage, type PageQuestion, readPages } from '../../../src/backends/loki/pages.ts';
import type { LogEntry } from '../../../src/model/log-entry.ts';

const start = 1_795_335_969_000_000_000n;

const entry = (offset: number, stream: string, line: string): LogEntry => ({
	at: start + BigInt(offset),
	line,
	labels: { app: stream },
	metadata: {},
	parsed: {},
});

type Simulation = {
	readonly lines: readonly LogEntry[];
	/** The server's limit of lines at once. */
	readonly most?: number;
	/** Turns lines of one instant round, differently for every page: their order is the server's affair. */
	readonly turn?: (page: number) => number;
	readonly direction: PageQuestion['direction'];
};

/** Loki as far as paging goes: the first `size` lines from the given end, ties in an order of its own. */
const simulate = ({ lines, most, turn = () => 0, direction }: Simulation): { ask: AskPage; sizes: number[] } => {
	const sizes: number[] = [];
	const ask: AskPage = async ({ from, to }, size) => {
		sizes.push(size);
		if (most !== undefined && size > most) return { entries: [], notes: [], most };
		const inside = lines.filter(({ at }) => at >= from && at < to);
		const cut = inside.length === 0 ? 0 : turn(sizes.length) % inside.length;
		const turned = [...inside.slice(cut), ...inside.slice(0, cut)];
		const forward = turned.toSorted((a, b) => Number(a.at - b.at));
		return { entries: (direction === 'backward' ? forward.toReversed() : forward).slice(0, size), notes: [] };
	};
	return { ask, sizes };
};

const range = { from: start, to: start + 10n };

const drawn = (entries: readonly LogEntry[]): string[] =>
	entries.map(({ at, labels, line }) => `${at - start} ${labels.app} ${line}`);

const anyLines = fc
	.uniqueArray(
		fc.record({ offset: fc.nat(5), stream: fc.constantFrom('a', 'b'), line: fc.stringMatching(/^[xy]{0,4}$/) }),
		{ maxLength: 60, size: 'max', selector: ({ offset, stream, line }) => `${offset} ${stream} ${line}` },
	)
	.map(lines => lines.map(({ offset, stream, line }) => entry(offset, stream, line)));

const anyDirection = fc.constantFrom('forward' as const, 'backward' as const);

describe('log pages', () => {
	test('every line comes exactly once and in order, whatever the page size and however many share an instant', async () => {
		await fc.assert(
			fc.asyncProperty(
				anyLines,
				anyDirection,
				fc.integer({ min: 1, max: 20 }),
				fc.infiniteStream(fc.nat(100)),
				async (lines, direction, pageSize, turns) => {
					const { ask } = simulate({ lines, direction, turn: () => turns.next().value ?? 0 });
					const question = { range, limit: lines.length + 1, direction, pageSize };
					const { entries, more, notes } = await readPages(question, ask);
					expect(drawn(entries).toSorted()).toEqual(drawn(lines).toSorted());
					expect(entries.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).toSorted((a, b) => Number(a - b)));
					expect({ more, notes }).toEqual({ more: false, notes: [] });
				},
			),
			{ numRuns: 300 },
		);
	});

	test('a limit gives that many lines, those nearest to where the reading began', async () => {
		await fc.assert(
			fc.asyncProperty(
				anyLines,
				anyDirection,
				fc.integer({ min: 1, max: 20 }),
				fc.integer({ min: 1, max: 60 }),
				async (lines, direction, pageSize, limit) => {
					const { ask } = simulate({ lines, direction });
					const { entries, more } = await readPages({ range, limit, direction, pageSize }, ask);
					const times = lines.map(({ at }) => at).toSorted((a, b) => Number(a - b));
					expect(entries.map(({ at }) => at)).toEqual(
						direction === 'backward' ? times.slice(-limit) : times.slice(0, limit),
					);
					expect(new Set(drawn(entries)).size).toBe(entries.length);
					if (lines.length > limit) expect(more).toBe(true);
					if (lines.length < limit) expect(more).toBe(false);
				},
			),
			{ numRuns: 300 },
		);
	});

	test('lines that differ in nothing are kept as often as they were sent', async () => {
		const lines = [entry(1, 'a', 'same'), entry(1, 'a', 'same'), entry(1, 'a', 'same'), entry(2, 'a', 'other')];
		const { ask } = simulate({ lines, direction: 'backward' });
		const { entries } = await readPages({ range, limit: 10, direction: 'backward', pageSize: 2 }, ask);
		expect(drawn(entries)).toEqual(['1 a same', '1 a same', '1 a same', '2 a other']);
	});

	test('lines of one instant are in the order of their streams, then as they were written', async () => {
		const lines = [entry(1, 'b', 'first'), entry(1, 'b', 'second'), entry(1, 'a', 'third')];
		const { ask } = simulate({ lines, direction: 'forward' });
		const { entries } = await readPages({ range, limit: 10, direction: 'forward', pageSize: 10 }, ask);
		expect(drawn(entries)).toEqual(['1 a third', '1 b first', '1 b second']);
	});

	test('a page is raised when one instant fills it, up to what the server allows', async () => {
		const lines = Array.from({ length: 10 }, (_, at) => entry(3, 'a', `line ${at}`));
		const { ask, sizes } = simulate({ lines, most: 11, direction: 'backward' });
		const { entries, notes } = await readPages({ range, limit: 100, direction: 'backward', pageSize: 4 }, ask);
		expect(sizes).toEqual([4, 4, 8, 8, 16, 11]);
		expect([entries.length, notes]).toEqual([10, []]);
	});

	test('an instant with more lines than the server ever sends is left behind with a note', async () => {
		const crowd = Array.from({ length: 10 }, (_, at) => entry(3, 'a', `line ${at}`));
		const lines = [entry(1, 'a', 'before'), ...crowd, entry(5, 'a', 'after')];
		for (const [direction, kept] of [
			['forward', crowd.slice(0, 4)],
			['backward', crowd.slice(-4)],
		] as const) {
			const { ask } = simulate({ lines, most: 4, direction });
			const { entries, notes } = await readPages({ range, limit: 100, direction, pageSize: 4, most: 4 }, ask);
			expect(drawn(entries)).toEqual(['1 a before', ...drawn(kept), '5 a after']);
			expect(notes).toEqual([
				{
					kind: 'partial',
					text: '4 lines or more share the instant 2026-11-22T08:26:09.000000003Z, and Loki sends no more at once: some may be missing.',
				},
			]);
		}
	});

	test('a server that pays no heed to the range is asked no further', async () => {
		const lines = Array.from({ length: 8 }, (_, at) => entry(at, 'a', 'line'));
		const ask: AskPage = async (_, size) => ({ entries: lines.slice(-size), notes: [] });
		const { entries, more } = await readPages({ range, limit: 100, direction: 'backward', pageSize: 4 }, ask);
		expect([drawn(entries).length, new Set(drawn(entries)).size, more]).toEqual([8, 8, false]);
	});

	test('nothing is asked for no lines or no time', async () => {
		const ask: AskPage = () => Promise.reject(new Error('asked'));
		const empty = { entries: [], more: false, notes: [] };
		expect(await readPages({ range, limit: 0, direction: 'forward', pageSize: 4 }, ask)).toEqual(empty);
		expect(await readPages({ range: { from: 5n, to: 5n }, limit: 9, direction: 'forward', pageSize: 4 }, ask)).toEqual(
			empty,
		);
	});
});
