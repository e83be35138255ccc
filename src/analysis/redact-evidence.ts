import { redact, redactField } from './redact.ts';

let areShown = false;

/**
 * Whether the secrets in evidence stay: in log lines and what stands beside them, in spans, in labels and annotations of
 * alerts. A run is told once, after somebody has confirmed it and before anything is read. The words of failures, the
 * queries, and whatever else calls {@link redact} itself stay masked in any case.
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
