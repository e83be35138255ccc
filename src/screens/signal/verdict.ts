import { crossingWords } from '../../analysis/crossing.ts';
import type { TimeFormat } from '../../analysis/format-time.ts';
import { formatComparison } from '../../analysis/format-unit.ts';
import type { AlertSignal } from '../../investigation/alerts-findings.ts';
import type { Alert } from '../../model/alert.ts';
import type { Milliseconds } from '../../model/time.ts';

type Telling = { readonly timeFormat: TimeFormat; readonly now: Milliseconds };

/** `24.7 % > 5 % · crossed 03:00:41, 26 s before it fired · peak 27 % · not falling`. */
export function verdictOf(
	alert: Pick<Alert, 'state' | 'since'>,
	signal: AlertSignal,
	{ timeFormat, now }: Telling,
): string {
	const { value, threshold, unit } = signal;
	const firedAt = alert.state === 'pending' ? {} : { firedAt: alert.since };
	const { crossed, peak, trend } = crossingWords(signal, { threshold, unit, value, ...firedAt, timeFormat, now });
	return [formatComparison(value, threshold, unit), crossed, peak, trend]
		.filter(part => part !== undefined)
		.join(' · ');
}
