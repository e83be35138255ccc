import type { FoldRun } from './fold-runs.ts';
import type { DetailSection } from './span-details.ts';
import { formatSpanTime } from './span-words.ts';
import type { SpanNode } from './trace-tree.ts';

/** `sum 3.1 s  max 90 ms  N+1`: beside the bar of a folded run. */
export const runFigure = ({ sum, max, isNPlusOne }: FoldRun): string =>
	`sum ${formatSpanTime(sum)}  max ${formatSpanTime(max)}${isNPlusOne ? '  N+1' : ''}`;

/** What the pattern of a run is called and means; `undefined` for spans that are merely alike. */
export const patternWords = ({ members, isNPlusOne, sum }: FoldRun): string | undefined =>
	isNPlusOne ? `N+1: ${members.length} calls, one after the other, ${formatSpanTime(sum)} in all` : undefined;

/** The run of like siblings that a span belongs to, for its details. */
export function runSectionOf(run: FoldRun, node: SpanNode): DetailSection {
	const { members, sum, max, spans, errors, slowest } = run;
	const place = members.indexOf(node) + 1;
	const pattern = patternWords(run);
	const row = (name: string, value: string) => ({ name, value });
	return {
		title: `${members.length} like spans: ${slowest.span.service} ${slowest.span.name}`,
		rows: [
			...(pattern === undefined ? [] : [row('pattern', pattern)]),
			...(place > 0 ? [row('this one', `${place} of ${members.length}`)] : []),
			row('sum', formatSpanTime(sum)),
			row('median', formatSpanTime(medianOf(run))),
			row('longest', formatSpanTime(max)),
			...(spans > members.length ? [row('spans', `${spans} with those below them`)] : []),
			...(errors > 0 ? [row('errors', String(errors))] : []),
		],
	};
}

const medians = new WeakMap<FoldRun, number>();

/** Of a run's lengths; sorted once, however often its details are painted. */
function medianOf(run: FoldRun): number {
	const median = medians.get(run) ?? middleOf(run.members.map(({ start, end }) => end - start));
	medians.set(run, median);
	return median;
}

function middleOf(lengths: readonly number[]): number {
	const sorted = lengths.toSorted((a, b) => a - b);
	const [low = 0, high = low] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
	return (low + high) / 2;
}
