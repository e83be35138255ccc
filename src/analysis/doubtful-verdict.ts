import type { Steps } from '../model/steps.ts';
import { tellingSkewOf } from './clock-skew.ts';
import { criticalPathSteps, criticalTimesOf } from './critical-path.ts';
import { runSteps } from './fold-runs.ts';
import { formatShare } from './format.ts';
import { selfTimesOf } from './self-time.ts';
import { skewedShiftSteps } from './skewed-shift.ts';
import { likenessSteps } from './span-likeness.ts';
import { formatSpanTime } from './span-words.ts';
import { type TimeSpent, timeSpentSteps } from './time-spent.ts';
import type { TraceTree } from './trace-tree.ts';

/** How the sentence of such a trace begins. */
export const clocksDisagree = 'Clocks disagree';

/**
 * Where clocks disagree, who waited is taken for who worked: the sentence then says so, and how sure it is by what it would
 * be if the clocks were shifted (`skewedShift`). Where they agree it stays as it is.
 *
 *     Clocks disagree: 50 % to 75 % of 120 ms is self time of shop POST
 *     Clocks disagree: as sent 75 % of 120 ms is self time of shop POST, shifted 60 % is pay charge
 */
export function* withDoubtSteps(spent: TimeSpent, tree: TraceTree): Steps<TimeSpent> {
	if (tellingSkewOf(tree) === undefined) return spent;
	const { tree: shifted } = yield* skewedShiftSteps(tree);
	const critical = criticalTimesOf(shifted, yield* criticalPathSteps(shifted));
	const runs = yield* runSteps(shifted, yield* likenessSteps(shifted));
	const other = yield* timeSpentSteps({ tree: shifted, self: selfTimesOf(shifted), critical, runs });
	return { ...spent, ...doubtfulSentences(spent, other) };
}

function doubtfulSentences(
	{ total, said, sentence, shortSentence }: TimeSpent,
	other: TimeSpent,
): Pick<TimeSpent, 'sentence' | 'shortSentence'> {
	const isSame = said?.words === other.said?.words;
	if (said === undefined || other.said === undefined) {
		const also = isSame ? '' : `; shifted ${other.shortSentence}`;
		return {
			sentence: `${clocksDisagree}: as sent ${sentence}${also}`,
			shortSentence: `${clocksDisagree}: ${shortSentence}`,
		};
	}
	const length = formatSpanTime(total);
	const [sent, shifted] = [formatShare(said.critical / total), formatShare(other.said.critical / total)];
	if (!isSame) {
		return {
			sentence: `${clocksDisagree}: as sent ${sent} of ${length} is ${said.words}, shifted ${shifted} is ${other.said.words}`,
			shortSentence: `${clocksDisagree}: ${sent} of ${length} is ${said.name}, or ${shifted} ${other.said.name}`,
		};
	}
	const [low, high] = said.critical < other.said.critical ? [sent, shifted] : [shifted, sent];
	const shares = low === high ? `either way ${low}` : `${low} to ${high}`;
	const told = `${clocksDisagree}: ${shares} of ${length} is ${said.words}`;
	return { sentence: `${told} (on the critical path)`, shortSentence: told };
}
