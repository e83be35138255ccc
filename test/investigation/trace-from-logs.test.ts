import { expect, test } from 'vitest';
import { boardOver, type World } from '../../src/investigation/board.ts';
import type { LogsSource, Sources } from '../../src/investigation/ports.ts';
import { noTraceFindings, type TraceFindings, type TraceMissing } from '../../src/investigation/trace-findings.ts';
import { answerFromLogs } from '../../src/investigation/trace-from-logs.ts';
import { answer } from '../../src/model/answer.ts';
import { FailureError } from '../../src/model/failure.ts';
import { loaded } from '../../src/model/loadable.ts';
import type { LogEntry } from '../../src/model/log-entry.ts';
import type { TracePlace } from '../../src/model/place.ts';
import { fixed, minute, toNanoseconds } from '../../src/model/time.ts';

const now = 1_795_317_600_000;
const id = '73c80000000000000000000000000001';
const place: TracePlace = { kind: 'trace', id, window: fixed(now - 10 * minute, now) };
const missing: TraceMissing = { found: false, id, store: 'Tempo', tried: [], reasons: ['It was not sampled.'] };

const entry = (ago: number, service: string, line: string): LogEntry => ({
	at: toNanoseconds(now - ago),
	line,
	labels: { service_name: service },
	metadata: {},
	parsed: {},
});

const lines = [
	entry(3000, 'concierge', 'level=info msg="booking begins"'),
	entry(2500, 'berths', 'level=error msg="query timed out eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"'),
	entry(1000, 'concierge', 'level=error msg=answered took_ms=2000'),
];

/** What becomes of the pane of a missing trace when its lines are asked for; and the LogQL that was asked. */
async function askedOf(logs: Partial<LogsSource>, readUnasked?: number) {
	const asked: string[] = [];
	const all: Partial<LogsSource> = {
		labelNames: async () => answer(['service_name']),
		stats: async () => answer({ streams: 2, chunks: 4, bytes: 5_000_000, entries: 100 }),
		logs: async ({ logql }) => {
			asked.push(logql);
			return answer({ entries: lines, more: false });
		},
		...logs,
	};
	const world: World = {
		sources: { logs: all } as unknown as Sources,
		now: () => now,
		...(readUnasked === undefined ? {} : { readUnasked }),
	};
	let findings: TraceFindings = { ...noTraceFindings, trace: loaded(answer(missing), now) };
	const replace = (found: TraceFindings) => {
		findings = found;
	};
	const board = boardOver({ current: () => findings, replace }, world);
	const asking = { signal: new AbortController().signal, record: () => undefined };
	const range = { from: now - 10 * minute, to: now };
	await answerFromLogs({ place, range, aside: { key: 'from logs', kind: 'from logs' } }, world, board, asking);
	return { trace: findings.trace, asked };
}

test('a missing trace is made up from the lines that name it, and says so', async () => {
	const { trace, asked } = await askedOf({});
	expect(asked.every(query => query.includes(id))).toBe(true);
	expect(trace).toMatchObject({
		status: 'loaded',
		notes: [{ kind: 'partial', text: 'from logs: made up from 3 lines of 2 services' }],
		value: { found: true, fromLogs: true, services: ['concierge', 'berths'], errors: 2, spent: { total: 2e9 } },
	});
	const spans = trace.status === 'loaded' && trace.value.found ? trace.value.spans : [];
	const told = spans.flatMap(({ statusMessage, events }) => [statusMessage, ...events.map(({ name }) => name)]);
	expect(told.join()).toContain('query timed out');
	expect(told.join()).not.toContain('c2lnbmF0dXJl');
});

test.each([
	[
		'no line names it',
		{ logs: async () => answer({ entries: [], more: false }) },
		'No log line of the window names it.',
	],
	[
		'Loki does not answer',
		{
			logs: async () => {
				throw new FailureError({
					kind: 'refused',
					backend: 'loki',
					what: 'Loki refused the connection.',
					next: '',
				});
			},
		},
		'Its log lines could not be read. Loki refused the connection.',
	],
])('where %s that is said beside the reasons', async (_, logs: Partial<LogsSource>, fromLogs) => {
	const { trace } = await askedOf(logs);
	expect(trace).toMatchObject({ value: { found: false, reasons: ['It was not sampled.'] } });
	expect(trace.status === 'loaded' && !trace.value.found && trace.value.fromLogs).toContain(fromLogs);
});

test('lines that are too many to be read unasked are not read', async () => {
	const { trace, asked } = await askedOf({}, 1000);
	expect(asked).toEqual([]);
	expect(trace.status === 'loaded' && !trace.value.found && trace.value.fromLogs).toContain(
		'This would read about 5 MB',
	);
});
