import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { longestRead } from '../../src/analysis/log-fields.ts';
import { recordOf } from '../../src/analysis/log-record.ts';
import type { Labels } from '../../src/model/labels.ts';
import type { LogEntry } from '../../src/model/log-entry.ts';

const trace = '0af7651916cd43dd8448eb211c80319c';
const span = 'b7ad6b7169203331';
const uuid = '7f3c2a10-1111-4222-8333-444455556666';

const entryOf = (line: string, more: Partial<LogEntry> = {}): LogEntry => ({
	at: 1_700_000_000_000_000_000n,
	line,
	labels: { service_name: 'edge' },
	metadata: {},
	parsed: {},
	...more,
});

const read = (line: string, more: Partial<LogEntry> = {}) => recordOf(entryOf(line, more));

/** Level, message, request and trace of a line. */
const gist = (line: string, metadata: Labels = {}) => {
	const { level, message, requestId, traceId } = read(line, { metadata });
	return [level, message, requestId?.value, traceId?.value];
};

describe('every logger tells its level, its message and whose request it is', () => {
	test.each<[string, string, ReturnType<typeof gist>]>([
		[
			'slog',
			`{"time":"2026-11-22T08:36:05Z","level":"WARN","msg":"slow","trace_id":"${trace}"}`,
			['warn', 'slow', undefined, trace],
		],
		[
			'zap',
			`{"level":"error","ts":1795336565.117,"caller":"a/b.go:12","msg":"failed","error":"EOF","requestId":"r-1"}`,
			['error', 'failed', 'r-1', undefined],
		],
		[
			'zap development',
			`{"L":"WARN","T":"2026-11-22T08:36:05.117Z","N":"db","C":"a.go:1","M":"slow"}`,
			['warn', 'slow', undefined, undefined],
		],
		[
			'zap console',
			`2026-11-22T08:36:05.117Z\terror\tdb/pool.go:91\tno connection\t{"req_id": "${uuid}"}`,
			['error', `db/pool.go:91\tno connection\t{"req_id": "${uuid}"}`, uuid, undefined],
		],
		['zerolog', '{"level":"debug","time":1795336565,"message":"tick"}', ['debug', 'tick', undefined, undefined]],
		[
			'logrus text',
			`time="2026-11-22T08:36:05Z" level=fatal msg="no disk" traceID=${trace}`,
			['fatal', 'no disk', undefined, trace],
		],
		[
			'klog',
			'E1122 08:36:05.117421       1 sync.go:214] "Sync failed" pod="a/b"',
			['error', '"Sync failed" pod="a/b"', undefined, undefined],
		],
		[
			'pino',
			`{"level":50,"time":1795336565117,"pid":1,"hostname":"h","reqId":"req-1a","msg":"boom"}`,
			['error', 'boom', 'req-1a', undefined],
		],
		[
			'pino-http',
			`{"level":30,"req":{"id":"${uuid}","method":"GET","url":"/a"},"res":{"statusCode":200},"responseTime":3,"msg":"request completed"}`,
			['info', 'request completed', uuid, undefined],
		],
		[
			'bunyan',
			'{"name":"a","hostname":"h","pid":1,"level":60,"msg":"gone","time":"2026-11-22T08:36:05Z","v":0}',
			['fatal', 'gone', undefined, undefined],
		],
		['winston', '{"level":"warn","message":"careful","label":"x"}', ['warn', 'careful', undefined, undefined]],
		[
			'python-json-logger',
			'{"asctime":"2026-11-22 08:36:05,117","levelname":"ERROR","name":"app","message":"no"}',
			['error', 'no', undefined, undefined],
		],
		[
			'python OpenTelemetry',
			`{"levelname":"INFO","message":"ok","otelTraceID":"${trace}","otelSpanID":"${span}"}`,
			['info', 'ok', undefined, trace],
		],
		[
			'python OpenTelemetry without a span',
			'{"levelname":"INFO","message":"ok","otelTraceID":"0","otelSpanID":"0"}',
			['info', 'ok', undefined, undefined],
		],
		[
			'python text',
			'2026-11-22 08:36:05,117 - shop.cart - ERROR - cart is gone',
			['error', 'cart is gone', undefined, undefined],
		],
		['python basic', 'WARNING:shop.cart:cart is old', ['warn', 'cart is old', undefined, undefined]],
		[
			'structlog',
			`{"event":"paid","level":"info","request_id":"${uuid}","timestamp":"2026-11-22T08:36:05Z"}`,
			['info', 'paid', uuid, undefined],
		],
		[
			'loguru',
			'{"text":"x","record":{"level":{"name":"ERROR","no":40},"message":"bad","time":{"timestamp":1.5}}}',
			['error', 'bad', undefined, undefined],
		],
		[
			'logstash-encoder',
			`{"@timestamp":"2026-11-22T08:36:05Z","@version":"1","message":"m","logger_name":"a.B","thread_name":"main","level":"WARN","level_value":30000,"traceId":"${trace}","spanId":"${span}"}`,
			['warn', 'm', undefined, trace],
		],
		[
			'ECS',
			`{"@timestamp":"2026-11-22T08:36:05Z","log.level":"ERROR","message":"m","service.name":"shop","trace.id":"${trace}","transaction.id":"${span}"}`,
			['error', 'm', span, trace],
		],
		[
			'ECS nested',
			`{"log":{"level":"warn","logger":"a"},"message":"m","trace":{"id":"${trace}"}}`,
			['warn', 'm', undefined, trace],
		],
		[
			'log4j2',
			`{"instant":{"epochSecond":1,"nanoOfSecond":2},"level":"FATAL","loggerName":"a","message":"m","contextMap":{"traceId":"${trace}"}}`,
			['fatal', 'm', undefined, trace],
		],
		[
			'GELF',
			'{"version":"1.1","host":"h","short_message":"m","level":3,"timestamp":1.5,"_request_id":"abc-123"}',
			['error', 'm', 'abc-123', undefined],
		],
		[
			'Serilog CLEF',
			`{"@t":"2026-11-22T08:36:05Z","@mt":"Took {Elapsed:0.0} ms","Elapsed":12.5,"@tr":"${trace}","@sp":"${span}"}`,
			['info', 'Took 12.5 ms', undefined, trace],
		],
		[
			'Serilog with a level',
			'{"@t":"2026-11-22T08:36:05Z","@l":"Error","@m":"bad"}',
			['error', 'bad', undefined, undefined],
		],
		[
			'Serilog JSON',
			'{"Timestamp":"2026-11-22T08:36:05Z","Level":"Warning","MessageTemplate":"a {N}","Properties":{"N":1,"RequestId":"0HMVFE0A284LM:00000001"}}',
			['warn', 'a 1', '0HMVFE0A284LM:00000001', undefined],
		],
		[
			'Microsoft.Extensions.Logging',
			`{"EventId":1,"LogLevel":"Critical","Category":"a.B","Message":"m","Scopes":[],"State":{"TraceId":"${trace}"}}`,
			['fatal', 'm', undefined, trace],
		],
		['.NET console', 'fail: Shop.Cart[0]', ['error', 'Shop.Cart[0]', undefined, undefined]],
		[
			'Google Cloud',
			`{"severity":"NOTICE","message":"m","logging.googleapis.com/trace":"projects/p/traces/${trace}","logging.googleapis.com/spanId":"${span}"}`,
			['info', 'm', undefined, trace],
		],
		[
			'AWS Lambda',
			`{"timestamp":"2026-11-22T08:36:05Z","level":"ERROR","message":"m","requestId":"${uuid}"}`,
			['error', 'm', uuid, undefined],
		],
		[
			'AWS Lambda text',
			`START RequestId: ${uuid} Version: $LATEST`,
			['unknown', `START RequestId: ${uuid} Version: $LATEST`, uuid, undefined],
		],
		[
			'Powertools',
			'{"level":"INFO","message":"m","function_request_id":"f-123456","xray_trace_id":"1-0af76519-16cd43dd8448eb211c80319c"}',
			['info', 'm', 'f-123456', trace],
		],
		[
			'Rust tracing',
			'{"timestamp":"2026-11-22T08:36:05Z","level":"WARN","fields":{"message":"m","n":1},"target":"a::b"}',
			['warn', 'm', undefined, undefined],
		],
		[
			'Elixir',
			`{"time":"2026-11-22T08:36:05Z","severity":"error","message":"m","metadata":{"request_id":"Fx9aBcDeFgHiJk"}}`,
			['error', 'm', 'Fx9aBcDeFgHiJk', undefined],
		],
		[
			'lograge',
			`method=GET path=/cart format=html controller=Cart action=show status=500 duration=3.5 request_id=${uuid}`,
			['error', 'GET /cart 500', uuid, undefined],
		],
		[
			'Rails tagged',
			`[${uuid}] Completed 200 OK in 5ms`,
			['unknown', `[${uuid}] Completed 200 OK in 5ms`, uuid, undefined],
		],
		[
			'OpenTelemetry as JSON',
			`{"body":"m","severity":"Error","attributes":{"http.route":"/a"},"resources":{"service.name":"shop"},"traceid":"${trace}","spanid":"${span}"}`,
			['error', 'm', undefined, trace],
		],
		[
			'MongoDB',
			'{"t":{"$date":"2026-11-22T08:36:05Z"},"s":"W","c":"NETWORK","id":1,"ctx":"conn1","msg":"m","attr":{"error":"x"}}',
			['warn', 'm', undefined, undefined],
		],
		[
			'PostgreSQL',
			'{"timestamp":"2026-11-22 08:36:05 UTC","error_severity":"PANIC","message":"m","state_code":"XX"}',
			['fatal', 'm', undefined, undefined],
		],
		[
			'Envoy',
			`[2026-11-22T08:36:05.117Z] "POST /a HTTP/1.1" 503 UF 0 91 2004 - "10.0.0.1" "curl" "${uuid}" "shop.example" "10.0.0.2:80"`,
			['error', 'POST /a 503', uuid, undefined],
		],
		[
			'Istio',
			`[2026-11-22T08:36:05.117Z] "GET /a HTTP/1.1" 200 - via_upstream - "-" 0 91 4 3 "-" "curl" "${uuid}" "shop" "10.0.0.2:80" outbound`,
			['info', 'GET /a 200', uuid, undefined],
		],
		[
			'Traefik',
			`{"RequestMethod":"GET","RequestPath":"/a","DownstreamStatus":502,"Duration":1500000,"level":"info","msg":"","TraceId":"${trace}"}`,
			['info', 'GET /a 502', undefined, trace],
		],
		[
			'Caddy',
			'{"level":"error","ts":1.5,"msg":"handled request","request":{"method":"GET","uri":"/a"},"status":502,"duration":0.5}',
			['error', 'handled request', undefined, undefined],
		],
		[
			'nginx access',
			'10.0.0.7 - - [22/Nov/2026:08:36:05 +0000] "GET /a HTTP/1.1" 502 157 "-" "curl" request_id=0af7651916cd43dd8448eb211c80319c',
			['error', 'GET /a 502', trace, undefined],
		],
		[
			'nginx of an ingress controller, its request ID last',
			`10.0.0.7 - - [22/Nov/2026:08:36:05 +0000] "GET /a HTTP/2.0" 200 157 "-" "curl" 310 0.004 [shop-cart-80] [] 10.1.0.9:80 157 0.004 200 ${trace}`,
			['info', 'GET /a 200', trace, undefined],
		],
		[
			'nginx with pairs and a quoted request ID',
			`10.0.0.7 - - [22/Nov/2026:08:36:05 +0000] "GET /a HTTP/1.1" 502 157 "-" "curl" rt=0.004 uct="0.001" "${uuid}"`,
			['error', 'GET /a 502', uuid, undefined],
		],
		[
			'nginx error',
			'2026/11/22 08:36:05 [crit] 12#0: *34 connect() failed, client: 10.0.0.7',
			['fatal', 'connect() failed, client: 10.0.0.7', undefined, undefined],
		],
		['CRI', `2026-11-22T08:36:05.117421421Z stdout F {"level":"warn","msg":"m"}`, ['warn', 'm', undefined, undefined]],
		[
			'Docker',
			'{"log":"{\\"level\\":\\"warn\\",\\"msg\\":\\"m\\"}\\n","stream":"stdout","time":"2026-11-22T08:36:05Z"}',
			['warn', 'm', undefined, undefined],
		],
		[
			'Spring',
			`2026-11-22 08:36:05.117  WARN [catalog,${trace},${span}] 1 --- [nio-8080-exec-1] c.q.ItemSearch : slow query 37 ms`,
			['warn', 'slow query 37 ms', undefined, trace],
		],
		[
			'Spring Boot 3',
			`2026-11-22T08:36:05.117Z ERROR 1 --- [shop] [exec-1] [${trace}-${span}] c.q.Cart : gone`,
			['error', 'gone', undefined, trace],
		],
		[
			'syslog',
			'<11>1 2026-11-22T08:36:05Z host app 123 - - disk is full',
			['error', 'disk is full', undefined, undefined],
		],
		['syslog file', 'Nov 22 08:36:05 host sshd[12]: Accepted', ['unknown', 'Accepted', undefined, undefined]],
		[
			'Datadog decimal',
			'{"level":"info","msg":"m","dd":{"trace_id":"9532127138774266268","span_id":"13235353014750950193"}}',
			['info', 'm', undefined, '00000000000000008448eb211c80319c'],
		],
		[
			'Datadog as a number',
			'{"level":"info","msg":"m","dd.trace_id":9532127138774266268}',
			['info', 'm', undefined, '00000000000000008448eb211c80319c'],
		],
		[
			'Nezha',
			`something TraceID: ${trace} SpanID: ${span} done`,
			['unknown', `something TraceID: ${trace} SpanID: ${span} done`, undefined, trace],
		],
		[
			'a Java stack',
			'java.lang.IllegalStateException: boom\n\tat a.B.c(B.java:1)',
			['error', 'java.lang.IllegalStateException: boom\n\tat a.B.c(B.java:1)', undefined, undefined],
		],
		[
			'a Python stack',
			'Traceback (most recent call last):\n  File "a.py"',
			['error', 'Traceback (most recent call last):\n  File "a.py"', undefined, undefined],
		],
		[
			'a Go panic',
			'panic: runtime error: index out of range',
			['fatal', 'runtime error: index out of range', undefined, undefined],
		],
		['a bracketed level', '[2026-11-22 08:36:05] [error] no route', ['error', 'no route', undefined, undefined]],
		['a sentence', 'error handling was improved', ['unknown', 'error handling was improved', undefined, undefined]],
		['nothing', '', ['unknown', '', undefined, undefined]],
		['half JSON', '{"level":"error","msg":"cut in the mid', ['error', 'cut in the mid', undefined, undefined]],
		['a JSON list', '[1,2]', ['unknown', '[1,2]', undefined, undefined]],
		['a JSON number', '42', ['unknown', '42', undefined, undefined]],
	])('%s', (_, line, expected) => {
		expect(gist(line)).toEqual(expected);
	});

	test('structured metadata beside a bare line', () => {
		const metadata = {
			detected_level: 'info',
			severity_text: 'ERROR',
			trace_id: trace,
			span_id: span,
			request_id: uuid,
		};
		expect(gist('order failed', metadata)).toEqual(['error', 'order failed', uuid, trace]);
	});

	test("Loki's guess comes last", () => {
		expect(gist('{"level":50,"msg":"x"}', { detected_level: 'info' })[0]).toBe('error');
		expect(gist('java.io.IOException: no route', { detected_level: 'info' })[0]).toBe('error');
		expect(gist('no word here', { detected_level: 'critical' })[0]).toBe('fatal');
		expect(gist('no word here', { detected_level: 'unknown' })[0]).toBe('unknown');
	});

	test.each([
		['Connection established (error rate 0)', 'error', 'unknown'],
		['done: 0 errors, no warnings', 'error', 'unknown'],
		['finished without any failure', 'error', 'unknown'],
		['errors=0 served=12', 'error', 'unknown'],
		['{"msg":"done","error":null}', 'error', 'unknown'],
		['{"msg":"done","error":"no route"}', 'error', 'error'],
		['custom error-handler registered', 'error', 'unknown'],
		['not an error', 'error', 'unknown'],
		['0 errors so far, then an error occurred', 'error', 'error'],
		['an error occurred', 'error', 'error'],
		['errors=0.5 per second', 'error', 'error'],
		['10 errors', 'error', 'error'],
		['no info', 'info', 'info'],
		['no word here', 'error', 'error'],
	])('Loki guesses a failure by any word of a line: %s, %s, is %s', (line, detected_level, level) => {
		expect(gist(line, { detected_level })[0]).toBe(level);
	});

	test('a label of the stream tells the level when the line does not', () => {
		expect(read('no word', { labels: { app: 'a', level: 'warn' } }).level).toBe('warn');
	});
});

describe('a message that says nothing gives way', () => {
	test.each([
		['{"message":null,"event":"moored"}', 'moored'],
		['{"message":"","msg":"moored"}', 'moored'],
		['{"message":" \\n","msg":"moored"}', 'moored'],
		['{"message":["a",1],"msg":"moored"}', 'moored'],
		['{"message":{"id":7},"msg":"moored"}', 'moored'],
		['{"message":null,"method":"GET","path":"/berths","status":200}', 'GET /berths 200'],
		['{"message":null,"err":"sunk"}', 'sunk'],
		['{"message":null,"err":null,"n":1}', '{"message":null,"err":null,"n":1}'],
		['{"message":{},"n":1}', '{"message":{},"n":1}'],
		['level=info msg=null event=moored', 'moored'],
	])('%s', (line, message) => {
		expect(read(line).message).toBe(message);
	});

	test.each(['[main] started', '[redacted token]', '[ok]', 'nullable', '0', 'false'])('%s says something', message => {
		expect(read(JSON.stringify({ message, msg: 'other' })).message).toBe(message);
	});

	test('what gave way stays among the fields', () => {
		expect(read('{"message":null,"msg":"moored"}').fields).toEqual([
			{ name: 'message', value: 'null', origin: 'line' },
		]);
	});
});

describe('the fields of a record', () => {
	test('hold everything but time, level and message, in the order of the line, then what stands beside it', () => {
		const record = read('{"ts":1,"level":"info","msg":"m","client":{"ip":"10.0.0.1"},"n":2}', {
			metadata: { scope_name: 'x', detected_level: 'info' },
			parsed: { client_ip: '10.0.0.1', extra: 'y', __error__: 'z' },
		});
		expect(record.fields.map(({ name, value, origin }) => `${name}=${value} ${origin}`)).toEqual([
			'client.ip=10.0.0.1 line',
			'n=2 line',
			'scope_name=x metadata',
			'extra=y parsed',
		]);
	});

	test.each(['level=info password=[redacted password] n=2', 'INFO login with password=[redacted password] and n=2'])(
		'hold a mask as one value: %s',
		line => {
			expect(read(line).fields.map(({ name, value }) => `${name}=${value}`)).toEqual([
				'password=[redacted password]',
				'n=2',
			]);
		},
	);

	test('a line too long is read in part and says so', () => {
		const record = read(`{"level":"warn","msg":"huge","blob":"${'x'.repeat(1_000_000)}"}`);
		expect([record.level, record.message, record.readUpTo]).toEqual(['warn', 'huge', longestRead]);
	});

	test('nothing beyond what is read of it names its request or its trace, or makes it a crash', () => {
		const ids = `traceID=${trace} request_id=abc-12345`;
		const near = read(`${ids} ${'7'.repeat(1_000_000)}`);
		expect([near.traceId?.value, near.requestId?.value, near.readUpTo]).toEqual([trace, 'abc-12345', longestRead]);
		const far = read(`${'7'.repeat(1_000_000)} ${ids}`);
		expect([far.traceId, far.requestId, far.level]).toEqual([undefined, undefined, 'unknown']);
		expect(read(`${'a'.repeat(1_000_000)}Error: sunk`).level).toBe('unknown');
		expect(read(`${'a'.repeat(100)}Error: sunk`).level).toBe('error');
	});

	test('ten thousand keys are not all unpacked', () => {
		const keys = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`k${index}`, index]));
		expect(read(JSON.stringify({ level: 'info', ...keys })).fields.length).toBeLessThan(400);
	});
});

describe('the service of a record', () => {
	test.each<[Labels, string, string]>([
		[{ service_name: 'unknown_service', container: 'pay' }, 'x', 'pay'],
		[{ service_name: 'unknown_service' }, '{"service.name":"pay","msg":"x"}', 'pay'],
		[{ job: 'money/pay' }, 'x', 'pay'],
		[{ job: 'fluent-bit', service_name: 'fluent-bit' }, '{"service":"pay","msg":"x"}', 'pay'],
		[{ unit: 'pay.service', job: 'systemd-journal' }, 'x', 'pay'],
		[{ pod: 'pay-6f7c9d5b4-x2x9k' }, 'x', 'pay'],
		[{ service_name: 'unknown_service' }, 'x', 'unknown_service'],
	])('%j', (labels, line, expected) => {
		expect(read(line, { labels }).service).toBe(expected);
	});
});

test('the key tells lines of one nanosecond apart and stays the same from one answer to the next', () => {
	expect(read('a').key).toBe(read('a').key);
	expect(new Set([read('a').key, read('b').key, read('a', { labels: { app: 'x' } }).key]).size).toBe(3);
});

test('no line makes it throw, and the message is never longer than the line needs', () => {
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string({ unit: 'binary' }),
				fc.json(),
				fc.json().map(text => text.slice(0, -2)),
			),
			line => {
				const record = read(line);
				expect(record.level).toBeTypeOf('string');
				expect(record.fields.every(({ name, value }) => typeof name === 'string' && typeof value === 'string')).toBe(
					true,
				);
			},
		),
	);
});

describe('a line that was written to do harm', () => {
	const access = '10.0.0.7 - - [22/Nov/2026:08:36:05 +0000] "GET /';
	const envoy = '[2026-11-22T08:36:05.117Z] "GET / HTTP/1.1" 503 ';

	test.each([
		['a path without an end', access + 'a'.repeat(64_000)],
		['a path without a status', `${access}${'a'.repeat(64_000)}" xx`],
		['flags without an end', envoy + 'a'.repeat(32_000) + ' 1'.repeat(16_000)],
		['open holes', JSON.stringify({ '@t': '2026-11-22T08:36:05Z', '@mt': '{a:'.repeat(21_000) })],
	])('is read through: %s', (_, line) => {
		for (let round = 0; round < 10; round++) expect(read(line).entry.line).toBe(line);
	});

	test.each([
		['lists', `{"msg":"deep","a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`],
		['objects', `{"msg":"deep","a":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`],
	])('may nest %s deeper than the stack', (_, line) => {
		expect(read(line).message).toBe('deep');
		expect(read(line).fields.at(-1)?.value).toBe('…');
	});

	test('cannot make its message grow beyond what is read of a line', () => {
		const line = JSON.stringify({ '@t': '2026-11-22T08:36:05Z', '@mt': '{A}'.repeat(10_000), A: 'b'.repeat(30_000) });
		expect(read(line).message.length).toBeLessThan(2 * longestRead);
		expect(read(line).message.startsWith('b'.repeat(60_000))).toBe(true);
	});
});

describe('the recordings', () => {
	const folder = new URL('../recordings/loki-3.4.6/', import.meta.url);
	type Stream = { stream: Labels; values: [string, string, { structuredMetadata?: Labels; parsed?: Labels }?][] };
	const entriesOf = (file: string): readonly LogEntry[] => {
		const { response } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as {
			response: { json: { data: { result: Stream[] } } };
		};
		return response.json.data.result.flatMap(({ stream, values }) =>
			values.map(([at, line, beside]) => ({
				at: BigInt(at),
				line,
				labels: stream,
				metadata: beside?.structuredMetadata ?? {},
				parsed: beside?.parsed ?? {},
			})),
		);
	};
	test.each(
		readdirSync(folder).filter(file =>
			/^streams-(?:raw|logfmt|catalog-text|structured-metadata|json-categorized)\.json$/.test(file),
		),
	)('%s: every line has a level, a trace and a service', file => {
		for (const entry of entriesOf(file)) {
			const record = recordOf(entry);
			expect(record.level).not.toBe('unknown');
			expect(record.traceId?.value).toMatch(/^[0-9a-f]{32}$/);
			expect(record.service).toMatch(/^(?:edge|billing|catalog|basket)$/);
		}
	});
});
