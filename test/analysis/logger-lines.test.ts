import { expect, test } from 'vitest';
import { span, type Told, told, trace, uuid } from '../helpers/told-line.ts';

const goLines: readonly [string, string, Told][] = [
	[
		'slog',
		`{"time":"2026-11-22T08:36:05.117421Z","level":"ERROR","source":{"function":"main.pay","file":"/src/pay.go","line":42},"msg":"payment failed","err":"dial tcp 10.0.0.9:5432: connect: connection refused","trace_id":"${trace}","span_id":"${span}"}`,
		{
			level: 'error',
			message: 'payment failed',
			trace,
			span,
			beside: { err: 'dial tcp 10.0.0.9:5432: connect: connection refused', 'source.file': '/src/pay.go' },
		},
	],
	[
		'slog between two levels',
		'{"time":"2026-11-22T08:36:05Z","level":"WARN+2","msg":"queue is long","depth":812}',
		{ level: 'warn', message: 'queue is long', beside: { depth: '812' } },
	],
	[
		'slog text',
		`time=2026-11-22T08:36:05.117Z level=INFO source=/src/pay.go:42 msg="order placed" request_id=${uuid}`,
		{ level: 'info', message: 'order placed', request: uuid, beside: { source: '/src/pay.go:42' } },
	],
	[
		'zap production',
		`{"level":"error","ts":1795336565.1174212,"logger":"pool","caller":"db/pool.go:91","msg":"acquire failed","took":2.000417,"error":"context deadline exceeded","errorVerbose":"context deadline exceeded\\n\\tdb/pool.go:88","stacktrace":"db.(*Pool).Acquire\\n\\t/src/db/pool.go:91"}`,
		{
			level: 'error',
			message: 'acquire failed',
			beside: {
				error: 'context deadline exceeded',
				errorVerbose: 'context deadline exceeded\n\tdb/pool.go:88',
				stacktrace: 'db.(*Pool).Acquire\n\t/src/db/pool.go:91',
				took: '2.000417',
			},
		},
	],
	[
		'zap with short keys',
		'{"L":"DPANIC","T":"2026-11-22T08:36:05.117Z","N":"pool","C":"db/pool.go:91","M":"negative size","S":"db.New\\n\\t/src/db/pool.go:12"}',
		{
			level: 'fatal',
			message: 'negative size',
			beside: { N: 'pool', C: 'db/pool.go:91', S: 'db.New\n\t/src/db/pool.go:12' },
		},
	],
	[
		'zerolog',
		'{"level":"warn","time":1795336565,"caller":"/src/cart.go:17","error":"sold out","stack":[{"func":"add","line":"17","source":"cart.go"}],"elapsed":12.5,"message":"item left out"}',
		{
			level: 'warn',
			message: 'item left out',
			beside: { error: 'sold out', stack: '[{"func":"add","line":"17","source":"cart.go"}]', elapsed: '12.5' },
		},
	],
	[
		'logrus JSON with a field that had the name of its own',
		'{"error":"EOF","fields.level":"gold","fields.msg":"theirs","file":"/src/a.go:3","func":"main.read","level":"warning","msg":"short read","time":"2026-11-22T08:36:05Z"}',
		{ level: 'warn', message: 'short read', beside: { error: 'EOF', 'fields.level': 'gold', 'fields.msg': 'theirs' } },
	],
	[
		'logrus text',
		'time="2026-11-22T08:36:05Z" level=panic msg="cannot bind" error="listen tcp :80: bind: permission denied"',
		{ level: 'fatal', message: 'cannot bind', beside: { error: 'listen tcp :80: bind: permission denied' } },
	],
	[
		'klog text',
		'W1122 08:36:05.117421   11231 reflector.go:539] watch of *v1.Pod ended with: too old resource version',
		{
			level: 'warn',
			message: 'watch of *v1.Pod ended with: too old resource version',
			beside: { caller: 'reflector.go:539' },
		},
	],
	[
		'klog JSON, an info',
		'{"ts":1795336565117.421,"caller":"scheduler/queue.go:12","msg":"Pod queued","v":0,"pod":{"name":"cart-0","namespace":"shop"}}',
		{ level: 'info', message: 'Pod queued', beside: { 'pod.name': 'cart-0' } },
	],
	[
		'klog JSON, talkative',
		'{"ts":1795336565117.421,"caller":"scheduler/queue.go:12","msg":"Cache hit","v":5}',
		{ level: 'debug', message: 'Cache hit' },
	],
	[
		'klog JSON, an error',
		'{"ts":1795336565117.421,"logger":"sync","caller":"scheduler/queue.go:12","msg":"Bind failed","err":"node is gone"}',
		{ level: 'error', message: 'Bind failed', beside: { err: 'node is gone' } },
	],
	[
		'httplog, ECS',
		'{"@timestamp":"2026-11-22T08:36:05Z","log.level":"ERROR","message":"GET /cart => HTTP 500","http.request.method":"GET","url.path":"/cart","http.response.status_code":500,"event.duration":2000417000,"error.message":"no rows","error.stack_trace":"main.go:3"}',
		{
			level: 'error',
			message: 'GET /cart => HTTP 500',
			beside: { 'error.message': 'no rows', 'error.stack_trace': 'main.go:3', 'event.duration': '2000417000' },
		},
	],
	[
		'httplog, OpenTelemetry',
		'{"timestamp":"2026-11-22T08:36:05Z","severity_text":"WARN","body":"GET /cart => HTTP 404","http.server.request.duration":0.004,"exception.stacktrace":"main.go:3"}',
		{ level: 'warn', message: 'GET /cart => HTTP 404', beside: { 'exception.stacktrace': 'main.go:3' } },
	],
];

const nodeLines: readonly [string, string, Told][] = [
	[
		'pino',
		'{"level":50,"time":1795336565117,"pid":7,"hostname":"cart-0","name":"cart","err":{"type":"TypeError","message":"x is not a function","stack":"TypeError: x is not a function\\n    at /app/a.js:1:2"},"msg":"x is not a function"}',
		{
			level: 'error',
			message: 'x is not a function',
			beside: { 'err.type': 'TypeError', 'err.stack': 'TypeError: x is not a function\n    at /app/a.js:1:2' },
		},
	],
	[
		'pino-http',
		`{"level":40,"time":1795336565117,"pid":7,"hostname":"cart-0","req":{"id":"${uuid}","method":"GET","url":"/cart","headers":{"host":"shop.example","traceparent":"00-${trace}-${span}-01"}},"res":{"statusCode":404},"responseTime":3,"msg":"request completed"}`,
		{
			level: 'warn',
			message: 'request completed',
			request: uuid,
			trace,
			span,
			beside: { 'res.statusCode': '404', responseTime: '3' },
		},
	],
	[
		'bunyan',
		'{"name":"cart","hostname":"cart-0","pid":7,"level":50,"err":{"message":"gone","name":"Error","stack":"Error: gone\\n    at a.js:1"},"msg":"gone","time":"2026-11-22T08:36:05.117Z","v":0}',
		{ level: 'error', message: 'gone', beside: { 'err.message': 'gone', 'err.stack': 'Error: gone\n    at a.js:1' } },
	],
	[
		'winston',
		'{"label":"api","level":"error","message":"upstream said no","service":"cart","stack":"Error: upstream said no\\n    at a.js:1","timestamp":"2026-11-22T08:36:05.117Z"}',
		{
			level: 'error',
			message: 'upstream said no',
			beside: { label: 'api', service: 'cart', stack: 'Error: upstream said no\n    at a.js:1' },
		},
	],
];

const pythonLines: readonly [string, string, Told][] = [
	[
		'Celery',
		`[2026-11-22 08:36:05,117: WARNING/ForkPoolWorker-3] Task shop.score[${uuid}] retry: Retry in 3s`,
		{
			level: 'warn',
			message: `Task shop.score[${uuid}] retry: Retry in 3s`,
			request: uuid,
			beside: { process: 'ForkPoolWorker-3' },
		},
	],
	[
		'python-json-logger',
		'{"asctime":"2026-11-22 08:36:05,117","levelname":"ERROR","name":"shop.cart","module":"cart","funcName":"add","lineno":7,"taskName":null,"message":"add failed","exc_info":"Traceback (most recent call last):\\n  File \\"cart.py\\", line 7\\nKeyError: 1"}',
		{
			level: 'error',
			message: 'add failed',
			beside: { exc_info: 'Traceback (most recent call last):\n  File "cart.py", line 7\nKeyError: 1', lineno: '7' },
		},
	],
	[
		'python-json-logger with renamed fields and a list of lines',
		'{"timestamp":"2026-11-22T08:36:05.117Z","levelname":"CRITICAL","message":"gave up","exc_info":["Traceback","KeyError: 1"]}',
		{ level: 'fatal', message: 'gave up', beside: { exc_info: '["Traceback","KeyError: 1"]' } },
	],
	[
		'structlog',
		`{"user_id":7,"ip":"10.0.0.7","request_id":"${uuid}","event":"request_failed","code":500,"request":"GET /cart","exception":"Traceback","logger":"django_structlog","level":"error","timestamp":"2026-11-22T08:36:05.117Z"}`,
		{ level: 'error', message: 'request_failed', request: uuid, beside: { exception: 'Traceback', code: '500' } },
	],
	[
		'loguru',
		'{"text":"2026-11-22 08:36:05.117 | WARNING  | shop:add:7 - low stock\\n","record":{"elapsed":{"repr":"0:00:01","seconds":1.0},"exception":null,"extra":{"request_id":"01JDABCDEFGHJKMNPQRSTVWXYZ"},"level":{"icon":"⚠️","name":"WARNING","no":30},"line":7,"message":"low stock","time":{"repr":"2026-11-22 08:36:05.117+00:00","timestamp":1795336565.117}}}',
		{ level: 'warn', message: 'low stock', request: '01JDABCDEFGHJKMNPQRSTVWXYZ', beside: { 'record.line': '7' } },
	],
	[
		'loguru text',
		'2026-11-22 08:36:05.117 | ERROR    | shop.cart:add:7 - add failed',
		{ level: 'error', message: 'add failed', beside: { logger: 'shop.cart:add' } },
	],
];

const javaLines: readonly [string, string, Told][] = [
	[
		'logback with trace and span behind the logger',
		`2026-11-22 08:36:05,117 ERROR [http-nio-8080-exec-3] c.q.till.Invoices [${trace},${span}] - could not invoice\njava.lang.IllegalStateException: no\n\tat c.q.till.Invoices.write(Invoices.java:77)`,
		{
			level: 'error',
			message: 'could not invoice\njava.lang.IllegalStateException: no\n\tat c.q.till.Invoices.write(Invoices.java:77)',
			trace,
			span,
			beside: { logger: 'c.q.till.Invoices' },
		},
	],
	[
		'logback as it is by itself, its thread before the level',
		'08:36:05.117 [main] INFO  c.q.till.Invoices - up in 3 s',
		{ level: 'info', message: 'up in 3 s', beside: { logger: 'c.q.till.Invoices' } },
	],
	[
		'a context before the level',
		`2026-11-22 08:36:05,117 [user=7 trace_id=${trace}] WARN slow`,
		{ level: 'warn', message: 'slow', trace, beside: { user: '7' } },
	],
	[
		'logback with named IDs behind the logger',
		`08:36:05.117 [main] WARN  c.q.till.Invoices [trace_id=${trace} user=7] - slow`,
		{ level: 'warn', message: 'slow', trace, beside: { logger: 'c.q.till.Invoices', user: '7' } },
	],
	[
		'logstash-logback-encoder',
		`{"@timestamp":"2026-11-22T08:36:05.117Z","@version":"1","message":"order failed","logger_name":"org.example.Orders","thread_name":"exec-1","level":"ERROR","level_value":40000,"stack_trace":"java.lang.IllegalStateException: closed\\n\\tat org.example.Orders.place(Orders.java:7)","traceId":"${trace}","spanId":"${span}"}`,
		{
			level: 'error',
			message: 'order failed',
			trace,
			span,
			beside: {
				stack_trace: 'java.lang.IllegalStateException: closed\n\tat org.example.Orders.place(Orders.java:7)',
			},
		},
	],
	[
		'ECS of Spring Boot',
		`{"@timestamp":"2026-11-22T08:36:05.117Z","log.level":"ERROR","process.thread.name":"exec-1","service.name":"shop","service.version":"1.4.2","log.logger":"org.example.Orders","message":"order failed","error.type":"java.lang.IllegalStateException","error.message":"closed","error.stack_trace":"java.lang.IllegalStateException: closed\\n\\tat a","trace.id":"${trace}","span.id":"${span}","transaction.id":"5b8aa5a2d2c872e8","ecs.version":"8.11"}`,
		{
			level: 'error',
			message: 'order failed',
			request: '5b8aa5a2d2c872e8',
			trace,
			span,
			beside: {
				'error.type': 'java.lang.IllegalStateException',
				'error.message': 'closed',
				'service.version': '1.4.2',
			},
		},
	],
	[
		'ECS nested',
		`{"@timestamp":"2026-11-22T08:36:05.117Z","log":{"level":"WARN","logger":"org.example.Orders"},"message":"slow","error":{"type":"x","message":"y"},"trace":{"id":"${trace}"},"span":{"id":"${span}"}}`,
		{
			level: 'warn',
			message: 'slow',
			trace,
			span,
			beside: { 'error.message': 'y', 'log.logger': 'org.example.Orders' },
		},
	],
	[
		'log4j2 JsonLayout',
		`{"instant":{"epochSecond":1795336565,"nanoOfSecond":117421000},"thread":"main","level":"FATAL","loggerName":"org.example.Main","message":"cannot start","thrown":{"commonElementCount":0,"localizedMessage":"closed","message":"closed","name":"java.io.IOException","extendedStackTrace":"java.io.IOException: closed\\n\\tat a"},"contextMap":{"traceId":"${trace}","spanId":"${span}"}}`,
		{
			level: 'fatal',
			message: 'cannot start',
			trace,
			span,
			beside: { 'thrown.name': 'java.io.IOException', 'thrown.message': 'closed' },
		},
	],
	[
		'log4j2 JsonLayout of before',
		'{"timeMillis":1795336565117,"thread":"main","level":"TRACE","loggerName":"org.example.Main","message":"in"}',
		{ level: 'trace', message: 'in', beside: { thread: 'main' } },
	],
	[
		'GELF',
		'{"version":"1.1","host":"cart-0","short_message":"no route","full_message":"no route\\n\\tat a","timestamp":1795336565.117,"level":4,"_logger":"cart","_stack_trace":"at a","_correlation_id":"c-0004711"}',
		{
			level: 'warn',
			message: 'no route',
			request: 'c-0004711',
			beside: { full_message: 'no route\n\tat a', _stack_trace: 'at a' },
		},
	],
];

const dotnetLines: readonly [string, string, Told][] = [
	[
		'Serilog CLEF',
		`{"@t":"2026-11-22T08:36:05.1174212Z","@mt":"HTTP {RequestMethod} {RequestPath} gave {StatusCode}","@r":["500"],"@i":"4b0f7c2e","@l":"Error","@x":"System.Exception: closed\\n   at A.B()","@tr":"${trace}","@sp":"${span}","RequestMethod":"GET","RequestPath":"/cart","StatusCode":500,"SourceContext":"Shop.Cart","RequestId":"0HMVFE0A284LM:00000001","ConnectionId":"0HMVFE0A284LM"}`,
		{
			level: 'error',
			message: 'HTTP GET /cart gave 500',
			request: '0HMVFE0A284LM:00000001',
			trace,
			span,
			beside: { '@x': 'System.Exception: closed\n   at A.B()', SourceContext: 'Shop.Cart' },
		},
	],
	[
		'Serilog CLEF without a level',
		'{"@t":"2026-11-22T08:36:05Z","@m":"Now listening","@i":"c2e4b0f7"}',
		{ level: 'info', message: 'Now listening' },
	],
	[
		'Serilog JsonFormatter',
		`{"Timestamp":"2026-11-22T08:36:05.117+00:00","Level":"Fatal","MessageTemplate":"Cannot reach {Host}","RenderedMessage":"Cannot reach db","Exception":"System.IO.IOException: closed","TraceId":"${trace}","Properties":{"Host":"db"}}`,
		{
			level: 'fatal',
			message: 'Cannot reach db',
			trace,
			beside: { Exception: 'System.IO.IOException: closed', 'Properties.Host': 'db' },
		},
	],
	[
		'NLog',
		'{ "time": "2026-11-22 08:36:05.1174", "level": "WARN", "logger": "Shop.Cart", "message": "slow", "exception": "System.TimeoutException: 2 s" }',
		{ level: 'warn', message: 'slow', beside: { exception: 'System.TimeoutException: 2 s' } },
	],
	[
		'Microsoft.Extensions.Logging',
		`{"Timestamp":"2026-11-22T08:36:05Z","EventId":13,"LogLevel":"Critical","Category":"Shop.Cart","Message":"cannot start","Exception":"System.Exception: closed","State":{"Message":"cannot start","{OriginalFormat}":"cannot start"},"Scopes":[{"TraceId":"${trace}","SpanId":"${span}","RequestId":"0HMVFE0A284LM:00000001"}]}`,
		{
			level: 'fatal',
			message: 'cannot start',
			request: '0HMVFE0A284LM:00000001',
			trace,
			span,
			beside: { Exception: 'System.Exception: closed', Category: 'Shop.Cart' },
		},
	],
	['.NET console', 'crit: Shop.Cart[0]', { level: 'fatal', message: 'Shop.Cart[0]' }],
];

test.each([...goLines, ...nodeLines, ...pythonLines, ...javaLines, ...dotnetLines])(
	'%s tells its level, its message, its identifiers and its error',
	(_, line, expected) => {
		expect(told(line, expected)).toEqual(expected);
	},
);
