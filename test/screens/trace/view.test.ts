import { expect, test } from 'vitest';
import { FailureError } from '../../../src/model/failure.ts';
import { failedWith, idle } from '../../../src/model/loadable.ts';
import { lettersOf } from '../../helpers/letters.ts';
import { traceFromText } from '../../helpers/trace-from-text.ts';
import { loadedTrace, openedAt, openTrace, recordedTrace } from './open-trace.ts';

const failing = () => loadedTrace(recordedTrace('trace-v2'));
const slow = () => loadedTrace(recordedTrace('trace-v2-slow'));
const broken = () => loadedTrace(recordedTrace('trace-v2-broken'));

test('a failed request at 80 columns', () => {
	expect(`\n${openTrace(failing()).frame()}`).toMatchInlineSnapshot(`
		"
		97.2 % of 2.06 s is billing pool.acquire, waiting for a connection
		         │0               │500 ms           │1 s             │1.5 s
		 edge    ━ POST /checkout 2.06 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━✗
		 edge    ╸╺ POST 2.05 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━✗
		 basket  ▎╺ POST /basket 2.05 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━✗
		 basket  ▊╺╺ POST 2 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━✗
		 billing  ▉╺ POST /charge 2 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━✗
		▌billing   █ pool.acquire 2 s █████████████████████████████████████████████████✗

		where the time went                             on path       self  spans errors
		billing pool.acquire                             97.2 %        2 s      1    1 ✗
		catalog POST /reserve                             1.2 %    23.8 ms      1      ·
		basket SELECT basket                                1 %    20.3 ms      1      ·
		auth login.Login/Verify                           0.3 %    6.66 ms      1      ·
		edge POST /checkout                              <0.1 %     1.5 ms      1    1 ✗
		others (5)
		✗ First of 6 errors: billing pool.acquire: pool timeout after 2000ms
		────────────────────────────────────────────────────────────────────────────────
		billing pool.acquire  2 s, self 2 s
		✗ error: pool timeout after 2000ms"
	`);
});

test('a slow request without colours, in plain ASCII', () => {
	const frame = openTrace(slow(), { unicode: false }).frame();
	expect(frame).toMatch(/^[\x20-\x7e\n]*$/);
	expect(`\n${frame}`).toMatchInlineSnapshot(`
		"
		89.9 % of 1.34 s is payments pool.acquire, waiting for a connection
		          |0                        |500 ms                   |1 s
		 gateway  - POST /checkout 1.34 s ----------------------------------------------
		 gateway  -| POST 1.33 s -------------------------------------------------------
		 orders   =| POST /orders 1.32 s -----------------------------------------------
		 orders    =|| POST 1.29 s ----------------------------------------------------+
		 payments   =| POST /charge 1.28 s ---------------------------------------------
		>payments    = pool.acquire 1.21 s =========================================||==

		where the time went                             on path       self  spans errors
		payments pool.acquire                            89.9 %     1.21 s      1      .
		payments POST api.stripe.com                      5.3 %    70.5 ms      1      .
		orders SELECT orders                              1.3 %    17.6 ms      1      .
		stock POST /reserve                               1.1 %    14.4 ms      1      .
		auth auth.Auth/Verify                               1 %    13.7 ms      1      .
		payments INSERT ledger                            0.6 %    7.65 ms      1      .
		others (8)
		--------------------------------------------------------------------------------
		payments pool.acquire  1.21 s, self 1.21 s
		internal work; waiting for a connection; 89.9 % of the critical path"
	`);
});

test('orphans, clock skew, spans without length and work that outlives its parent', () => {
	expect(`\n${openTrace(broken()).frame()}`).toMatchInlineSnapshot(`
		"
		Clocks disagree (C): 50 % to 100 % of 100 ms is self time of edge root
		the clock of basket is off by 5 s or more  1 span has a parent that is missing
		         │0                │100 ms           │200 ms          │300 ms
		▌edge    █ root 100 ms ███▊
		 basket  ╸ skewed child 50 ms skewed
		 ?           ━━━━━━━ missing parent 40 ms
		 billing     ━━━━━━━ orphan 40 ms
		 billing      ╸ ━ outlives its parent 360 ms outlives parent ━━━━━━━━━━━━━━━━━━━

		where the time went                             on path       self  spans errors
		edge root                                         100 %     100 ms      1      ·
		billing outlives its parent                         0 %     360 ms      1      ·
		basket skewed child                                 0 %      50 ms      1      ·
		billing orphan                                      0 %      20 ms      1      ·
		billing zero length                                 0 %       0 ms      1      ·

		· Work went on for 300 ms after the root had ended: billing outlives its parent
		────────────────────────────────────────────────────────────────────────────────
		edge root  100 ms, self 100 ms
		internal work; 100 % of the critical path"
	`);
});

test('at 160 columns the details stand beside', () => {
	expect(`\n${openTrace(failing(), { size: { width: 160, height: 30 } }).frame()}`).toMatchInlineSnapshot(`
		"
		97.2 % of 2.06 s is billing pool.acquire, waiting for a connection (on the critical path)
		         │0                   │500 ms              │1 s                 │1.5 s                 │ billing pool.acquire
		 edge    ━ POST /checkout 2.06 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━✗│ status  error: pool timeout after 2000ms
		 edge    ╸╺ POST 2.05 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━✗│ error   1 of 6 in the order of causes
		 basket  ▎╺ POST /basket 2.05 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━✗│ took    2 s
		 basket  ▉╺╺ POST 2 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━✗│ self    2 s, waiting for a connection
		 billing  █╺ POST /charge 2 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━✗│ on path 2 s, 97.2 % of the trace
		▌billing   █ pool.acquire 2 s ████████████████████████████████████████████████████████████████✗│ started 08:32:09.542 UTC, 56.1 ms after the root
		                                                                                               │ kind    internal work
		where the time went                              on path       self  spans errors              │ span    5e31cb278a177451
		billing pool.acquire                              97.2 %        2 s      1    1 ✗              │
		catalog POST /reserve                              1.2 %    23.8 ms      1      ·              │ event exception at 2.06 s, 2 s into the span
		basket SELECT basket                                 1 %    20.3 ms      1      ·              │ type       PoolTimeout
		auth login.Login/Verify                            0.3 %    6.66 ms      1      ·              │ message    pool timeout after 2000ms
		edge POST /checkout                               <0.1 %     1.5 ms      1    1 ✗              │ stacktrace PoolTimeout: pool timeout after 2000ms
		basket POST                                       <0.1 %     1.5 ms      2    1 ✗              │              at Pool.acquire (pool.js:88)
		basket POST /basket                               <0.1 %       1 ms      1    1 ✗              │              at charge (charge.js:41)
		edge login.Login/Verify                           <0.1 %     800 µs      1      ·              │
		edge POST                                         <0.1 %     500 µs      1    1 ✗              │ attributes
		billing POST /charge                              <0.1 %     500 µs      1    1 ✗              │ pool.name    accounts-db
		                                                                                               │ pool.size    10
		✗ First of 6 errors: billing pool.acquire: pool timeout after 2000ms                           │ pool.waiting 29
		                                                                                               │
		by service                                       on path       self  spans errors              │ resource
		billing                                           97.3 %        2 s      2    2 ✗              │ k8s.pod.name      billing-6f7c9-8x
		catalog                                            1.2 %    23.8 ms      1      ·              │ service.name      billing
		basket                                             1.1 %    22.8 ms      4    2 ✗              │ service.namespace money
		auth                                               0.3 %    6.66 ms      1      ·              │ service.version   2.5.0
		edge                                               0.1 %     2.8 ms      3    2 ✗              │
		                                                                                               │"
	`);
});

test('at 60 columns and 11 rows nothing that matters is lost', () => {
	expect(`\n${openTrace(failing(), { size: { width: 60, height: 11 } }).frame()}`).toMatchInlineSnapshot(`
		"
		97.2 % of 2.06 s is billing pool.acquire, waiting for a con…
		         │0          │500 ms      │1 s        │1.5 s
		 edge    ━ POST /checkout 2.06 s ━━━━━━━━━━━━━━━━━━━━━━━━━━✗
		 edge    ╸╺ POST 2.05 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━✗
		 basket  ▏╺ POST /basket 2.05 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━✗
		 basket  ╍╺ POST 2 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━✗
		 billing ▋╺ POST /charge 2 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━✗
		▌billing  █ pool.acquire 2 s ██████████████████████████████✗

		────────────────────────────────────────────────────────────
		billing pool.acquire  2 s, self 2 s"
	`);
});

test('details below, opened with d', () => {
	const screen = openTrace(failing());
	screen.presses('d');
	expect(`\n${screen.frame()}`).toMatchInlineSnapshot(`
		"
		97.2 % of 2.06 s is billing pool.acquire, waiting for a connection
		         │0               │500 ms           │1 s             │1.5 s
		 edge    ━ POST /checkout 2.06 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━✗
		 edge    ╸╺ POST 2.05 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━✗
		 basket  ▎╺ POST /basket 2.05 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━✗
		 basket  ▊╺╺ POST 2 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━✗
		 billing  ▉╺ POST /charge 2 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━✗
		▌billing   █ pool.acquire 2 s █████████████████████████████████████████████████✗
		────────────────────────────────────────────────────────────────────────────────
		billing pool.acquire
		status  error: pool timeout after 2000ms
		error   1 of 6 in the order of causes
		took    2 s
		self    2 s, waiting for a connection
		on path 2 s, 97.2 % of the trace
		started 08:32:09.542 UTC, 56.1 ms after the root
		kind    internal work
		span    5e31cb278a177451

		▼ 17 more lines (J, K)"
	`);
	screen.presses('J', 'J', 'J', 'J');
	expect(screen.frame()).toContain('pool.waiting 29');
	screen.presses('J', 'J', 'J', 'J', 'K');
	expect(screen.frame()).not.toContain('service.version');
	screen.presses('J');
	expect(screen.frame()).toContain('service.version');
});

test('a zoomed span below its ancestors', () => {
	const screen = openTrace(slow());
	screen.presses('k', 'enter');
	expect(`\n${screen.frame()}`).toMatchInlineSnapshot(`
		"
		89.9 % of 1.34 s is payments pool.acquire, waiting for a connection
		 1.34 s   ▃[▄▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▄▄▃▃]
		          │50.5 ms                   │+500 ms                   │+1 s
		 gateway  ━ POST /checkout 1.34 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
		 gateway  ━ POST 1.33 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
		 orders   ━ POST /orders 1.32 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
		 orders   ━ POST 1.29 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
		▌payments ━ POST /charge 1.28 s ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
		 payments █ pool.acquire 1.21 s ███████████████████████████████████████████▊▐▐██

		where the time went                             on path       self  spans errors
		payments pool.acquire                            89.9 %     1.21 s      1      ·
		payments POST api.stripe.com                      5.3 %    70.5 ms      1      ·
		orders SELECT orders                              1.3 %    17.6 ms      1      ·
		stock POST /reserve                               1.1 %    14.4 ms      1      ·
		auth auth.Auth/Verify                               1 %    13.7 ms      1      ·
		others (9)
		────────────────────────────────────────────────────────────────────────────────
		payments POST /charge  1.28 s, self 500 µs
		server: answers a request; <0.1 % of the critical path"
	`);
});

test('more rows than room: the selected one is on show, and the others are counted', () => {
	const lanes = Array.from(
		{ length: 30 },
		(_, index) => `  s work-${lettersOf(index)} :${' '.repeat(index)}${'='.repeat(40)}`,
	);
	const screen = openTrace(loadedTrace(traceFromText(`s root :${'='.repeat(80)}\n${lanes.join('\n')}`)));
	screen.presses('G');
	expect(screen.frame()).toMatch(/^▌s /m);
	expect(screen.frame()).toContain(`work-${lettersOf(29)}`);
	expect(screen.frame().split('\n')[1]).toMatch(/^ ▲ 1\d/);
	screen.presses('g');
	expect(screen.frame()).toMatch(/▼ \d+ more rows/);
});

test('names and stacks with line breaks, tabs and escape sequences keep their columns', () => {
	const trace = traceFromText('db placeholder :====================');
	const spans = trace.spans.map(span => ({
		...span,
		name: 'SELECT *\n\tFROM t \u001b[31m',
		attributes: { stack: 'Oops\r\n\tat a.B.c(B.java:1)' },
	}));
	const screen = openTrace(loadedTrace({ ...trace, spans }));
	screen.presses('d', 'J', 'J', 'J');
	const frame = screen.frame();
	expect(frame).toContain('SELECT * FROM t');
	expect(frame).toMatch(/^ {8}at a\.B\.c\(B\.java:1\)$/m);
	expect(frame).not.toMatch(/[\u001b\t⏎]|31m/);
});

test.each([80, 160])('nothing of an escape sequence is left in a name that is cut, at %i columns', width => {
	const trace = traceFromText('edge root :====================\n  db work :  ==========');
	const spans = trace.spans.map(span => ({
		...span,
		name: `${span.name} ${'\u001b[38;5;203mred\u001b[0m '.repeat(40)}`,
	}));
	const screen = openTrace(loadedTrace({ ...trace, spans }), { size: { width, height: 24 } });
	for (const key of ['tab', 'tab', 'tab', 'd']) {
		expect(screen.frame()).not.toMatch(/\[38|;5;|03m|\[0m/);
		screen.presses(key);
	}
});

test('the headline counts', () => {
	expect(openTrace(failing()).headline()).toBe('2.06 s  11 spans  5 services  error 1 of 6');
	expect(openTrace(slow()).headline()).toBe('1.34 s  15 spans  6 services  no errors');
	expect(openTrace(idle).headline()).toBe('trace 73c8000000000000000000000000000a');
});

test('a partial trace says so', () => {
	const note = { kind: 'partial', text: 'Tempo cut the trace at 5 MB.' } as const;
	expect(openTrace(loadedTrace(recordedTrace('trace-v2'), [note])).frame()).toContain('Tempo cut the trace at 5 MB.');
});

test('a missing trace says where it was looked for and why it may be missing', () => {
	const screen = openTrace({
		status: 'loaded',
		notes: [],
		at: openedAt,
		value: {
			found: false,
			id: '73c8000000000000000000000000000a',
			store: 'Tempo',
			tried: ['the 31 m 00 s round the window', 'all of Tempo'],
			reasons: ['It may be seconds old: spans arrive late.', 'It was not sampled.'],
		},
	});
	expect(`\n${screen.frame().trimEnd()}`).toMatchInlineSnapshot(`
		"
		Trace 73c8000000000000000000000000000a is not in Tempo.
		Looked in the 31 m 00 s round the window, then in all of Tempo.

		· It may be seconds old: spans arrive late.
		· It was not sampled.

		w makes a waterfall of its log lines, L opens them, R asks Tempo again."
	`);
});

test('a failure is told in a sentence; the last good trace stays with its age', () => {
	const { failure } = new FailureError({
		kind: 'unauthorized',
		backend: 'tempo',
		what: 'Tempo at traces.example refused the token (401).',
		next: 'Check profile prod-eu: tempo.auth.',
	});
	expect(
		openTrace(failedWith(idle, failure, openedAt))
			.frame()
			.trimEnd(),
	).toBe('✗ Tempo at traces.example refused the token (401). Check profile prod-eu:\n  tempo.auth.');
	const old = openTrace(failedWith(failing(), failure, openedAt)).frame();
	expect(old).toContain('pool.acquire 2 s');
	expect(old).toContain('refused the token (401)');
});

test('waiting is said after a moment', () => {
	expect(openTrace({ status: 'waiting', since: openedAt - 2100 }).frame()).toContain('asking for the trace … 2.1 s');
});

test('a search is named in the headline and leaves every span in sight', () => {
	const screen = openTrace(failing());
	screen.searches('accounts-db');
	expect(screen.headline()).toContain('search accounts-db');
	expect(screen.frame()).toContain('pool.acquire');
});

test('who tried again is told to have waited between the tries', () => {
	const screen = openTrace(
		loadedTrace(
			traceFromText(`till charge {server}  :====================
			  rates GET {client}    : =!
			  rates GET {client}    :    =!
			  rates GET {client}    :            =`),
		),
	);
	screen.presses('g');
	expect(screen.frame()).toContain('server: answers a request; 90 ms waiting between tries of rates GET; 85 %');
});
