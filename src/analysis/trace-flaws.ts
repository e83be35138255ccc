import { skewMarkOf } from './clock-skew.ts';
import { remembered } from './remembered.ts';
import { flawSentences, formatSpanTime } from './span-words.ts';
import type { TraceTree } from './trace-tree.ts';

/** Clocks that are off by less than this share of the trace misplace nothing that one looks at. */
const leastShare = 0.05;

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
function skewSentences({ nodes, main }: TraceTree): readonly string[] {
	const least = main === undefined ? 0 : (main.end - main.start) * leastShare;
	const services = new Set<string>();
	let most = 0;
	for (const node of nodes) {
		const mark = skewMarkOf(node);
		if (mark?.kind !== 'skewed' || Math.abs(mark.by) < least) continue;
		services.add(node.span.service);
		most = Math.max(most, Math.abs(mark.by));
	}
	const [first, ...others] = services;
	if (first === undefined) return [];
	const whose = others.length === 0 ? `clock of ${first} is` : `clocks of ${services.size} services are`;
	return [`the ${whose} off by ${formatSpanTime(most)} or more`];
}
