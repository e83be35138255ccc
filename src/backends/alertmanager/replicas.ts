import type { ManagedAlert } from '../../model/alert.ts';
import { type Answer, answer, type Note } from '../../model/answer.ts';
import { failureOf, sentenceOf } from '../../model/failure.ts';
import { parseBase } from '../endpoint.ts';
import type { Asking, Http } from '../http.ts';
import { type Alertmanager, createAlertmanager } from './client.ts';

type Replica = { readonly host: string; readonly client: Alertmanager };

/** An alert as one of several Alertmanagers has it. */
export type Copy = { readonly host: string; readonly alert: ManagedAlert };

/**
 * Several Alertmanagers as one: all are asked, and one that does not answer leaves the others with a note. What is
 * changed is changed at the first: the peers of a cluster tell each other
 * (https://prometheus.io/docs/alerting/latest/high_availability/), and a silence that was put to two would be two.
 */
export function createAlertmanagers(first: Http, others: readonly Http[]): Alertmanager {
	const leader = createAlertmanager(first);
	if (others.length === 0) return leader;
	const replicas: readonly Replica[] = [
		{ host: hostOf(first), client: leader },
		...others.map(http => ({ host: hostOf(http), client: createAlertmanager(http) })),
	];
	return {
		...leader,
		alerts: asking =>
			askedAll(
				replicas,
				asking,
				({ client }) => client.alerts(asking),
				'alerts',
				found => mergedAlerts(found.flatMap(({ host, value }) => value.map(alert => ({ host, alert })))),
			),
		silences: asking =>
			askedAll(
				replicas,
				asking,
				({ client }) => client.silences(asking),
				'silences',
				found => [
					...new Map(found.flatMap(({ value }) => value.map(silence => [silence.id, silence] as const))).values(),
				],
			),
		expireSilence: (id, asking) => expireWhereKnown(replicas, id, asking),
	};
}

/** `alerts.example:9093/eu`: what tells one from another in a sentence. */
function hostOf({ endpoint }: Http): string {
	const base = parseBase(endpoint);
	return base === undefined ? endpoint.url : `${base.host}${base.prefix}`;
}

/** The answers of all that answered, as one; rejects when nobody did, and when the asker went away. */
async function askedAll<Value, Merged>(
	replicas: readonly Replica[],
	{ signal }: Asking,
	ask: (replica: Replica) => Promise<Answer<Value>>,
	what: string,
	merge: (found: readonly { readonly host: string; readonly value: Value }[]) => Merged,
): Promise<Answer<Merged>> {
	const settled = await Promise.allSettled(replicas.map(ask));
	const rejected = settled.flatMap(each => (each.status === 'rejected' ? [each.reason] : []));
	if (rejected.length === settled.length || (signal.aborted && rejected.length > 0)) throw rejected[0];
	const missing = rejected.map(
		(reason): Note => ({
			kind: 'partial',
			text: `${sentenceOf(failureOf(reason))} What only it has of ${what} is missing.`,
		}),
	);
	const answered = settled.flatMap((each, index) =>
		each.status === 'fulfilled' ? [{ host: replicas[index]?.host ?? '', ...each.value }] : [],
	);
	const notes = answered.flatMap(each => each.notes);
	return answer(merge(answered), [...missing, ...notes]);
}

/** Separate Alertmanagers do not know each other's silences. */
async function expireWhereKnown(replicas: readonly Replica[], id: string, asking: Asking): Promise<Answer<undefined>> {
	let unknown: unknown;
	for (const { client } of replicas) {
		try {
			return await client.expireSilence(id, asking);
		} catch (error) {
			if (failureOf(error).kind !== 'not-found') throw error;
			unknown ??= error;
		}
	}
	throw unknown;
}

/**
 * One alert for each fingerprint, which is a hash of the labels and the same everywhere. Of several copies the one counts
 * that is heard, since whoever does not silence the alert tells people of it; among equals the newest.
 */
export function mergedAlerts(copies: readonly Copy[]): readonly ManagedAlert[] {
	const byFingerprint = new Map<string, Copy[]>();
	for (const copy of copies) {
		const { fingerprint } = copy.alert;
		byFingerprint.set(fingerprint, [...(byFingerprint.get(fingerprint) ?? []), copy]);
	}
	return [...byFingerprint.values()].flatMap(same => {
		const [best] = same.toSorted((a, b) => quietness(a) - quietness(b) || b.alert.updatedAt - a.alert.updatedAt);
		if (best === undefined) return [];
		const differs = differenceOf(same);
		const receivers = [...new Set(same.flatMap(({ alert }) => alert.receivers))];
		return [{ ...best.alert, receivers, ...(differs === undefined ? {} : { differs }) }];
	});
}

/** What keeps people from hearing of an alert. */
const silencers = { silenced: 'silencedBy', inhibited: 'inhibitedBy', muted: 'mutedBy' } as const;
const silencerNames = ['silenced', 'inhibited', 'muted'] as const;

const isQuiet = ({ alert }: Copy, how: keyof typeof silencers): boolean => alert[silencers[how]].length > 0;

const quietness = (copy: Copy): number => silencerNames.filter(how => isQuiet(copy, how)).length;

/** `silenced at a.example, not at b.example`; `undefined` when all agree. */
function differenceOf(copies: readonly Copy[]): string | undefined {
	const differences = silencerNames.flatMap(how => {
		const hosts = (quiet: boolean) => copies.filter(copy => isQuiet(copy, how) === quiet).map(({ host }) => host);
		const [here, there] = [hosts(true), hosts(false)];
		return here.length === 0 || there.length === 0 ? [] : [`${how} at ${here.join(', ')}, not at ${there.join(', ')}`];
	});
	return differences.length === 0 ? undefined : differences.join('; ');
}
