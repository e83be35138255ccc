import { describe, expect, test } from 'vitest';
import { recordOf } from '../../src/analysis/log-record.ts';
import { notableFields } from '../../src/analysis/notable-fields.ts';
import type { Labels } from '../../src/model/labels.ts';

const trace = '0af7651916cd43dd8448eb211c80319c';
const span = 'b7ad6b7169203331';
const low = '8448eb211c80319c';
const uuid = '7f3c2a10-1111-4222-8333-444455556666';

const read = (line: string, metadata: Labels = {}) =>
	recordOf({ at: 0n, line, labels: { service_name: 'edge' }, metadata, parsed: {} });
const withField = (name: string, value: unknown) => read(JSON.stringify({ msg: 'm', [name]: value }));

describe('the level', () => {
	test.each(
		[
			...['level', 'LEVEL', 'Level', 'log.level', 'severity', 'SEVERITY', 'Severity', 'SeverityText', 'lvl', 'LVL'],
			...['Lvl', 'severity_text', 'Severity_Text', 'SEVERITY_TEXT', 'loglevel', 'log_level', 'levelname', 'level_name'],
			...['LogLevel', '@l', 'l', 's', 'priority'],
		].map(name => [name]),
	)('stands in %s', name => {
		expect(withField(name, 'error').level).toBe('error');
		expect(read(`msg=m ${name}=error`).level).toBe('error');
		expect(read('m', { [name]: 'error' }).level).toBe('error');
	});

	test.each<[string, string, readonly (string | number)[], string]>([
		['pino and bunyan', 'level', [10, 20, 30, 40, 50, 60], 'trace debug info warn error fatal'],
		['syslog', 'level', [1, 2, 3, 4, 5, 6, 7], 'fatal fatal error warn info info debug'],
		[
			'syslog by its words',
			'level',
			['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'],
			'fatal fatal fatal error warn info info debug',
		],
		['Python', 'levelno', [10, 20, 30, 40, 50], 'debug info warn error fatal'],
		['logback', 'level_value', [10_000, 20_000, 30_000, 40_000], 'debug info warn error'],
		['slog as numbers', 'level', [-8, -4, 4, 8], 'trace debug warn error'],
		['slog', 'level', ['DEBUG-4', 'DEBUG', 'INFO+2', 'WARN', 'ERROR+1'], 'debug debug info warn error'],
		[
			'OpenTelemetry',
			'severity_number',
			[1, 4, 5, 9, 13, 17, 20, 21, 24],
			'trace trace debug info warn error error fatal fatal',
		],
		[
			'.NET',
			'LogLevel',
			['Trace', 'Debug', 'Information', 'Warning', 'Error', 'Critical'],
			'trace debug info warn error fatal',
		],
		['.NET, short', 'level', ['trce', 'dbug', 'info', 'warn', 'fail', 'crit'], 'trace debug info warn error fatal'],
		['Android', 'level', ['V', 'D', 'I', 'W', 'E', 'F'], 'trace debug info warn error fatal'],
		[
			'Google Cloud',
			'severity',
			['DEFAULT', 'DEBUG', 'INFO', 'NOTICE', 'WARNING', 'ERROR', 'CRITICAL', 'ALERT', 'EMERGENCY'],
			'info debug info info warn error fatal fatal fatal',
		],
		[
			'Google Cloud as numbers',
			'severity',
			[100, 200, 300, 400, 500, 600, 700, 800],
			'debug info info warn error fatal fatal fatal',
		],
		['MongoDB', 's', ['D1', 'D5', 'I', 'W', 'E', 'F'], 'debug debug info warn error fatal'],
		[
			'PostgreSQL',
			'error_severity',
			['DEBUG1', 'LOG', 'NOTICE', 'WARNING', 'ERROR', 'FATAL', 'PANIC'],
			'debug info info warn error fatal fatal',
		],
	])('of %s', (_, name, values, levels) => {
		expect(values.map(value => withField(name, value).level).join(' ')).toBe(levels);
	});

	test('is read from the head of klog for each of its letters', () => {
		const levels = ['I', 'W', 'E', 'F'].map(letter => read(`${letter}1122 08:36:05.117421 1 a.go:7] m`).level);
		expect(levels).toEqual(['info', 'warn', 'error', 'fatal']);
	});
});

describe('a request ID', () => {
	test.each(
		(
			'request_id requestId requestID RequestId req_id reqId req.id rid x_request_id x-request-id X-Request-ID xRequestId ' +
			'http.request_id http.request.id request.id requestid correlation_id correlationId CorrelationId corr_id ' +
			'x_correlation_id x-correlation-id transaction_id transactionId transaction.id aws_request_id awsRequestId ' +
			'AWSRequestId function_request_id operation_Id operation_id OperationId ConnectionId cf_ray cf-ray ray_id ' +
			'amz_request_id x-amz-request-id x-amz-cf-id trace_request_id message_id job_id jid task_id conversation_id ' +
			'session_id uow idempotency_key'
		)
			.split(' ')
			.map(name => [name]),
	)('stands in %s', name => {
		expect(withField(name, 'r-4711-abc').requestId).toMatchObject({ name, value: 'r-4711-abc' });
		expect(read('m', { [name]: 'r-4711-abc' }).requestId).toMatchObject({ value: 'r-4711-abc', origin: 'metadata' });
	});

	test.each([
		['a UUID of version 4', uuid],
		['a UUID of version 7', '019a1b2c-3d4e-7f60-8a9b-0c1d2e3f4a5b'],
		['32 hex digits, as of nginx', '0af7651916cd43dd8448eb211c80319d'],
		['a ULID', '01JDABCDEFGHJKMNPQRSTVWXYZ'],
		['a KSUID', '2pABCDEFGHIJKLMNOPQRSTUVWXY'],
		['a nanoid', 'V1StGXR8_Z5jdHi6B-myT'],
		['a counter, as of Fastify', 'req-1'],
		['a host and a counter, as of chi', 'cart-0/abcDEF1234-000123'],
		['ASP.NET', '0HMVFE0A284LM:00000001'],
		['AWS', '1-67891233-abcdef012345678912345678'],
		['AWS with its root', 'Root=1-67891233-abcdef012345678912345678'],
		['Cloudflare', '8a1b2c3d4e5f6071-FRA'],
	])('may be %s', (_, value) => {
		expect(withField('request_id', value).requestId?.value).toBe(value);
		expect(read(`level=info msg=m request_id=${value}`).requestId?.value).toBe(value);
		expect(read(`INFO handled request_id=${value} well`).requestId?.value).toBe(value);
	});
});

describe('a trace', () => {
	test.each<[string, string, string | number, string, string?]>([
		['OpenTelemetry', 'trace_id', trace, trace],
		['Micrometer', 'traceId', trace, trace],
		['B3 of 64 bits', 'traceId', low, low.padStart(32, '0')],
		['Jaeger and Grafana', 'traceID', trace, trace],
		['Python', 'otelTraceID', trace, trace],
		['Elastic', 'trace.id', trace, trace],
		['Datadog of 64 bits', 'dd.trace_id', '9532127138774266268', low.padStart(32, '0')],
		['Datadog of 128 bits', 'dd.trace_id', trace, trace],
		['Serilog', '@tr', trace, trace],
		['.NET', 'TraceId', trace, trace],
		['Google Cloud', 'logging.googleapis.com/trace', `projects/shop/traces/${trace}`, trace],
		['W3C', 'traceparent', `00-${trace}-${span}-01`, trace, span],
		['Zipkin', 'b3', `${trace}-${span}-1`, trace, span],
		['Zipkin in many headers', 'X-B3-TraceId', trace, trace],
		['Jaeger, zeros dropped', 'uber-trace-id', `af7651916cd43dd8448eb211c80319c:${span}:0:1`, trace],
		['AWS', 'X-Amzn-Trace-Id', 'Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331;Sampled=1', trace],
		['Powertools', 'xray_trace_id', '1-0af76519-16cd43dd8448eb211c80319c', trace],
		['Azure', 'operation_Id', trace, trace],
		['a UUID', 'trace_id', '0af76519-16cd-43dd-8448-eb211c80319c', trace],
		['capitals', 'trace_id', trace.toUpperCase(), trace],
	])('of %s stands in %s', (_, name, value, id, spanId) => {
		const { traceId, spanId: found } = withField(name, value);
		expect(traceId).toMatchObject({ name, value: id, origin: 'line' });
		expect(found?.value).toBe(spanId);
	});

	test.each([
		['span_id', span],
		['spanId', span],
		['spanID', span],
		['otelSpanID', span],
		['span.id', span],
		['@sp', span],
		['SpanId', span],
		['logging.googleapis.com/spanId', span],
		['X-B3-SpanId', span],
		['dd.span_id', '13235353014750950193'],
	])('has its span in %s', (name, value) => {
		expect(withField(name, value).spanId?.value).toBe(span);
	});

	test.each(['0', '00000000000000000000000000000000', ''])('is none when it is %s', value => {
		expect(withField('trace_id', value).traceId).toBeUndefined();
	});

	test.each([
		['logfmt in a sentence', `done traceID=${trace} in 3 ms`, undefined],
		['underscores', `done trace_id=${trace} span_id=${span}`, span],
		['words of Nezha', `TraceID: ${trace} SpanID: ${span} done`, span],
		['Sleuth', `2026-11-22 08:36:05.117  INFO [shop,${trace},${span}] 1 --- [exec-1] c.q.A : m`, span],
		['Micrometer', `2026-11-22T08:36:05.117Z  INFO 1 --- [shop] [exec-1] [${trace}-${span}] c.q.A : m`, span],
		[
			'Datadog, injected',
			`INFO [dd.service=shop dd.env=a dd.version=1 dd.trace_id=${trace} dd.span_id=13235353014750950193] m`,
			span,
		],
		['New Relic, linked', `order placed NR-LINKING|MXxBUE18QVBQ|cart-0|${trace}|${span}|shop|`, span],
		['a header', `traceparent: 00-${trace}-${span}-01`, span],
	])('in text: %s', (_, line, spanId) => {
		const record = read(line);
		expect([record.traceId?.value, record.spanId?.value]).toEqual([trace, spanId]);
	});

	test('of SkyWalking is none that a tracing backend knows, and a request all the same', () => {
		const id = `${trace}.62.16623456789012345`;
		expect(read(`INFO [SW_CTX:[shop,cart-0,${id},${id.replace('62', '63')},0]] m`).requestId?.value).toBe(id);
		expect(withField('trace_id', id).requestId?.value).toBe(id);
		expect(withField('trace_id', id).traceId).toBeUndefined();
	});
});

describe('what is worth a glance', () => {
	const notable = (name: string, value: unknown) =>
		notableFields(withField(name, value)).map(({ text, weight }) => (weight === 'plain' ? text : `${weight} ${text}`));

	test.each(['err', 'error', 'error.message', 'exc_info', 'exception', 'exception.message', 'Exception'])(
		'an error in %s',
		name => {
			expect(notable(name, 'closed')).toEqual(['error err=closed']);
		},
	);

	test.each<[string, unknown, string]>([
		['duration_ms', 812, '812ms'],
		['elapsed_ms', 812, '812ms'],
		['latency_ms', 812, '812ms'],
		['took_ms', 812, '812ms'],
		['responseTime', 812, '812ms'],
		['attr.durationMillis', 812, '812ms'],
		['grpc.time_ms', 812, '812ms'],
		['request_time', '0.812', '812ms'],
		['upstream_response_time', '0.812', '812ms'],
		['event.duration', 812_000_000, '812ms'],
		['elapsed', '1.2ms', '1.2ms'],
		['latency', '350µs', '350µs'],
		['took', '2m3s', '2m3s'],
		['latency', '0.123s', '0.123s'],
		['duration', 812, 'duration=812'],
		['Duration', 1_500_000, 'Duration=1500000'],
	])('a duration in %s of %s', (name, value, shown) => {
		expect(notable(name, value)).toEqual([shown]);
	});

	test.each<[string, unknown, string]>([
		['status', 503, 'error 503'],
		['status_code', 503, 'error 503'],
		['statusCode', 404, 'warning 404'],
		['http.status_code', 503, 'error 503'],
		['http.response.status_code', 503, 'error 503'],
		['response_code', 503, 'error 503'],
		['DownstreamStatus', 502, 'error 502'],
		['grpc.code', 'Unavailable', 'Unavailable'],
	])('a status in %s', (name, value, shown) => {
		expect(notable(name, value)).toEqual([shown]);
	});

	test.each(['path', 'url', 'uri', 'route', 'http.route', 'request_uri', 'http.target', 'url.path', 'RequestPath'])(
		'a path in %s',
		name => {
			expect(notable(name, '/cart')).toEqual(['/cart']);
		},
	);
});
