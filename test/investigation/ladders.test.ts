import { describe, expect, test } from 'vitest';
import { investigateLogs } from '../../src/investigation/logs.ts';
import { type LogsFindings, noLogsFindings } from '../../src/investigation/logs-findings.ts';
import type { Sources } from '../../src/investigation/ports.ts';
import { investigateTraces } from '../../src/investigation/traces.ts';
import { noTracesFindings, type TracesFindings } from '../../src/investigation/traces-findings.ts';
import { answer } from '../../src/model/answer.ts';
import { lastValueOf } from '../../src/model/loadable.ts';
import type { LogEntry } from '../../src/model/log-entry.ts';
import type { LogsPlace, TracesPlace } from '../../src/model/place.ts';
import { day, fixed, lengthOf, minute, type TimeRange, toMilliseconds, toNanoseconds } from '../../src/model/time.ts';
import type { Span, Trace } from '../../src/model/trace.ts';
import { asking, lineAt, logStore, logsOnly } from '../helpers/log-store.ts';
import { epoch, spanId, traceFromText } from '../helpers/trace-from-text.ts';

/** The spans of a trace begin here: the first of them is edge's, the second till's. */
const began = toMilliseconds(epoch);
const id = '0af7651916cd43dd8448eb211c80319c';
const request = '7f3c2a10-1111-4222-8333-444455556666';
const window = fixed(began - minute, began + minute);
const till = { service_name: 'till' };
const edge = { service_name: 'edge' };

const drawn = traceFromText(`
	edge POST /pay :${'='.repeat(300)}
	  till pay     :          ${'='.repeat(200)}
`);
const told: Trace = {
	id,
	spans: drawn.spans.map((span: Span) => ({ ...span, attributes: { 'request.id': request } })),
};

type Asked = { readonly range: TimeRange; readonly limit: number };

/** What was found at a place, and what was asked of Loki for it. */
async function logsAt(place: Partial<LogsPlace>, entries: readonly LogEntry[]) {
	const { source } = logStore(entries);
	const asked: Asked[] = [];
	const logs: Sources['logs'] = {
		...source,
		logs: async (question, by) => {
			const { from, to } = question.range;
			asked.push({ range: { from: toMilliseconds(from), to: toMilliseconds(to) }, limit: question.limit });
			return source.logs(question, by);
		},
	};
	const sources = { ...logsOnly(logs), traces: { ...logsOnly(logs).traces, trace: async () => answer(told) } };
	const world = { sources, now: () => began + 20 * minute };
	let last: LogsFindings = noLogsFindings;
	const publish = (findings: LogsFindings) => {
		last = findings;
	};
	await investigateLogs({ kind: 'logs', window, ...place }, world, noLogsFindings, publish, asking);
	return {
		lines: lastValueOf(last.records)?.records.length ?? 0,
		helping: (lastValueOf(last.ladder) ?? []).filter(({ key }) => key !== undefined),
		asked,
	};
}

const at = (seconds: number) => began + seconds * 1000;
const nothing = { test: { kind: 'text', text: 'nowhere' } } as const;

describe('where lines are not found, exactly the rung that helps is offered, and leads to them', () => {
	test.each<[rung: string, why: string, place: Partial<LogsPlace>, entries: readonly LogEntry[]]>([
		['w', 'they are older than the window', { trace: id }, [lineAt(at(-600), edge, `x ${id}`)]],
		['w', 'those of the request are older', { request }, [lineAt(at(-600), edge, 'x', { request_id: request })]],
		['w', 'the service wrote none lately', { service: 'till' }, [lineAt(at(-240), till, 'x')]],
		['i', 'the ID is spelt otherwise', { trace: id }, [lineAt(at(1), edge, `x ${id.toUpperCase()}`)]],
		[
			'i',
			'the ID beside the line is spelt otherwise',
			{ trace: id },
			[lineAt(at(1), edge, 'x', { trace_id: '0af76519-16cd-43dd-8448-eb211c80319c' })],
		],
		['v', 'they are of a lesser level', { trace: id, level: 'error' }, [lineAt(at(1), edge, `level=info ${id}`)]],
		[
			'v',
			'the service has none of the level',
			{ service: 'till', level: 'error' },
			[lineAt(at(1), till, 'level=info x')],
		],
		['x', 'the filter fits none', { service: 'till', filters: [nothing] }, [lineAt(at(1), till, 'x')]],
		[
			'x',
			'the filter fits none of the request',
			{ request, filters: [nothing] },
			[lineAt(at(1), till, `x ${request}`)],
		],
		['a', 'they name the trace, not the span', { trace: id, span: spanId('2') }, [lineAt(at(-20), till, `x ${id}`)]],
		[
			'a',
			'they are of another service',
			{ trace: id, service: 'till' },
			[lineAt(at(1), till, 'x'), lineAt(at(1), edge, id)],
		],
		['a', 'the service has no streams at all', { request, service: 'pier' }, [lineAt(at(1), edge, `x ${request}`)]],
		['r', 'they name the request, not the trace', { trace: id }, [lineAt(at(1), edge, `x ${request}`)]],
		['o', 'they have the ID in another field', { request }, [lineAt(at(1), edge, 'x', { wagon: request })]],
		['o', 'they have the trace ID in another field', { trace: id }, [lineAt(at(1), edge, 'x', { wagon: id })]],
		['b', 'they name nobody', { trace: id, span: spanId('2') }, [lineAt(at(1), till, 'x')]],
	])('%s: %s', async (rung, _, place, entries) => {
		const { lines, helping, asked } = await logsAt(place, entries);
		expect(lines).toBe(0);
		expect(helping.map(({ key }) => key)).toEqual([rung]);
		const [{ to } = { to: undefined }] = helping;
		expect((await logsAt({ ...to }, entries)).lines).toBe(1);
		// A place of its own reads a thousand lines; what is tried beside it reads a hundred, of a day at most.
		for (const { range, limit } of asked.filter(question => question.limit !== 1000)) {
			expect(limit).toBeLessThanOrEqual(101);
			expect(lengthOf(range)).toBeLessThanOrEqual(day);
		}
		expect(asked.length).toBeLessThanOrEqual(20);
	});

	test('no rung is offered where none helps', async () => {
		const { helping } = await logsAt({ trace: id, level: 'error', filters: [nothing] }, [lineAt(at(1), edge, 'x')]);
		expect(helping).toEqual([]);
	});
});

describe('where traces are not found, exactly the rung that helps is offered', () => {
	const conditions = {
		service: 'till',
		operation: 'GET /x',
		errors: true,
		slowerThan: 500,
		attributes: [{ scope: 'span', name: 'zone', value: 'a' }],
	} as const;

	test.each<[rung: string, helps: (query: string, range: TimeRange) => boolean]>([
		['w', (_, range) => lengthOf(range) > 10 * minute],
		['v', query => !query.includes('status')],
		['o', query => !query.includes('GET /x')],
		['d', query => !query.includes('uration')],
		['x', query => !query.includes('zone')],
	])('%s', async (rung, helps) => {
		const found = {
			id,
			rootService: 'till',
			rootName: 'GET /x',
			start: toNanoseconds(began),
			duration: 1_000_000n,
			matched: 1,
			services: [],
		};
		const limits: number[] = [];
		const search: Sources['traces']['search'] = async (query, range, limit) => {
			limits.push(limit);
			return answer(helps(query, range) ? [found] : []);
		};
		const sources = { traces: { search } } as unknown as Sources;
		let last: TracesFindings = noTracesFindings;
		const place: TracesPlace = { kind: 'traces', ...conditions, window };
		await investigateTraces(
			place,
			{ sources, now: () => began + 20 * minute },
			noTracesFindings,
			findings => {
				last = findings;
			},
			asking,
		);
		const rungs = lastValueOf(last.ladder) ?? [];
		expect(rungs.filter(({ key }) => key !== undefined).map(({ key }) => key)).toEqual([rung]);
		expect(limits.slice(-rungs.length).every(limit => limit <= 20)).toBe(true);
	});
});
