import { describe, expect, test } from 'vitest';
import { compareAlerts, findAlert, isMetaAlert, joinAlerts } from '../../src/analysis/alert-join.ts';
import { severityOf } from '../../src/analysis/severity.ts';
import { createAlertmanager } from '../../src/backends/alertmanager/client.ts';
import { createPrometheus } from '../../src/backends/prometheus/client.ts';
import { alertText, managedOf, noon, ruleOf } from '../helpers/alert-drawing.ts';
import { askingNow, httpOver, replaying } from '../helpers/replay.ts';

const textsOf = (alerts: ReturnType<typeof joinAlerts>): readonly string[] => alerts.map(alertText);

describe('joinAlerts', () => {
	const rules = [
		ruleOf('DoorStuck', 'stuck > 0.2', [
			{ door: 'a', severity: 'page' },
			{ door: 'b', severity: 'page', state: 'pending' },
		]),
	];
	const managed = [managedOf('DoorStuck', { door: 'a', severity: 'page', cluster: 'north' })];

	test('the two views of an alert become one, with the labels of both', () => {
		const [first, second, ...more] = joinAlerts(managed, rules);
		expect(more).toEqual([]);
		expect(first && alertText(first)).toBe(
			'critical firing DoorStuck {door=a cluster=north} prometheus+alertmanager 12:01',
		);
		expect(first).toMatchObject({ expression: 'stuck > 0.2', value: 0.25, holdFor: 60_000, activeAt: noon });
		expect(second && alertText(second)).toBe('critical pending DoorStuck {door=b} prometheus 12:00');
	});

	test('the identity does not depend on which backend answered', () => {
		const [both] = joinAlerts(managed, rules);
		const [fromRules] = joinAlerts([], rules);
		const [fromManager] = joinAlerts(managed, []);
		expect(both?.id).toMatch(/^DoorStuck@[0-9a-f]{8}$/);
		expect([fromRules?.id, fromManager?.id]).toEqual([both?.id, both?.id]);
		expect(fromRules?.since).toBe(noon + 60_000);
	});

	test('alerts that only their cluster tells apart have different identities', () => {
		const twins = ['north', 'south'].map(cluster => managedOf('DoorStuck', { door: 'a', cluster }));
		expect(new Set(joinAlerts(twins, []).map(({ id }) => id)).size).toBe(2);
	});

	test('of two rule alerts that fit, the one that shares most labels is meant', () => {
		const pool = [ruleOf('PoolFull', 'used / size > 0.9', [{ pool: 'p' }, { pool: 'p', instance: 'i' }])];
		const joined = joinAlerts([managedOf('PoolFull', { pool: 'p', instance: 'i', cluster: 'north' })], pool);
		expect(textsOf(joined).toSorted()).toEqual([
			'warning firing PoolFull {pool=p instance=i cluster=north} prometheus+alertmanager 12:01',
			'warning firing PoolFull {pool=p} prometheus 12:01',
		]);
	});

	test('labels that differ keep alerts of one name apart', () => {
		const joined = joinAlerts([managedOf('DoorStuck', { door: 'c', severity: 'page' })], rules);
		expect(joined).toHaveLength(3);
	});

	test.each([
		[{ silencedBy: ['s1'], inhibitedBy: ['i1'] }, 'silenced'],
		[{ inhibitedBy: ['i1'] }, 'inhibited'],
		[{ mutedBy: ['weekend'] }, 'muted'],
		[{ state: 'unprocessed' }, 'firing'],
	] as const)('%j is %s', (more, state) => {
		expect(joinAlerts([managedOf('DoorStuck', {}, more)], [])[0]?.state).toBe(state);
	});

	test('without rules the expression comes from the link', () => {
		const link = (generatorUrl: string) => joinAlerts([managedOf('A', {}, { generatorUrl })], [])[0]?.expression;
		expect(link('http://prom.example/graph?g0.expr=sum+by+%28a%29+%28x%29+%3E+1&g0.tab=1')).toBe('sum by (a) (x) > 1');
		expect(link('http://vm.example/vmui/#/?g0.expr=up%20%3D%3D%200')).toBe('up == 0');
		expect(link('http://grafana.example/alerting/grafana/x/view')).toBeUndefined();
	});

	test('texts from outside lose their secrets, and the first line is the summary', () => {
		const annotations = {
			description: 'till is down\nsee https://ops:hunter2@wiki.example/x',
			runbook_url: 'https://r.example',
		};
		const [alert] = joinAlerts([managedOf('A', {}, { annotations })], []);
		expect(alert?.summary).toBe('till is down');
		expect(alert?.annotations.description).not.toContain('hunter2');
		expect(alert?.runbookUrl).toBe('https://r.example');
	});

	test('an alert that says nothing of itself is told by its name, and one without a time has none', () => {
		const rule = ruleOf('Quiet', 'up == 0', [{}]);
		const [alert] = joinAlerts(
			[],
			[{ ...rule, active: [{ labels: {}, annotations: {}, state: 'firing', value: Number.NaN }] }],
		);
		expect(alert).toMatchObject({ name: 'Quiet', summary: 'Quiet', since: Number.NaN });
	});
});

describe('triage', () => {
	test('suppressed last, then the worst, the firing before the pending, the newest first', () => {
		const rows = [
			managedOf('Silenced', { severity: 'critical' }, { silencedBy: ['s'] }),
			managedOf('Old', { severity: 'critical' }, { startsAt: noon - 60_000 }),
			managedOf('New', { severity: 'critical' }),
			managedOf('Mild', { severity: 'info' }, { startsAt: noon + 600_000 }),
		];
		const pending = ruleOf('Soon', 'x > 1', [{ severity: 'critical', state: 'pending' }]);
		const names = joinAlerts(rows, [pending]).map(({ name }) => name);
		expect(names).toEqual(['New', 'Old', 'Soon', 'Mild', 'Silenced']);
	});

	test('the order is total and does not depend on the order of the answers', () => {
		const rows = ['a', 'b', 'c', 'd'].map(door => managedOf('DoorStuck', { door }));
		const one = joinAlerts(rows, []);
		expect(joinAlerts(rows.toReversed(), [])).toEqual(one);
		expect(one.toSorted(compareAlerts)).toEqual(one);
	});

	test.each([
		['Watchdog', {}, true],
		['InfoInhibitor', { severity: 'none' }, true],
		['DeadMansSwitch', { severity: 'critical' }, true],
		['Dead_Man_Snitch', {}, true],
		['Anything', { severity: 'none' }, true],
		['WatchdogTimerExpired', { severity: 'warning' }, false],
	])('%s %j is a meta-alert: %s', (name, labels, expected) => {
		expect(isMetaAlert({ name, labels })).toBe(expected);
	});

	test('an alert is found by its identity, by its name, and by the name in an identity that is gone', () => {
		const alerts = joinAlerts([managedOf('DoorStuck', { door: 'a' })], []);
		const [only] = alerts;
		expect([only?.id ?? '', 'DoorStuck', 'DoorStuck@00000000'].map(key => findAlert(alerts, key))).toEqual([
			only,
			only,
			only,
		]);
		expect(findAlert(alerts, 'WindowStuck')).toBeUndefined();
	});
});

test.each([
	['critical', { severity: 'CRITICAL' }],
	['critical', { priority: 'P1' }],
	['critical', { sloth_severity: 'page' }],
	['critical', { severity: 'sev-1' }],
	['error', { severity: 'major' }],
	['error', { level: 'High' }],
	['warning', { severity: 'ticket' }],
	['info', { severity: 'P5' }],
	['none', { severity: 'none' }],
	['warning', {}],
	['warning', { severity: 'purple' }],
	['error', { severity: 'purple', priority: 'p2' }],
] as const)('%s is what %j says', (severity, labels) => {
	expect(severityOf(labels)).toBe(severity);
});

describe('recorded answers of Prometheus and Alertmanager', () => {
	const rulesOf = () =>
		createPrometheus(httpOver('prometheus', replaying('prometheus-3.5.3/rules').dispatcher)).rules(askingNow());
	const managedIn = (name: string) =>
		createAlertmanager(httpOver('alertmanager', replaying(`alertmanager-0.33.1/${name}`).dispatcher)).alerts(
			askingNow(),
		);
	const lines = async (name: string) =>
		textsOf(joinAlerts((await managedIn(name)).value, (await rulesOf()).value)).map(text =>
			text.replace('harbor-eu1', 'eu1'),
		);

	test('every alert once', async () => {
		expect(await lines('alerts')).toMatchInlineSnapshot(`
			[
			  "critical firing DbPoolSaturated {pool=accounts-db service=billing team=money cluster=eu1} prometheus+alertmanager 08:33",
			  "critical firing EdgeHighErrorRate {http_route=/checkout service_name=edge team=edge cluster=eu1} prometheus+alertmanager 08:33",
			  "critical firing DbPoolSaturated {instance=127.0.0.1:9400 job=harbor pool=accounts-db service=billing team=money cluster=eu1} prometheus+alertmanager 08:33",
			  "warning firing BillingLatencyP99 {service=billing team=money cluster=eu1} prometheus+alertmanager 08:33",
			  "none firing Watchdog {cluster=eu1} prometheus+alertmanager 08:32",
			]
		`);
	});

	test('silenced ones sink', async () => {
		expect((await lines('alerts-silenced')).slice(-2)).toMatchInlineSnapshot(`
			[
			  "critical silenced DbPoolSaturated {pool=accounts-db service=billing team=money cluster=eu1} prometheus+alertmanager 08:33",
			  "critical silenced DbPoolSaturated {instance=127.0.0.1:9400 job=harbor pool=accounts-db service=billing team=money cluster=eu1} prometheus+alertmanager 08:33",
			]
		`);
	});

	test('with either backend missing the identities stay', async () => {
		const [managed, rules] = [(await managedIn('alerts')).value, (await rulesOf()).value];
		const ids = (alerts: ReturnType<typeof joinAlerts>) => alerts.map(({ id }) => id).toSorted();
		expect(ids(joinAlerts(managed, []))).toEqual(ids(joinAlerts(managed, rules)));
		expect(ids(joinAlerts([], rules))).toEqual(ids(joinAlerts(managed, rules)));
	});
});
