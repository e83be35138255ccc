import { redactEvidenceField } from '../analysis/redact-evidence.ts';
import { type Answer, answer } from '../model/answer.ts';
import { type Loadable, lastValueOf } from '../model/loadable.ts';
import type { TracesPlace } from '../model/place.ts';
import { hour, minute, type TimeRange } from '../model/time.ts';
import type { AttributeName, AttributeText } from '../model/trace.ts';
import type { AnswerAside, Aside } from './board.ts';
import type { TracesFindings } from './traces-findings.ts';

/** What can be asked for, for whoever makes a condition or edits a query; or the values of one attribute. */
export type TracesAside = Aside & ({ readonly kind: 'attributes' } | ValuesOf);

type ValuesOf = {
	readonly kind: 'values';
	readonly attribute: AttributeName;
	/** Only of spans that this selects. */
	readonly filter?: string;
};

/** Tempo looks for names and values in its blocks: as far back as this, for a long window has the same ones. */
const longestRange = 6 * hour;
/** A live search is made anew each minute, and what can be asked for hardly changes meanwhile. */
const freshFor = 5 * minute;
/** Of each scope; and of each attribute: nobody reads through more. */
const mostNames = 500;
const mostValues = 1000;

export const answerTracesAside: AnswerAside<TracesPlace, TracesFindings, TracesAside> = async (
	{ range: { from, to }, aside },
	{ sources: { traces }, now },
	board,
	asking,
) => {
	const range: TimeRange = { from: Math.max(from, to - longestRange), to };
	const isFresh = (pane: Loadable<unknown>) => pane.status === 'loaded' && now() - pane.at < freshFor;
	if (aside.kind === 'attributes') {
		if (isFresh(board.findings().attributes)) return;
		const names = traces.attributeNames?.(range, mostNames, asking);
		await board.fill('attributes', names ?? untold);
		return;
	}
	const { key, attribute, filter } = aside;
	const { values: known } = board.findings();
	if (isFresh(known) && lastValueOf(known)?.has(key) === true) return;
	const question = { attribute, range, limit: mostValues, ...(filter === undefined ? {} : { filter }) };
	const values = traces.attributeValues?.(question, asking) ?? untold;
	await board.fill(
		'values',
		values.then(({ value, notes }) => {
			const before = lastValueOf(board.findings().values) ?? new Map<string, readonly AttributeText[]>();
			const whole = value.filter(({ text }) => redactEvidenceField(attribute.name, text) === text);
			return answer(new Map(before).set(key, whole), notes);
		}),
	);
};

const untold: Promise<Answer<readonly never[]>> = Promise.resolve(
	answer([], [{ kind: 'info', text: 'This source of traces does not tell what can be asked for.' }]),
);
