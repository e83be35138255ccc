import { expect, test } from 'vitest';
import { span, type Told, told, trace, uuid } from '../helpers/told-line.ts';

const cloudLines: readonly [string, string, Told][] = [
	[
		'Google Cloud',
		`{"severity":"EMERGENCY","time":"2026-11-22T08:36:05.117Z","message":"region lost","stack_trace":"at a","@type":"type.googleapis.com/x.ReportedErrorEvent","httpRequest":{"requestMethod":"GET","requestUrl":"/cart","status":503,"latency":"0.123s"},"logging.googleapis.com/trace":"projects/shop/traces/${trace}","logging.googleapis.com/spanId":"${span}","logging.googleapis.com/trace_sampled":true,"logging.googleapis.com/labels":{"cell":"b"}}`,
		{
			level: 'fatal',
			message: 'region lost',
			trace,
			span,
			beside: { stack_trace: 'at a', 'httpRequest.latency': '0.123s', 'httpRequest.status': '503' },
		},
	],
	[
		'Google Cloud, time in two parts',
		'{"severity":"DEFAULT","timestampSeconds":1795336565,"timestampNanos":117421000,"message":"started"}',
		{ level: 'info', message: 'started' },
	],
	[
		'AWS Lambda',
		`{"timestamp":"2026-11-22T08:36:05.117Z","level":"ERROR","requestId":"${uuid}","message":{"errorType":"TypeError","errorMessage":"x is undefined","stackTrace":["a.js:1","b.js:2"]}}`,
		{
			level: 'error',
			message: 'x is undefined',
			request: uuid,
			beside: { 'message.errorType': 'TypeError', 'message.stackTrace': '["a.js:1","b.js:2"]' },
		},
	],
	[
		'AWS Lambda, flat',
		`{"timestamp":"2026-11-22T08:36:05.117Z","level":"FATAL","AWSRequestId":"${uuid}","errorType":"Runtime.ExitError","errorMessage":"exit status 1","stackTrace":["a.js:1"]}`,
		{
			level: 'fatal',
			message: 'exit status 1',
			request: uuid,
			beside: { errorType: 'Runtime.ExitError', stackTrace: '["a.js:1"]' },
		},
	],
	[
		'Powertools',
		`{"level":"WARNING","location":"handler:7","message":"retrying","timestamp":"2026-11-22 08:36:05,117+0000","service":"payment","cold_start":true,"function_request_id":"${uuid}","correlation_id":"c-0004711","xray_trace_id":"1-0af76519-16cd43dd8448eb211c80319c"}`,
		{ level: 'warn', message: 'retrying', request: 'c-0004711', trace, beside: { cold_start: 'true' } },
	],
];

const otherLines: readonly [string, string, Told][] = [
	[
		'Rust tracing',
		'{"timestamp":"2026-11-22T08:36:05.117421Z","level":"ERROR","fields":{"message":"write failed","error":"broken pipe"},"target":"shop::cart","span":{"name":"add"},"spans":[{"name":"request"},{"name":"add"}]}',
		{
			level: 'error',
			message: 'write failed',
			beside: { 'fields.error': 'broken pipe', target: 'shop::cart', 'span.name': 'add' },
		},
	],
	[
		'Rust tracing as text',
		'2026-11-22T08:36:05.117421Z  WARN shop::cart: slow write took_ms=812',
		{ level: 'warn', message: 'slow write took_ms=812', beside: { logger: 'shop::cart', took_ms: '812' } },
	],
	[
		'Elixir LoggerJSON',
		'{"time":"2026-11-22T08:36:05.117Z","severity":"error","message":"GenServer terminating","metadata":{"request_id":"Fx9aBcDeFgHiJkLmNoPq","crash_reason":"{:badmatch, nil}"}}',
		{
			level: 'error',
			message: 'GenServer terminating',
			request: 'Fx9aBcDeFgHiJkLmNoPq',
			beside: { 'metadata.crash_reason': '{:badmatch, nil}' },
		},
	],
	[
		'Rails lograge',
		`method=GET path=/cart format=html controller=CartController action=show status=500 error='RuntimeError: gone' duration=58.33 view=40.43 db=15.26 request_id=${uuid}`,
		{
			level: 'error',
			message: 'GET /cart 500',
			request: uuid,
			beside: { status: '500', duration: '58.33', error: 'RuntimeError: gone' },
		},
	],
	[
		'Rails lograge in JSON',
		`{"method":"GET","path":"/cart","format":"html","controller":"CartController","action":"show","status":200,"duration":58.33,"@timestamp":"2026-11-22T08:36:05.117Z","request_id":"${uuid}"}`,
		{ level: 'info', message: 'GET /cart 200', request: uuid, beside: { controller: 'CartController' } },
	],
	[
		'Rails with a tag',
		`E, [2026-11-22T08:36:05.117421 #7] ERROR -- : [${uuid}] ActionController::RoutingError`,
		{ level: 'error', message: `[${uuid}] ActionController::RoutingError`, request: uuid },
	],
	[
		'MongoDB',
		'{"t":{"$date":"2026-11-22T08:36:05.117+00:00"},"s":"I","c":"COMMAND","id":51803,"ctx":"conn17","msg":"Slow query","attr":{"type":"command","ns":"shop.carts","durationMillis":812}}',
		{ level: 'info', message: 'Slow query', beside: { 'attr.durationMillis': '812', c: 'COMMAND' } },
	],
	[
		'MongoDB, debugging',
		'{"t":{"$date":"2026-11-22T08:36:05.117+00:00"},"s":"D1","c":"NETWORK","id":1,"ctx":"conn17","msg":"Ended","attr":{"error":"HostUnreachable"}}',
		{ level: 'debug', message: 'Ended', beside: { 'attr.error': 'HostUnreachable' } },
	],
	[
		'PostgreSQL jsonlog',
		'{"timestamp":"2026-11-22 08:36:05.117 UTC","user":"shop","dbname":"shop","pid":17,"error_severity":"ERROR","state_code":"23505","message":"duplicate key value","detail":"Key (id)=(7) already exists.","application_name":"cart","backend_type":"client backend","query_id":0}',
		{
			level: 'error',
			message: 'duplicate key value',
			beside: { state_code: '23505', detail: 'Key (id)=(7) already exists.' },
		},
	],
	[
		'PostgreSQL text',
		'2026-11-22 08:36:05.117 UTC [17] FATAL:  sorry, too many clients already',
		{ level: 'fatal', message: 'sorry, too many clients already' },
	],
	[
		'Android',
		'11-22 08:36:05.117  1234  1250 E ShopCart: add failed',
		{ level: 'error', message: 'add failed', beside: { logger: 'ShopCart' } },
	],
];

const proxyLines: readonly [string, string, Told][] = [
	[
		'Envoy',
		`[2026-11-22T08:36:05.117Z] "POST /cart HTTP/2" 503 UF,URX 0 91 2004 - "10.0.0.7" "curl/8.5" "${uuid}" "shop.example" "10.0.0.9:8080"`,
		{
			level: 'error',
			message: 'POST /cart 503',
			request: uuid,
			beside: { flags: 'UF,URX', duration_ms: '2004', authority: 'shop.example', upstream: '10.0.0.9:8080' },
		},
	],
	[
		'Istio JSON',
		`{"start_time":"2026-11-22T08:36:05.117Z","method":"POST","path":"/cart","protocol":"HTTP/2","response_code":503,"response_flags":"UF","response_code_details":"upstream_reset_before_response_started","duration":2004,"upstream_service_time":null,"request_id":"${uuid}","authority":"shop.example","upstream_host":"10.0.0.9:8080","upstream_cluster":"outbound|80||cart","route_name":"default"}`,
		{
			level: 'error',
			message: 'POST /cart 503',
			request: uuid,
			beside: { response_flags: 'UF', duration: '2004', upstream_cluster: 'outbound|80||cart' },
		},
	],
	[
		'Traefik',
		`{"ClientAddr":"10.0.0.7:1","DownstreamStatus":502,"Duration":1500000,"OriginDuration":1400000,"OriginStatus":502,"Overhead":100000,"RequestMethod":"GET","RequestPath":"/cart","RouterName":"shop@docker","ServiceName":"cart@docker","StartUTC":"2026-11-22T08:36:05.117Z","TraceId":"${trace}","SpanId":"${span}","level":"info","msg":"","time":"2026-11-22T08:36:05Z"}`,
		{ level: 'info', message: 'GET /cart 502', trace, span, beside: { OriginStatus: '502', Duration: '1500000' } },
	],
	[
		'Caddy',
		'{"level":"error","ts":1795336565.117,"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"10.0.0.7","proto":"HTTP/2.0","method":"GET","host":"shop.example","uri":"/cart","headers":{"X-Request-Id":["r-0004711"]}},"bytes_read":0,"duration":2.000417,"size":0,"status":502}',
		{
			level: 'error',
			message: 'handled request',
			request: 'r-0004711',
			beside: { 'request.uri': '/cart', status: '502', duration: '2.000417' },
		},
	],
	[
		'nginx access',
		'10.0.0.7 - ann [22/Nov/2026:08:36:05 +0000] "GET /cart?x=1 HTTP/1.1" 404 157 "https://shop.example/" "Mozilla/5.0 (X11)"',
		{
			level: 'info',
			message: 'GET /cart?x=1 404',
			beside: { status: '404', bytes: '157', agent: 'Mozilla/5.0 (X11)' },
		},
	],
	[
		'nginx JSON',
		'{"time_local":"22/Nov/2026:08:36:05 +0000","remote_addr":"10.0.0.7","request_method":"GET","request_uri":"/cart","status":"504","request_time":"30.001","upstream_response_time":"30.000","request_id":"0af7651916cd43dd8448eb211c80319d"}',
		{
			level: 'error',
			message: 'GET /cart 504',
			request: '0af7651916cd43dd8448eb211c80319d',
			beside: { request_time: '30.001', upstream_response_time: '30.000' },
		},
	],
	[
		'nginx error',
		'2026/11/22 08:36:05 [error] 17#17: *34 upstream timed out (110: Connection timed out), client: 10.0.0.7',
		{
			level: 'error',
			message: 'upstream timed out (110: Connection timed out), client: 10.0.0.7',
			beside: { pid: '17' },
		},
	],
];

const framedLines: readonly [string, string, Told][] = [
	[
		'containerd',
		'2026-11-22T08:36:05.117421421Z stderr F ERROR:shop.cart:add failed',
		{ level: 'error', message: 'add failed', beside: { logger: 'shop.cart' } },
	],
	[
		'containerd, a part of a line',
		'2026-11-22T08:36:05.117421421Z stdout P {"level":"warn","msg":"cut in the mid',
		{ level: 'warn', message: 'cut in the mid' },
	],
	[
		'Docker',
		`{"log":"{\\"level\\":50,\\"msg\\":\\"boom\\",\\"trace_id\\":\\"${trace}\\"}\\n","stream":"stderr","time":"2026-11-22T08:36:05.117421421Z"}`,
		{ level: 'error', message: 'boom', trace },
	],
	[
		'Docker round a text, as Nezha has it',
		`{"log":"2026-11-22 08:36:05.117  INFO 1 --- [exec-1] c.q.Orders : TraceID: ${trace} SpanID: ${span} placed\\n","stream":"stdout","time":"2026-11-22T08:36:05.117421421Z"}`,
		{
			level: 'info',
			message: `TraceID: ${trace} SpanID: ${span} placed`,
			trace,
			span,
			beside: { logger: 'c.q.Orders' },
		},
	],
	[
		'the old Loki exporter of OpenTelemetry',
		`{"body":"order failed","traceid":"${trace}","spanid":"${span}","severity":"ERROR","attributes":{"exception.message":"closed"},"resources":{"service.name":"shop"}}`,
		{ level: 'error', message: 'order failed', trace, span, beside: { 'attributes.exception.message': 'closed' } },
	],
	[
		'Fluent Bit, a line within a line',
		`{"log":"{\\"level\\":\\"warn\\",\\"message\\":\\"slow\\"}","stream":"stdout","kubernetes":{"pod_name":"cart-0"}}`,
		{ level: 'warn', message: 'slow' },
	],
];

test.each([...cloudLines, ...otherLines, ...proxyLines, ...framedLines])(
	'%s tells its level, its message, its identifiers and its error',
	(_, line, expected) => {
		expect(told(line, expected)).toEqual(expected);
	},
);
