import { mergedRecords } from '../analysis/log-stretch.ts';
import { type Answer, answer } from '../model/answer.ts';
import type { Nanoseconds } from '../model/time.ts';
import type { World } from './board.ts';
import { type LinesQuestion, type ReadLines, readLines } from './log-reading.ts';
import type { Asking } from './ports.ts';

/** So many lines are read before an instant, and so many after it: a few screens of either. */
const linesAround = 200;

/** The lines before and after an instant; both ends can be read on. */
export async function readAround(
	at: Nanoseconds,
	{ queries, range }: Pick<LinesQuestion, 'queries' | 'range'>,
	world: World,
	asking: Asking,
): Promise<Answer<ReadLines>> {
	const [before, after] = await Promise.all([
		readLines({ queries, range: { ...range, to: at + 1n }, limit: linesAround, direction: 'backward' }, world, asking),
		readLines({ queries, range: { ...range, from: at }, limit: linesAround, direction: 'forward' }, world, asking),
	]);
	const records = mergedRecords([before.value.records, after.value.records]);
	return answer({ records, unread: { ...before.value.unread, ...after.value.unread } }, [
		...before.notes,
		...after.notes,
	]);
}
