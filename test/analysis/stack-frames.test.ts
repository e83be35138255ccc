import { expect, test } from 'vitest';
import { ownFramesOf, rootCauseIn } from '../../src/analysis/stack-frames.ts';

test.each([
	[
		'V8',
		`PoolTimeout: no connection
    at Pool._pulse (/srv/node_modules/pg-pool/index.js:12:3)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
    at async hold (/srv/src/berths/hold.js:41:9)
    at async /srv/src/server.js:10:1
    at async run (/srv/node_modules/fastify/lib/run.js:1:1)`,
		['at async hold (/srv/src/berths/hold.js:41:9)', 'at async /srv/src/server.js:10:1'],
	],
	[
		'JVM',
		`java.lang.IllegalStateException: held
	at java.base/java.util.Optional.orElseThrow(Optional.java:403)
	at org.springframework.jdbc.core.JdbcTemplate.query(JdbcTemplate.java:1)
	at example.nightline.Berths.hold(Berths.java:77)
	at io.grpc.stub.ServerCalls.invoke(ServerCalls.java:2)
	... 12 more
Caused by: java.net.SocketTimeoutException: connect
	at example.nightline.Db.open(Db.java:9)
Caused by: example.Refused: no route
	... 3 more`,
		['at example.nightline.Berths.hold(Berths.java:77)', 'at example.nightline.Db.open(Db.java:9)'],
	],
	[
		'Python, whose innermost frame is the last one',
		`Traceback (most recent call last):
  File "/app/berths/server.py", line 10, in hold
    return query(train)
  File "/app/berths/db.py", line 44, in query
    cursor.execute(statement)
  File "/usr/lib/python3.12/site-packages/psycopg/cursor.py", line 97, in execute
    raise ex
psycopg.errors.LockNotAvailable: lock`,
		['File "/app/berths/db.py", line 44, in query', 'File "/app/berths/server.py", line 10, in hold'],
	],
	[
		'Go, with the place on a line of its own',
		`goroutine 18 [running]:
database/sql.(*DB).conn(0xc00012, {0x1})
	/usr/local/go/src/database/sql/sql.go:1313 +0x1d
main.hold(0xc0001)
	/app/cmd/berths/hold.go:41 +0x2a`,
		['main.hold(0xc0001) /app/cmd/berths/hold.go:41 +0x2a'],
	],
	[
		'.NET',
		`System.TimeoutException: late
 ---> Example.Refused: no route
   at System.Threading.Tasks.Task.Wait()
   at Nightline.Berths.Hold(String train) in /src/Berths.cs:line 12`,
		['at Nightline.Berths.Hold(String train) in /src/Berths.cs:line 12'],
	],
	['PHP', '#0 /app/vendor/pdo/x.php(3): run()\n#1 /app/src/Hold.php(12): hold()', ['#1 /app/src/Hold.php(12): hold()']],
	['Ruby', "/usr/lib/ruby/gems/3.3/pg.rb:1:in `exec'\n/app/hold.rb:7:in `hold'", ["/app/hold.rb:7:in `hold'"]],
	['a trace that begins in own code', 'E: x\n  at hold (/srv/src/hold.js:1:1)\n  at f (node:net:1:1)', []],
	['a trace wholly of others', 'E: x\n  at f (node:net:1:1)', []],
	['no trace', 'pool timeout', []],
])('own frames of %s', (_, stack, own) => {
	expect(ownFramesOf(stack)).toEqual(own);
});

test.each([
	['A: x\nCaused by: B: y\n\t at z\nCaused by: C: no route', 'C: no route'],
	['A: x\n ---> B: y', 'B: y'],
	['A: x\n  [cause]: B: y', 'B: y'],
	['A: x', undefined],
])('the cause in the end of %j', (stack, cause) => {
	expect(rootCauseIn(stack)).toBe(cause);
});

test('a stack of a recursion without end is read in part', () => {
	const stack = `E: x\n  at f (node:net:1:1)\n${'  at again (/srv/src/again.js:1:1)\n'.repeat(100_000)}`;
	expect(ownFramesOf(stack)).toHaveLength(3);
});
