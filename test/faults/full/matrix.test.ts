import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { matrixOf, type Outcome } from '../matrix.ts';
import { collectGarbage } from '../memory.ts';
import { runMatrix } from '../run.ts';
import { full } from '../sizes.ts';

const timeout = 3_600_000;

const of = ['prometheus', 'alertmanager', 'loki', 'tempo'] as const;

const troubled = (outcomes: readonly Outcome[]) =>
	outcomes.flatMap(({ row, column, trouble }) => (trouble === undefined ? [] : [[row.name, column.name]]));

test('every screen and every fault, also when it was well before', { timeout }, async () => {
	const outcomes = await runMatrix({ ...full, of });
	console.log(matrixOf(outcomes));
	expect(troubled(outcomes)).toEqual([]);
});

/** Bytes in use once the connections that were given up are closed. */
async function held(): Promise<number> {
	await pause(2000);
	// React's development build measures each render, and keeps what went into it.
	performance.clearMeasures();
	collectGarbage();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

/** What may stay behind of the screens that were looked at; one answer that is still held is 64 MB. */
const mostLeft = 48 * 2 ** 20;

// In tests of their own, because the screens of a test are let go of when it is finished.
describe('the memory of answers of 2 GB', () => {
	const huge = { ...full, of, faults: ['huge body', 'gzip bomb'] };
	let before = 0;

	test('once, since what is loaded and compiled is not what an answer leaves behind', { timeout }, async () => {
		await runMatrix(huge);
	});

	test('again', { timeout }, async () => {
		before = await held();
		expect(troubled(await runMatrix(huge))).toEqual([]);
	});

	test('comes back', { timeout }, async () => {
		const left = (await held()) - before;
		console.log(`left behind: ${Math.round(left / 2 ** 20)} MB`);
		expect(left).toBeLessThan(mostLeft);
	});
});
