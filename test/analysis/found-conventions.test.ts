import { describe, expect, test } from 'vitest';
import { conventionsIn } from '../../src/analysis/found-conventions.ts';
import { identifierSharesIn } from '../../src/analysis/identifier-shares.ts';
import { recordOf } from '../../src/analysis/log-record.ts';

describe('the conventions of request metrics', () => {
	test('are counted by services, those of most first', () => {
		const series = (name: string, labels: object) => ({ __name__: name, ...labels });
		expect(
			conventionsIn([
				series('http_server_requests_seconds_count', { application: 'orders' }),
				series('http_server_requests_seconds_count', { application: 'orders' }),
				series('traces_spanmetrics_calls_total', { service: 'edge' }),
				series('traces_spanmetrics_calls_total', { service: 'orders' }),
				series('node_cpu_seconds_total', { job: 'node' }),
				series('http_server_requests_seconds_count', {}),
			]),
		).toEqual([
			{ name: 'Tempo span metrics', metric: 'traces_spanmetrics_calls_total', services: 2 },
			{ name: 'Micrometer HTTP server', metric: 'http_server_requests_seconds_count', services: 1 },
		]);
	});
});

describe('the fields in which lines name requests and traces', () => {
	const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
	const record = (line: string) => recordOf({ at: 0n, line, labels: {}, metadata: {}, parsed: {} });

	test('are told with their share of the lines', () => {
		const lines = [
			`{"msg":"a","request_id":"r-4711-a","trace_id":"${trace}"}`,
			'{"msg":"b","request_id":"r-4712-b"}',
			`a sentence with trace_id=${trace}`,
			'nothing',
		];
		expect(identifierSharesIn(lines.map(record))).toEqual({
			lines: 4,
			requests: [{ name: 'request_id', origin: 'line', share: 0.5 }],
			traces: [{ name: 'trace_id', origin: 'line', share: 0.5 }],
		});
	});

	test('are none where there are no lines', () => {
		expect(identifierSharesIn([])).toEqual({ lines: 0, requests: [], traces: [] });
	});
});
