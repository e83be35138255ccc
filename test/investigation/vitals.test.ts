import { describe, expect, test } from 'vitest';
import { nativeHistogramsQuery, newestSampleQueries, servicesQuery } from '../../src/analysis/red-probe.ts';
import { lookAtLogs } from '../../src/investigation/logs-vitals.ts';
import { lookAtMetrics } from '../../src/investigation/metrics-vitals.ts';
import type { LogsSource, MetricsSource, TracesSource } from '../../src/investigation/ports.ts';
import { lookAtTraces } from '../../src/investigation/traces-vitals.ts';
import { answer } from '../../src/model/answer.ts';
import { FailureError, type FailureKind } from '../../src/model/failure.ts';
import { demoNow, demoWorld } from '../helpers/demo.ts';
import { askingNow } from '../helpers/replay.ts';

const now = () => demoNow;
const fails = async (kind: FailureKind): Promise<never> => {
	throw new FailureError({ kind, what: 'No.', next: 'No.' });
};

describe('metrics', () => {
	const samples: Readonly<Record<string, number>> = {
		[newestSampleQueries()[1] ?? '']: demoNow / 1000 - 7,
		[nativeHistogramsQuery()]: 12,
	};
	const metricsOf = (more: Partial<MetricsSource> = {}): MetricsSource => ({
		...demoWorld().sources.metrics,
		query: async promql => {
			if (promql === servicesQuery())
				return answer([{ labels: { __name__: 'http_requests_total', service: 'edge' }, at: demoNow, value: 1 }]);
			const value = samples[promql];
			return answer(value === undefined ? [] : [{ labels: {}, at: demoNow, value }]);
		},
		exemplars: async () => answer([]),
		...more,
	});

	test('without scraping, the newest sample is that of what counts requests', async () => {
		expect(await lookAtMetrics(metricsOf(), now, askingNow())).toEqual({
			newest: demoNow - 7000,
			conventions: [{ name: 'Prometheus client library, HTTP', metric: 'http_requests_total', services: 1 }],
			exemplars: false,
			nativeHistograms: true,
		});
	});

	test('where no service has request metrics, nothing is said of their kinds', async () => {
		const empty = metricsOf({ query: async () => answer([]) });
		expect(await lookAtMetrics(empty, now, askingNow())).toEqual({
			newest: 'none',
			conventions: [],
			exemplars: undefined,
			nativeHistograms: undefined,
		});
	});

	test('a function that the server does not know is a lack; a question that was not answered in time is none', async () => {
		const refuses = metricsOf({ query: () => fails('bad-query') });
		expect(await lookAtMetrics(refuses, now, askingNow())).toMatchObject({
			nativeHistograms: false,
			newest: undefined,
		});
		const late = metricsOf({ query: () => fails('cancelled') });
		expect(await lookAtMetrics(late, now, askingNow())).toEqual({
			newest: undefined,
			conventions: undefined,
			exemplars: undefined,
			nativeHistograms: undefined,
		});
	});

	test('the demo is scraped and keeps exemplars', async () => {
		const vitals = await lookAtMetrics(demoWorld().sources.metrics, now, askingNow());
		expect(vitals).toMatchObject({ exemplars: true, nativeHistograms: false });
		expect(Number(vitals.newest)).toBeGreaterThan(demoNow - 15_000);
		expect(Number(vitals.newest)).toBeLessThanOrEqual(demoNow);
	});
});

describe('logs', () => {
	const logsOf = (more: Partial<LogsSource>): LogsSource => ({ ...demoWorld().sources.logs, ...more });

	test('a store without lines of a day has none, and is asked no more than three times for them', async () => {
		const asked: bigint[] = [];
		const empty = logsOf({
			logs: async ({ range }) => {
				asked.push(range.to - range.from);
				return answer({ entries: [], more: false });
			},
		});
		expect(await lookAtLogs(empty, now, askingNow())).toMatchObject({ newest: 'none', identifiers: undefined });
		expect(asked.map(length => Number(length / 60_000_000_000n))).toEqual([5, 60, 1440]);
	});

	test('of a store whose labels cannot be had nothing else is asked', async () => {
		const closed = logsOf({ labelNames: () => fails('forbidden'), logs: () => fails('internal') });
		expect(await lookAtLogs(closed, now, askingNow())).toEqual({
			newest: undefined,
			labels: undefined,
			services: undefined,
			identifiers: undefined,
			structuredMetadata: undefined,
			patterns: undefined,
			tail: undefined,
		});
	});

	test('a stream that stands is let go again', async () => {
		let signal: AbortSignal | undefined;
		const streaming = logsOf({
			tail: async (_, asking) => {
				signal = asking.signal;
				return { [Symbol.asyncIterator]: () => ({ next: () => fails('cancelled') }) };
			},
		});
		expect(await lookAtLogs(streaming, now, askingNow())).toMatchObject({ tail: true, patterns: false });
		expect(signal?.aborted).toBe(true);
	});
});

describe('traces', () => {
	test('the newest of those that were found counts; Jaeger knows no TraceQL metrics', async () => {
		const { countsSpans: _, ...jaeger } = demoWorld().sources.traces;
		const vitals = await lookAtTraces(jaeger, now, askingNow());
		expect(vitals.traceqlMetrics).toBeUndefined();
		expect(Number(vitals.newest)).toBeGreaterThan(demoNow - 5 * 60_000);
	});

	test('a store that cannot be searched tells nothing', async () => {
		const broken: TracesSource = { ...demoWorld().sources.traces, search: () => fails('server') };
		expect(await lookAtTraces(broken, now, askingNow())).toEqual({ newest: undefined, traceqlMetrics: false });
	});
});
