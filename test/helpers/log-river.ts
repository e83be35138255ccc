import type { LogsSource, TailBatch } from '../../src/investigation/ports.ts';
import { type Failure, FailureError } from '../../src/model/failure.ts';
import type { LogEntry } from '../../src/model/log-entry.ts';
import { logStore } from './log-store.ts';

/** A Loki in memory to which lines are written while somebody follows. */
export type LogRiver = {
	readonly source: LogsSource;
	readonly entries: readonly LogEntry[];
	/** Lines that are there from now on; `dropped` of them before these are left out of the stream, and said to be. */
	write(entries: readonly LogEntry[], dropped?: number): void;
	/** Lines that queries find and the stream does not bring. */
	hide(entries: readonly LogEntry[]): void;
	/** Every stream ends. */
	sever(failure?: Failure): void;
	/** Handshakes fail with it from now on; without it they go well again. */
	refuse(failure: Failure | undefined): void;
	/** Queries fail with it from now on. */
	fail(failure: Failure | undefined): void;
	readonly handshakes: () => number;
	readonly queries: () => number;
	readonly listeners: () => number;
};

/** Lines that a stream sends again. */
const replayed = 3;

/** A line as a stream brings it: in a stream object of its own. */
const alone = (entry: LogEntry): LogEntry => ({ ...entry, labels: { ...entry.labels } });

export const severed: Failure = {
	kind: 'refused',
	backend: 'loki',
	what: 'Loki broke off the stream.',
	next: 'Press R to ask again.',
};

export function logRiver(first: readonly LogEntry[] = []): LogRiver {
	const entries: LogEntry[] = [...first];
	const listeners = new Set<(batch: TailBatch | FailureError) => void>();
	let [handshakes, queries] = [0, 0];
	let refusal: Failure | undefined;
	let failure: Failure | undefined;
	const sorted = () => entries.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
	const source: LogsSource = {
		...logStore([]).source,
		series: async (...asked) => logStore(sorted()).source.series(...asked),
		logs: async (...asked) => {
			queries++;
			if (failure !== undefined) throw new FailureError(failure);
			return logStore(sorted()).source.logs(...asked);
		},
		tail: async ({ logql, from }, asking) => {
			handshakes++;
			if (refusal !== undefined) throw new FailureError(refusal);
			const question = { logql, range: { from, to: 1n << 62n }, limit: replayed, direction: 'backward' } as const;
			const { value } = await logStore(sorted()).source.logs(question, asking);
			return streamOf(listeners, asking.signal, { entries: value.entries.map(alone), dropped: 0 });
		},
	};
	const tell = (message: TailBatch | FailureError) => {
		for (const listener of [...listeners]) listener(message);
	};
	return {
		source,
		entries,
		write(written, dropped = 0) {
			entries.push(...written);
			tell({ entries: written.map(alone), dropped });
		},
		hide: hidden => void entries.push(...hidden),
		sever: (why = severed) => tell(new FailureError(why)),
		refuse(why) {
			refusal = why;
		},
		fail(why) {
			failure = why;
		},
		handshakes: () => handshakes,
		queries: () => queries,
		listeners: () => listeners.size,
	};
}

/** What is said from when it is made, read or not. */
function streamOf(
	listeners: Set<(batch: TailBatch | FailureError) => void>,
	signal: AbortSignal,
	first: TailBatch,
): AsyncIterable<TailBatch> {
	const heard: (TailBatch | FailureError)[] = [first];
	let wake = () => {};
	const listen = (message: TailBatch | FailureError) => {
		heard.push(message);
		wake();
	};
	listeners.add(listen);
	const cancelled = new FailureError({ kind: 'cancelled', what: 'Nobody listens any more.', next: '' });
	signal.addEventListener('abort', () => listen(cancelled));
	return (async function* () {
		try {
			for (;;) {
				const message = heard.shift();
				if (message instanceof FailureError) throw message;
				if (message !== undefined) yield message;
				else {
					await new Promise<void>(resolve => {
						wake = resolve;
					});
				}
			}
		} finally {
			listeners.delete(listen);
		}
	})();
}
