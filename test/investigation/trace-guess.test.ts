import { describe, expect, test } from 'vitest';
import { recordOf } from '../../src/analysis/log-record.ts';
import type { TracesSource } from '../../src/investigation/ports.ts';
import { guessTraceOf } from '../../src/investigation/trace-guess.ts';
import { answer } from '../../src/model/answer.ts';
import { FailureError } from '../../src/model/failure.ts';
import { type TimeRange, toNanoseconds } from '../../src/model/time.ts';
import type { TraceSummary } from '../../src/model/trace.ts';
import { asking, lineAt, logStore, logsOnly } from '../helpers/log-store.ts';

const at = Date.UTC(2026, 4, 4, 2, 56, 15, 700);
const request = '7f3c2a10-1111-4222-8333-444455556666';

const summary: TraceSummary = {
	id: '0af7651916cd43dd8448eb211c80319c',
	rootService: 'edge',
	rootName: 'GET /',
	start: toNanoseconds(at - 2010),
	duration: toNanoseconds(2010),
	matched: 1,
	services: [],
};

type Asked = { readonly traceql: string; readonly range: TimeRange; readonly limit: number };

async function guess(line: string, search: (traceql: string) => readonly TraceSummary[], place = {}) {
	const asked: Asked[] = [];
	const answering: TracesSource['search'] = async (traceql, range, limit) => {
		asked.push({ traceql, range, limit });
		return answer(search(traceql));
	};
	const sources = logsOnly(logStore([]).source);
	const world = { now: () => at, sources: { ...sources, traces: { ...sources.traces, search: answering } } };
	const record = recordOf(lineAt(at, { service_name: 'edge' }, line));
	return { ...(await guessTraceOf(record, place, world, asking)), asked };
}

const isById = (traceql: string): boolean => traceql.includes('request_id');

describe('the trace of a line that names none', () => {
	const line = `{"msg":"done","status":504,"duration_ms":2010,"reqId":"${request}"}`;

	test('is found by its request ID, in one search', async () => {
		const { value, asked } = await guess(line, traceql => (isById(traceql) ? [summary] : []));
		expect(value.guess).toEqual({
			id: summary.id,
			start: summary.start,
			sure: 'certain',
			words: 'found by request 7f3c…6666 on its spans',
		});
		expect(asked).toHaveLength(1);
	});

	test('is found by the ID of the request that is on show', async () => {
		const { value } = await guess('done', traceql => (isById(traceql) ? [summary] : []), { request });
		expect(value.guess?.sure).toBe('certain');
	});

	test('is else guessed by service, time, status and length, over no more time than needed', async () => {
		const { value, asked } = await guess(line, traceql => (isById(traceql) ? [] : [summary]));
		expect(value.guess?.words).toBe('the only trace of edge at 02:56:15.700 ± 50 ms with status 504 of 2.01 s');
		expect(value.queries).toEqual(asked.map(({ traceql }) => traceql));
		expect(asked[1]).toEqual({
			traceql: expect.stringContaining('resource.service.name = "edge"'),
			range: { from: Date.UTC(2026, 4, 4, 2, 56, 8), to: Date.UTC(2026, 4, 4, 2, 56, 21) },
			limit: 20,
		});
	});

	test('is guessed at once by a line without an ID, or with a mere counter', async () => {
		for (const told of ['msg=done status=504 n=1', 'msg=done request_id=req-7']) {
			const { asked } = await guess(told, () => [summary]);
			expect(asked.map(({ traceql }) => isById(traceql))).toEqual([false]);
		}
	});

	test('is one of many when the search gave as much as it may', async () => {
		const many = Array.from({ length: 20 }, (_, index) => ({ ...summary, id: `${index}` }));
		const { value } = await guess('msg=done status=504', () => many);
		expect(value.guess).toMatchObject({ sure: 'possible', words: expect.stringMatching(/^one of 20 or more traces/) });
	});

	test('is none when nothing fits', async () => {
		const { value } = await guess(line, () => []);
		expect(value.guess).toBeUndefined();
		expect(value.queries).toHaveLength(2);
	});

	test('is guessed all the same by a server that does not understand the attributes', async () => {
		const { value, notes } = await guess(line, traceql => {
			if (!isById(traceql)) return [summary];
			throw new FailureError({ kind: 'bad-query', what: 'Tempo refused the query.', next: 'Look at it.' });
		});
		expect(value.guess?.sure).toBe('probable');
		expect(notes).toMatchObject([{ kind: 'warning', text: expect.stringContaining('Tempo refused the query.') }]);
	});

	test('is not known when Tempo fails', async () => {
		const failing = guess(line, traceql => {
			if (!isById(traceql)) return [summary];
			throw new FailureError({ kind: 'timeout', what: 'Tempo did not answer.', next: 'Press R.' });
		});
		await expect(failing).rejects.toThrow();
	});
});
