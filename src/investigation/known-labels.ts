import { redactEvidenceField } from '../analysis/redact-evidence.ts';
import { answer } from '../model/answer.ts';
import { lastValueOf } from '../model/loadable.ts';
import type { LogsPlace } from '../model/place.ts';
import type { AnswerAside, Aside } from './board.ts';
import type { LogsFindings } from './logs-findings.ts';

/** The labels of the window, for whoever edits a query; or the values that one of them has. */
export type LabelsAside = Aside &
	({ readonly kind: 'labels' } | { readonly kind: 'label values'; readonly label: string });

/** More values of one label are not held: nobody reads through them, and a label without bound has a hundred thousand. */
const mostValues = 5000;

/** Which labels a query could name, and which values of them. A value with a secret in it cannot be asked for. */
export const answerLabelsAside: AnswerAside<LogsPlace, LogsFindings, LabelsAside> = async (
	{ range, aside },
	{ sources },
	board,
	asking,
) => {
	if (aside.kind === 'labels') {
		await board.fill('labelNames', sources.logs.labelNames(range, asking));
		return;
	}
	const { label } = aside;
	const values = sources.logs.labelValues(label, undefined, range, asking);
	await board.fill(
		'labelValues',
		values.then(({ value, notes }) => {
			const known = lastValueOf(board.findings().labelValues) ?? new Map<string, readonly string[]>();
			const whole = value.slice(0, mostValues).filter(each => redactEvidenceField(label, each) === each);
			return answer(new Map(known).set(label, whole), notes);
		}),
	);
};
