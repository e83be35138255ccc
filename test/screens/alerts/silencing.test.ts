import { describe, expect, test } from 'vitest';
import type { ManagedAlert } from '../../../src/model/alert.ts';
import { answer } from '../../../src/model/answer.ts';
import { failedWith, idle, loaded } from '../../../src/model/loadable.ts';
import type { Silence } from '../../../src/model/silence.ts';
import { minute } from '../../../src/model/time.ts';
import { managedOf } from '../../helpers/alert-drawing.ts';
import { alertOf, drawn, found, noon, press } from './shown-alerts.ts';

const managed = managedOf('PierErrors', { password: 'hunter2', cluster: 'eu' }, { fingerprint: 'f1' });
const other = managedOf('QuayLatency', { cluster: 'eu' }, { fingerprint: 'f2' });
const known = alertOf('PierErrors', { fingerprint: 'f1' });

const world = (alert = known, held: readonly ManagedAlert[] = [other, managed]) => ({
	findings: found([alert], { alertmanager: loaded(answer(held), noon) }),
});

describe('S', () => {
	test('opens the dialog with the labels as Alertmanager has them, and not as they are shown', () => {
		expect(press('S', world())).toMatchObject({
			type: 'dialog',
			dialog: {
				kind: 'silence',
				about: 'PierErrors',
				labels: managed.labels,
				alerts: [other.labels, managed.labels],
				length: { text: '30m' },
				comment: { text: '' },
				focus: 'leave',
			},
		});
	});
});

describe('a', () => {
	test('asks once, to silence exactly this alert for 15 minutes', () => {
		expect(press('a', world())).toMatchObject({
			type: 'dialog',
			dialog: {
				kind: 'confirm',
				title: 'Acknowledge PierErrors',
				sentence: 'Exactly this alert is silent for 15 minutes, and everybody sees that you have taken it.',
				focus: 'leave',
				change: {
					kind: 'acknowledge',
					matchers: [
						{ name: 'alertname', operator: '=', value: 'PierErrors' },
						{ name: 'password', operator: '=', value: 'hunter2' },
						{ name: 'cluster', operator: '=', value: 'eu' },
					],
				},
			},
		});
	});

	test('is refused for one that is silent already', () => {
		expect(press('a', world(known, [{ ...managed, silencedBy: ['ab12'] }]))).toEqual({
			type: 'refuse',
			why: 'PierErrors is silent already. The list :silences tells by whom and until when.',
		});
	});
});

describe.each(['S', 'a'])('%s is refused', key => {
	test.each([
		['firing', 'Alertmanager does not know PierErrors, so it cannot be silenced.'],
		['pending', 'Alertmanager does not know PierErrors, so it cannot be silenced. It is only pending.'],
		['resolved', 'PierErrors has resolved: there is nothing to silence.'],
	] as const)('for one that is %s and that Alertmanager does not have', (state, why) => {
		expect(press(key, world(alertOf('PierErrors', { state }), []))).toEqual({ type: 'refuse', why });
	});
});

describe('a silenced alert', () => {
	const silence: Silence = {
		id: 'ab12',
		state: 'active',
		matchers: [],
		startsAt: noon,
		endsAt: noon + 15 * minute,
		createdBy: 'mira',
		comment: 'ack: acknowledged by mira',
	};
	const silenced = alertOf('PierErrors', { state: 'silenced', silencedBy: ['ab12'] });
	const shownWith = (silences: readonly Silence[], width = 80) =>
		drawn({
			findings: found([silenced], { silences: loaded(answer(silences), noon) }),
			size: { width, height: 16 },
		});

	test('that is acknowledged says so, and by whom', () => {
		expect(shownWith([silence])).toMatch(/^▌▲ ack {2}PierErrors/);
		expect(shownWith([silence], 120)).toMatch(/^▌▲ acked {5}PierErrors/);
		expect(shownWith([silence])).toContain('acknowledged by mira until 12:15 UTC');
	});

	test('says by whom, why and until when, or which silence it is', () => {
		expect(shownWith([{ ...silence, comment: 'crane' }])).toContain('silenced by mira until 12:15 UTC: crane');
		expect(shownWith([{ ...silence, comment: 'crane' }])).toMatch(/^▌▲ sil {2}PierErrors/);
		expect(shownWith([])).toContain('silenced by silence ab12');
	});

	test('says why it is not known by whom', () => {
		const failure = { kind: 'forbidden', what: 'Alertmanager does not allow this.', next: 'Check.' } as const;
		const findings = found([silenced], { silences: failedWith(idle, failure, noon) });
		expect(drawn({ findings })).toContain('silenced by silence ab12. Alertmanager does not allow this. Check.');
	});
});
