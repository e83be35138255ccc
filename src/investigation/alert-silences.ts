import { redactEvidence, redactEvidenceField } from '../analysis/redact-evidence.ts';
import type { ManagedAlert } from '../model/alert.ts';
import { type Answer, answer } from '../model/answer.ts';
import { type Loadable, lastOf } from '../model/loadable.ts';
import type { Silence } from '../model/silence.ts';
import { type Milliseconds, minute } from '../model/time.ts';
import type { AlertsSource, Asking } from './ports.ts';

/** Comments and ends are seldom changed; who silences an alert that was loud is wanted at once. */
const restOfSilences: Milliseconds = minute;

/** True when an alert is silenced and it is not known, or no longer, by whom and why. */
export function wantsSilences(
	alerts: readonly ManagedAlert[],
	silences: Loadable<readonly Silence[]>,
	now: Milliseconds,
): boolean {
	const ids = alerts.flatMap(({ silencedBy }) => silencedBy);
	const last = lastOf(silences);
	const isKnown = (id: string) => last?.value.some(silence => silence.id === id) === true;
	return ids.length > 0 && (last === undefined || now - last.at >= restOfSilences || !ids.every(isKnown));
}

/** The silences, without the secrets that somebody may have written into one. */
export async function askSilences(
	{ silences }: Pick<AlertsSource, 'silences'>,
	asking: Asking,
): Promise<Answer<readonly Silence[]>> {
	const { value, notes } = await silences(asking);
	return answer(value.map(withoutSecrets), notes);
}

const withoutSecrets = (silence: Silence): Silence => ({
	...silence,
	comment: redactEvidence(silence.comment),
	createdBy: redactEvidence(silence.createdBy),
	matchers: silence.matchers.map(matcher => ({ ...matcher, value: redactEvidenceField(matcher.name, matcher.value) })),
});
