import type { LogEntry } from '../../model/log-entry.ts';
import type { Nanoseconds } from '../../model/time.ts';
import type { Asking, Http } from '../http.ts';
import { categorizeLabels, instantText } from './query.ts';
import { type TailFrame, tailFrame } from './schema.ts';
import { entriesOf } from './to-model.ts';

/** Lines that Loki sends again from before the stream began, the newest of them: ten frames, which is what it buffers. */
const replayed = 1000;

export type TailQuestion = {
	/** A log query without an aggregation. */
	readonly logql: string;
	/** From where on lines that were written before the stream stands are sent again. */
	readonly from: Nanoseconds;
};

/** Lines that came together, in no order, and how many Loki left out before them because they were not read fast enough. */
export type TailBatch = { readonly entries: readonly LogEntry[]; readonly dropped: number };

/**
 * Loki's websocket `/loki/api/v1/tail`. Resolves when the stream stands; the batches end by a rejection only. Loki ends a
 * stream by itself after an hour (`querier.tail-max-duration`) and says so.
 */
export async function tailLogs(
	http: Http,
	{ logql, from }: TailQuestion,
	asking: Asking,
): Promise<AsyncIterable<TailBatch>> {
	const frames = await http.frames(
		{
			path: '/loki/api/v1/tail',
			parameters: [
				['query', logql],
				['start', instantText(from)],
				['limit', String(replayed)],
			],
			headers: categorizeLabels,
			query: logql,
			countsFrames: true,
		},
		tailFrame,
		asking,
	);
	return batchesOf(frames, logql);
}

async function* batchesOf(frames: AsyncIterable<TailFrame>, logql: string): AsyncGenerator<TailBatch> {
	for await (const { streams, dropped_entries: dropped } of frames) {
		yield { entries: entriesOf(streams ?? [], logql), dropped: dropped?.length ?? 0 };
	}
}
