import { tellingSkewOf } from './clock-skew.ts';
import { remembered } from './remembered.ts';
import { flawSentences, formatSpanTime } from './span-words.ts';
import type { TraceTree } from './trace-tree.ts';

/**
 * What is wrong with a trace, a sentence each; none for a sound one. First the clocks that disagree: who waited is then
 * taken for who worked, as the one that was waited for lies elsewhere.
 */
export const traceFlawsOf: (tree: TraceTree) => readonly string[] = (() => {
	const flaws = remembered<TraceTree, undefined, readonly string[]>(
		1,
		() => '',
		tree => [...skewSentences(tree), ...flawSentences(tree.flaws)],
	);
	return tree => flaws(tree, undefined);
})();

/** `the clock of berths is off by 3 s or more`: by how much it must be, to fit into what called it. */
function skewSentences(tree: TraceTree): readonly string[] {
	const skew = tellingSkewOf(tree);
	if (skew === undefined) return [];
	const [first] = skew.services;
	const whose = skew.services.size === 1 ? `clock of ${first} is` : `clocks of ${skew.services.size} services are`;
	return [`the ${whose} off by ${formatSpanTime(skew.by)} or more`];
}
