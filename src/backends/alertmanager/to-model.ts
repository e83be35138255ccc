import type { ManagedAlert } from '../../model/alert.ts';
import { type Answer, answer } from '../../model/answer.ts';
import { labelsKey, type Matcher } from '../../model/labels.ts';
import type { NewSilence, Silence } from '../../model/silence.ts';
import { once } from '../once.ts';
import type { ReadableItems } from '../readable-items.ts';
import { unreadableNotes } from '../readable-items.ts';
import type { WireAlert, WireSilence } from './schema.ts';

/** Alerts as the server orders them, each set of labels once. */
export const alertsOf = ({ items, unreadable }: ReadableItems<WireAlert>): Answer<readonly ManagedAlert[]> =>
	answer(once(items, ({ labels }) => labelsKey(labels)).map(alertOf), unreadableNotes(unreadable, 'alert'));

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

/** Silences in the server's order: active, pending, expired. */
export const silencesOf = ({ items, unreadable }: ReadableItems<WireSilence>): Answer<readonly Silence[]> =>
	answer(once(items, ({ id }) => id).map(silenceOf), unreadableNotes(unreadable, 'silence'));

const silenceOf = ({ id, status, matchers, startsAt, endsAt, createdBy, comment }: WireSilence): Silence => ({
	id,
	state: status.state,
	matchers: matchers.map(({ name, value, isRegex, isEqual }) => ({
		name,
		value,
		operator: operatorOf(isRegex, isEqual),
	})),
	startsAt: Date.parse(startsAt),
	endsAt: Date.parse(endsAt),
	createdBy,
	comment,
});

const operatorOf = (isRegex: boolean, isEqual: boolean): Matcher['operator'] =>
	isEqual ? (isRegex ? '=~' : '=') : isRegex ? '!~' : '!=';

/** The body that makes a silence. */
export const postableOf = ({ matchers, startsAt, endsAt, createdBy, comment }: NewSilence) => ({
	matchers: matchers.map(({ name, operator, value }) => ({
		name,
		value,
		isRegex: operator.endsWith('~'),
		isEqual: operator.startsWith('='),
	})),
	startsAt: new Date(startsAt).toISOString(),
	endsAt: new Date(endsAt).toISOString(),
	createdBy,
	comment,
});
