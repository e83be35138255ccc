import { describe, expect, test, vi } from 'vitest';
import { parseAddressLine } from '../../src/analysis/address.ts';
import { type Failure, FailureError } from '../../src/model/failure.ts';
import { createTheme } from '../../src/widgets/theme.ts';
import { demoNow, demoWorld } from '../helpers/demo.ts';
import { operate } from '../helpers/operator.tsx';

vi.setConfig({ testTimeout: 60_000 });

const at = 'traces --service berths --since 30m';
const patience = { timeout: 8000 };
const lastRows = (frame: string, count: number): string => frame.split('\n').slice(-count).join('\n');

describe('a search for traces', () => {
	test('at 80×24', async () => {
		const operator = operate({ ...demoWorld(), at });
		await operator.sees('of more traces');
		await operator.loses('searching');
		expect(`\n${operator.frame()}`).toMatchInlineSnapshot(`
			"
			 test  RO │ traces of berths                                             tempo ✓
			traces of berths                                           02:42–03:12 UTC  live
			    5 s┤                       ✗           ✗           ✗           ✗           ✗
			       │           ✗           ✗           ◆           ◆           ◆           ◆
			       │           ◆           ◆           ◆           ◆           ◆           ◆
			   1 ms└           ◆           ✗           ◆                       ◆           ◈
			             02:45       02:50       02:55       03:00       03:05       03:10
			 1 service=berths
			 began            took             began in                      spans  errors
			▌03:12:43.996     1 ms ▏           root not arrived yet              3       ·
			 03:12:43.714     6 ms ▏           concierge …ings/{reference}       9       ·
			 03:12:43.602   221 ms ▋           concierge POST /bookings         35       ·
			 03:12:43.350    40 ms ▏           root not arrived yet              5       ·
			 03:12:43.049     8 ms ▏           concierge …ings/{reference}       9       ·
			 03:12:43.037   274 ms ▉           concierge POST /bookings         31       ·
			 03:12:42.971   368 ms █▏          concierge POST /bookings         32       ·
			 03:12:42.682     8 ms ▏           concierge …ings/{reference}       9       ·
			 03:12:42.610   249 ms ▊           concierge POST /bookings         31       ·
			 03:12:42.524   282 ms ▉           concierge POST /bookings         31       ·
			 03:12:42.431    82 ms ▎           concierge …ings/{reference}      19       ·
			Not all traces, nor the slowest: Tempo stopped at 20, in each of 6 parts.
			120 of more traces, newest first  { resource.service.name = "berths" }

			enter flame graph  l logs  f condition  backspace widen  s sort  ? help"
		`);
	});

	test('at 160×50', async () => {
		const operator = operate({ ...demoWorld(), at: `${at} --slow 300ms`, columns: 160, rows: 50 });
		await operator.sees('of more traces');
		await operator.loses('searching');
		expect(`\n${operator.frame()}`).toMatchInlineSnapshot(`
			"
			 test  RO │ traces of berths                                                                                                                             tempo ✓
			traces of berths  slower than 300ms                                                                                              02:42–03:12 UTC  live  last 30m
			    5 s┤                                                  ✗                                                                           ✗                        ✗
			       │                                                  ✗                        ✗                        ✗✗                       ✗✗
			       │                                                  ✗                        ✗                        ✗◆                       ✗                         ✗
			       │                                                                           ◆                        ◆◆                       ◆◆                        ◆
			  1.2 s┤                                                  ◆                                                                           ◆                        ◆
			       │                        ◆                         ◆                        ◆                                                  ◆                        ◆
			       │                        ◆                         ◆                        ◆                        ◆◆                        ◆                        ◆
			       │                       ◆◆◆                        ◆                        ◆                        ◆◆                       ◆◆                        ◈
			 200 ms└
			                   02:45                    02:50                     02:55                    03:00                    03:05                     03:10
			 1 service=berths  2 slower than 300ms                                                                                     backspace takes the last away, X any
			 began            took                         began in                                    went through                                          spans  errors
			▌03:12:42.971   368 ms ██▎                     concierge POST /bookings                    berths concierge fares herald manifest till              32       ·
			 03:12:42.187   326 ms ██                      concierge POST /bookings                    berths concierge fares herald manifest till              33       ·
			 03:12:41.958   2.01 s ████████████            concierge POST /bookings                    berths concierge manifest                                10     4 ✗
			 03:12:41.305   2.11 s ████████████▋           concierge POST /bookings                    berths concierge manifest                                10     4 ✗
			 03:12:41.011   303 ms █▊                      concierge GET /bookings/{reference}         berths concierge                                          9       ·
			 03:12:40.544   1.34 s ████████                concierge POST /bookings                    berths concierge fares herald manifest till              31       ·
			 03:12:40.219   2.31 s █████████████▉          concierge POST /bookings                    berths concierge manifest                                15     4 ✗
			 03:12:40.070   1.57 s █████████▍              concierge POST /bookings                    berths concierge fares herald manifest till              31       ·
			 03:12:39.994   423 ms ██▌                     concierge DELETE /bookings/{reference}      berths concierge herald till                             19       ·
			 03:12:39.880   351 ms ██▏                     concierge POST /bookings                    berths concierge fares herald manifest till              31       ·
			 03:12:39.213   390 ms ██▍                     concierge POST /bookings                    berths concierge fares herald manifest till              35       ·
			 03:12:38.203   1.28 s ███████▋                concierge POST /bookings                    berths concierge fares herald manifest till              35       ·
			 03:12:38.146   450 ms ██▊                     concierge POST /bookings                    berths concierge fares herald manifest till              32       ·
			 03:12:38.027   377 ms ██▎                     concierge POST /bookings                    berths concierge fares herald manifest till              33       ·
			 03:12:37.735   1.11 s ██████▋                 concierge POST /bookings                    berths concierge fares herald manifest till              34       ·
			 03:12:36.685   781 ms ████▋                   concierge POST /bookings                    berths concierge fares herald manifest till              31       ·
			 03:12:36.360   1.21 s ███████▎                concierge POST /bookings                    berths concierge fares herald manifest till              32       ·
			 03:12:35.539   1.53 s █████████▏              concierge POST /bookings                    berths concierge fares herald manifest till              35       ·
			 03:12:34.101   1.33 s ███████▉                concierge POST /bookings                    berths concierge fares herald manifest till              31       ·
			 03:12:34.062   3.85 s ███████████████████████ concierge POST /bookings                    berths concierge manifest                                17     4 ✗
			 03:07:42.841   679 ms ████                    concierge POST /bookings                    berths concierge fares herald manifest till              33       ·
			 03:07:42.596   3.65 s █████████████████████▊  concierge POST /bookings                    berths concierge manifest                                16     4 ✗
			 03:07:42.432   379 ms ██▎                     concierge POST /bookings                    berths concierge fares herald manifest till              32       ·
			 03:07:41.650   308 ms █▉                      concierge GET /bookings/{reference}         berths concierge                                          9       ·
			 03:07:40.476   2.58 s ███████████████▍        concierge POST /bookings                    berths concierge manifest                                19     4 ✗
			 03:07:40.361   386 ms ██▎                     concierge POST /bookings                    berths concierge fares herald manifest till              31       ·
			 03:07:39.977   523 ms ███▏                    concierge POST /bookings                    berths concierge fares herald manifest till              32       ·
			 03:07:38.912   473 ms ██▉                     concierge POST /bookings                    berths concierge fares herald manifest till              33       ·
			 03:07:38.750   354 ms ██▏                     concierge DELETE /bookings/{reference}      berths concierge herald till                             19       ·
			 03:07:38.683   1.66 s █████████▉              concierge POST /bookings                    berths concierge fares herald manifest till              34       ·
			 03:07:38.448   333 ms ██                      concierge POST /bookings                    berths concierge fares herald manifest till              36       ·
			 03:07:36.916   3.58 s █████████████████████▍  concierge POST /bookings                    berths concierge manifest                                16     4 ✗
			Not all traces, nor the slowest: Tempo stopped at 20, in each of 6 parts.
			120 of more traces, newest first  { resource.service.name = "berths" && traceDuration >= 300ms }

			enter flame graph  l logs  f condition  backspace widen  s sort  e errors only  p panels  M compare  / filter  q quit  : go to  ! queries  ? help"
		`);
	});

	test('at 60×15 in ASCII', async () => {
		const operator = operate({ ...demoWorld(), at, columns: 60, rows: 15, theme: createTheme('none', false) });
		await operator.sees('of more traces');
		await operator.loses('searching');
		const body = () => operator.frame().split('\n').slice(2).join('\n');
		expect(body()).toMatch(/^[\x20-\x7e\n]*$/);
		operator.presses('f', 'enter');
		await operator.sees('2 of 9');
		expect(`\n${body()}`).toMatchInlineSnapshot(`
			"
			 1 service=berths
			service  2 of 9                enter keeps it  esc goes back
			  any
			> berths                                           120 here
			  concierge                                        120 here
			  fares                                             41 here
			  herald                                            50 here
			  manifest                                          52 here
			  till                                              52 here
			Not all traces, nor the slowest: Tempo stopped at 20.
			120 of more traces, newest first  { resource.service.name =~

			enter keep it  backspace widen  / filter  : go to  ? help"
		`);
	});

	test('leads to a trace and back to the very row', async () => {
		const operator = operate({ ...demoWorld(), at });
		await operator.sees('of more traces');
		await operator.loses('searching');
		operator.presses('s', 'j', 'j');
		await operator.sees('slowest of these first');
		const row = operator.row();
		expect(row).toMatch(/\d s .*concierge/);
		operator.presses('enter');
		await operator.sees('critical path');
		operator.presses('escape');
		await operator.sees('slowest of these first');
		expect(operator.row()).toBe(row);
	});
});

describe('a condition', () => {
	test('is made by keys alone, is a chip, a part of the TraceQL and of the address, and is taken away', async () => {
		const operator = operate({ ...demoWorld(), at: 'traces --since 30m', columns: 118 });
		await operator.sees('traces, newest first');
		operator.presses('f', 'enter');
		await operator.sees('trackside');
		operator.presses('/').types('bert').presses('enter', 'j');
		await operator.loses('trackside');
		expect(operator.row()).toMatch(/^berths/);
		operator.presses('enter');
		await operator.sees('1 service=berths');
		await operator.sees('{ resource.service.name = "berths" }');
		operator.presses('f', 'j', 'j', 'enter');
		await operator.sees('2 errors');
		operator.presses('f', 'j', 'j', 'j', 'enter').presses('/').types('2 s').presses('enter', 'enter');
		await operator.sees('3 slower than 2s');
		await operator.sees(/status = error && traceDuration >= 200/);
		operator.presses('Y');
		await operator.sees('the address');
		const copied = operator.effects.flatMap(effect => (effect.type === 'copy' ? [effect.text] : []))[0] ?? '';
		expect(parseAddressLine(copied, demoNow)).toMatchObject({
			ok: true,
			address: { kind: 'traces', service: 'berths', errors: true, slowerThan: 2000 },
		});
		operator.presses('backspace');
		await operator.loses('slower than');
		operator.presses('X').types('1').presses('enter');
		await operator.loses('service=berths');
		await operator.sees('1 errors');
	});

	test('on an attribute is made from what Tempo knows of it', async () => {
		const operator = operate({ ...demoWorld(), at: 'traces --since 30m' });
		await operator.sees('of more traces');
		operator.presses('f', 'G', 'enter');
		await operator.sees('span.client.address');
		operator.presses('/').types('status_code').presses('enter', 'enter');
		await operator.sees('504');
		operator.presses('G', 'enter');
		await operator.sees('1 span.http.response.status_code=504');
		await operator.sees('newest first');
		expect(operator.frame()).toContain('span.http.response.status_code = 504');
	});
});

describe('TraceQL is edited', () => {
	test('with its fault under the very character, and completed by what Tempo has', async () => {
		const operator = operate({ ...demoWorld(), at });
		await operator.sees('of more traces');
		operator.presses('Q');
		await operator.sees('TraceQL { resource.service.name = "berths" }');
		expect(lastRows(operator.frame(), 3)).toMatchInlineSnapshot(`
			"enter looks  tab completes  esc leaves
			TraceQL { resource.service.name = "berths" }
			"
		`);
		operator.presses('ctrl+u').types('{ status = eror }');
		await operator.sees('eror does not fit here.');
		expect(lastRows(operator.frame(), 3)).toMatchInlineSnapshot(`
			"eror does not fit here.
			TraceQL { status = eror }
			                   ^"
		`);
		operator.presses('ctrl+u').types('{ span.http.response.sta');
		await expect
			.poll(() => {
				operator.presses('tab');
				return operator.frame();
			}, patience)
			.toContain('status_code');
		operator.types('>= ');
		await expect
			.poll(() => {
				operator.presses('tab');
				return operator.frame();
			}, patience)
			.toMatch(/200 .*504/);
		operator.types('500 }').presses('enter');
		await operator.sees('1 { span.http.response.status_code >= 500 }');
		await operator.sees('newest first');
		operator.presses('escape');
		await operator.sees('1 service=berths');
	});
});

test('a range of the scatter narrows window and durations', async () => {
	const operator = operate({ ...demoWorld(), at });
	await operator.sees('of more traces');
	await operator.loses('searching');
	operator.presses('s', 'V', 'k', 'enter', ...Array.from({ length: 12 }, () => 'h'), 'k');
	await operator.sees('enter looks there');
	operator.presses('enter');
	await operator.sees(/2 slower than/);
	await operator.sees('fixed');
	await operator.sees('slowest of these first');
});

test('what found nothing says why, and a key leads to what does', async () => {
	const operator = operate({ ...demoWorld(), at: 'traces --service berths --operation nowhere --since 30m' });
	await operator.sees('0 traces in 30m.');
	await operator.sees('(press o)');
	expect(operator.frame()).toContain('–  0 traces in 5h');
	operator.presses('o');
	await operator.sees('of more traces');
	expect(operator.frame()).toContain('1 service=berths');
});

test('leaving ends the search', async () => {
	const world = demoWorld();
	const asked: string[] = [];
	const stopped: string[] = [];
	const traces = {
		...world.sources.traces,
		search: (query: string, _: unknown, __: number, { signal }: { readonly signal: AbortSignal }) =>
			new Promise<never>((_resolve, reject) => {
				asked.push(query);
				signal.addEventListener('abort', () => {
					stopped.push(query);
					reject(new FailureError({ kind: 'cancelled', what: 'Cancelled.', next: 'R asks again.' }));
				});
			}),
	};
	const operator = operate({ ...world, sources: { ...world.sources, traces }, at: 'alerts' });
	await operator.sees('ConciergeBookingErrors');
	operator.presses(':').types('traces').presses('enter');
	await expect.poll(() => asked, patience).toEqual(['{}']);
	operator.presses('escape');
	await operator.sees('ConciergeBookingErrors');
	await expect.poll(() => stopped, patience).toEqual(['{}']);
	expect(asked).toEqual(['{}']);
});

test('what Tempo refuses is shown with the character at which it stumbled', async () => {
	const world = demoWorld();
	const failure: Failure = {
		kind: 'bad-query',
		backend: 'tempo',
		what: 'Tempo refused the query (400).',
		next: 'Change it.',
		words: 'invalid TraceQL query: parse error at line 1, col 3: unknown field',
		position: { line: 1, column: 3 },
	};
	const traces = { ...world.sources.traces, search: () => Promise.reject(new FailureError(failure)) };
	const operator = operate({ ...world, sources: { ...world.sources, traces }, at: `traces '{ .a = 1 }'` });
	await operator.sees('Q edits it.');
	operator.presses('Q');
	await operator.sees('Tempo: invalid TraceQL query: parse error at line 1, col 3: unknown field');
	expect(lastRows(operator.frame(), 2)).toBe(`TraceQL { .a = 1 }\n${' '.repeat(10)}^`);
});
