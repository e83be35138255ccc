import { expect, test } from 'vitest';
import { withCorrections } from '../../../src/analysis/alert-corrections.ts';
import { joinAlerts } from '../../../src/analysis/alert-join.ts';
import { alertJson, alertsPrinter } from '../../../src/cli/print/alerts.ts';
import { noAlertsFindings } from '../../../src/investigation/alerts-findings.ts';
import { answer } from '../../../src/model/answer.ts';
import { loaded } from '../../../src/model/loadable.ts';
import { day, hour, live, minute } from '../../../src/model/time.ts';
import { createTheme } from '../../../src/widgets/theme.ts';
import { managedOf, noon, ruleOf } from '../../helpers/alert-drawing.ts';

const now = noon + 10 * minute;
const differs = 'silenced at a.example, not at b.example';
const sick = { ...ruleOf('TillErrors', 'failed > 5', [{ app: 'till' }]), health: 'err', lastError: 'many-to-many' };
const [alert] = joinAlerts([managedOf('TillErrors', { app: 'till' }, { differs })], [sick]);

test('an alert as JSON tells its last 24 h, where Alertmanagers disagree, and what is wrong with its rule', () => {
	if (alert === undefined) throw new Error('no alert');
	const spell = { from: noon - 60 * minute, to: noon - 50 * minute };
	const past = {
		names: ['TillErrors'],
		grid: { from: now - day, to: now, step: minute },
		alerts: [{ labels: { alertname: 'TillErrors', app: 'till' }, state: 'firing', spells: [spell] } as const],
	};
	expect(alertJson(alert, { ...noAlertsFindings, past: loaded(answer(past), now) }, now)).toMatchObject({
		name: 'TillErrors',
		differs,
		ruleError: 'many-to-many',
		lastDay: {
			fired: [
				{ from: '2026-03-14T11:00:00.000Z', to: '2026-03-14T11:10:00.000Z' },
				{ from: '2026-03-14T12:01:00.000Z', to: '2026-03-14T12:10:00.000Z' },
			],
		},
	});
	expect(alertJson(alert, noAlertsFindings, now)).toMatchObject({ lastDay: undefined });
});

test('the table tells who keeps an alert quiet, and has no column for it when nobody does', () => {
	const silence = {
		id: 'b1',
		state: 'active',
		matchers: [],
		startsAt: noon,
		endsAt: noon + 30 * minute,
		createdBy: 'mira',
		comment: 'crane',
	} as const;
	const quiet = joinAlerts(
		[
			managedOf('TillErrors', { app: 'till' }),
			managedOf('TillSlow', { app: 'till' }, { state: 'suppressed', silencedBy: ['b1'] }),
		],
		[],
	);
	const tableOf = (alerts: typeof quiet) =>
		alertsPrinter.blocks({
			place: { kind: 'alerts', window: live(hour) },
			findings: {
				...noAlertsFindings,
				alerts: loaded(answer(alerts), now),
				silences: loaded(answer([silence]), now),
			},
			range: { from: noon, to: now },
			now,
			timeFormat: 'utc',
			width: 80,
			theme: createTheme('none', true),
		})[0];
	const [first, second] = [tableOf(quiet), tableOf(quiet.slice(0, 1))];
	const columns = (block: typeof first) => (block?.kind === 'table' ? block.columns.map(({ title }) => title) : []);
	expect(columns(first)).toEqual([...columns(second), 'remarks']);
	expect(first?.kind === 'table' && first.rows.map(row => row.at(-1))).toEqual([
		'',
		'silenced by mira until 12:30 UTC: crane',
	]);
});

test.each([
	[{ app: 'till' }, { service: 'till', serviceKind: 'service', serviceReason: 'The alert is labelled app="till".' }],
	[{}, { service: undefined, serviceKind: undefined, serviceReason: 'Nothing in it names a service.' }],
])('an alert with the labels %o as JSON tells how its service was decided', (labels, told) => {
	const [bare] = joinAlerts([managedOf('TillErrors', labels)], []);
	expect(bare && alertJson(bare, noAlertsFindings, now)).toMatchObject(told);
});

test('what the operator has corrected is told as that', () => {
	const correction = { alert: 'TillErrors', taken: 'till', service: 'ledger' };
	const [corrected] = withCorrections(joinAlerts([managedOf('TillErrors', { app: 'till' })], []), [correction]);
	expect(corrected && alertJson(corrected, noAlertsFindings, now)).toMatchObject({
		service: 'ledger',
		serviceReason: 'You corrected it: TillErrors was taken for till.',
	});
});

test('an alert as JSON names those that inhibit it, as far as they are known, and can be found as one of them', () => {
	const joined = joinAlerts(
		[
			managedOf('TillDown', { app: 'till' }, { fingerprint: 'f1' }),
			managedOf('TillSlow', { app: 'till' }, { state: 'suppressed', fingerprint: 'f2', inhibitedBy: ['f1', 'f9'] }),
		],
		[],
	);
	const findings = { ...noAlertsFindings, alerts: loaded(answer(joined), now) };
	const [down, slow] = joined.toSorted((a, b) => a.name.localeCompare(b.name));
	if (down === undefined || slow === undefined) throw new Error('no alerts');
	expect(alertJson(down, findings, now)).toMatchObject({ fingerprint: 'f1', inhibitors: [] });
	expect(alertJson(slow, findings, now)).toMatchObject({
		inhibitedBy: ['f1', 'f9'],
		inhibitors: [{ fingerprint: 'f1', name: 'TillDown' }, { fingerprint: 'f9' }],
	});
});
