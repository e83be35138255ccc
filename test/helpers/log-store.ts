import { parseLogql, parseSelector } from '../../src/demo/loki/parse-logql.ts';
import { pipelineOf, selectorOf } from '../../src/demo/loki/pipeline.ts';
import type { Asking, LogsSource, Sources } from '../../src/investigation/ports.ts';
import { answer } from '../../src/model/answer.ts';
import { FailureError } from '../../src/model/failure.ts';
import type { Labels } from '../../src/model/labels.ts';
import type { LogEntry } from '../../src/model/log-entry.ts';
import { toNanoseconds } from '../../src/model/time.ts';

export const asking: Asking = { signal: new AbortController().signal, record: () => {} };

/** A line for a store: milliseconds, who wrote it, what it says, what stands beside it. */
export const lineAt = (at: number, labels: Labels, line: string, metadata: Labels = {}): LogEntry => ({
	at: toNanoseconds(at),
	line,
	labels,
	metadata,
	parsed: {},
});

export type LogStore = { readonly source: LogsSource; readonly asked: string[] };

/** A Loki in memory that evaluates what it is asked. `refuse` makes it fail for the queries it accepts. */
export function logStore(entries: readonly LogEntry[], refuse: (logql: string) => boolean = () => false): LogStore {
	const asked: string[] = [];
	const matching = (logql: string): readonly LogEntry[] => {
		asked.push(logql);
		if (refuse(logql)) {
			throw new FailureError({
				kind: 'server',
				backend: 'loki',
				what: 'Loki failed (500).',
				next: 'Press R to ask again.',
			});
		}
		const query = parseLogql(logql);
		if (query.kind === 'metric') throw new Error(`not a log query: ${logql}`);
		const selects = selectorOf(query.selector);
		const pipeline = pipelineOf(query.stages);
		return entries.filter(entry => selects(entry.labels) && pipeline(entry) !== undefined);
	};
	const inRange = ({ at }: LogEntry, from: bigint, to: bigint): boolean => at >= from && at < to;
	const source: LogsSource = {
		logs: async ({ logql, range, limit, direction }) => {
			const found = matching(logql).filter(entry => inRange(entry, range.from, range.to));
			const page = direction === 'forward' ? found.slice(0, limit) : found.slice(-limit);
			return answer({ entries: page, more: found.length >= limit });
		},
		tail: async () => {
			throw new Error('nobody follows here');
		},
		countRange: async logql => {
			asked.push(logql);
			return answer([{ labels: { detected_level: 'critical' }, times: [0], values: [7] }]);
		},
		labelNames: async () => answer([...new Set(entries.flatMap(({ labels }) => Object.keys(labels)))].sort()),
		labelValues: async name => answer([...new Set(entries.flatMap(({ labels }) => labels[name] ?? []))].sort()),
		series: async (selectors, range) => {
			asked.push(...selectors);
			const tests = selectors.map(selector => selectorOf(parseSelector(selector)));
			const [from, to] = [toNanoseconds(range.from), toNanoseconds(range.to)];
			const found = entries.filter(entry => inRange(entry, from, to) && tests.some(test => test(entry.labels)));
			return answer([...new Set(found.map(({ labels }) => labels))]);
		},
		patterns: async () => answer(undefined),
		stats: async () => answer({ streams: 0, chunks: 0, bytes: 0, entries: 0 }),
	};
	return { source, asked };
}

/** A world in which only Loki is there. */
export const logsOnly = (logs: LogsSource): Sources => {
	const absent = async (): Promise<never> => {
		throw new Error('only Loki is asked here');
	};
	return {
		logs,
		metrics: {
			rules: absent,
			query: absent,
			queryRange: absent,
			queryHistograms: absent,
			series: absent,
			labelNames: absent,
			labelValues: absent,
			tsdbStatus: absent,
			exemplars: absent,
		},
		alerts: { alerts: absent, silences: absent, createSilence: absent, expireSilence: absent },
		traces: { trace: absent, search: absent },
	};
};
