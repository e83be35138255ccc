import { skewMarkOf } from './clock-skew.ts';
import { errorWordsOf } from './culprit.ts';
import { errorOrderOf } from './error-order.ts';
import type { FoldRun } from './fold-runs.ts';
import { remembered } from './remembered.ts';
import { repeatsWords } from './run-words.ts';
import { hopSentence, hopsOf } from './span-hops.ts';
import { formatSpanTime, inWords } from './span-words.ts';
import { gapWords, toldGapsOf } from './told-gaps.ts';
import type { TraceReading } from './trace-reading.ts';
import type { SpanNode, TraceTree } from './trace-tree.ts';

/** What is told beside the figures of where the time went: a sentence, and the span that it leads to. */
export type TraceRemark = {
	readonly kind: 'error' | 'repeats' | 'gap' | 'hop' | 'after';
	readonly text: string;
	/** Key of the span to look at. */
	readonly key: string;
};

/** Of each kind the largest are told; the rest is in the details of their spans. */
const mostOfKind = 3;

/** What took less of the trace than this explains nothing. */
const leastShare = 0.02;

/**
 * What one would ask next: which error was the first, what is called again and again, where nothing was recorded, and
 * what the way between services took, and what went on after the root. First errors, then by the time that is at stake, the largest of each kind.
 */
export const traceRemarksOf: (reading: TraceReading) => readonly TraceRemark[] = (() => {
	const remarks = remembered<TraceReading, undefined, readonly TraceRemark[]>(1, () => '', findRemarks);
	return reading => remarks(reading, undefined);
})();

type Weighed = TraceRemark & { readonly length: number };

/** Put into words are only those that are told: a trace may have ten thousand hops. */
function findRemarks(reading: TraceReading): readonly TraceRemark[] {
	const { tree, spent, sections, runs } = reading;
	const least = spent.total * leastShare;
	const told = (length: number) => length > 0 && length >= least;
	const repeats = runs.runs
		.filter(run => (run.isNPlusOne || run.isRetried) && told(lengthOf(run)))
		.sort((a, b) => lengthOf(b) - lengthOf(a))
		.slice(0, mostOfKind)
		.map((run): Weighed => ({ kind: 'repeats', text: repeatsWords(run), key: run.key, length: lengthOf(run) }));
	const gaps = toldGapsOf(reading, sections, least)
		// The waits between tries are told with the tries.
		.filter(({ cause }) => cause !== 'tries')
		.slice(0, mostOfKind)
		.map((gap): Weighed => ({ kind: 'gap', text: gapWords(gap), key: gap.node.key, length: gap.to - gap.from }));
	const hops = hopsOf(tree, least)
		.slice(0, mostOfKind)
		.map((hop): Weighed => ({ kind: 'hop', text: hopSentence(hop), key: hop.from.key, length: hop.outside ?? 0 }));
	const weighed = [repeats, gaps, hops, afterRemarks(tree)].flat().filter(({ length }) => told(length));
	return [...errorRemarks(reading), ...weighed.sort((a, b) => b.length - a.length)];
}

/** Work that went on, or began, when whoever waited for the root had its answer: it explains no time, and still is work. */
function afterRemarks({ nodes, main }: TraceTree): readonly Weighed[] {
	if (main === undefined || !nodes.some(({ end }) => end > main.end)) return [];
	let last: SpanNode | undefined;
	let count = 0;
	for (let index = 0; index < nodes.length; ) {
		const node = nodes[index];
		if (node === undefined) break;
		const mark = skewMarkOf(node)?.kind;
		// Where a clock is off nobody knows when it was.
		index = mark === 'skewed' ? node.subtreeEnd : index + 1;
		if (node.missing || mark === 'skewed' || mark === 'implausible' || node.end <= main.end) continue;
		count++;
		if (last === undefined || node.end > last.end) last = node;
	}
	if (last === undefined) return [];
	const length = last.end - main.end;
	const others = count === 1 ? '' : ` and ${count - 1} more ${count === 2 ? 'span' : 'spans'}`;
	const text = `Work went on for ${formatSpanTime(length)} after the root had ended: ${nameOf(last)}${others}`;
	return [{ kind: 'after', text, key: last.key, length }];
}

const nameOf = ({ span }: SpanNode): string => inWords(`${span.service} ${span.name}`);

/** What repeats cost: of tries the waits between them, too. */
const lengthOf = ({ isRetried, from, to, sum }: FoldRun): number => (isRetried ? to - from : sum);

function errorRemarks({ tree, errors }: TraceReading): readonly TraceRemark[] {
	const [first] = errorOrderOf(tree);
	if (first === undefined) return [];
	const why = inWords(errorWordsOf(first));
	const name = nameOf(first);
	const which = errors === 1 ? 'The one error' : `First of ${errors} errors`;
	return [{ kind: 'error', text: `${which}: ${name}${why === '' ? '' : `: ${why}`}`, key: first.key }];
}
