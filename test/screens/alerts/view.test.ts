import { describe, expect, test } from 'vitest';
import { answer } from '../../../src/model/answer.ts';
import type { Failure } from '../../../src/model/failure.ts';
import { failedWith, idle, loaded } from '../../../src/model/loadable.ts';
import { second } from '../../../src/model/time.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { alertOf, drawn, found, headlineOf, noon, risingErrors, story } from './shown-alerts.ts';

const refused: Failure = {
	kind: 'refused',
	backend: 'prometheus',
	what: 'Prometheus at metrics.example refused the connection.',
	next: 'Check that it runs.',
};
const unauthorized: Failure = {
	kind: 'unauthorized',
	backend: 'alertmanager',
	status: 401,
	what: 'Alertmanager at alerts.example refused the token (401).',
	next: 'Check the profile.',
};
const unconfigured: Failure = { kind: 'not-configured', what: 'No Prometheus is configured.', next: 'Set it.' };

describe('the list of alerts', () => {
	test('at 80 columns, with the verdict below', () => {
		expect(`\n${drawn()}`).toMatchInlineSnapshot(`
			"
			▌▲ crit PierErrors               pier /berths          12m  24.7 % > 5 %  ▁▁▁▁██
			 ● warn QuayLatency              quay                  12m
			 ● pend BuoyBacklog              pier                  90s
			 · sil  TideStale                pier                   2d

			────────────────────────────────────────────────────────────────────────────────
			/berths on pier fails 24.7 % of requests
			24.7 % > 5 % · crossed 11:46:00, 2 m 00 s before it fired · peak 27.1 % · not
			falling
			fired 11:48:00, 12 m 00 s ago
			runbook https://runbooks.example/pier-errors
			sum(rate(http_requests_total{service="pier",route="/berths",code=~"5.."}[5m])) >
			0.05
			alertname=PierErrors  severity=critical  service=pier  route=/berths
			summary: PierErrors fires
			The alert's expression selects service="pier".
			known to prometheus and alertmanager; goes to pager"
		`);
	});

	test('at 60 columns and 11 rows', () => {
		expect(`\n${drawn({ size: { width: 60, height: 11 } })}`).toMatchInlineSnapshot(`
			"
			▌▲ crit PierErrors                pier /berths           12m
			 ● warn QuayLatency               quay                   12m
			 ● pend BuoyBacklog               pier                   90s
			 · sil  TideStale                 pier                    2d

			────────────────────────────────────────────────────────────
			/berths on pier fails 24.7 % of requests
			24.7 % > 5 % · crossed 11:46:00, 2 m 00 s before it fired ·
			peak 27.1 % · not falling
			fired 11:48:00, 12 m 00 s ago
			runbook https://runbooks.example/pier-errors               …"
		`);
	});

	test('at 160 columns, with the verdict and its chart beside', () => {
		expect(`\n${drawn({ size: { width: 160, height: 30 } })}`).toMatchInlineSnapshot(`
			"
			▌▲ critical  PierErrors           pier /berths      12m  24.7 % > 5 %       ▁▁▁▁▁▁▁▁▁▁▁▁▆███  /berths on pier fails 24.7 % of requests
			 ● warning   QuayLatency          quay              12m                                       24.7 % > 5 % · crossed 11:46:00, 2 m 00 s before it fired · peak
			 ● pending   BuoyBacklog          pier              90s                                       27.1 % · not falling
			 · silenced  TideStale            pier               2d                                       fired 11:48:00, 12 m 00 s ago
			                                                                                              runbook https://runbooks.example/pier-errors
			                                                                                              sum(rate(http_requests_total{service="pier",route="/berths",code=~
			                                                                                              "5.."}[5m])) > 0.05
			                                                                                              alertname=PierErrors  severity=critical  service=pier
			                                                                                              route=/berths
			                                                                                              summary: PierErrors fires
			                                                                                              The alert's expression selects service="pier".
			                                                                                              known to prometheus and alertmanager; goes to pager

			                                                                                                 25 %┤                                              │⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀
			                                                                                                     │                                              │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                     │                                              │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                 20 %┤                                              │⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                     │                                              ⣤⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                     │                                              ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                 15 %┤                                              ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                     │                                              ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                     │                                             ⣶⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                 10 %┤                                             ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                     │                                             ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                     │                                             ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                  5 %┤⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⠤ ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                     │                                            ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                     │                                            ⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                    0└⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿
			                                                                                                      11:00         11:15          11:30         11:45"
		`);
	});

	test('without colours, in plain ASCII', () => {
		const frame = drawn({ theme: createTheme('none', false), size: { width: 100, height: 16 } });
		expect(frame.replaceAll('·', '.')).toMatch(/^[\x20-\x7e\n]*$/);
		expect(`\n${frame}`).toMatchInlineSnapshot(`
			"
			>! critical  PierErrors               pier /berths          12m  24.7 % > 5 %       ____________-###
			 * warning   QuayLatency              quay                  12m
			 * pending   BuoyBacklog              pier                  90s
			 . silenced  TideStale                pier                   2d

			----------------------------------------------------------------------------------------------------
			/berths on pier fails 24.7 % of requests
			24.7 % > 5 % · crossed 11:46:00, 2 m 00 s before it fired · peak 27.1 % · not falling
			fired 11:48:00, 12 m 00 s ago
			runbook https://runbooks.example/pier-errors
			sum(rate(http_requests_total{service="pier",route="/berths",code=~"5.."}[5m])) > 0.05
			alertname=PierErrors  severity=critical  service=pier  route=/berths
			summary: PierErrors fires
			The alert's expression selects service="pier".
			known to prometheus and alertmanager; goes to pager"
		`);
	});

	test('gives more room to one alert when asked for details', () => {
		const findings = found([...story, ...Array.from({ length: 40 }, (_, index) => alertOf(`Alert${index}`))]);
		expect(drawn({ findings })).not.toContain('known to prometheus');
		expect(drawn({ findings, state: { details: true } })).toContain('known to prometheus');
	});

	test('has no peak behind the newest figure, and no age twice', () => {
		const lower = { ...risingErrors, peak: { value: risingErrors.value / 2, at: noon } };
		const signals = loaded(answer(new Map([[story[0]?.id ?? '', lower]])), noon);
		const frame = drawn({ findings: found(story, { signals }), timeFormat: 'relative' });
		expect(frame).toMatch(/ · at its peak/);
		expect(frame).toMatch(/^fired 12 m 00 s ago$/m);
	});

	test('says where it is cut, and leaves the list four rows of 20 for details', () => {
		const others = Array.from({ length: 40 }, (_, index) => alertOf(`Other${index}`));
		const long = alertOf('Long', { severity: 'critical', expression: `sum(${'x'.repeat(400)}) > 1` });
		const rows = (details: boolean) => drawn({ findings: found([long, ...others]), state: { details } }).split('\n');
		expect(rows(false)[19]).toBe(`${'x'.repeat(78)} …`);
		expect(rows(true).findIndex(row => row.startsWith('──'))).toBe(4);
		expect(rows(true).at(-1)).toBe('known to prometheus and alertmanager');
	});

	test('keeps the cursor on show in a long list', () => {
		const many = Array.from({ length: 40 }, (_, index) => alertOf(`Alert${index}`));
		const frame = drawn({ findings: found(many), state: { selected: 'Alert25@00000000' } });
		expect(frame).toMatch(/^▌▲ crit Alert25 /m);
		expect(frame).not.toContain('Alert1 ');
	});

	test('drops blanks of a figure rather than its limit', () => {
		const signal = {
			...risingErrors,
			unit: 'seconds' as const,
			value: 990_000,
			threshold: { operator: '<' as const, value: 1_209_600 },
		};
		const signals = loaded(answer(new Map([['PierErrors@00000000', signal]])), noon);
		expect(drawn({ findings: found(story, { signals }) })).toContain('11d11h<14d0h');
	});
});

describe('the headline', () => {
	test.each([
		[{}, '2 firing  1 pending  1 silenced  +1 meta'],
		[{ state: { meta: true } }, '3 firing  1 pending  1 silenced'],
		[{ state: { filter: 'quay' } }, 'filtered: 1 firing  +1 meta  matching quay'],
		[{ findings: found([]) }, '0 firing'],
		[{ findings: found([], { alerts: idle }) }, 'alerts'],
	])('%#', (scene, text) => expect(headlineOf(scene)).toBe(text));
});

describe('an empty list says why', () => {
	test.each([
		['nothing at all', { findings: found([]) }, 'Nothing fires, not even a Watchdog'],
		['only meta alerts', { findings: found([alertOf('Watchdog', { labels: {} })]) }, 'M shows meta alerts'],
		['a filter', { state: { filter: 'xyz' } }, 'No alert (of 5) matches xyz. esc shows all.'],
		[
			'one backend missing',
			{ findings: found([], { rules: failedWith(idle, refused, noon) }) },
			'Nothing is known to fire, but not everything is known.',
		],
	])('%s', (_, scene, text) => expect(drawn(scene)).toContain(text));
});

describe('what went wrong', () => {
	test('is named backend by backend when there is no list', () => {
		const findings = found([], {
			alerts: failedWith(idle, refused, noon),
			rules: failedWith(idle, refused, noon),
			alertmanager: failedWith(idle, unauthorized, noon),
			signals: idle,
		});
		expect(drawn({ findings })).toBe(
			[
				'✗ Prometheus at metrics.example refused the connection. Check that it runs.',
				'✗ Alertmanager at alerts.example refused the token (401). Check the profile.',
			].join('\n'),
		);
	});

	test('stands between the list and the verdict while the other backend answers', () => {
		const note = { kind: 'partial', text: 'Prometheus did not answer: figures are missing.' } as const;
		const findings = found(story, {
			alerts: loaded(answer(story, [note]), noon),
			rules: failedWith(idle, refused, noon),
			signals: failedWith(idle, refused, noon),
		});
		expect(`\n${drawn({ findings })}`).toMatchInlineSnapshot(`
			"
			▌▲ crit PierErrors               pier /berths          12m
			 ● warn QuayLatency              quay                  12m
			 ● pend BuoyBacklog              pier                  90s
			 · sil  TideStale                pier                   2d

			────────────────────────────────────────────────────────────────────────────────
			Prometheus at metrics.example refused the connection. Check that it runs.
			Prometheus did not answer: figures are missing.
			/berths on pier fails 24.7 % of requests
			fired 11:48:00, 12 m 00 s ago
			runbook https://runbooks.example/pier-errors
			sum(rate(http_requests_total{service="pier",route="/berths",code=~"5.."}[5m])) >
			0.05
			alertname=PierErrors  severity=critical  service=pier  route=/berths
			summary: PierErrors fires
			The alert's expression selects service="pier".
			known to prometheus and alertmanager; goes to pager"
		`);
	});

	test('keeps the last list, with its age', () => {
		const last = loaded(answer(story), noon - 40 * second);
		const findings = found(story, {
			alerts: failedWith(last, refused, noon),
			rules: failedWith(last, refused, noon) as never,
			alertmanager: failedWith(last, unauthorized, noon) as never,
		});
		const frame = drawn({ findings });
		expect(frame).toContain('PierErrors');
		expect(frame).toContain('Prometheus at metrics.example refused the connection.');
		expect(frame).toContain('This is what was known 40s ago.');
	});

	test('is not told of a backend that nobody meant to have, unless there is no other reason', () => {
		expect(drawn({ findings: found(story, { rules: failedWith(idle, unconfigured, noon) }) })).not.toContain(
			'configured',
		);
		const nothing = failedWith(idle, unconfigured, noon);
		const findings = found([], { alerts: nothing, rules: nothing, alertmanager: nothing, signals: idle });
		expect(drawn({ findings })).toBe('✗ No Prometheus is configured. Set it.');
	});

	test.each([
		[100, ''],
		[2100, 'asking Alertmanager and Prometheus … 2.1 s  esc stops'],
	])('after %i ms of waiting', (waited, text) => {
		const alerts = { status: 'waiting', since: noon - waited } as const;
		expect(drawn({ findings: found([], { alerts }) })).toBe(text);
	});
});
