import { type CompareFindings, noCompareFindings } from '../../investigation/compare-findings.ts';
import { whyOld } from '../../model/loadable.ts';
import type { ComparePlace } from '../../model/place.ts';
import type { Screen } from '../screen.ts';
import { compareKeys, escapeCompare } from './keys.ts';
import { narrowPrompt, takeAway } from './narrowing.ts';
import { type CompareShown, type CompareState, comparisonOf, initialState } from './state.ts';
import { CompareView } from './view.tsx';

/** Slow requests against usual ones of the same root. */
export const compare: Screen<ComparePlace, CompareFindings, CompareState> = {
	title: () => 'slow against usual',
	headline,
	nothing: noCompareFindings,
	initial: initialState,
	// It reads many traces, and those of a moment ago tell the same.
	refreshEvery: Number.POSITIVE_INFINITY,
	keys: compareKeys,
	rungs: ['w', 'x', 'o'],
	prompts: { narrow: narrowPrompt, takeAway },
	escape: escapeCompare,
	escapeHelp: 'unzooms the flame graph',
	whyOld: ({ findings }) => whyOld(findings.comparison),
	View: CompareView,
};

/** `edge POST /pay`, as soon as it is known what is compared. */
function headline(shown: CompareShown): string {
	const comparison = comparisonOf(shown);
	const { service = `trace ${shown.place.trace}`, operation = '' } = comparison?.root ?? shown.place;
	return `${service} ${operation}`.trim();
}
