import { describe, expect, test } from 'vitest';
import { takenFor, withCorrections } from '../../src/analysis/alert-corrections.ts';
import { joinAlerts } from '../../src/analysis/alert-join.ts';
import { serviceOfAlert, servicePlaceOf } from '../../src/analysis/alert-service.ts';
import { correctedBy } from '../../src/analysis/corrected-by.ts';
import type { Alert, Correction } from '../../src/model/alert.ts';
import { managedOf, noon, ruleOf } from '../helpers/alert-drawing.ts';

const down = ruleOf('DbDown', 'pg_up == 0', [
	{ instance: 'pg-1:9187', job: 'postgres-exporter' },
	{ instance: 'pg-2:9187', job: 'postgres-exporter' },
]);
const backup = managedOf('BackupLate', { severity: 'warning' });
const alerts = joinAlerts([backup], [down]);

const said = (alert: string, taken: string, service: string): Correction => ({ alert, taken, service });
const inWords = (list: readonly Alert[]): readonly string[] =>
	list.map(alert => `${alert.name} ${serviceOfAlert(alert)?.service ?? '-'}`).toSorted();

describe('withCorrections', () => {
	test.each<[string, readonly Correction[], readonly string[]]>([
		['nothing', [], ['BackupLate -', 'DbDown pg-1', 'DbDown pg-2']],
		[
			'one of two that are taken for different services',
			[said('DbDown', 'pg-1', 'ledger')],
			['BackupLate -', 'DbDown ledger', 'DbDown pg-2'],
		],
		['one that names nobody', [said('BackupLate', '', 'vault')], ['BackupLate vault', 'DbDown pg-1', 'DbDown pg-2']],
		['another name', [said('DbSlow', 'pg-1', 'ledger')], ['BackupLate -', 'DbDown pg-1', 'DbDown pg-2']],
		['another service', [said('DbDown', 'pg-3', 'ledger')], ['BackupLate -', 'DbDown pg-1', 'DbDown pg-2']],
		[
			'the same twice: the last counts',
			[said('DbDown', 'pg-2', 'ledger'), said('DbDown', 'pg-2', 'till')],
			['BackupLate -', 'DbDown pg-1', 'DbDown till'],
		],
	])('%s', (_, corrections, words) => expect(inWords(withCorrections(alerts, corrections))).toEqual(words));

	test('says who decided, and takes nothing over from whom the alert was taken for', () => {
		const [first] = withCorrections(alerts, [said('DbDown', 'pg-1', 'ledger')]).filter(alert => alert.corrected);
		expect(first && serviceOfAlert(first)).toEqual({
			service: 'ledger',
			kind: 'service',
			about: 'requests',
			reason: 'You corrected it: DbDown was taken for pg-1.',
			matchers: [],
		});
		const place = first && servicePlaceOf(first, noon);
		expect(place).toMatchObject({ kind: 'service', service: 'ledger', alert: first?.id });
		expect(place).not.toHaveProperty('view');
		const [nobody] = withCorrections(alerts, [said('BackupLate', '', 'vault')]).filter(alert => alert.corrected);
		expect(nobody && serviceOfAlert(nobody)?.reason).toBe('You corrected it: nothing in BackupLate names a service.');
	});

	test('leaves what it does not change the same, and follows corrections of what is corrected', () => {
		expect(
			withCorrections(alerts, [said('DbDown', 'pg-1', 'ledger')]).filter(each => alerts.includes(each)),
		).toHaveLength(2);
		const once = withCorrections(alerts, [said('DbDown', 'pg-1', 'ledger')]);
		expect(once.map(takenFor)).toEqual(alerts.map(takenFor));
		expect(inWords(withCorrections(once, [said('DbDown', 'pg-1', 'till')]))).toContain('DbDown till');
		expect(withCorrections(once, [])).toEqual(alerts);
		const again = withCorrections(once, [said('DbDown', 'pg-1', 'ledger')]);
		expect(again.every((alert, index) => alert === once[index])).toBe(true);
	});
});

test.each<[string, Correction, readonly Correction[]]>([
	['a first one', said('C', 'c', 'd'), [said('A', 'a', 'b'), said('A', 'x', 'y'), said('C', 'c', 'd')]],
	['a later one of the same', said('A', 'a', 'z'), [said('A', 'x', 'y'), said('A', 'a', 'z')]],
	['none any more', said('A', 'a', ''), [said('A', 'x', 'y')]],
	['none of what had none', said('C', '', ''), [said('A', 'a', 'b'), said('A', 'x', 'y')]],
])('correctedBy: %s', (_, correction, kept) => {
	expect(correctedBy([said('A', 'a', 'b'), said('A', 'x', 'y')], correction)).toEqual(kept);
});
