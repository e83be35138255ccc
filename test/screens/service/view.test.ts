import { describe, expect, test } from 'vitest';
import type { AlertSignal } from '../../../src/investigation/alerts-findings.ts';
import type { ServiceFindings } from '../../../src/investigation/service-findings.ts';
import { answer } from '../../../src/model/answer.ts';
import type { Failure } from '../../../src/model/failure.ts';
import { failedWith, idle, loaded } from '../../../src/model/loadable.ts';
import { hour } from '../../../src/model/time.ts';
import { paintService } from '../../../src/screens/service/view.tsx';
import type { Surface } from '../../../src/terminal/surface.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { frameOf } from '../../helpers/frame.ts';
import { alertOf, risingErrors } from '../alerts/shown-alerts.ts';
import {
	ago,
	drawn,
	errors,
	exemplarAt,
	found,
	headlineOf,
	here,
	noon,
	nowhere,
	pressed,
	seriesOf,
	shownAt,
	target,
} from './shown-service.ts';

const timeout: Failure = {
	kind: 'timeout',
	backend: 'prometheus',
	what: 'Prometheus at metrics.example gave no answer in 30 s.',
	next: 'Shorten the window.',
};

describe('the panels', () => {
	test('at 80 columns, with the break-down below', () => {
		expect(`\n${drawn()}`).toMatchInlineSnapshot(`
			"
			RATE      4/s  fired 11:46
			    5/s┤⣀⣀⣤⣤⣤⣤⣀⣀⣤⣤⣤⣤⣀⣀⣤⣤⣤⣤⣀⣀⣤⣤⣤⣤⣀⣀⣤⣤⣤⣤⣀⣀⣤⣤⣤⣤⣀⣀⣤⣤⣤⣤⣀⣀⣤⣤⣤⣤⣀⣀⣤⣤⣤⣤⣀⣀⣤⣤⣤⣤⣀⣀⣤⣤⣤⣤⣀⣀⣤⣤⣤⣄
			       │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			       │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			      0└⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			ERRORS    24 %  limit 5 %  crossed 11:45:00  peak 24 % at 11:45:00  not falling
			   25 %┤                                                      ⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶
			       │                                                      ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			       │                                                      ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			      0└⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			DURATION  p50 200 ms  p95 2 s  p99 2.4 s
			    3 s┤                                                      ⣀⣀⣀⣀⣀⣀◆⣀⣀⣀⣀⣀◆⣀⣀⣀⣀⣀
			       │                                                      ⡗⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒◆⠒⠒
			       │                                                      ⡇│
			      0└⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠧⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤
			        11:00             11:15             11:30             11:45
			by http_route now  1-3 of 5                          rate     errors        p99
			 /berths                                            3.3/s     19.2 %     2.45 s
			 /tides                                            8.45/s        0 %     218 ms
			 /moorings/{id}                                    4.82/s        0 %    46.7 ms"
		`);
	});

	const offering = (...labels: readonly string[]) =>
		found({ target: here({ ...target, labels: ['http_route', ...labels] }) });

	test('at 80 columns, broken down by the method', () => {
		const rows = [
			{ value: 'GET', rate: 11.2, errors: 0, p99: 0.218 },
			{ value: 'POST', rate: 5.4, errors: 0.117, p99: 2.45 },
		];
		const routes = here({ by: 'http_request_method', rows, at: noon, queries: [] });
		const findings = { ...offering('http_request_method', 'k8s_pod_name', 'service_version'), routes };
		const place = { by: 'http_request_method' };
		expect(`\n${drawn({ findings, place })}`).toMatchInlineSnapshot(`
			"
			RATE      4/s  fired 11:46
			    5/s┤⣀⣀⣤⣤⣤⣤⣀⣀⣤⣤⣤⣤⣀⣀⣤⣤⣤⣤⣀⣀⣤⣤⣤⣤⣀⣀⣤⣤⣤⣤⣀⣀⣤⣤⣤⣤⣀⣀⣤⣤⣤⣤⣀⣀⣤⣤⣤⣤⣀⣀⣤⣤⣤⣤⣀⣀⣤⣤⣤⣤⣀⣀⣤⣤⣤⣤⣀⣀⣤⣤⣤⣄
			       │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			       │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			      0└⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			ERRORS    24 %  limit 5 %  crossed 11:45:00  peak 24 % at 11:45:00  not falling
			   25 %┤                                                      ⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶
			       │                                                      ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			       │                                                      ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			      0└⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣉⣀⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			DURATION  p50 200 ms  p95 2 s  p99 2.4 s
			    3 s┤                                                      ⣀⣀⣀⣀⣀⣀◆⣀⣀⣀⣀⣀◆⣀⣀⣀⣀⣀
			       │                                                      ⡗⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒◆⠒⠒
			       │                                                      ⡇│
			      0└⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠶⠧⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤
			        11:00             11:15             11:30             11:45
			by http_request_method now  B: pod, version, route   rate     errors        p99
			 GET                                               11.2/s        0 %     218 ms
			 POST                                               5.4/s     11.7 %     2.45 s"
		`);
	});

	test.each([
		[80, ['pod'], '1-3 of 5  B: pod '],
		[80, ['http_request_method', 'pod', 'service_version'], '1-3 of 5  B: method, pod, version rate '],
		[80, ['method', 'pod', 'version', 'code', 'zone', 'cluster'], '1-3 of 5  B: method, pod +4 '],
		[160, ['method', 'pod', 'version', 'code', 'zone'], '\nB: method, pod, version, status, zone\n'],
		[60, ['method', 'pod'], '1-3 of 5      rate '],
	])('at %i columns what else %j offer is named where there is room', (width, labels, expected) => {
		const frame = drawn({ findings: offering(...labels), size: { width, height: 20 } });
		const side = width < 132 ? 0 : 104;
		const lines = frame.split('\n').map(line => line.slice(side));
		expect(lines.join('\n')).toContain(expected);
	});

	test('where there is room for no name, how many there are', () => {
		const size = { width: 60, height: 11 };
		expect(drawn({ findings: offering('method', 'pod'), size })).toContain('by http_route now  1 of 5  B: +2 rate');
	});

	test('where no label tells routes apart, what else there is is named', () => {
		const routes = here({ rows: [], at: noon, queries: [] });
		const lost = here({ ...target, routeLabel: undefined, labels: ['method', 'pod'] });
		expect(drawn({ findings: found({ target: lost, routes }) })).toContain(
			'No label tells routes apart.  B: method, pod',
		);
	});

	test('at 60 columns and 11 rows', () => {
		expect(`\n${drawn({ size: { width: 60, height: 11 } })}`).toMatchInlineSnapshot(`
			"
			RATE      4/s  fired 11:46
			    5/s┤⣶⣾⣿⣿⣶⣶⣿⣿⣷⣶⣿⣿⣿⣶⣾⣿⣿⣶⣶⣿⣿⣷⣶⣿⣿⣿⣶⣾⣿⣿⣶⣶⣿⣿⣷⣶⣿⣿⣿⣶⣾⣿⣿⣶⣶⣿⣿⣷⣶⣿⣿⣷
			ERRORS    24 %  limit 5 %  crossed 11:45:00  not falling
			   25 %┤                                       ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			      0└⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣀⣤⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			DURATION  p50 200 ms  p95 2 s  p99 2.4 s
			    3 s┤                                       ⡶⠶⠶⠶◆⠶⠶⠶◆⠶⠶◆⠶
			      0└⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣤⣃⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀
			        11:00        11:15        11:30        11:45
			by http_route now  1 of 5        rate     errors        p99
			 /berths                        3.3/s     19.2 %     2.45 s"
		`);
	});

	test('at 160 columns, with break-down, exemplars and metrics beside', () => {
		expect(`\n${drawn({ size: { width: 160, height: 30 } })}`).toMatchInlineSnapshot(`
			"
			RATE      4/s  fired 11:46                                                                              by http_route now            rate     errors        p99
			    5/s┤                                                                        │                        /berths                    3.3/s     19.2 %     2.45 s
			       │⣤⣤⣤⣶⣾⣿⣿⣧⣤⣤⣴⣶⣾⣿⣿⣧⣤⣤⣴⣶⣿⣿⣿⣧⣤⣤⣴⣶⣿⣿⣿⣤⣤⣤⣶⣶⣿⣿⣿⣤⣤⣤⣶⣾⣿⣿⣿⣤⣤⣤⣶⣾⣿⣿⣧⣤⣤⣴⣶⣾⣿⣿⣧⣤⣤⣴⣶⣿⣿⣿⣧⣤⣤⣴⣶⣿⣿⣿⣤⣤⣤⣶⣶⣿⣿⣿⣤⣤⣤⣶⣾⣿⣿⣧   /tides                    8.45/s        0 %     218 ms
			       │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿   /moorings/{id}            4.82/s        0 %    46.7 ms
			       │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿   (none)                     3/min          –          –
			       │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿   others                     1.2/s        0 %          –
			       │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			       │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿  slowest exemplars  ◆ x selects, enter opens the trace
			      0└⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿      2.9 s    5m ago  trace 0af7…319c
			ERRORS    24 %  limit 5 %  crossed 11:45:00  peak 24 % at 11:45:00  not falling                             2.5 s   10m ago  trace 4bf9…4736
			   25 %┤                                                                      ⢰⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶⣶      2.1 s    2m ago  trace b7ad…0001
			       │                                                                      ⢸⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			       │                                                                      ⢸⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿  OpenTelemetry HTTP server:
			       │                                                                      ⢸⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿  http_server_request_duration_seconds_count{service_name=
			       │                                                                      ⢸⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿  "pier"}
			       │                                                                      ⢸⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿  service_name names it.
			       │                                                                      ⢸⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿  durations from http_server_request_duration_seconds
			       │⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⠉ ⢹⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿  (classic)
			      0└⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣸⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿  errors are http_response_status_code=~"5.."
			DURATION  p50 200 ms  p95 2 s  p99 2.4 s
			    3 s┤                                                                        │             ◆
			       │                                                                      ⢀⣀⣀⣀⣀⣀⣀⣀◆⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀
			       │                                                                      ⢸ │                 ◆
			       │                                                                      ⢸⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉
			  1.5 s┤                                                                      ⢸ │
			       │                                                                      ⢸ │
			       │                                                                      ⢸ │
			       │⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⢼ │
			      0└⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠛⠓⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒
			        11:00                  11:15                   11:30                  11:45"
		`);
	});

	test('without colours, in plain ASCII', () => {
		const frame = drawn({ theme: createTheme('none', false), state: { row: '/tides' } });
		expect(frame.replaceAll('–', '-')).toMatch(/^[\x20-\x7e\n]*$/);
		expect(`\n${frame}`).toMatchInlineSnapshot(`
			"
			RATE      4/s  fired 11:46
			    5/s+__****__****__****__****__****__****__****__****__****__****__****__****
			       |************************************************************************
			       |************************************************************************
			      0\\************************************************************************
			ERRORS    24 %  limit 5 %  crossed 11:45:00  peak 24 % at 11:45:00  not falling
			   25 %+                                                      ******************
			       |                                                      ******************
			       |                                                      ******************
			      0\\______________________________________________________******************
			DURATION  p50 200 ms  p95 2 s  p99 2.4 s
			    3 s+                                                      ______o_____o_____
			       |                                                      ***************o**
			       |                                                      *|
			      0\\************************************************************************
			        11:00             11:15             11:30             11:45
			by http_route now  1-3 of 5                          rate     errors        p99
			 /berths                                            3.3/s     19.2 %     2.45 s
			>/tides                                            8.45/s        0 %     218 ms
			 /moorings/{id}                                    4.82/s        0 %    46.7 ms"
		`);
	});

	test('tell the values under the cursor, once at which instant', () => {
		const frame = drawn({ state: { cursor: ago(30 * 60) } });
		expect(frame).toMatch(/RATE {6}4\/s {2}at 11:30:00 {2}fired 11:46/);
		expect(frame).toMatch(/ERRORS {4}0 % {2}limit 5 %/);
		expect(frame).toMatch(/DURATION {2}p50 200 ms {2}p95 300 ms {2}p99 400 ms$/m);
	});

	test('tell no value where there is no sample', () => {
		const panel = {
			...errors,
			lines: [{ name: 'errors', series: { labels: {}, times: [noon], values: [1] }, query: '' }],
		};
		expect(drawn({ findings: found({ errors: here(panel) }), state: { cursor: ago(1800) } })).toMatch(
			/ERRORS {4}– {2}limit/,
		);
		const gaps = { ...errors, lines: [{ name: 'errors', series: seriesOf(() => Number.NaN), query: '' }] };
		expect(drawn({ findings: found({ errors: here(gaps) }) })).toMatch(/ERRORS {4}– {2}limit/);
	});

	test('say why they are empty', () => {
		const panel = { ...errors, lines: [], empty: 'No label of these series tells errors.' };
		expect(drawn({ findings: found({ errors: here(panel) }) })).toContain('  No label of these series tells errors.');
	});

	test('show how the metrics were found in place of the break-down', () => {
		const frame = drawn({ state: { details: true } });
		expect(frame).toContain('http_server_request_duration_seconds_count{service_name="pier"}');
		expect(frame).toContain('service_name names it.');
		expect(frame).toContain('errors are http_response_status_code=~"5.."');
		expect(frame).toMatch(/^DURATION .*p99 2\.4 s$/m);
		expect(frame).not.toContain('by http_route');
	});

	test('scroll how the metrics were found, where it is more than there is room for', () => {
		const others = Array.from({ length: 6 }, (_, index) => ({
			family: `family-${index}`,
			convention: `Convention ${index}`,
			rateMetric: 'requests_total',
			selector: '{job="pier"}',
			series: 1,
		}));
		const scene = {
			findings: found({ target: here({ ...target, others }) }),
			state: { details: true },
		};
		expect(drawn(scene)).toMatch(/ 7 more rows: J K$/m);
		expect(drawn(scene)).toContain('slowest exemplars');
		const down = pressed(['J', 'J'], scene);
		expect(drawn({ ...scene, state: down })).toContain('not chosen: Convention 5');
		expect(drawn({ ...scene, state: down })).not.toContain('more row');
		const wide = drawn({ ...scene, size: { width: 200, height: 20 } });
		expect(wide).toContain('not chosen: Convention 0');
		expect(wide).not.toContain('by http_route');
	});
});

describe('the break-down', () => {
	test('says how many rows there are beyond those on show, and scrolls with the cursor', () => {
		expect(drawn()).toContain('by http_route now  1-3 of 5');
		const frame = drawn({ state: { row: '/moorings/{id}' } });
		expect(frame).toMatch(/^▌\/moorings\/\{id\} +4\.82\/s +0 % +46\.7 ms$/m);
		expect(drawn({ size: { width: 80, height: 40 } })).toMatch(/by http_route now +rate/);
		expect(drawn({ size: { width: 80, height: 40 } })).toMatch(/ \(none\) +3\/min +– +–\n others +1\.2\/s +0 % +–$/m);
	});

	test('says why it is empty', () => {
		const none = { rows: [], at: noon, queries: [] };
		expect(drawn({ findings: found({ routes: here(none) }) })).toContain('No label tells routes apart.');
		expect(drawn({ findings: found({ routes: here({ ...none, by: 'route' }) }) })).toContain(
			'No request by route now.',
		);
	});
});

describe('a service without panels', () => {
	test('leads to the services that have some', () => {
		expect(`\n${drawn({ findings: nowhere })}`).toMatchInlineSnapshot(`
			"
			No request metrics name peer in this window.
			Go to one of the services that have such metrics, or widen the window.

			Services with request metrics, nearest in spelling first:
			▌ pier  (service_name, OpenTelemetry HTTP server)
			  buoy  (service, gRPC server)"
		`);
		expect(drawn({ findings: nowhere, state: pressed(['j'], { findings: nowhere }) })).toMatch(/^▌ buoy/m);
	});

	test("the alert's own figure comes first where nothing else is charted, and why there is no other below", () => {
		const stale: AlertSignal = {
			...risingErrors,
			query: 'time() - peer_last_success_timestamp_seconds',
			unit: 'seconds',
			value: 200_000,
			threshold: { operator: '>', value: 86_400 },
			series: { ...risingErrors.series, values: risingErrors.series.values.map((_, index) => 196_400 + index * 60) },
			peak: { at: noon, value: 200_000 },
			crossedAt: noon - hour,
			crossedBefore: true,
			trend: 'rising',
		};
		const findings = { ...nowhere, alert: here(alertOf('PeerStale')), signal: here(stale) };
		expect(`\n${drawn({ findings })}`).toMatchInlineSnapshot(`
			"
			time() - peer_last_success_timestamp_seconds
			2 d 8 h > 24 h 00 m · crossed before 11:00:00 · peak 2 d 8 h · rising
			2 d 8 h┤⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			       │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			       │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			 27h47m┤⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			       │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			       │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			      0└⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			        11:00             11:15             11:30             11:45

			No request metrics name peer in this window.
			Go to one of the services that have such metrics, or widen the window.

			Services with request metrics, nearest in spelling first:
			▌ pier  (service_name, OpenTelemetry HTTP server)
			  buoy  (service, gRPC server)"
		`);
		const small = drawn({ findings, size: { width: 60, height: 12 } });
		expect(small).toMatch(/^time\(\) - peer_last_success_timestamp_seconds$/m);
		expect(small).toContain('No request metrics name peer in this window.');
		const failed = { ...findings, signal: failedWith(idle, timeout, noon) };
		expect(drawn({ findings: failed })).toMatch(/^What the alert's rule measures is not known\. Prometheus at metrics/);
	});
});

describe('what went wrong', () => {
	test('is the whole screen when nothing was found yet', () => {
		const findings = { ...nowhere, target: failedWith(idle, timeout, noon) };
		expect(drawn({ findings })).toBe('✗ Prometheus at metrics.example gave no answer in 30 s. Shorten the window.');
	});

	test('stands in its own pane while the others go on', () => {
		const frame = drawn({ findings: found({ errors: failedWith(idle, timeout, noon) }) });
		expect(frame).toContain('ERRORS');
		expect(frame).toContain('✗ Prometheus at metrics.example gave no answer in 30 s. Shorten the window.');
		expect(frame).toMatch(/RATE {6}4/);
		expect(frame).toMatch(/p99 2\.4 s/);
	});

	test('leaves the figures where they are, and fits beside them', () => {
		const last = loaded(answer(errors), ago(40));
		const frame = drawn({ findings: found({ errors: failedWith(last, timeout, noon) }) });
		expect(frame).toMatch(/^ERRORS {4}24 % {2}limit 5 % +40s old: Prometheus at metrics\.example gave no/m);
	});

	test('dims what is old', () => {
		const dimmed = (pane: ServiceFindings['errors']): boolean => {
			const theme = createTheme('256', true);
			const styles = new Map<string, unknown>();
			const spied = (surface: Surface): Surface => ({
				...surface,
				put(x, y, text, style) {
					styles.set(text.trim(), style);
					return surface.put(x, y, text, style);
				},
				restyle: (...box) => surface.restyle(...box),
				within: (...box) => spied(surface.within(...box)),
			});
			frameOf(80, 20, surface =>
				paintService(spied(surface), { ...shownAt({ findings: found({ errors: pane }) }), theme }),
			);
			return styles.get('24 %') === theme.style('dim');
		};
		expect(dimmed(failedWith(loaded(answer(errors), ago(40)), timeout, noon))).toBe(true);
		expect(dimmed(here(errors))).toBe(false);
	});

	test('is told of the alert, once', () => {
		const frame = drawn({ findings: found({ alert: failedWith(idle, timeout, noon) }) });
		expect(frame.match(/gave no answer/g)).toHaveLength(1);
		const gone = loaded(
			answer(undefined, [{ kind: 'info', text: 'The alert PierErrors is no longer there.' }] as const),
			noon,
		);
		expect(drawn({ findings: found({ alert: gone }) })).toContain('The alert PierErrors is no longer there.');
		const both = found({ alert: failedWith(idle, timeout, noon), routes: failedWith(idle, timeout, noon) });
		expect(drawn({ findings: both }).match(/gave no answer/g)).toHaveLength(1);
	});

	test.each([
		[100, ''],
		[2100, 'asking Prometheus … 2.1 s  esc stops'],
	])('after %i ms of waiting', (waited, text) => {
		expect(drawn({ findings: { ...nowhere, target: { status: 'waiting', since: noon - waited } } })).toBe(text);
	});
});

test('only the slowest exemplars are marked', () => {
	const many = Array.from({ length: 40 }, (_, index) =>
		exemplarAt(ago(index * 60), 3 - index / 100, `${index}`.padStart(32, '0')),
	);
	const frame = drawn({ findings: found({ exemplars: here(many) }) });
	expect(frame.match(/◆/g)?.length).toBeLessThanOrEqual(12);
	expect(drawn({ findings: found({ exemplars: here([]) }) })).not.toContain('◆');
});

test('the headline names alert and convention', () => {
	expect(headlineOf()).toBe('pier  OpenTelemetry HTTP server');
	expect(headlineOf({ findings: nowhere, place: { service: 'peer' } })).toBe('peer');
});

test('that other metrics were asked for is told whole, at 80 columns too, and the details name the families', () => {
	const text =
		'There are no metrics of family kong here; shown are OpenTelemetry HTTP server. Families here: otel-http, spans.';
	const others = [
		{ family: 'spans', convention: 'Spans', rateMetric: 'calls_total', selector: '{job="pier"}', series: 1 },
	];
	const note = { kind: 'info', text } as const;
	const findings = found({ target: loaded(answer({ ...target, others }, [note]), noon) });
	expect(drawn({ findings }).replaceAll(/\s+/g, ' ')).toContain(text);
	expect(drawn({ findings, state: { details: true }, size: { width: 80, height: 40 } })).toContain(
		'Families here: otel-http, spans. F takes the next',
	);
});

test('what must be said of the choice of metrics stands on the first panel', () => {
	const note = { kind: 'warning', text: 'No label tells routes: these are all of them.' } as const;
	const [first, ...rest] = drawn({ findings: found({ target: loaded(answer(target, [note]), noon) }) }).split('\n');
	expect(first).toContain('No label tells routes');
	expect(rest.join('\n')).not.toContain('No label tells routes');
});
