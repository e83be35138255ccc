import type { FoldRun } from './fold-runs.ts';
import { type RetryWait, retryWaitOf } from './retry-waits.ts';
import type { DetailSection } from './span-details.ts';
import { formatSpanTime, inWords } from './span-words.ts';
import type { SpanNode } from './trace-tree.ts';

/** `sum 3.1 s  max 90 ms  N+1`: beside the bar of a folded run. */
export const runFigure = ({ sum, max, isNPlusOne, isRetried }: FoldRun): string =>
	`sum ${formatSpanTime(sum)}  max ${formatSpanTime(max)}${isNPlusOne ? '  N+1' : isRetried ? '  retried' : ''}`;

/** What the pattern of a run is called and means; `undefined` for spans that are merely alike. */
export function patternWords(run: FoldRun): string | undefined {
	const { members, isNPlusOne, isRetried, sum } = run;
	if (isRetried) return `retried: ${members.length} tries, ${retriesWords(run)}`;
	return isNPlusOne ? `N+1: ${members.length} calls, one after the other, ${formatSpanTime(sum)} in all` : undefined;
}

/** `N+1: 412 × berths SELECT seats, one after the other, 3.1 s`, `6 tries of rates GET, all failed, 7.1 s, 6 s of it waiting between tries`. */
export function repeatsWords(run: FoldRun): string {
	const { members, sum, isRetried } = run;
	const name = runName(run);
	if (isRetried) return `${members.length} tries of ${name}, ${retriesWords(run)}`;
	return `N+1: ${members.length} × ${name}, one after the other, ${formatSpanTime(sum)}`;
}

/** `waiting between tries of rates GET`. */
export const retryWaitWords = ({ run }: RetryWait): string => `waiting between tries of ${runName(run)}`;

/** `berths SELECT seats`: service and operation, in words. */
export const runName = ({ slowest, name }: FoldRun): string => inWords(`${slowest.span.service} ${name}`);

/** How tries ended, how long they took from the first to the last, and how much of that was waiting. */
function retriesWords(run: FoldRun): string {
	const { members, parent, from, to } = run;
	const ended = members.at(-1)?.span.status === 'error' ? 'all failed' : 'the last did not fail';
	const waited = parent === undefined ? 0 : retryWaitOf(run, parent).sum;
	const length = formatSpanTime(to - from);
	return `${ended}, ${length}${waited === 0 ? '' : `, ${formatSpanTime(waited)} of it waiting between tries`}`;
}

/** The run of like siblings that a span belongs to, for its details. */
export function runSectionOf(run: FoldRun, node: SpanNode): DetailSection {
	const { members, sum, max, spans, errors, slowest, name } = run;
	const place = members.indexOf(node) + 1;
	const pattern = patternWords(run);
	const row = (name: string, value: string) => ({ name, value });
	return {
		title: `${members.length} like spans: ${slowest.span.service} ${name}`,
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
