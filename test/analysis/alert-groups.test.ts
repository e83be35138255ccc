import { describe, expect, test } from 'vitest';
import { groupAlerts, nextGrouping } from '../../src/analysis/alert-groups.ts';
import { joinAlerts } from '../../src/analysis/alert-join.ts';
import { managedOf } from '../helpers/alert-drawing.ts';

const alerts = joinAlerts(
	[
		managedOf('Slow', { service: 'till', severity: 'warning' }, { startsAt: 1 }),
		managedOf('Errors', { service: 'till', severity: 'critical' }),
		managedOf('Errors', { service: 'door', severity: 'warning' }, { startsAt: 2 }),
		managedOf('NightFalls', { severity: 'info' }),
		managedOf('Quiet', { severity: 'info', sky: 'dark' }, { startsAt: 0 }),
	],
	[],
);

const drawn = (grouping: 'service' | 'name') =>
	groupAlerts(alerts, grouping).map(group => `${group.title}: ${group.alerts.map(({ name }) => name).join(' ')}`);

describe('alerts are grouped', () => {
	test('by service, in the order of the worst of each, nameless ones together', () => {
		expect(drawn('service')).toEqual(['till: Errors Slow', 'door: Errors', 'no service: NightFalls Quiet']);
	});

	test('by name', () => {
		expect(drawn('name')).toEqual(['Errors: Errors Errors', 'Slow: Slow', 'NightFalls: NightFalls', 'Quiet: Quiet']);
	});

	test('under keys that no other group has, also of the other grouping', () => {
		const namesake = joinAlerts([managedOf('till', { service: 'till' }), managedOf('no service', {})], []);
		const keys = (['service', 'name'] as const).flatMap(by => groupAlerts(namesake, by).map(({ key }) => key));
		expect(keys).toHaveLength(4);
		expect(new Set(keys).size).toBe(keys.length);
	});

	test('of nothing there are none', () => expect(groupAlerts([], 'name')).toEqual([]));
});

test('a key goes through the groupings and comes back', () => {
	expect([nextGrouping('none'), nextGrouping('service'), nextGrouping('name')]).toEqual(['service', 'name', 'none']);
});
