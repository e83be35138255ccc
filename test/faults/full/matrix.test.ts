import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { matrixOf, type Outcome } from '../matrix.ts';
import { collectGarbage } from '../memory.ts';
import { runMatrix } from '../run.ts';
import { full } from '../sizes.ts';

const of = ['prometheus', 'alertmanager', 'loki', 'tempo'] as const;

const troubled = (outcomes: readonly Outcome[]) =>
	outcomes.flatMap(({ row, column, trouble }) => (trouble === undefined ? [] : [[row.name, column.name]]));

test('every screen and every fault, also when it was well before', { timeout: 3_600_000 }, async () => {
	const outcomes = await runMatrix({ ...full, of });
	console.log(matrixOf(outcomes));
	expect(troubled(outcomes)).toEqual([]);
});

/**
 * Bytes in use once the connections that were given up are closed. V8 counts buffers as freed only when it has swept
 * them, beside the program, so that what is left is looked at until it falls no further.
 */
async function held(): Promise<number> {
	let least = Number.POSITIVE_INFINITY;
	for (let look = 0; look < mostLooks; look++) {
		await pause(2000);
		collectGarbage();
		const { heapUsed, external } = process.memoryUsage();
		const isSettled = heapUsed + external > least - 2 ** 20;
		least = Math.min(least, heapUsed + external);
		if (isSettled) break;
	}
	return least;
}

const mostLooks = 5;

/** What may stay behind of the screens that were looked at; one answer that is still held is 64 MB. */
const mostLeft = 48 * 2 ** 20;

test('the memory of answers of 2 GB comes back', { timeout: 3_600_000 }, async () => {
	const huge = { ...full, of, faults: ['huge body', 'gzip bomb'] };
	// What is loaded and compiled once is not what an answer leaves behind.
	await runMatrix(huge);
	const before = await held();
	expect(troubled(await runMatrix(huge))).toEqual([]);
	const left = (await held()) - before;
	console.log(`left behind: ${Math.round(left / 2 ** 20)} MB`);
	expect(left).toBeLessThan(mostLeft);
});
