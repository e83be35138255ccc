import { describe, expect, test } from 'vitest';
import { noAlertsFindings } from '../../../src/investigation/alerts-findings.ts';
import { alerts } from '../../../src/screens/alerts/index.ts';
import { alertsMatching, countsOf, settled } from '../../../src/screens/alerts/state.ts';
import { alertOf, found, press, shownAt, story } from './shown-alerts.ts';

describe('moving', () => {
	test.each([
		['j', undefined, 'QuayLatency'],
		['down', 'QuayLatency', 'BuoyBacklog'],
		['k', 'QuayLatency', 'PierErrors'],
		['k', undefined, 'PierErrors'],
		['G', undefined, 'TideStale'],
		['g', 'TideStale', 'PierErrors'],
		['ctrl+f', undefined, 'TideStale'],
	])('%s from %s goes to %s', (key, from, to) => {
		const state = from === undefined ? {} : { selected: `${from}@00000000` };
		expect(press(key, { state })).toMatchObject({ type: 'stay', state: { selected: `${to}@00000000` } });
	});

	test('is refused in an empty list', () => {
		expect(press('j', { findings: found([]) })).toMatchObject({ type: 'refuse' });
	});
});

describe('the footer offers', () => {
	const offered = (scene: Parameters<typeof shownAt>[0] = {}): readonly string[] =>
		alerts.keys
			.filter(({ footer, idle }) => footer !== undefined && idle?.(shownAt(scene)) === undefined)
			.map(({ keys: [key = ''] }) => key);
	const all = ['enter', 'l', 'r', 'd', 'S', 'a'];

	test('what can be done with the alert under the cursor', () => expect(offered()).toEqual(all));
	test('nothing of it where the filter lets none through, or there is none', () => {
		expect(offered({ state: { filter: 'nosuch' } })).toEqual([]);
		expect(offered({ findings: found([]) })).toEqual([]);
	});
	test('only what means something on the head of a group', () => {
		expect(offered({ state: { grouping: 'service', selected: 'pier' } })).toEqual(['enter', 'd']);
	});
	test('the keys of the answer while nobody has answered', () => {
		expect(offered({ findings: noAlertsFindings })).toEqual(all);
	});
});

describe('the pivots', () => {
	test('enter opens the panels of the service, from before the alert fired', () => {
		expect(press('enter')).toMatchObject({
			type: 'go',
			to: {
				kind: 'service',
				service: 'pier',
				route: '/berths',
				alert: 'PierErrors@00000000',
				window: { kind: 'live' },
			},
		});
	});

	test('l opens the logs of the service', () => {
		expect(press('l')).toMatchObject({ type: 'go', to: { kind: 'logs', service: 'pier', route: '/berths' } });
	});

	test.each(['enter', 'l'])('%s says that nothing names a service', key => {
		const nameless = alertOf('Nameless', { labels: { alertname: 'Nameless' } });
		expect(press(key, { findings: found([nameless]) })).toEqual({
			type: 'refuse',
			why: 'Neither the expression, the labels nor the annotations of Nameless name a service. Press c to name it.',
		});
	});

	test.each(['enter', 'l', 'r', 'y'])('%s is refused when there is no alert', key => {
		expect(press(key, { findings: found([]) })).toEqual({ type: 'refuse', why: 'There is no alert under the cursor.' });
	});
});

describe('the other keys', () => {
	test('r copies the runbook, or says that there is none', () => {
		expect(press('r')).toMatchObject({ type: 'copy', text: 'https://runbooks.example/pier-errors' });
		expect(press('r', { state: { selected: 'QuayLatency@00000000' } })).toEqual({
			type: 'refuse',
			why: 'QuayLatency has no runbook: no annotation runbook_url.',
		});
	});

	test('y copies what somebody would paste into a chat', () => {
		const outcome = press('y');
		expect(outcome.type === 'copy' && outcome.text).toBe(
			[
				'firing critical PierErrors (pier)',
				'/berths on pier fails 24.7 % of requests',
				'runbook https://runbooks.example/pier-errors',
				'{alertname="PierErrors", severity="critical", service="pier", route="/berths"}',
				'sum(rate(http_requests_total{service="pier",route="/berths",code=~"5.."}[5m])) > 0.05',
			].join('\n'),
		);
	});

	test('d and M turn details and meta alerts on and off', () => {
		expect(press('d')).toMatchObject({ state: { details: true } });
		expect(press('d', { state: { details: true } })).toMatchObject({ state: { details: false } });
		expect(press('M')).toMatchObject({ state: { meta: true } });
	});
});

describe('what is listed', () => {
	test.each([
		['', 5],
		['pier', 3],
		['PIER errors', 1],
		['warning', 2],
		['silenced', 1],
		['/berths', 1],
		['pier quay', 0],
		['service=pier', 3],
		['service="pier"', 3],
		['service=pier route=/berths', 1],
		['service=quay severity=page', 0],
	])('with the filter %j are %i', (filter, count) => expect(alertsMatching(story, filter)).toHaveLength(count));

	test('is counted by state', () => {
		expect(countsOf(story)).toBe('3 firing  1 pending  1 silenced');
		expect(countsOf([])).toBe('0 firing');
	});

	test('is written down once', () => {
		const state = settled(shownAt());
		expect(state).toMatchObject({ selected: 'PierErrors@00000000', row: 0 });
		expect(settled(shownAt({ state }))).toEqual(state);
		const again = shownAt({ state });
		expect(settled(again)).toBe(again.state);
		const empty = shownAt({ findings: found([]) });
		expect(settled(empty)).toBe(empty.state);
	});
});
