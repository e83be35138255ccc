import { parser } from '@grafana/lezer-traceql';
import { describe, expect, test } from 'vitest';
import { recordOf } from '../../src/analysis/log-record.ts';
import {
	clueOf,
	clueQuery,
	guessTrace,
	requestIdQuery,
	sentenceOfGuess,
	type TraceClue,
} from '../../src/analysis/trace-guess.ts';
import { toNanoseconds } from '../../src/model/time.ts';
import type { TraceSummary } from '../../src/model/trace.ts';
import { lineAt } from '../helpers/log-store.ts';

const at = Date.UTC(2026, 4, 4, 2, 56, 15, 700);

const traceOf = (id: string, start: number, length: number): TraceSummary => ({
	id,
	rootService: 'edge',
	rootName: 'GET /',
	start: toNanoseconds(at + start),
	duration: toNanoseconds(length),
	matched: 1,
	services: [],
});

const clue: TraceClue = { service: 'edge', at: toNanoseconds(at), status: 504, took: 2010 };

describe('a line tells of its trace', () => {
	test.each([
		['status and length', '{"msg":"done","status":504,"duration_ms":2010}', { status: 504, took: 2010 }],
		['a length with its unit', 'msg=done latency=2.5s', { took: 2500 }],
		['a gRPC status', 'msg=done rpc.grpc.status_code=4 took_s=0.5', { status: 4, took: 500 }],
		['nothing by a length without a unit', 'msg=done duration=17', {}],
		['nothing by a status in words', 'msg=done status=failed', {}],
	])('%s', (_, line, told) => {
		expect(clueOf(recordOf(lineAt(at, { service_name: 'edge' }, line)))).toEqual({
			service: 'edge',
			at: toNanoseconds(at),
			...told,
		});
	});
});

describe('TraceQL', () => {
	const isSound = (query: string) => !parser.parse(query).toString().includes('⚠');

	test('asks for every usual attribute of a request ID at once', () => {
		const query = requestIdQuery('a"b\\c');
		expect(query).toContain('{ span.http.request.id = "a\\"b\\\\c" || span.http.request_id = ');
		expect(query).toContain('span."guid:x-request-id" = ');
		expect(isSound(query)).toBe(true);
	});

	test.each([
		[
			clue,
			'{ resource.service.name = "edge" && (span.http.response.status_code = 504 || span.http.status_code = 504) && duration >= 1809ms && duration <= 2211ms }',
		],
		[{ service: 'edge', at: 0n, took: 3 }, '{ resource.service.name = "edge" && duration >= 0ms && duration <= 23ms }'],
		[
			{ service: 'edge', at: 0n, status: 4 },
			'{ resource.service.name = "edge" && (span.rpc.grpc.status_code = 4 || span.rpc.response.status_code = 4) }',
		],
		[{ service: 'edge', at: 0n }, '{ resource.service.name = "edge" }'],
	])('asks what the line tells: %#', (told, query) => {
		expect(clueQuery(told)).toBe(query);
		expect(isSound(query)).toBe(true);
	});
});

describe('of the traces that were found', () => {
	const found = (...traces: readonly TraceSummary[]) => traces;
	const [exact, near, far] = [traceOf('exact', -2012, 2010), traceOf('near', -2190, 2010), traceOf('far', -6000, 2010)];
	const hasNoFigures: TraceClue = { service: 'edge', at: toNanoseconds(at) };

	test.each([
		[
			'the only one that ended then',
			clue,
			found(far, exact),
			false,
			'exact probably: the only trace of edge at 02:56:15.700 ± 50 ms with status 504 of 2.01 s',
		],
		[
			'the only one near, somewhat earlier',
			clue,
			found(near),
			false,
			'near probably: the only trace of edge at 02:56:15.700 ± 250 ms with status 504 of 2.01 s',
		],
		[
			'one that went on after the line',
			clue,
			found(traceOf('long', -2015, 3700)),
			false,
			'long probably: the only trace of edge at 02:56:15.700 ± 50 ms with status 504 of 2.01 s',
		],
		[
			'the nearest of several',
			clue,
			found(traceOf('second', -2040, 2000), exact, traceOf('third', -1990, 2010)),
			false,
			'exact possibly: one of 3 traces of edge at 02:56:15.700 ± 50 ms with status 504 of 2.01 s',
		],
		[
			'the only one, where more were not given',
			clue,
			found(exact),
			true,
			'exact possibly: one of 1 or more traces of edge at 02:56:15.700 ± 50 ms with status 504 of 2.01 s',
		],
		[
			'the only one that is not far',
			clue,
			found(far),
			false,
			'far possibly: the only trace of edge at 02:56:15.700 ± 5 s with status 504 of 2.01 s',
		],
		[
			'the one that was under way, of which the line tells no figure',
			hasNoFigures,
			found(traceOf('under', -500, 2000), traceOf('over', -4000, 1000)),
			false,
			'under possibly: the only trace of edge at 02:56:15.700 ± 50 ms',
		],
		['none that is too far', clue, found(traceOf('old', -9000, 2010)), false, undefined],
		['none of none', clue, found(), false, undefined],
	])('%s is taken', (_, told, traces, cut, expected) => {
		const guess = guessTrace(told, traces, cut);
		expect(guess && `${guess.id} ${sentenceOfGuess(guess)}`).toBe(expected);
	});
});
