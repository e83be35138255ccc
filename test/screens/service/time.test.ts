import { describe, expect, test } from 'vitest';
import type { Mark } from '../../../src/analysis/marks.ts';
import type { Baseline, HeatPanel, Panel, SlowTraces } from '../../../src/investigation/service-findings.ts';
import { answer } from '../../../src/model/answer.ts';
import type { Failure } from '../../../src/model/failure.ts';
import { failedWith, idle, loaded } from '../../../src/model/loadable.ts';
import { day, hour, minute, second, toNanoseconds } from '../../../src/model/time.ts';
import type { TraceSummary } from '../../../src/model/trace.ts';
import { layoutOf } from '../../../src/screens/service/layout.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { ago, drawn, errors, found, here, noon, pressed, seriesOf, shownAt } from './shown-service.ts';

const grid = { from: noon - hour, to: noon, step: minute };
const comparison = { name: '1d', back: day, words: 'yesterday' } as const;

const baseline: Baseline = {
	comparison,
	grid,
	rate: seriesOf(() => 4.08),
	errors: seriesOf(() => 0.01),
	duration: { name: 'p99', query: '', series: seriesOf(() => 0.4) },
};

const marks: readonly Mark[] = [
	{ kind: 'restart', at: noon - 41 * minute, within: 0, who: ['pier-1', 'pier-2'] },
	{ kind: 'deploy', at: noon - 20 * minute - 8 * second, within: 0, from: '2.3.1', to: '2.4.0' },
	{ kind: 'change', at: noon - 2 * minute, within: minute, generation: 42 },
];

const full = found({ baseline: here(baseline), marks: here({ marks, queries: [], grid }) });

describe('panels in time', () => {
	test('at 80 columns', () => {
		expect(`\n${drawn({ findings: full })}`).toMatchInlineSnapshot(`
			"
			RATE      4/s  ▼ 2 % vs yesterday  fired 11:46
			    5/s┤ ⣀⠤⣤⠤⣤ ⣀⠤⣤⠤⣤ ⣀⠤⣤⠤⣤ ⣀⠤⣤⠤⣤ ⣀⠤⣤⠤⣤ ⣀⠤⣤⠤⣤ ⣀⠤⣤⠤⣤ ⣀⠤⣤⠤⣤ ⣀⠤⣤⠤⣤ ⣀⠤⣤⠤⣤ ⣀⠤⣤⠤⣤ ⣀⠤⣤⠤⣄
			       │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			       │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			      0└⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			ERRORS    24 %  24× yesterday  limit 5 %  crossed 11:45:00  not falling
			   25 %┤                                                      ⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶
			       │                                                      ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			       │                                                      ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			      0└⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣭⣀⣛⣿⣛⣿⣛⣿⣛⣿⣛⣿⣛⣿⣛⣿⣛⣿⣛⣿
			DURATION  p50 200 ms  p95 2 s  p99 2.4 s  6× yesterday
			    3 s┤                                                      ⣀⣀⣀⣀⣀⣀◆⣀⣀⣀⣀⣀◆⣀⣀⣀⣀⣀
			       │                                                      ⡗⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒◆⠒⠒
			       │                                                      ⡇│
			      0└⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠷⠤⠶⠤⠶⠤⠶⠤⠶⠤⠶⠤⠶⠤⠶⠤⠶⠤
			        restart of 2 11:19:00 ▴   deploy 2.3.1 › 2.4.0 ▴      11:45          ▴
			by http_route now  1-3 of 5                          rate     errors        p99
			 /berths                                            3.3/s     19.2 %     2.45 s
			 /tides                                            8.45/s        0 %     218 ms
			 /moorings/{id}                                    4.82/s        0 %    46.7 ms"
		`);
	});

	test('at 60 columns and 11 rows', () => {
		expect(`\n${drawn({ findings: full, size: { width: 60, height: 11 } })}`).toMatchInlineSnapshot(`
			"
			RATE      4/s  ▼ 2 % vs yesterday  fired 11:46
			    5/s┤⣤⣾⣭⣿⣤⣶⣭⣿⣥⣶⣭⣿⣭⣶⣬⣿⣭⣶⣤⣿⣭⣷⣤⣿⣭⣿⣤⣾⣭⣿⣤⣶⣭⣿⣥⣶⣭⣿⣭⣶⣬⣿⣭⣶⣤⣿⣭⣷⣤⣿⣭⣷
			ERRORS    24 %  24× yesterday  limit 5 %  not falling
			   25 %┤                                       ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			      0└⠤⣀⠤⣀⠤⣀⠤⣀⠤⣀⠤⣀⠤⣀⠤⣀⠤⣀⠤⣀⠤⣀⠤⣀⠤⣀⠤⣀⠤⣀⠤⣀⠤⣀⠤⣀⠤⣀⠤⣿⠿⣿⠿⣿⠿⣿⠿⣿⠿⣿⠿⣿
			DURATION  p50 200 ms  p95 2 s  p99 2.4 s  6× yesterday
			    3 s┤                                       ⡶⠶⠶⠶◆⠶⠶⠶◆⠶⠶◆⠶
			      0└⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣃⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀
			        11:00           ▴ restart of 2    ▴    11:45      ▴
			by http_route now  1 of 5        rate     errors        p99
			 /berths                        3.3/s     19.2 %     2.45 s"
		`);
	});

	test('at 200 columns, with a list of what was done', () => {
		expect(`\n${drawn({ findings: full, size: { width: 200, height: 24 } })}`).toMatchInlineSnapshot(`
			"
			RATE      4/s  ▼ 2 % vs yesterday  fired 11:46                                                                                    by http_route now                          rate     errors        p99
			    5/s┤      ⣀⣀⣀⣀      ⣀⣀⣀⣀      ⣀⣀⣀⣀      ⣀⣀⣀⣀      ⣀⣀⣀⣀      ⣀⣀⣀⣀      ⣀⣀⣀⣀      ⣀⣀⣀⣀      ⣀⣀⣀⣀  │   ⣀⣀⣀⣀      ⣀⣀⣀⣀      ⣀⣀⣀⡀   /berths                                  3.3/s     19.2 %     2.45 s
			       │⣿⣶⣶⣿⣶⣿⣶⣿⣶⣿⣿⣶⣶⣿⣶⣿⣶⣿⣶⣿⣿⣶⣶⣿⣶⣿⣶⣿⣶⣿⣿⣶⣶⣿⣶⣿⣶⣿⣶⣿⣿⣶⣶⣿⣶⣿⣶⣿⣶⣿⣿⣶⣶⣿⣶⣿⣶⣿⣶⣿⣿⣶⣶⣿⣶⣿⣶⣿⣶⣿⣿⣶⣶⣿⣶⣿⣶⣿⣶⣿⣿⣶⣶⣿⣶⣿⣶⣿⣶⣿⣿⣶⣶⣿⣶⣿⣶⣿⣶⣿⣿⣶⣶⣿⣶⣿⣶⣿⣶⣿⣿⣶⣶⣿⣶⣿⣶⣿⣶⣷   /tides                                  8.45/s        0 %     218 ms
			       │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿   /moorings/{id}                          4.82/s        0 %    46.7 ms
			       │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿   (none)                                   3/min          –          –
			       │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿   others                                   1.2/s        0 %          –
			      0└⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			ERRORS    24 %  24× yesterday  limit 5 %  crossed 11:45:00  peak 24 % at 11:45:00  not falling                                    slowest exemplars  ◆ x selects, enter opens the trace
			   25 %┤                                                                                          ⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶      2.9 s    5m ago  trace 0af7…319c
			       │                                                                                          ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿      2.5 s   10m ago  trace 4bf9…4736
			       │                                                                                          ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿      2.1 s    2m ago  trace b7ad…0001
			       │                                                                                          ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			       │                                                                                          ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿  deploys and restarts
			       │⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿   ▴ changed to generation 42 11:58
			      0└⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣛⣿⣛⣿⣛⣿⣛⣿⣛⣿⣛⣿⣛⣿⣛⣿⣛⣿⣛⣿⣛⣿⣛⣿⣛⣿⣛⣿⣛⣿   ▴ deploy 2.3.1 › 2.4.0 11:39:52
			DURATION  p50 200 ms  p95 2 s  p99 2.4 s  6× yesterday                                                                             ▴ restart of 2 11:19:00
			    3 s┤                                                                                            │                 ◆
			       │                                                                                          ⡖⠒⠒⠒⠒⠒⠒⠒⠒⠒◆⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒  OpenTelemetry HTTP server:
			       │                                                                                          ⡗⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒◆⠒⠒⠒  http_server_request_duration_seconds_count{service_name="pier"}
			  1.5 s┤                                                                                          ⡇ │                             service_name names it.
			       │                                                                                          ⡇ │                             durations from http_server_request_duration_seconds (classic)
			       │⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣇ ⣀ ⣀ ⣀ ⣀ ⣀ ⣀ ⣀ ⣀ ⣀ ⣀ ⣀ ⣀ ⣀ ⣀   errors are http_response_status_code=~"5.."
			      0└⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒
			        11:00                         11:15   ▴ restart of 2 11:19:00                  ▴ deploy 2.3.1 › 2.4.0 11:39:52      ▴"
		`);
	});

	test('in plain ASCII', () => {
		const frame = drawn({ findings: full, theme: createTheme('none', false) });
		expect(frame.replaceAll('–', '-')).toMatch(/^[\x20-\x7e\n]*$/);
		expect(frame).toMatch(/^RATE {6}4\/s {2}v 2 % vs yesterday {2}fired 11:46$/m);
		expect(frame).toMatch(/24x yesterday/);
		expect(frame).toMatch(/deploy 2\.3\.1 > 2\.4\.0 \^/);
	});
});

describe('the comparison', () => {
	const titles = (change: Partial<Baseline>, state = {}) =>
		drawn({ findings: found({ baseline: here({ ...baseline, ...change }) }), state });

	test('is with the same moment under the cursor', () => {
		const frame = titles({ rate: seriesOf(minutes => (minutes === 30 ? 8 : 1)) }, { cursor: ago(30 * 60) });
		expect(frame).toMatch(/RATE {6}4\/s {2}▼ 50 % vs yesterday {2}at 11:30:00/);
	});

	test('says that nothing is known of then, once', () => {
		const { rate: _, errors: __, duration: ___, ...none } = baseline;
		const frame = drawn({ findings: found({ baseline: here(none) }) });
		expect(frame.match(/yesterday: no data/g)).toHaveLength(1);
	});

	test('names another time', () => {
		expect(titles({ comparison: { name: '1w', back: 7 * day, words: 'a week ago' } })).toContain('▼ 2 % vs a week ago');
	});

	test('tells of one panel that it had no samples', () => {
		const { errors: _, ...others } = baseline;
		const frame = drawn({ findings: found({ baseline: here(others) }) });
		expect(frame).toMatch(/ERRORS .*yesterday: no data/);
		expect(frame).toContain('6× yesterday');
	});

	test('is not drawn as a fifth line, and told all the same', () => {
		const lines = ['p50', 'p90', 'p99', 'p99.9'].map((name, index) => ({
			name,
			query: '',
			series: seriesOf(() => index + 1),
		}));
		const panel: Panel = { unit: 'seconds', lines, grid, averagedOver: minute };
		const of = (before: Baseline) =>
			drawn({ findings: found({ duration: here(panel), baseline: here(before), exemplars: here([]) }) });
		expect(of(baseline)).toMatch(/p99\.9 4 s {2}p99 7\.5× yesterday/);
		const chart = (frame: string) => frame.slice(frame.indexOf('DURATION')).split('\n').slice(1).join('\n');
		const higher: Baseline = { ...baseline, duration: { name: 'p99', query: '', series: seriesOf(() => 2.5) } };
		expect(chart(of(higher))).toBe(chart(of(baseline)));
	});
});

describe('marks', () => {
	test('are told in words under the cursor', () => {
		const frame = drawn({ findings: full, state: { cursor: noon - 20 * minute - 8 * second } });
		expect(frame).toMatch(/RATE .* at 11:39:52 {2}deploy 2\.3\.1 › 2\.4\.0 11:39:52/);
	});

	test('are listed in the details of a narrow screen, the newest first', () => {
		const frame = drawn({ findings: full, state: { details: true }, size: { width: 80, height: 40 } });
		expect(frame).toMatch(
			/deploys and restarts\n ▴ changed to generation 42 11:58\n ▴ deploy 2\.3\.1 › 2\.4\.0 11:39:52\n ▴ restart of 2 11:19:00/,
		);
	});
});

describe('requests to follow where there are no exemplars', () => {
	const trace = (id: string, minutes: number, milliseconds: number, failures = 0): TraceSummary => ({
		id: id.padStart(32, '0'),
		rootService: 'quay',
		rootName: 'GET /',
		start: toNanoseconds(noon - minutes * minute),
		duration: toNanoseconds(milliseconds),
		matched: 1,
		services: [{ name: 'pier', spans: 3, errors: failures }],
	});
	const slow: SlowTraces = { traces: [trace('a1', 30, 2900, 1), trace('b2', 5, 900)], queries: [], grid, isCut: true };
	const findings = found({ exemplars: here([]), slow: here(slow) });
	const size = { width: 200, height: 40 };

	test('are the slow and failing traces of the window, those under the cursor first', () => {
		const frame = drawn({ findings, size });
		expect(frame).toMatch(/slowest traces of the newest {2}x selects, enter opens/);
		expect(frame).toMatch(/2\.9 s {3}30m ago {2}trace 0000…00a1 ✗/);
		const rows = (text: string) => [...text.matchAll(/trace 0000…00(..)/g)].map(([, id]) => id);
		expect(rows(frame)).toEqual(['a1', 'b2']);
		expect(rows(drawn({ findings, size, state: { cursor: ago(5 * 60) } }))).toEqual(['b2', 'a1']);
	});

	test('are selected with x and marked', () => {
		const state = pressed(['x'], { findings });
		expect(state).toMatchObject({ exemplar: 'a1'.padStart(32, '0'), cursor: noon - 30 * minute });
		expect(drawn({ findings, size, state })).toMatch(/▌ +2\.9 s/);
		expect(drawn({ findings, state })).toMatch(/^DURATION .* ◆ 2\.9 s trace 0000…00a1/m);
	});

	test('are missing for a reason', () => {
		const none = found({ exemplars: here([]), slow: here({ ...slow, traces: [] }) });
		expect(drawn({ findings: none, size })).toContain('These metrics carry no exemplars, and no slow or');
		const away: Failure = {
			kind: 'not-configured',
			backend: 'tempo',
			what: 'Tempo is not configured.',
			next: 'Add it.',
		};
		const failed = found({ exemplars: here([]), slow: failedWith(idle, away, noon) });
		expect(drawn({ findings: failed, size }).replaceAll(/\s+/g, ' ')).toContain('Tempo is not configured.');
	});
});

describe('without colours', () => {
	const scene = { state: pressed(['x']), size: { width: 80, height: 40 } };
	const columnsOf = (frame: string, mark: string) =>
		frame.split('\n').flatMap(line => [...line.matchAll(new RegExp(mark, 'g'))].map(({ index }) => index));

	test.each([
		[true, '▼', '◈'],
		[false, 'v', '@'],
	])(
		'the time cursor and the selected exemplar have glyphs of their own (Unicode: %s)',
		(unicode, cursor, selected) => {
			const frame = drawn({ ...scene, theme: createTheme('none', unicode) });
			const [column] = columnsOf(frame, selected);
			expect(columnsOf(frame, selected)).toHaveLength(1);
			expect(columnsOf(frame, cursor).filter(at => at === column).length).toBeGreaterThanOrEqual(2);
			expect(drawn({ theme: createTheme('none', unicode) })).not.toContain(selected);
		},
	);

	test('only there: a colour shows the column by itself', () => {
		expect(drawn({ ...scene, theme: createTheme('256', true) })).not.toContain('▼');
	});
});

describe('other shapes of the panels', () => {
	const heat: HeatPanel = {
		grid,
		map: {
			times: seriesOf(() => 0).times,
			rows: [
				{ above: 0, upTo: 0.1, shares: seriesOf(() => 0.9).values },
				{ above: 0.1, upTo: 1, shares: seriesOf(minutes => (minutes < 45 ? 0.1 : 0.02)).values },
				{ above: 1, upTo: Number.POSITIVE_INFINITY, shares: seriesOf(minutes => (minutes < 45 ? 0 : 0.08)).values },
			],
		},
	};
	const classes: Panel = {
		unit: 'per-second',
		grid,
		averagedOver: minute,
		lines: [
			{ name: '2xx', query: '', series: seriesOf(minutes => (minutes < 45 ? 4 : 3)) },
			{ name: '5xx', query: '', series: seriesOf(minutes => (minutes < 45 ? 0 : 1)) },
		],
	};

	test('a heat map and classes of status, at 80 columns', () => {
		const findings = found({ heat: here(heat), classes: here(classes) });
		const frame = drawn({ findings, place: { durations: 'heat', rates: 'status' } });
		expect(`\n${frame}`).toMatchInlineSnapshot(`
			"
			RATE      4/s  2xx 3/s  5xx 1/s  fired 11:46
			    4/s┤⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⣆⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀
			       │
			      0└⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⠏⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉
			ERRORS    24 %  limit 5 %  crossed 11:45:00  peak 24 % at 11:45:00  not falling
			   25 %┤                                                      ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			       │                                                      ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			      0└⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣒⣀⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			DURATION  p50 200 ms  p95 2 s  p99 2.4 s  darker: more of the requests
			   >1 s│                                                      ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
			       │                                                      ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
			    1 s│▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒░░░░░░░░░░░░░░░░░░
			       │▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒░░░░░░░░░░░░░░░░░░
			 100 ms│████████████████████████████████████████████████████████████████████████
			       │████████████████████████████████████████████████████████████████████████
			        11:00             11:15             11:30             11:45
			by http_route now  1-3 of 5                          rate     errors        p99
			 /berths                                            3.3/s     19.2 %     2.45 s
			 /tides                                            8.45/s        0 %     218 ms
			 /moorings/{id}                                    4.82/s        0 %    46.7 ms"
		`);
	});

	test.each([
		[6, [3, 3, 6]],
		[3, [3, 3, 6]],
		[5, [3, 4, 5]],
		[7, [2, 3, 7]],
		[12, [3, 3, 6]],
		[40, [1, 1, 10]],
	] as const)('%i buckets take equal rows, and the lines what is left', (count, rows) => {
		const { map } = heat;
		const many = {
			...heat,
			map: { ...map, rows: Array.from({ length: count }, () => map.rows[0]).flatMap(row => row ?? []) },
		};
		const shown = shownAt({ findings: found({ heat: here(many) }), place: { durations: 'heat' } });
		expect(layoutOf(shown).plotRows).toEqual(rows);
	});

	test('in ASCII each class of status has a mark of its own, in the figures and in the plot', () => {
		const drawnIn = (names: readonly string[]) =>
			drawn({
				findings: found({
					classes: here({
						...classes,
						lines: names.map((name, index) => ({ name, query: '', series: seriesOf(() => 4 - index) })),
					}),
				}),
				place: { rates: 'status' },
				theme: createTheme('none', false),
				size: { width: 80, height: 50 },
			});
		const codes = drawnIn(['2xx', '4xx', '5xx']);
		expect(codes).toContain('2=2xx 4/s  4=4xx 3/s  5=5xx 2/s');
		for (const mark of ['2', '4', '5']) expect(codes).toMatch(new RegExp(`${mark}{50}`));
		const words = drawnIn(['OK', 'Others']);
		expect(words).toContain('O=OK 4/s  o=Others 3/s');
		expect(words).toMatch(/o{50}/);
	});

	test('the usual shape until there is another', () => {
		const frame = drawn({ place: { durations: 'heat', rates: 'status' } });
		expect(frame).toContain('◆');
		expect(frame).not.toContain('5xx');
	});

	test('why there is none', () => {
		const empty = { ...heat, map: { times: [], rows: [] }, empty: 'There is no bucket to draw.' };
		expect(drawn({ findings: found({ heat: here(empty) }), place: { durations: 'heat' } })).toContain(
			'  There is no bucket',
		);
		const failure: Failure = {
			kind: 'timeout',
			what: 'Prometheus gave no answer in 30 s.',
			next: 'Shorten the window.',
		};
		const failed = found({ heat: failedWith(idle, failure, noon) });
		expect(drawn({ findings: failed, place: { durations: 'heat' } })).toMatch(/DURATION .* Prometheus gave no/);
	});
});

describe('a failure that all panels share', () => {
	const refused: Failure = {
		kind: 'refused',
		what: 'Prometheus at metrics.example refused the connection.',
		next: 'Check it.',
	};
	const panes = (pane: (value: typeof errors) => ReturnType<typeof here<typeof errors>>) => ({
		rate: pane(errors),
		errors: pane(errors),
		duration: pane(errors),
	});

	test('is told once', () => {
		const findings = found({
			...panes(() => failedWith(idle, refused, noon)),
			routes: failedWith(idle, refused, noon),
		});
		const frame = drawn({ findings });
		expect(frame.match(/refused the connection/g)).toHaveLength(1);
		expect(frame.match(/✗ not known, for the same reason/g)).toHaveLength(3);
	});

	test('is told once and whole below figures that are old, which all say their age', () => {
		const old = failedWith(loaded(answer(errors), ago(40)), refused, noon);
		const frame = drawn({ findings: found(panes(() => old)) });
		expect(frame.match(/refused the connection\. Check it\./g)).toHaveLength(1);
		expect(frame.match(/40s old/g)).toHaveLength(3);
	});
});

test('the break-down says of which instant it is', () => {
	expect(drawn()).toContain('by http_route now');
	const window = { kind: 'fixed', from: noon - hour, to: noon } as const;
	expect(drawn({ place: { window } })).toContain('by http_route at 12:00');
});
