import { skewMarkOf } from './clock-skew.ts';
import type { SectionsByNode } from './critical-path.ts';
import type { FoldRun, FoldRuns } from './fold-runs.ts';
import { firstEndingAfter, type Recorded, recordedElsewhere } from './recorded-elsewhere.ts';
import { remembered } from './remembered.ts';
import { runName } from './run-words.ts';
import { formatSpanTime, inWords } from './span-words.ts';
import { gapsOf, type TraceGap } from './trace-gaps.ts';
import type { SpanNode, TraceTree } from './trace-tree.ts';

/**
 * A gap with what is known of it after all.
 * - `tries`: the span waited between two tries of one call;
 * - `elsewhere`: in that time a span ran that hangs below another root, such as one whose parent is missing;
 * - `clock`: nothing is recorded, but a span that the clock of another service has put elsewhere may belong there;
 * - `nothing`: nothing is recorded.
 */
export type ToldGap = TraceGap &
	(
		| { readonly cause: 'tries'; readonly run: FoldRun }
		| { readonly cause: 'elsewhere' | 'clock'; readonly by: SpanNode }
		| { readonly cause: 'nothing' }
	);

/** The trace that gaps are looked for in. */
type Gapped = { readonly tree: TraceTree; readonly runs: FoldRuns };

/** The gaps of these sections of the critical path, each with its cause, largest first; parts of them are told apart. */
export function toldGapsOf({ tree, runs }: Gapped, sections: SectionsByNode, least = 0): readonly ToldGap[] {
	const recorded = recordedElsewhere(tree);
	return gapsOf(sections, least)
		.flatMap(gap => {
			const run = triedIn(gap, runs);
			return run === undefined ? partsOf(gap, recorded) : [{ ...gap, cause: 'tries', run } as const];
		})
		.filter(({ from, to }) => to - from >= least)
		.sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
}

function triedIn({ after, before }: TraceGap, { runOf }: FoldRuns): FoldRun | undefined {
	const run = after === undefined ? undefined : runOf(after);
	return run?.isRetried && before !== undefined && runOf(before) === run ? run : undefined;
}

/** The parts of a gap that were recorded elsewhere, and those between them. */
function partsOf(gap: TraceGap, recorded: readonly Recorded[]): readonly ToldGap[] {
	const parts: ToldGap[] = [];
	let { from, after } = gap;
	const addUnrecorded = (to: number, before: SpanNode | undefined) => {
		if (to > from) parts.push({ ...gap, from, to, after, before, ...causeOf(gap.node) });
	};
	for (let at = firstEndingAfter(recorded, gap.from); at < recorded.length; at++) {
		const other = recorded[at];
		if (other === undefined || other.from >= gap.to) break;
		addUnrecorded(Math.max(from, other.from), other.by);
		const to = Math.min(gap.to, other.to);
		parts.push({ ...gap, from: Math.max(from, other.from), to, cause: 'elsewhere', by: other.by });
		[from, after] = [to, other.by];
	}
	addUnrecorded(gap.to, gap.before);
	return parts;
}

type Unrecorded = { readonly cause: 'nothing' } | { readonly cause: 'clock'; readonly by: SpanNode };

/** A child that the clock of its service has put outside of the span may belong into the gap. Found once for each span. */
const causeOf: (node: SpanNode) => Unrecorded = (() => {
	const causes = remembered<SpanNode, undefined, Unrecorded>(
		1,
		() => '',
		({ children }) => {
			const skewed = children.find(child => skewMarkOf(child)?.kind === 'skewed');
			return skewed === undefined ? { cause: 'nothing' } : { cause: 'clock', by: skewed };
		},
	);
	return node => causes(node, undefined);
})();

/** `120 ms before payments stripe: nothing recorded in orders POST`. */
export function gapWords(gap: ToldGap): string {
	const { node, from, to, before, after } = gap;
	const length = formatSpanTime(to - from);
	if (gap.cause === 'tries') return `${length} waiting between tries of ${runName(gap.run)} in ${nameOf(node)}`;
	if (gap.cause === 'elsewhere') {
		return `${length} of ${nameOf(node)}: recorded under another root, by ${nameOf(gap.by)}`;
	}
	const place = before !== undefined ? `before ${nameOf(before)}` : after !== undefined ? `after ${nameOf(after)}` : '';
	const words = `${length} ${place}: nothing recorded in ${nameOf(node)}`;
	return gap.cause === 'clock' ? `${words}, unless ${nameOf(gap.by)} belongs there: the clocks disagree` : words;
}

const nameOf = ({ span }: SpanNode): string => inWords(`${span.service} ${span.name}`);
