import { type Answer, answer } from '../model/answer.ts';
import type { ServicePlace } from '../model/place.ts';
import type { TimeRange } from '../model/time.ts';
import { askSignals } from './alert-signals.ts';
import type { AlertSignal } from './alerts-findings.ts';
import type { Asking, MetricsSource } from './ports.ts';
import { type AlertLight, isAbout } from './service-target-search.ts';

/**
 * What the rule of the alert measures in whose light the service is looked at; nothing when the alert is about another
 * service, or its rule compares nothing with a constant.
 */
export async function askSignal(
	place: ServicePlace,
	light: AlertLight | undefined,
	range: TimeRange,
	metrics: Pick<MetricsSource, 'queryRange'>,
	asking: Asking,
): Promise<Answer<AlertSignal | undefined>> {
	if (light === undefined || !isAbout(light.alert, place)) return answer(undefined);
	const { alert } = light;
	const { value, notes } = await askSignals([alert], range, new Map(), metrics, { asking, heard: () => undefined });
	return answer(value.get(alert.id), notes);
}
