import type { AlertRule, RecordingRules } from '../../model/alert.ts';

/**
 * Names in an expression that look like those of recorded series, which have colons by convention
 * (https://prometheus.io/docs/practices/rules/#naming); texts in quotes and `[5m:1m]` have none.
 */
export const recordedNames = (expression: string): readonly string[] => [
	...new Set(expression.replaceAll(quoted, '""').match(colonName) ?? []),
];

const quoted = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g;
const colonName = /(?<![\w:])[a-zA-Z_]\w*:[\w:]+/g;

/** What a server records, kept between questions. */
export type RecordingsMemory = {
	/** True until it is known what is recorded, and when an active alert names a series of which nothing is known. */
	readonly wantsMore: () => boolean;
	/** Hands to the rules what they read of it. `told` is all that is recorded, where the answer had it. */
	readonly withRecordings: (rules: readonly AlertRule[], told: RecordingRules | undefined) => readonly AlertRule[];
};

/**
 * There may be thousands of recording rules, they hardly ever change, and rules are asked for every few seconds: so
 * they are learnt with the first answer, and again when an alert begins to fire whose rule names one that is new.
 */
export function createRecordingsMemory(): RecordingsMemory {
	let known: RecordingRules = new Map();
	let wanted = true;
	/** Names that no answer had: another server records them. */
	const foreign = new Set<string>();
	return {
		wantsMore: () => wanted,
		withRecordings: (rules, told) => {
			known = told ?? known;
			const named = rules.map(rule => ({ rule, names: recordedNames(rule.expression) }));
			const unknown = named
				.flatMap(({ rule, names }) => (rule.active.length > 0 ? names : []))
				.filter(name => !known.has(name) && !foreign.has(name));
			wanted = told === undefined && unknown.length > 0;
			if (told !== undefined) for (const name of unknown) foreign.add(name);
			return named.map(({ rule, names }) =>
				names.some(name => known.has(name)) ? { ...rule, recordings: known } : rule,
			);
		},
	};
}
