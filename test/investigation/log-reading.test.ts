import { describe, expect, test } from 'vitest';
import { readLines } from '../../src/investigation/log-reading.ts';
import { asking, lineAt, logStore, logsOnly } from '../helpers/log-store.ts';

const noon = Date.UTC(2026, 4, 4, 12);
const entries = Array.from({ length: 1000 }, (_, index) =>
	lineAt(noon + index, { pod: 'pier-1' }, `level=info n=${index}`),
);
const question = {
	queries: ['{pod="pier-1"}'],
	range: { from: BigInt(noon) * 1_000_000n, to: BigInt(noon + 1000) * 1_000_000n },
	limit: 1000,
	direction: 'backward',
} as const;

/** A clock that goes on at each look: no slice lasts longer than a step of the work. */
function worldInWhichTimePasses() {
	let now = noon;
	return { sources: logsOnly(logStore(entries).source), now: () => (now += 100) };
}

describe('a long page', () => {
	test('is read in slices, between which others have their turn, and loses no line', async () => {
		let turns = 0;
		let isRead = false;
		const others = () => {
			turns += 1;
			if (!isRead) setImmediate(others);
		};
		setImmediate(others);
		const { value } = await readLines(question, worldInWhichTimePasses(), asking);
		isRead = true;
		expect(value.records.map(({ entry }) => entry)).toEqual(entries);
		expect(turns).toBeGreaterThan(10);
	});

	test('is not read on when nobody wants it any more', async () => {
		const leaving = new AbortController();
		const reading = readLines(question, worldInWhichTimePasses(), { ...asking, signal: leaving.signal });
		setImmediate(() => leaving.abort());
		await expect(reading).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
	});
});
