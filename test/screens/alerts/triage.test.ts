import { describe, expect, test } from 'vitest';
import type { AlertsPast } from '../../../src/analysis/firing-history.ts';
import { answer } from '../../../src/model/answer.ts';
import { loaded } from '../../../src/model/loadable.ts';
import { day, hour, minute, second } from '../../../src/model/time.ts';
import { alerts } from '../../../src/screens/alerts/index.ts';
import { type AlertsState, rowsOf, settled } from '../../../src/screens/alerts/state.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { alertOf, drawn, found, headlineOf, noon, press, risingErrors, shownAt, story } from './shown-alerts.ts';

const spell = (from: number, to: number) => ({ from: noon - from * minute, to: noon - to * minute });

/** PierErrors fired twice before today; nothing is known of the others. */
const past: AlertsPast = {
	names: ['PierErrors', 'QuayLatency', 'FogHorn'],
	grid: { from: noon - day, to: noon, step: minute },
	alerts: [
		{
			labels: { alertname: 'PierErrors', service: 'pier' },
			state: 'firing',
			spells: [spell(1200, 1180), spell(420, 390), spell(12, 0)],
		},
		{ labels: { alertname: 'PierErrors', service: 'pier' }, state: 'pending', spells: [spell(14, 13)] },
	],
};

const gone = (name: string, ago: number, looked = 5 * second) =>
	alertOf(name, {
		severity: 'warning',
		state: 'resolved',
		since: noon - 40 * minute,
		labels: { alertname: name, service: 'quay' },
		resolved: { lastSeen: noon - ago - looked, gone: noon - ago },
	});

const findings = found(story, {
	resolved: loaded(answer([gone('FogHorn', 2 * minute), gone('FogBell', 14 * minute, hour)]), noon),
	past: loaded(answer(past), noon),
});

describe('what has resolved', () => {
	test('stays on the list, last and dim, with its details', () => {
		const frame = drawn({ findings, state: { selected: 'FogHorn@00000000', chosen: true } });
		expect(`\n${frame}`).toMatchInlineSnapshot(`
			"
			 ▲ crit PierErrors               pier /berths          12m  24.7 % > 5 %  ▁▁▁▁██
			 ● warn QuayLatency              quay                  12m
			 ● pend BuoyBacklog              pier                  90s
			 · sil  TideStale                pier                   2d
			▌● over FogHorn                  quay                       resolved 2m ago
			 ● over FogBell                  quay                       resolved 14m ago

			────────────────────────────────────────────────────────────────────────────────
			FogHorn fires
			fired 11:20:00, 40 m 00 s ago; resolved 11:58:00, 2 m 00 s ago
			Its last 24 h are not known: Prometheus keeps no series ALERTS of it.
			alertname=FogHorn  service=quay
			The alert is labelled service="quay".
			known to prometheus and alertmanager"
		`);
	});

	test('at 60 columns', () => {
		const frame = drawn({ findings, size: { width: 60, height: 11 } });
		expect(`\n${frame}`).toMatchInlineSnapshot(`
			"
			▌▲ crit PierErrors                pier /berths           12m
			 ● warn QuayLatency               quay                   12m
			 ● pend BuoyBacklog               pier                   90s
			 · sil  TideStale                 pier                    2d
			 ● over FogHorn                   quay                    2m
			────────────────────────────────────────────────────────────
			/berths on pier fails 24.7 % of requests
			24.7 % > 5 % · crossed 11:46:00, 2 m 00 s before it fired ·
			peak 27.1 % · not falling
			fired 11:48:00, 12 m 00 s ago
			fired 3 times in 24 h, longest 30 m; the one before ended  …"
		`);
	});

	test('is counted, and can be filtered for', () => {
		expect(headlineOf({ findings })).toBe('2 firing  1 pending  1 silenced  2 resolved  +1 meta');
		expect(rowsOf(shownAt({ findings, state: { filter: 'resolved' } }))).toHaveLength(2);
	});

	test('went between two looks, when those lie far apart', () => {
		const frame = drawn({ findings, state: { selected: 'FogBell@00000000', chosen: true } });
		expect(frame).toContain('resolved between 10:46:00 and 11:46:00');
	});

	describe('while it was under the cursor', () => {
		const resolving = found(story.slice(1), {
			resolved: loaded(answer([gone('PierErrors', minute), gone('FogBell', 14 * minute)]), noon),
		});
		const selectedAfter = (before: AlertsState) => settled(shownAt({ findings: resolving, state: before })).selected;

		test('leaves it on the first row when nobody has moved it', () => {
			const before = settled(shownAt({ findings }));
			expect(before.selected).toBe('PierErrors@00000000');
			expect(selectedAfter(before)).toBe('QuayLatency@00000000');
		});

		test.each(['home', 'v', 'enter'])('takes it along after %s', key => {
			const state = settled(shownAt({ findings }));
			const pressed = press(key, { findings, state });
			const after = pressed.type === 'stay' || pressed.type === 'go' ? pressed.state : undefined;
			expect(after && selectedAfter({ ...after, grouping: 'none' })).toBe('PierErrors@00000000');
		});
	});
});

describe('the last 24 h', () => {
	test('are told and drawn below the verdict', () => {
		expect(`\n${drawn({ findings })}`).toMatchInlineSnapshot(`
			"
			▌▲ crit PierErrors               pier /berths          12m  24.7 % > 5 %  ▁▁▁▁██
			 ● warn QuayLatency              quay                  12m
			 ● pend BuoyBacklog              pier                  90s
			 · sil  TideStale                pier                   2d
			 ● over FogHorn                  quay                       resolved 2m ago
			 ● over FogBell                  quay                       resolved 14m ago

			────────────────────────────────────────────────────────────────────────────────
			/berths on pier fails 24.7 % of requests
			24.7 % > 5 % · crossed 11:46:00, 2 m 00 s before it fired · peak 27.1 % · not
			falling
			fired 11:48:00, 12 m 00 s ago
			fired 3 times in 24 h, longest 30 m; the one before ended 6 h 30 m ago
			24 h ago ▁▁▁▁▁▁▁▁█▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁██▁▁▁▁▁▁▁▁▁▁▁█ now
			runbook https://runbooks.example/pier-errors
			sum(rate(http_requests_total{service="pier",route="/berths",code=~"5.."}[5m])) >
			0.05
			alertname=PierErrors  severity=critical  service=pier  route=/berths
			summary: PierErrors fires
			The alert's expression selects service="pier".                                 …"
		`);
	});

	test('at 160 columns, beside the list', () => {
		expect(`\n${drawn({ findings, size: { width: 160, height: 20 } })}`).toMatchInlineSnapshot(`
			"
			▌▲ critical  PierErrors           pier /berths      12m  24.7 % > 5 %       ▁▁▁▁▁▁▁▁▁▁▁▁▆███  /berths on pier fails 24.7 % of requests
			 ● warning   QuayLatency          quay              12m                                       24.7 % > 5 % · crossed 11:46:00, 2 m 00 s before it fired · peak
			 ● pending   BuoyBacklog          pier              90s                                       27.1 % · not falling
			 · silenced  TideStale            pier               2d                                       fired 11:48:00, 12 m 00 s ago
			 ● resolved  FogHorn              quay                   resolved 2m ago                      fired 3 times in 24 h, longest 30 m; the one before ended 6 h 30 m
			 ● resolved  FogBell              quay                   resolved 14m ago                     ago
			                                                                                              24 h ago ▁▁▁▁▁▁▁▁█▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁██▁▁▁▁▁▁▁▁▁▁▁█ now
			                                                                                              runbook https://runbooks.example/pier-errors
			                                                                                              sum(rate(http_requests_total{service="pier",route="/berths",code=~
			                                                                                              "5.."}[5m])) > 0.05
			                                                                                              alertname=PierErrors  severity=critical  service=pier
			                                                                                              route=/berths
			                                                                                              summary: PierErrors fires
			                                                                                              The alert's expression selects service="pier".
			                                                                                              known to prometheus and alertmanager; goes to pager"
		`);
	});

	test('in plain ASCII', () => {
		const frame = drawn({ findings, theme: createTheme('none', false) });
		expect(frame.split('\n').find(line => line.startsWith('24 h ago'))).toBe(
			'24 h ago ________#_________________________##___________# now',
		);
	});

	test('that nobody keeps are said to be so', () => {
		const frame = drawn({ findings, state: { selected: 'QuayLatency@00000000' } });
		expect(frame).toContain('Its last 24 h are not known: Prometheus keeps no series ALERTS of it.');
	});

	test('that could not be asked are not told', () => {
		const failure = { kind: 'timeout', what: 'Prometheus did not answer in 30 s.', next: 'Press R.' } as const;
		const failed = { ...findings, past: { status: 'failed', failure, at: noon } as const };
		const frame = drawn({ findings: failed });
		expect(frame).toContain('Its last 24 h are not known. Prometheus did not answer in 30 s. Press R.');
		expect(drawn()).not.toContain('24 h');
	});
});

describe('groups', () => {
	const grouped = { grouping: 'service', selected: 'PierErrors@00000000' } as const;

	test('by service, at 80 columns', () => {
		expect(`\n${drawn({ findings, state: grouped })}`).toMatchInlineSnapshot(`
			"
			 ▾ ▲ pier  1 firing  1 pending  1 silenced
			▌▲ crit PierErrors               pier /berths          12m  24.7 % > 5 %  ▁▁▁▁██
			 ● pend BuoyBacklog              pier                  90s
			 · sil  TideStale                pier                   2d
			 ▾ ● quay  1 firing  2 resolved
			 ● warn QuayLatency              quay                  12m
			 ● over FogHorn                  quay                       resolved 2m ago
			 ● over FogBell                  quay                       resolved 14m ago

			────────────────────────────────────────────────────────────────────────────────
			/berths on pier fails 24.7 % of requests
			24.7 % > 5 % · crossed 11:46:00, 2 m 00 s before it fired · peak 27.1 % · not
			falling
			fired 11:48:00, 12 m 00 s ago
			fired 3 times in 24 h, longest 30 m; the one before ended 6 h 30 m ago
			24 h ago ▁▁▁▁▁▁▁▁█▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁██▁▁▁▁▁▁▁▁▁▁▁█ now
			runbook https://runbooks.example/pier-errors
			sum(rate(http_requests_total{service="pier",route="/berths",code=~"5.."}[5m])) >
			0.05
			alertname=PierErrors  severity=critical  service=pier  route=/berths           …"
		`);
	});

	test('by name, at 160 columns, one closed and under the cursor', () => {
		const state = { grouping: 'name', closed: ['name QuayLatency'], selected: 'QuayLatency@00000000' } as const;
		expect(`\n${drawn({ findings, state, size: { width: 160, height: 20 } })}`).toMatchInlineSnapshot(`
			"
			 ▾ ▲ PierErrors  1 firing                                                                     QuayLatency: 1 firing
			 ▲ critical  PierErrors           pier /berths      12m  24.7 % > 5 %       ▁▁▁▁▁▁▁▁▁▁▁▁▆███  QuayLatency: QuayLatency fires
			▌▸ ● QuayLatency  1 firing
			 ▾ ● BuoyBacklog  1 pending
			 ● pending   BuoyBacklog          pier              90s
			 ▾ · TideStale  1 silenced
			 · silenced  TideStale            pier               2d
			 ▾ ● FogHorn  1 resolved
			 ● resolved  FogHorn              quay                   resolved 2m ago
			 ▾ ● FogBell  1 resolved
			 ● resolved  FogBell              quay                   resolved 14m ago"
		`);
	});

	test('are named in the headline', () => {
		expect(headlineOf({ state: grouped })).toContain('  by service');
	});

	test('v goes through them, and the cursor stays on its alert', () => {
		const first = press('v', { findings, state: { selected: 'TideStale@00000000' } });
		expect(first).toMatchObject({ type: 'stay', state: { grouping: 'service', selected: 'TideStale@00000000' } });
		const state = first.type === 'stay' ? first.state : {};
		expect(settled(shownAt({ findings, state }))).toMatchObject({ selected: 'TideStale@00000000', row: 3 });
		expect(press('v', { findings, state })).toMatchObject({ state: { grouping: 'name' } });
		const named = { ...state, grouping: 'name' } as const;
		expect(press('v', { findings, state: named })).toMatchObject({ state: { grouping: 'none' } });
	});

	test('from the head of a group v goes to its first alert', () => {
		const state = { grouping: 'service', selected: 'service quay' } as const;
		expect(press('v', { findings, state })).toMatchObject({ state: { selected: 'QuayLatency@00000000' } });
	});

	test('enter on a head closes the group and opens it again, and the cursor stays there', () => {
		const state = { grouping: 'service', selected: 'service pier' } as const;
		const closed = press('enter', { findings, state });
		expect(closed).toMatchObject({ type: 'stay', state: { closed: ['service pier'], selected: 'service pier' } });
		const after = closed.type === 'stay' ? closed.state : {};
		expect(rowsOf(shownAt({ findings, state: after })).map(({ id }) => id)).toEqual([
			'service pier',
			'service quay',
			'QuayLatency@00000000',
			'FogHorn@00000000',
			'FogBell@00000000',
		]);
		expect(press('enter', { findings, state: after })).toMatchObject({ state: { closed: [] } });
	});

	test.each(['l', 'r', 'y'])('%s asks for an alert when the cursor is on a head', key => {
		expect(press(key, { findings, state: { grouping: 'service', selected: 'service pier' } })).toEqual({
			type: 'refuse',
			why: 'The cursor is on a group of alerts. Move it to one of them.',
		});
	});

	test('enter says what it does just now', () => {
		const enter = alerts.keys.find(({ keys }) => keys.includes('enter'));
		const labelAt = (state: object) => enter?.labelNow?.(shownAt({ findings, state }));
		expect(labelAt({})).toBe('panels');
		expect(labelAt({ grouping: 'service', selected: 'service pier' })).toBe('close group');
		expect(labelAt({ grouping: 'service', selected: 'service pier', closed: ['service pier'] })).toBe('open group');
	});
});

describe('long details', () => {
	const annotations = Object.fromEntries(
		Array.from({ length: 30 }, (_, index) => [`note_${String(index).padStart(2, '0')}`, 'x']),
	);
	const long = found([alertOf('PierErrors', { annotations })]);

	test('are scrolled by J and K, and not beyond their ends', () => {
		const down = press('J', { findings: long });
		expect(down).toMatchObject({ type: 'stay', state: { scroll: 4 } });
		const frame = drawn({ findings: long, state: { scroll: 4 } });
		expect(frame).toContain('note_00');
		expect(frame).not.toContain('PierErrors fires');
		expect(press('K', { findings: long, state: { scroll: 4 } })).toMatchObject({ state: { scroll: 0 } });
		expect(press('K', { findings: long })).toEqual({ type: 'refuse', why: 'It goes no further.' });
		expect(drawn({ findings: long, state: { scroll: 999 } })).toContain('known to prometheus');
		expect(press('J', { findings: long, state: { scroll: 999 } })).toEqual({
			type: 'refuse',
			why: 'It goes no further.',
		});
	});

	test('that are all on show are not scrolled', () => {
		expect(press('J')).toEqual({ type: 'refuse', why: 'All that is told of it is on show.' });
		expect(press('J', { findings: found([]) })).toMatchObject({ type: 'refuse' });
	});

	test('of the next alert begin at their beginning', () => {
		expect(press('j', { state: { scroll: 7 } })).toMatchObject({ state: { scroll: 0 } });
	});
});

describe('esc', () => {
	test.each([
		['clears the filter', { filter: 'pier', details: true }, { filter: '', details: true }],
		['then closes the details', { details: true }, { details: false }],
	])('%s', (_, state, after) => {
		expect(alerts.escape?.(shownAt({ state }))).toMatchObject({ type: 'stay', state: after });
	});

	test('then goes up', () => expect(alerts.escape?.(shownAt())).toBeUndefined());
});

describe('odd alerts are told as what they are', () => {
	const told = (change: Parameters<typeof alertOf>[1], name = 'Odd') =>
		drawn({ findings: found([alertOf(name, change)]), state: { details: true } });

	test('without labels and without a beginning', () => {
		const frame = told({ labels: {}, since: Number.NaN, summary: '(unnamed)' }, '(unnamed)');
		expect(frame).toContain('The alert has no labels.');
		expect(frame).toContain('firing, and nobody says since when');
		expect(frame).toContain('Nothing in it names a service.');
	});

	test('with a rule that cannot be evaluated any more', () => {
		expect(told({ ruleError: 'many-to-many matching' })).toContain(
			'its rule cannot be evaluated any more: many-to-many matching',
		);
	});

	test('with a figure that is no number', () => {
		const signals = new Map([['Odd@00000000', { ...risingErrors, value: Number.NaN }]]);
		const findings = found([alertOf('Odd')], { signals: loaded(answer(signals), noon) });
		expect(drawn({ findings })).toContain('– > 5 % · crossed');
		expect(drawn({ findings }).split('\n')[0]).toContain('– > 5 %');
	});

	test('with Alertmanagers that disagree', () => {
		expect(told({ differs: 'silenced at a.example, not at b.example' })).toContain('silenced at a.example, not at b');
	});

	test('beside rules that cannot be evaluated, and cannot fire', () => {
		const text = 'Rule TillSlow cannot be evaluated and cannot fire: many-to-many matching.';
		const findings = found([], { alerts: loaded(answer([], [{ kind: 'warning', text }]), noon) });
		expect(drawn({ findings })).toContain(text);
		expect(drawn({ findings })).toContain('Nothing is known to fire, but not everything is known.');
	});

	test.each([
		[['f00d'], 'Loud'],
		[['f00d', 'beef'], 'Loud, an alert that is gone'],
		[['cafe'], 'Hoarse, which is gone'],
	])('inhibited by %j: %s', (inhibitedBy, words) => {
		const findings = found(
			[alertOf('Loud', { fingerprint: 'f00d' }), alertOf('Hushed', { state: 'inhibited', inhibitedBy })],
			{ resolved: loaded(answer([alertOf('Hoarse', { fingerprint: 'cafe', state: 'resolved' })]), noon) },
		);
		expect(drawn({ findings, state: { selected: 'Hushed@00000000' } })).toContain(`inhibited by ${words}`);
	});
});
