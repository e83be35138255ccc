import { plainTraceSearch } from '../../../src/analysis/plain-trace-search.ts';
import { createJaeger } from '../../../src/backends/jaeger/client.ts';
import type { Trace } from '../../../src/model/trace.ts';
import { type Asked, answering, httpOver, type Reply } from '../../helpers/replay.ts';

/** Jaeger behind the real door, its answers drawn by a function of what is asked. */
export const jaegerOver = (answer: (asked: Asked) => Reply) => {
	const { dispatcher, asked } = answering(answer);
	return { jaeger: createJaeger(httpOver('jaeger', dispatcher), plainTraceSearch), asked };
};

/** Jaeger says its failures as JSON, and calls that text. */
export const jaegerError = (code: number, msg: string): Reply => ({
	status: code,
	contentType: 'text/plain; charset=utf-8',
	text: JSON.stringify({ data: null, total: 0, limit: 0, offset: 0, errors: [{ code, msg }] }),
});
export const v3Error = (httpCode: number, message: string): Reply => ({
	status: httpCode,
	contentType: 'text/plain; charset=utf-8',
	text: JSON.stringify({ error: { httpCode, message } }),
});
/** What main and versions with a guard say to an unknown path, and the user interface that older ones give. */
export const unknownPath: Reply = { status: 404, contentType: 'text/plain', text: '404 page not found\n' };
export const webPage: Reply = {
	status: 200,
	contentType: 'text/html',
	text: '<!doctype html><title>Jaeger UI</title>',
};

export const traceId = '00000000000000007be1a95e4f0c3d21';

/** One trace of `/api/traces/{id}`: two processes, a call, what follows from it, and a span whose parent never came. */
export const portTrace = {
	traceID: '7be1a95e4f0c3d21',
	spans: [
		{
			traceID: '7be1a95e4f0c3d21',
			spanID: '7be1a95e4f0c3d21',
			operationName: 'GET /berths',
			references: [],
			startTime: 1_795_336_000_000_000,
			duration: 42_500,
			tags: [
				{ key: 'span.kind', type: 'string', value: 'server' },
				{ key: 'http.status_code', type: 'int64', value: 503 },
				{ key: 'error', type: 'bool', value: true },
			],
			logs: [
				{
					timestamp: 1_795_336_000_040_000,
					fields: [
						{ key: 'event', type: 'string', value: 'error' },
						{ key: 'error.kind', type: 'string', value: 'Timeout' },
						{ key: 'message', type: 'string', value: 'no berth in 40 ms' },
					],
				},
				{ timestamp: 1_795_336_000_001_000, fields: [{ key: 'size', type: 'int64', value: '9007199254740993' }] },
			],
			processID: 'p1',
			warnings: null,
		},
		{
			traceID: '7be1a95e4f0c3d21',
			spanID: 'a1',
			operationName: 'lookup',
			references: [{ refType: 'CHILD_OF', traceID: '7be1a95e4f0c3d21', spanID: '7be1a95e4f0c3d21' }],
			startTime: 1_795_336_000_001_250,
			duration: 39_000,
			tags: [
				{ key: 'span.kind', type: 'string', value: 'client' },
				{ key: 'otel.status_code', type: 'string', value: 'ERROR' },
				{ key: 'otel.status_description', type: 'string', value: 'deadline' },
				{ key: 'payload', type: 'binary', value: 'AAEC' },
				{ key: 'ratio', type: 'float64', value: 0.25 },
			],
			logs: [],
			processID: 'p2',
			warnings: ['clock skew adjustment disabled; not applying calculated delta of 3ms'],
		},
		{
			traceID: '7be1a95e4f0c3d21',
			spanID: 'b2',
			operationName: 'settle',
			references: [
				{ refType: 'FOLLOWS_FROM', traceID: '7be1a95e4f0c3d21', spanID: 'a1' },
				{ refType: 'FOLLOWS_FROM', traceID: '1f', spanID: '2f' },
			],
			startTime: 1_795_336_000_041_000,
			duration: 0,
			tags: [{ key: 'error', type: 'string', value: 'ledger closed' }],
			logs: [],
			processID: 'p2',
			warnings: [],
		},
		{
			traceID: '7be1a95e4f0c3d21',
			spanID: 'c3',
			operationName: 'stray',
			references: [{ refType: 'CHILD_OF', traceID: '7be1a95e4f0c3d21', spanID: 'dead' }],
			startTime: 1_795_336_000_010_000,
			duration: 5000,
			tags: null,
			logs: null,
			processID: 'gone',
		},
	],
	processes: {
		p1: { serviceName: 'harbour', tags: [{ key: 'hostname', type: 'string', value: 'quay-1' }] },
		p2: { serviceName: 'berths', tags: null },
	},
	warnings: null,
};

/** What Zipkin lists: a call whose two sides share an ID, and work without an end. */
export const zipkinSpans = [
	{
		traceId: '7be1a95e4f0c3d21',
		id: 'a1',
		kind: 'CLIENT',
		name: 'get /berths',
		timestamp: 1_795_336_000_000_000,
		duration: 9000,
		localEndpoint: { serviceName: 'harbour', ipv4: '192.0.2.7' },
		remoteEndpoint: { serviceName: 'berths', ipv4: '192.0.2.8', port: 8080 },
		annotations: [{ timestamp: 1_795_336_000_001_000, value: 'ws' }],
		tags: { 'http.path': '/berths', error: 'no berth' },
	},
	{
		traceId: '7be1a95e4f0c3d21',
		id: 'a1',
		kind: 'SERVER',
		name: 'get /berths',
		timestamp: 1_795_336_000_002_000,
		duration: 5000,
		localEndpoint: { serviceName: 'berths' },
		shared: true,
	},
	{
		traceId: '7be1a95e4f0c3d21',
		id: 'b1',
		parentId: 'a1',
		name: 'look',
		timestamp: 1_795_336_000_003_000,
		localEndpoint: { serviceName: 'berths' },
	},
];

/** A line for each span: `service name kind length < parent`, and the message of a failed one. */
export const lines = ({ spans }: Trace): readonly string[] =>
	spans.map(
		({ service, name, kind, start, end, parentId, status, statusMessage }) =>
			`${service} ${name} ${kind} ${end - start} ns${parentId === undefined ? '' : ` < ${parentId}`}${status === 'error' ? ` ! ${statusMessage}` : ''}`,
	);
