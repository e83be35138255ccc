import type { ComparedPath, ComparedRequests, PathMeans } from './compared-requests.ts';
import { formatSpanTime, inWords } from './span-words.ts';

/** `+1.92 s`, `-30 ms`: nanoseconds of a request that slow ones spend more. */
export const formatMore = (nanoseconds: number): string =>
	`${nanoseconds < 0 ? '-' : '+'}${formatSpanTime(Math.abs(nanoseconds))}`;

/** `×4`, `×0.3`: spans of a request on average. */
export const formatTimes = (count: number): string => {
	const text = count >= 99.95 ? count.toFixed(0) : count.toFixed(1);
	return `×${text.replace(/\.0$/, '')}`;
};

/** `×1 → ×4`: spans of a usual request and of a slow one. */
export const timesWords = ({ slow, usual }: Pick<ComparedPath, 'slow' | 'usual'>): string =>
	`${formatTimes(usual.count)} → ${formatTimes(slow.count)}`;

/** A tenth of the calls more is still as often. */
const isAsOften = (slow: PathMeans, usual: PathMeans): boolean =>
	Math.abs(slow.count - usual.count) <= Math.max(0.25, 0.1 * usual.count);

/** A difference of the request's time that is this part of one of self time is the same, told once. */
const sameFrom = 0.8;

/**
 * `1.92 s more in manifest SELECT berths`; in brackets how often it is called where that differs, and where it runs beside
 * other work, or after the root has ended, how much longer a request takes for it: `(×1 → ×10, adds 90 ms to the request)`.
 */
function partWords({ service, operation, more, slow, usual }: ComparedPath): string {
	const moreShared = slow.shared - usual.shared;
	const remarks = [
		...(isAsOften(slow, usual) ? [] : [`${formatTimes(usual.count)} → ${formatTimes(slow.count)}`]),
		...(moreShared / more >= sameFrom ? [] : [sharedWords(moreShared)]),
	];
	const name = inWords(`${service} ${operation}`);
	const told = remarks.length === 0 ? '' : ` (${remarks.join(', ')})`;
	return `${formatSpanTime(Math.abs(more))} ${more < 0 ? 'less' : 'more'} in ${name}${told}`;
}

function sharedWords(more: number): string {
	if (Math.abs(more) < 1) return 'adds nothing to the request';
	const length = formatSpanTime(Math.abs(more));
	return more > 0 ? `adds ${length} to the request` : `takes ${length} off the request`;
}

/** As many operations are named; the rest is counted. */
const mostNamed = 2;

/**
 * What slow requests do otherwise than usual ones, in one sentence:
 * `Slow requests spend 1.92 s more in manifest SELECT berths; everything else is as usual.`
 */
export function comparisonSentence({ bySize, slow, usual }: ComparedRequests): string {
	const told = bySize.filter(({ change }) => change !== 'alike');
	const more = told.filter(({ change }) => change === 'more');
	const first = (more.length > 0 ? more : told).slice(0, mostNamed);
	if (first.length === 0) {
		return `Slow and usual requests spend their time alike: ${formatSpanTime(slow)} and ${formatSpanTime(usual)} of work, and no operation stands out.`;
	}
	const others = told.length - first.length;
	const rest =
		others === 0
			? 'everything else is as usual'
			: `${others} more ${others === 1 ? 'operation differs' : 'operations differ'}`;
	return `Slow requests spend ${first.map(partWords).join(' and ')}; ${rest}.`;
}
