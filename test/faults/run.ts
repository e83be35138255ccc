import { setImmediate } from 'node:timers/promises';
import type { Milliseconds } from '../../src/model/time.ts';
import { demoNow } from '../helpers/demo.ts';
import { operate } from '../helpers/operator.tsx';
import { type Bench, bodyOf, type Cell, flat, isAsking, tryCell, waitFor } from './cell.ts';
import { standingClock } from './clock.ts';
import { columnsOf } from './columns.ts';
import { openFaultProxy } from './fault-proxy.ts';
import type { Outcome } from './matrix.ts';
import { type Row, rowsOf } from './rows.ts';
import { idsIn, sourcesAt, standingDemo, type Urls } from './world.ts';

export type RunOptions = Pick<Bench, 'full' | 'limits' | 'patience'> & {
	/** Which rows, by the backend that breaks. */
	readonly of: readonly Row['breaks'][];
	/** Bytes of an answer that is too large. */
	readonly huge: number;
	/** Cells that are tried at the same time: many of them wait for a time-out most of their time. */
	readonly atOnce: number;
	/** The names of the screens, and of the faults; all when absent. */
	readonly rows?: readonly string[];
	readonly faults?: readonly string[];
};

/** Tries every fault on every screen of these backends; what came of it in the order of the matrix. */
export async function runMatrix(options: RunOptions): Promise<readonly Outcome[]> {
	const { of, full, limits, patience, atOnce, rows: names } = options;
	const upstreams = standingDemo();
	const proxies = await Promise.all([
		openFaultProxy(upstreams.prometheus),
		openFaultProxy(upstreams.alertmanager),
		openFaultProxy(upstreams.loki),
		openFaultProxy(upstreams.tempo),
	]);
	const [prometheus, alertmanager, loki, tempo] = proxies.map(({ url }) => url);
	const good: Urls = { prometheus, alertmanager, loki, tempo } as Urls;
	try {
		const rows = rowsOf(await idsIn(sourcesAt(good, 'loki', {}))).filter(
			({ name, breaks }) => of.includes(breaks) && (names === undefined || names.includes(name)),
		);
		const cells: Cell[] = [];
		for (const row of rows) cells.push(...cellsOf(row, await wholeOf(row, good, 3 * patience), options));
		const bench = { upstreams, good, limits, full, patience };
		return await inPool(cells, atOnce, cell => outcomeOf(cell, bench));
	} finally {
		await Promise.all(proxies.map(proxy => proxy.close()));
	}
}

/** A cell for each fault, each with a clock of its own. */
function cellsOf(row: Row, whole: string, { huge, faults }: RunOptions): readonly Cell[] {
	return columnsOf({ now: () => demoNow, huge }).flatMap(({ name }, at) => {
		const clock = standingClock(demoNow);
		const column = columnsOf({ now: clock.now, huge })[at];
		const isWanted = faults === undefined || faults.includes(name);
		return column === undefined || !isWanted ? [] : [{ row, column, whole, clock }];
	});
}

/** How the screen is when nothing is broken; the demo works out what the row asks, so that no cell waits for that. */
async function wholeOf(row: Row, good: Urls, patience: Milliseconds): Promise<string> {
	const operator = operate({ sources: sourcesAt(good, row.breaks, {}), now: () => demoNow, at: row.at });
	// A screen that is not well even so is not well in its cells either, and they tell.
	await waitFor(() => row.sound.test(flat(operator)) && !isAsking(operator), patience);
	const whole = bodyOf(operator);
	operator.store.close();
	return whole;
}

async function outcomeOf(cell: Cell, bench: Bench): Promise<Outcome> {
	const { row, column } = cell;
	try {
		return { row, column, ...(await tryCell(cell, bench)) };
	} catch (error) {
		return { row, column, trouble: error instanceof Error ? error.message : String(error) };
	}
}

async function inPool<Item, Result>(items: readonly Item[], atOnce: number, work: (item: Item) => Promise<Result>) {
	const results: Result[] = [];
	let next = 0;
	const worker = async () => {
		for (let at = next++; at < items.length; at = next++) {
			const item = items[at];
			if (item !== undefined) results[at] = await work(item);
			await setImmediate();
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	return results;
}
