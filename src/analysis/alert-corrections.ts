import type { Alert, Correction } from '../model/alert.ts';
import { serviceOfAlert } from './alert-service.ts';

/** The service that the alert was taken for before anybody corrected it; empty when nothing in it names one. */
export const takenFor = (alert: Alert): string => alert.corrected?.taken ?? serviceOfAlert(alert)?.service ?? '';

/**
 * The alerts with what the operator has said of them. A correction holds for alerts of its name that were taken for its
 * service; of several the last one counts. An alert that is corrected already is judged by what it was taken for at
 * first, so that a correction that was taken back holds no longer. What does not change stays the very same object.
 */
export const withCorrections = (alerts: readonly Alert[], corrections: readonly Correction[]): readonly Alert[] =>
	alerts.map(alert => {
		const own = corrections.filter(correction => correction.alert === alert.name);
		const corrected = own.length === 0 ? undefined : own.findLast(({ taken }) => taken === takenFor(alert));
		if (corrected?.service === alert.corrected?.service) return alert;
		const { corrected: _, ...asFound } = alert;
		return corrected === undefined ? asFound : { ...asFound, corrected };
	});
