import { describe, expect, test } from 'vitest';
import { noLogsFindings } from '../../../src/investigation/logs-findings.ts';
import type { Failure } from '../../../src/model/failure.ts';
import { askedAgain, failedWith } from '../../../src/model/loadable.ts';
import { logs } from '../../../src/screens/logs/index.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { lineAt } from '../../helpers/log-store.ts';
import { type Drawn, drawn, noon, pressed, redrawn, request, searched, story, trace } from './shown-logs.ts';

const uncounted: Failure = {
	kind: 'rate-limited',
	what: 'Loki at loki.example has too many questions to answer (429).',
	words: 'too many outstanding requests',
	next: 'Press R to ask again, or take a shorter window.',
};

describe('the lines of a service', () => {
	test('at 80 columns', async () => {
		const { frame, headline } = await drawn({ place: { service: 'pier' } });
		expect(headline).toBe('{service_name="pier"} · 1 stream by service_name');
		expect(frame).toMatchInlineSnapshot(`
			"         ▄        █         ▄     ▄    5 lines
			                  █         █          ✗ 2 errors
			 11:58:30.000 · berth given  200 /berths 41ms req=b1b1…b1b1
			 11:58:57.930 · asked  req=7f3c…6666 trace=0af7…319c
			▌11:59:00.000 ✗ berth refused  502 /berths 2.07s err="lamp is out" req=7f3c…6666
			 11:59:30.000 ✗ tide table is stale
			 11:59:50.000 · berth given  200 /berths 38ms req=c2c2…c2c2






			"
		`);
	});

	test('at 140 columns, with details beside', async () => {
		const { frame } = await drawn({
			place: { service: 'pier' },
			size: { width: 140, height: 24 },
			state: { details: true },
		});
		expect(frame).toMatchInlineSnapshot(`
			"                       ▇                     █ ▂                      ▃               ▆         5 lines
			                      ▁█                     █▆█                      █▅              █▂
			                                              ▄▇                      █▄                        ✗ 2 errors
			 11:58:30.000 · berth given  200 /berths 41ms req=b1b1…b1b1                     │ error pier 2026-05-04T11:59:00.000000000Z
			 11:58:57.930 · asked  req=7f3c…6666 trace=0af7…319c                            │ berth refused
			▌11:59:00.000 ✗ berth refused  502 /berths 2.07s err="lamp is out" req=7f3c…6…  │ request  7f3c2a10-1111-4222-8333-444455556666  from reqId
			 11:59:30.000 ✗ tide table is stale                                             │ trace    0af7651916cd43dd8448eb211c80319c  from trace_id
			 11:59:50.000 · berth given  200 /berths 38ms req=c2c2…c2c2                     │
			                                                                                │ fields
			                                                                                │ route         /berths
			                                                                                │ status        502
			                                                                                │ responseTime  2070
			                                                                                │ err.message   lamp is out
			                                                                                │ reqId         7f3c2a10-1111-4222-8333-444455556666
			                                                                                │ trace_id      0af7651916cd43dd8448eb211c80319c
			                                                                                │
			                                                                                │ labels of the stream
			                                                                                │ service_name  pier
			                                                                                │
			                                                                                │ line as it was written, json
			                                                                                │ {"level":50,"msg":"berth
			                                                                                │ refused","route":"/berths","status":502,"responseTime":207
			                                                                                │ 0,"err":{"message":"lamp is
			                                                                                │ out"},"reqId":"7f3c2a10-1111-4222-8333-44 1 more row: J K"
		`);
	});

	test('in ASCII, wrapped, with a search', async () => {
		const theme = createTheme('none', false);
		const unsearched = await drawn({
			place: { service: 'pier' },
			state: { wrap: true, search: 'berth' },
			size: { width: 60, height: 13 },
			theme,
		});
		const { frame } = await searched(unsearched, theme);
		expect(frame).toMatchInlineSnapshot(`
			"    .   #    .  .  5 lines  /berth 2 of 3  n N
			        #    #     x 2 errors
			 11:58:30.000 . berth given  200  /berths  41ms
			                req=b1b1~b1b1
			 11:58:57.930 . asked  req=7f3c~6666  trace=0af7~319c
			>11:59:00.000 x berth refused  502  /berths  2.07s
			                err="lamp is out"  req=7f3c~6666
			                trace=0af7~319c
			 11:59:30.000 x tide table is stale
			 11:59:50.000 . berth given  200  /berths  38ms
			                req=c2c2~c2c2

			"
		`);
	});

	test('say from where on every line was read', async () => {
		const many = Array.from({ length: 1200 }, (_, index) =>
			lineAt(
				noon - 100_000 + index * 10,
				{ app: 'pier' },
				index === 3 ? 'level=error msg=early' : `level=info msg=n${index}`,
			),
		);
		const { frame } = await drawn({ place: { service: 'pier' }, entries: many, size: { width: 100, height: 12 } });
		expect(frame.split('\n')[0]).toContain('only errors before 11:58:22');
	});

	test('are told in full beside the chart at 80 columns', async () => {
		const many = Array.from({ length: 2300 }, (_, index) =>
			lineAt(noon - 100_000 + index * 10, { app: 'pier' }, index < 1300 ? 'error: sunk' : 'afloat'),
		);
		const { frame } = await drawn({ place: { service: 'pier' }, entries: many });
		const [first = '', second = ''] = frame.split('\n');
		expect(first).toMatch(/1200\+ lines {2}only errors before 11:58:33$/);
		expect(second).toMatch(/✗ 200\+ errors {2}only 200 older errors read$/);
	});

	test('are told in full beside the chart in a terminal of 60 by 15', async () => {
		const many = Array.from({ length: 2300 }, (_, index) =>
			lineAt(noon - 100_000 + index * 10, { app: 'pier' }, index < 1300 ? 'error: sunk' : 'afloat'),
		);
		const { frame } = await drawn({ place: { service: 'pier' }, entries: many, size: { width: 60, height: 11 } });
		expect(frame).toMatchInlineSnapshot(`
			"                   1200+ lines  only errors before 11:58:33
			                   ✗ 200+ errors  only 200 older errors read
			 11:58:32.950 ✗ sunk
			 11:58:32.960 ✗ sunk
			 11:58:32.970 ✗ sunk
			 11:58:32.980 ✗ sunk
			▌11:58:32.990 ✗ sunk
			 11:58:33.000   afloat
			 11:58:33.010   afloat
			 11:58:33.020   afloat
			 11:58:33.030   afloat"
		`);
	});

	test('say once how many were read, also while more are asked for', async () => {
		const many = Array.from({ length: 1300 }, (_, index) => lineAt(noon - 100_000 + index, { app: 'pier' }, 'afloat'));
		const shown = await drawn({ place: { service: 'pier' }, entries: many });
		const records = askedAgain(shown.findings.records, noon);
		const { frame } = redrawn({ ...shown, findings: { ...shown.findings, records } });
		expect(frame).toContain('the newest 1000 read');
		expect(frame).not.toContain('the newest 1000 lines');
	});

	test('a remark that fits on no row runs on between its words', async () => {
		const shown = await drawn({ place: { service: 'pier' }, size: { width: 60, height: 11 } });
		const failure = { kind: 'timeout', what: 'Loki did not answer in 30 s.', next: 'Press R.' } as const;
		const records = failedWith(shown.findings.records, failure, noon + 60_000);
		const { frame } = redrawn({ ...shown, now: noon + 60_000, findings: { ...shown.findings, records } });
		expect(frame).toMatchInlineSnapshot(`
			"    ▄   █    ▄  ▄  5 lines  60s old: Loki did not answer in
			        █    █     ✗ 2 errors  30 s. Press R.
			 11:58:30.000 · berth given  200 /berths 41ms req=b1b1…b1b1
			 11:58:57.930 · asked  req=7f3c…6666 trace=0af7…319c
			▌11:59:00.000 ✗ berth refused  502 /berths 2.07s err="lamp …
			 11:59:30.000 ✗ tide table is stale
			 11:59:50.000 · berth given  200 /berths 38ms req=c2c2…c2c2



			"
		`);
	});

	const withoutChart = async (width: number, height: number): Promise<Drawn> => {
		const shown = await drawn({ place: { query: '{service_name=~".+"}' }, size: { width, height } });
		const volume = failedWith(noLogsFindings.volume, uncounted, noon);
		return redrawn({ ...shown, findings: { ...shown.findings, volume } });
	};

	test('have the rows of a chart that Loki failed to count, at 60 by 15', async () => {
		expect((await withoutChart(60, 11)).frame).toMatchInlineSnapshot(`
			"7 lines  ✗ 3 errors  pier 2  buoy 1
			✗ Loki at loki.example has too many questions to answer
			  (429). It said: too many outstanding requests. Press R to
			  ask again, or take a shorter window.
			 11:58:30.000 · pier berth given  200 /berths 41ms req=b1b1…
			 11:58:57.930 · pier asked  req=7f3c…6666 trace=0af7…319c
			 11:58:57.950 ● quay crane is slow  trace=0af7…319c
			 11:58:59.600 ✗ buoy lamp is out  err="no oil" trace=0af7…3…
			▌11:59:00.000 ✗ pier berth refused  502 /berths 2.07s err="…
			 11:59:30.000 ✗ pier tide table is stale
			 11:59:50.000 · pier berth given  200 /berths 38ms req=c2c2…"
		`);
	});

	test('and at 80 by 24; no range can be chosen on it', async () => {
		const shown = await withoutChart(80, 20);
		expect(shown.frame).toMatchInlineSnapshot(`
			"7 lines  ✗ 3 errors  pier 2  buoy 1
			✗ Loki at loki.example has too many questions to answer (429). It said: too many
			  outstanding requests. Press R to ask again, or take a shorter window.
			 11:58:30.000 · pier berth given  200 /berths 41ms req=b1b1…b1b1
			 11:58:57.930 · pier asked  req=7f3c…6666 trace=0af7…319c
			 11:58:57.950 ● quay crane is slow  trace=0af7…319c
			 11:58:59.600 ✗ buoy lamp is out  err="no oil" trace=0af7…319c
			▌11:59:00.000 ✗ pier berth refused  502 /berths 2.07s err="lamp is out" req=7f3…
			 11:59:30.000 ✗ pier tide table is stale
			 11:59:50.000 · pier berth given  200 /berths 38ms req=c2c2…c2c2









			"
		`);
		expect(pressed(shown, 'V')).toEqual({
			type: 'refuse',
			why: 'Loki did not count the lines, so there is no volume to choose on. R asks again.',
		});
	});

	test('are more than Loki counts where its count lags, or knows no levels', async () => {
		const many = Array.from({ length: 1300 }, (_, index) =>
			lineAt(noon - 100_000 + index * 10, { app: 'pier' }, index > 1290 ? 'error: sunk' : 'afloat'),
		);
		const shown = await drawn({ place: { service: 'pier' }, entries: many });
		const { volume } = shown.findings;
		if (volume.status !== 'loaded') throw new Error('no volume');
		const lagging = { ...shown.findings, volume: { ...volume, value: { ...volume.value, series: [] } } };
		const [first = '', second = ''] = redrawn({ ...shown, findings: lagging }).frame.split('\n');
		expect(first).toMatch(/1000\+ lines {2}the newest 1000 read$/);
		expect(second).toMatch(/✗ 9\+ errors$/);
	});
});

describe('the lines of a request', () => {
	test('at 80 columns, with the time between them', async () => {
		const { frame, headline } = await drawn({ place: { request } });
		expect(headline).toBe('request 7f3c…6666 · 4 lines · 3 services · 2.07 s');
		expect(frame).toMatchInlineSnapshot(`
			"█                             ▄      ▄ 4 lines
			                              █      █ ✗ 2 errors  buoy 1  pier 1
			 11:58:57.930          · pier asked  req=7f3c…6666 trace=0af7…319c
			 11:58:57.950    +20ms ● quay crane is slow  trace=0af7…319c
			 11:58:59.600   +1.65s ✗ buoy lamp is out  err="no oil" trace=0af7…319c
			▌11:59:00.000   +400ms ✗ pier berth refused  502 /berths 2.07s err="lamp is out"







			"
		`);
	});

	test('with the details of one below', async () => {
		const { frame } = await drawn({ place: { trace }, size: { width: 80, height: 20 }, state: { details: true } });
		expect(frame).toMatchInlineSnapshot(`
			"█                             ▄      ▄ 4 lines
			                              █      █ ✗ 2 errors  buoy 1  pier 1
			 11:58:57.930          · pier asked  req=7f3c…6666 trace=0af7…319c
			 11:58:57.950    +20ms ● quay crane is slow  trace=0af7…319c
			 11:58:59.600   +1.65s ✗ buoy lamp is out  err="no oil" trace=0af7…319c
			▌11:59:00.000   +400ms ✗ pier berth refused  502 /berths 2.07s err="lamp is out"


			────────────────────────────────────────────────────────────────────────────────
			 error pier 2026-05-04T11:59:00.000000000Z
			 berth refused
			 request  7f3c2a10-1111-4222-8333-444455556666  from reqId
			 trace    0af7651916cd43dd8448eb211c80319c  from trace_id

			 fields
			 route         /berths
			 status        502
			 responseTime  2070
			 err.message   lamp is out                                   12 more rows: J K
			"
		`);
	});
});

describe('nothing', () => {
	test.each([
		[
			'port 1[0-9]',
			/0 lines of pier with "port 1\[0-9\]" in 2m\.\n Write \/port 1\[0-9\]\/ for a regular expression\./,
		],
		['port 10', /^(?!.*regular expression)/s],
	])('with the text %s, which is no expression', async (text, words) => {
		const place = { service: 'pier', filters: [{ test: { kind: 'text', text } }] } as const;
		expect((await drawn({ place, size: { width: 80, height: 20 } })).frame).toMatch(words);
	});

	test('says what was asked and what would find some', async () => {
		const { frame } = await drawn({
			place: { trace: trace.toUpperCase(), level: 'fatal' },
			size: { width: 80, height: 16 },
		});
		expect(frame).toMatchInlineSnapshot(`
			" 0 lines with trace 0AF7…319C at fatal or worse in 2m.
			 4 lines were read and left out because of their level.
			 The level (fatal or worse) is read from each line itself, after Loki answered.

			 –  0 lines in 20m
			 –  0 lines with the ID spelt in 7 other ways
			 v  4 lines of any level (press v)
			 –  0 lines with the ID in another field (of 2)

			 _ takes a longer window, ! shows the queries, R asks again.
			 {service_name=~".+"} |
			 trace_id=~"0AF7651916CD43DD8448EB211C80319C|0af7651916cd43dd8448eb211c80319c"
			 or
			 traceId=~"0AF7651916CD43DD8448EB211C80319C|0af7651916cd43dd8448eb211c80319c"
			 or
			 traceID=~"0AF7651916CD43DD8448EB211C80319C|0af7651916cd43dd8448eb211c80319c""
		`);
	});

	test('says which services there are', async () => {
		const { frame } = await drawn({ place: { service: 'peer' } });
		expect(frame).toContain('Services that log: buoy, pier, quay.');
	});
});

test('every size from 60×11 on is filled without a mistake', async () => {
	const hostile = [
		...story,
		lineAt(
			noon - 5000,
			{ service_name: 'a-service-with-a-very-long-name-indeed' },
			`\x1b]52;c;cm0=\x07${'x'.repeat(100_000)}`,
		),
		lineAt(noon - 4000, { service_name: '支付服务' }, '支付失败：连接池超时 💥 حدث خطأ\r\n\tat a.B'),
		lineAt(noon - 3000, {}, ''),
	];
	for (const width of [60, 61, 79, 80, 99, 119, 120, 200]) {
		for (const height of [11, 12, 20, 24, 56]) {
			for (const state of [{}, { details: true }, { wrap: true }]) {
				const { frame } = await drawn({
					place: { query: '{service_name=~".+"}' },
					entries: hostile,
					size: { width, height },
					state,
				});
				const lines = frame.split('\n');
				expect(lines).toHaveLength(height);
				expect(lines.some(line => line.startsWith('▌'))).toBe(true);
				expect(frame).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
			}
		}
	}
});

test('the crumb names the request or the trace', () => {
	const window = { kind: 'live', length: 1 } as const;
	expect(logs.title({ kind: 'logs', request, trace, window }, noLogsFindings)).toBe('request 7f3c…6666');
	expect(logs.title({ kind: 'logs', trace, window }, noLogsFindings)).toBe('logs of trace 0af7…319c');
	expect(logs.title({ kind: 'logs', service: 'pier', window }, noLogsFindings)).toBe('logs');
});
