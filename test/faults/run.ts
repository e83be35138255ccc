import { setImmediate } from 'node:timers/promises';
import { demoNow } from '../helpers/demo.ts';
import { operate } from '../helpers/operator.tsx';
import { type Bench, flat, tryCell, waitFor } from './cell.ts';
import { type Column, columnsOf } from './columns.ts';
import { openFaultProxy } from './fault-proxy.ts';
import type { Outcome } from './matrix.ts';
import { type Row, rowsOf } from './rows.ts';
import { idsIn, sourcesAt, standingDemo, type Urls } from './world.ts';

export type RunOptions = Pick<Bench, 'full' | 'limits'> & {
	/** Which rows, by the backend that breaks. */
	readonly of: readonly Row['breaks'][];
	/** Bytes of an answer that is too large. */
	readonly huge: number;
	/** The names of the screens, and of the faults; all when absent. */
	readonly rows?: readonly string[];
	readonly faults?: readonly string[];
};

/** Cells that are tried at once: many of them wait for a time-out most of their time. */
const atOnce = 8;

/** Tries every fault on every screen of these backends; what came of it in the order of the matrix. */
export async function runMatrix({ of, huge, full, limits, rows: names, faults }: RunOptions): Promise<readonly Outcome[]> {
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
		for (const row of rows) await warmUp(row, good);
		const all = columnsOf({ now: () => demoNow, huge });
		const columns = all.filter(({ name }) => faults === undefined || faults.includes(name));
		return await inPool(
			rows.flatMap(row => columns.map(column => ({ row, column }))),
			cell => outcomeOf(cell, { upstreams, good, limits, full }),
		);
	} finally {
		await Promise.all(proxies.map(proxy => proxy.close()));
	}
}

/** The demo works out what the row asks, so that no cell waits for that. */
async function warmUp(row: Row, good: Urls): Promise<void> {
	const operator = operate({ sources: sourcesAt(good, row.breaks, {}), now: () => demoNow, at: row.at });
	await waitFor(() => row.sound.test(flat(operator)));
	await waitFor(() => [...operator.store.getState().slots.values()].every(slot => slot.doneAt !== undefined));
	operator.store.close();
}

async function outcomeOf(
	{ row, column }: { readonly row: Row; readonly column: Column },
	bench: Bench,
): Promise<Outcome> {
	try {
		await tryCell(row, column, bench);
		return { row, column };
	} catch (error) {
		return { row, column, trouble: error instanceof Error ? error.message : String(error) };
	}
}

async function inPool<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>) {
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
