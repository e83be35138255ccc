import { describe, expect, test } from 'vitest';
import type { Failure } from '../../../src/model/failure.ts';
import { askedAgain, failedWith, idle } from '../../../src/model/loadable.ts';
import { managedOf } from '../../helpers/alert-drawing.ts';
import { alertOf } from '../alerts/shown-alerts.ts';
import { found, headlineOf, here, noon, press } from './shown-service.ts';

const managed = managedOf('PierErrors', { password: 'hunter2', cluster: 'eu' }, { fingerprint: 'f1' });
const other = managedOf('QuayLatency', { cluster: 'eu' }, { fingerprint: 'f2' });
const alert = alertOf('PierErrors', { fingerprint: 'f1' });
const place = { alert: 'PierErrors' };

const known = { place, findings: found({ alert: here(alert), alertmanager: here([other, managed]) }) };

const away: Failure = {
	kind: 'refused',
	backend: 'alertmanager',
	what: 'Alertmanager is away.',
	next: 'Press R.',
};

describe('the alert that led to the service', () => {
	test('is silenced with the labels as Alertmanager has them', () => {
		expect(press('S', known)).toMatchObject({
			type: 'dialog',
			dialog: {
				kind: 'silence',
				about: 'PierErrors',
				labels: managed.labels,
				alerts: [other.labels, managed.labels],
				focus: 'leave',
			},
		});
	});

	test('is acknowledged, exactly it, and not twice', () => {
		expect(press('a', known)).toMatchObject({
			type: 'dialog',
			dialog: { kind: 'confirm', title: 'Acknowledge PierErrors', change: { kind: 'acknowledge' } },
		});
		const silent = found({ alert: here(alert), alertmanager: here([{ ...managed, silencedBy: ['ab12'] }]) });
		expect(press('a', { place, findings: silent })).toEqual({
			type: 'refuse',
			why: 'PierErrors is silent already. The list :silences tells by whom and until when.',
		});
	});

	test('is told with its state where it does not fire', () => {
		expect(headlineOf(known)).toBe('PierErrors  OpenTelemetry HTTP server');
		expect(headlineOf({ findings: found({ alert: here(alertOf('PierErrors', { state: 'silenced' })) }) })).toBe(
			'PierErrors  silenced  OpenTelemetry HTTP server',
		);
	});
});

describe.each(['S', 'a'])('%s is refused', key => {
	test.each([
		[
			'without an alert',
			{},
			{ alert: here(undefined) },
			'No alert led here, so there is nothing to silence. 1 leads to the alerts.',
		],
		[
			'when the alert is gone',
			place,
			{ alert: here(undefined) },
			'PierErrors is no longer there: there is nothing to silence.',
		],
		[
			'before anybody has answered',
			place,
			{ alert: askedAgain(idle, noon) },
			'Nobody has told of PierErrors yet. Wait for the answer, or press R to ask again.',
		],
		['when nobody answers', place, { alert: failedWith(idle, away, noon) }, 'Alertmanager is away. Press R.'],
		[
			'among the neighbours',
			{ ...place, view: 'neighbours' as const },
			{ alert: idle },
			'Of the alert nothing is known in this view. tab leads to the panels, where it is.',
		],
		[
			'when only Prometheus knows it',
			place,
			{ alert: here(alertOf('PierErrors')), alertmanager: here([other]) },
			'Alertmanager does not know PierErrors, so it cannot be silenced.',
		],
		[
			'when Alertmanager is away',
			place,
			{ alert: here(alertOf('PierErrors')), alertmanager: failedWith(idle, away, noon) },
			'PierErrors cannot be silenced. Alertmanager is away. Press R.',
		],
	])('%s', (_, at, change, why) => {
		expect(press(key, { place: at, findings: found(change) })).toEqual({ type: 'refuse', why });
	});
});
