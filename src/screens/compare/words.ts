import type { ComparedPath } from '../../analysis/compared-requests.ts';
import { comparisonSentence, formatMore, formatTimes, timesWords } from '../../analysis/comparison-words.ts';
import { formatDuration } from '../../analysis/format.ts';
import { formatSpanTime } from '../../analysis/span-words.ts';
import type { ComparedSide, Comparison } from '../../investigation/compare-findings.ts';

/** The sentence that comes first: what slow requests do otherwise, or why that cannot be said. */
export function headSentence({ compared, slow, usual, root, sample, limits, given }: Comparison): string {
	const name = `${root.service} ${root.operation}`;
	if (usual.read === 0) {
		return `There is nothing to compare with: no usual request of ${name} was ${usual.chosen > 0 ? 'read' : 'found'} in this window.`;
	}
	const asMost =
		limits?.isGivenUsual === true && given !== undefined
			? `This request took ${formatDuration(given.duration)}, as long as most of its kind (median ${formatDuration(sample.median)}). `
			: '';
	if (slow.read === 0) {
		const than = limits === undefined ? '' : ` that took ${formatDuration(limits.slow.from)} or more`;
		return `${asMost}No request of ${name}${than} was ${slow.chosen > 0 ? 'read' : 'found'} in this window.`;
	}
	return `${asMost}${comparisonSentence(compared)}`;
}

/** `8 slow 1.2 s to 2.1 s`, or `3 of 8 slow …` as long as not all are read. */
export function sideWords({ chosen, read, lasts }: ComparedSide, name: string): string {
	const count = read === chosen ? String(read) : `${read} of ${chosen}`;
	if (lasts === undefined) return `${count} ${name}`;
	const [from, to] = [formatDuration(lasts.from), formatDuration(lasts.to)];
	return `${count} ${name} ${from === to ? from : `${from} to ${to}`}`;
}

/** A root that takes less than this part of its trace is told beside it. */
const wholeFrom = 0.95;

/**
 * ` (the root 2.07 s)`: mean time of the root itself, where traces go on well after it. Traces are found by the length of
 * all that is in them, and whoever asked waits for the root.
 */
function rootWords({ slow, usual, compared }: Comparison, name: 'slow' | 'usual'): string {
	const { lasts } = name === 'slow' ? slow : usual;
	const root =
		compared.paths.reduce((sum, path) => (path.parent === undefined ? sum + path[name].total : sum), 0) / 1e6;
	return lasts === undefined || root >= lasts.from * wholeFrom ? '' : ` (the root ${formatDuration(root)})`;
}

/** What the figures are made of: `8 slow 1.2 s to 2.1 s, 8 usual 20 ms to 60 ms; of 96 median 30 ms, p95 1.1 s. …`. */
export function sampleWords(comparison: Comparison): string {
	const { slow, usual, sample, store } = comparison;
	const sides = [
		`${sideWords(slow, 'slow')}${rootWords(comparison, 'slow')}`,
		`${sideWords(usual, 'usual')}${rootWords(comparison, 'usual')}`,
	].join(', ');
	return `${sides}; of ${sample.count} median ${formatDuration(sample.median)}, p95 ${formatDuration(sample.p95)}. ${store} gives neither the slowest nor all.`;
}

/** What the width of a bar means; on a row of 60 columns. */
export const widthWords = 'Width: time of a slow request; what runs at once shares it.';

/** Which side has been read, where it is only one: its figures are on show, and no differences. */
export function onlySideOf({ slow, usual }: Pick<Comparison, 'slow' | 'usual'>): 'slow' | 'usual' | undefined {
	if (slow.read > 0 && usual.read > 0) return undefined;
	return slow.read > 0 ? 'slow' : 'usual';
}

/** `+310 ms  ×1 → ×4`: a difference and how often it is called; of the only side that has been read its own figures. */
export function differenceWords(path: ComparedPath, only: 'slow' | 'usual' | undefined): readonly [string, string] {
	return only === undefined
		? [formatMore(path.more), timesWords(path)]
		: [formatSpanTime(path[only].self), formatTimes(path[only].count)];
}

/** `edge POST /pay › till SELECT fares`: each service is named where it changes. */
export const pathWords = (path: readonly ComparedPath[], crumb: string): string =>
	path
		.map(({ service, operation, parent }) => (parent?.service === service ? operation : `${service} ${operation}`))
		.join(` ${crumb} `);
