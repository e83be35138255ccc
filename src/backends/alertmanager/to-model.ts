import type { ManagedAlert } from '../../model/alert.ts';
import { type Answer, answer } from '../../model/answer.ts';
import type { ReadableItems } from '../readable-items.ts';
import { unreadableNotes } from '../readable-items.ts';
import type { WireAlert } from './schema.ts';

/** Alerts by fingerprint, as the server orders them. */
export const alertsOf = ({ items, unreadable }: ReadableItems<WireAlert>): Answer<readonly ManagedAlert[]> =>
	answer(items.map(alertOf), unreadableNotes(unreadable, 'alert'));

const alertOf = ({ status, startsAt, updatedAt, generatorURL, receivers, ...alert }: WireAlert): ManagedAlert => ({
	fingerprint: alert.fingerprint,
	labels: alert.labels,
	annotations: alert.annotations,
	startsAt: Date.parse(startsAt),
	updatedAt: Date.parse(updatedAt ?? startsAt),
	...(generatorURL === undefined || generatorURL === '' ? {} : { generatorUrl: generatorURL }),
	receivers: receivers.map(({ name }) => name),
	state: status.state,
	silencedBy: status.silencedBy ?? [],
	inhibitedBy: status.inhibitedBy ?? [],
	mutedBy: status.mutedBy ?? [],
});
