import { redact, redactField } from './redact.ts';

let areShown = false;

/**
 * Whether the secrets in evidence stay: in log lines, what stands beside them and what they say alike, in spans, in labels
 * and annotations of alerts, in silences, in what figures are broken down by. A run is told once, after somebody has confirmed
 * it and before anything is read. The words of failures, the queries, and whatever else calls {@link redact} itself stay
 * masked in any case; so do the examples of a label without bound, which are shown only for what they look like.
 */
export function showSecrets(isWanted: boolean): void {
	areShown = isWanted;
}

export const areSecretsShown = (): boolean => areShown;

/** As {@link redact}, for evidence. */
export const redactEvidence = (text: string): string => (areShown ? text : redact(text));

/** As {@link redactField}, for evidence. */
export const redactEvidenceField = (name: string, value: string): string =>
	areShown ? value : redactField(name, value);
