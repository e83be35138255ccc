import { type ComparedPath, type PathMeans, pathTo } from '../../analysis/compared-requests.ts';
import { formatSpanTime } from '../../analysis/span-words.ts';
import { formatAttribute } from '../../analysis/trace-attributes.ts';
import {
	type ComparedSide,
	type CompareFindings,
	type Comparison,
	noCompareFindings,
} from '../../investigation/compare-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { ComparePlace } from '../../model/place.ts';
import { differenceWords, headSentence, onlySideOf, pathWords, sampleWords } from '../../screens/compare/words.ts';
import { type Block, paragraph, table } from './document.ts';
import { type Json, rangeJson } from './json.ts';
import { ladderBlocks } from './ladder.ts';
import type { Printer } from './printer.ts';

/** A page of differences; the others are smaller. */
const mostRows = 30;
/** Of a service that names its spans by their IDs there may be any number. */
const mostPaths = 1000;

const meansJson = ({ self, shared, total, count, errors }: PathMeans): Json => ({
	selfSeconds: self / 1e9,
	sharedSeconds: shared / 1e9,
	totalSeconds: total / 1e9,
	count,
	errors,
});

const pathJson = (path: ComparedPath): Json => ({
	path: pathTo(path).map(({ service, operation }) => ({ service, operation })),
	moreSeconds: path.more / 1e9,
	change: path.change,
	slow: meansJson(path.slow),
	usual: meansJson(path.usual),
	example: { traceId: path.example.trace, spanId: path.example.span },
});

const sideJson = ({ query, chosen, read, lasts }: ComparedSide): Json => ({
	query: query ?? null,
	chosen,
	read,
	fromSeconds: lasts === undefined ? null : lasts.from / 1000,
	toSeconds: lasts === undefined ? null : lasts.to / 1000,
});

/** Of both sides, or of the only one that has been read. */
function differencesTable(comparison: Comparison): Block {
	const only = onlySideOf(comparison);
	const figures = (path: ComparedPath): readonly string[] => {
		const [more, times] = differenceWords(path, only);
		const sides = only === undefined ? [formatSpanTime(path.slow.self), formatSpanTime(path.usual.self)] : [];
		return [more, ...sides, times, pathWords(pathTo(path), '›')];
	};
	const titles = only === undefined ? ['more', 'slow', 'usual'] : [only];
	return table(
		[...titles.map(title => ({ title, align: 'right' }) as const), { title: 'calls' }, { title: 'self time of' }],
		comparison.compared.bySize.slice(0, mostRows).map(figures),
	);
}

const onlyWords = (attributes: NonNullable<ComparePlace['attributes']>): string =>
	`Only requests whose root has ${attributes.map(formatAttribute).join(' and ')}.`;

export const comparePrinter: Printer<ComparePlace, CompareFindings> = {
	nothing: noCompareFindings,
	main: () => 'comparison',
	blocks: ({ findings, place: { attributes = [] } }) => {
		const answered = lastValueOf(findings.comparison);
		if (answered === undefined) return [];
		if (!answered.found) return [paragraph(answered.why), ...ladderBlocks(findings.ladder)];
		return [
			paragraph(headSentence(answered)),
			...(attributes.length === 0 ? [] : [paragraph(onlyWords(attributes))]),
			paragraph(sampleWords(answered)),
			differencesTable(answered),
		];
	},
	json: ({ findings, range }) => {
		const answered = lastValueOf(findings.comparison);
		if (answered === undefined) return { window: rangeJson(range) };
		if (!answered.found) return { window: rangeJson(range), why: answered.why };
		const { root, slow, usual, compared, sample } = answered;
		return {
			window: rangeJson(range),
			sentence: headSentence(answered),
			root: { service: root.service, operation: root.operation },
			sample: {
				count: sample.count,
				medianSeconds: sample.count === 0 ? null : sample.median / 1000,
				p95Seconds: sample.count === 0 ? null : sample.p95 / 1000,
			},
			slow: sideJson(slow),
			usual: sideJson(usual),
			paths: compared.bySize.slice(0, mostPaths).map(pathJson),
		};
	},
};
