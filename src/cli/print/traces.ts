import { formatNanoseconds } from '../../analysis/format.ts';
import { formatInstant } from '../../analysis/format-time.ts';
import { noTracesFindings, type TracesFindings } from '../../investigation/traces-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { TracesPlace } from '../../model/place.ts';
import { toMilliseconds } from '../../model/time.ts';
import { type Block, paragraph, table } from './document.ts';
import { nanosecondsJson, rangeJson, secondsJson } from './json.ts';
import { ladderBlocks } from './ladder.ts';
import type { Printer, Printing } from './printer.ts';

type TracesPrinting = Printing<TracesPlace, TracesFindings>;

function searchBlocks({ findings, now, timeFormat }: TracesPrinting): readonly Block[] {
	const results = lastValueOf(findings.results);
	if (results === undefined) return [];
	if (results.traces.length === 0) {
		return [paragraph(`No trace matches ${results.query} in this window.`), ...ladderBlocks(findings.ladder)];
	}
	return [
		table(
			[
				{ title: 'start' },
				{ title: 'duration', align: 'right' },
				{ title: 'root' },
				{ title: 'spans', align: 'right' },
				{ title: 'errors', align: 'right' },
				{ title: 'trace' },
			],
			results.traces.map(({ id, start, duration, rootService, rootName, services }) => [
				formatInstant(toMilliseconds(start), timeFormat, now),
				formatNanoseconds(duration),
				`${rootService} ${rootName}`,
				countOf(services.map(({ spans }) => spans)),
				countOf(services.map(({ errors }) => errors)),
				id,
			]),
		),
	];
}

/** Servers before 2.6 do not count spans by service. */
const countOf = (counts: readonly number[]): string =>
	counts.length === 0 ? '' : String(counts.reduce((sum, count) => sum + count, 0));

export const tracesPrinter: Printer<TracesPlace, TracesFindings> = {
	nothing: noTracesFindings,
	main: () => 'results',
	blocks: searchBlocks,
	json: ({ findings, range }) => {
		const results = lastValueOf(findings.results);
		return {
			window: rangeJson(range),
			query: results?.query,
			limit: results?.limit,
			parts: results?.parts,
			traces: results?.traces.map(({ id, rootService, rootName, start, duration, matched, services }) => ({
				traceId: id,
				rootService,
				rootName,
				start: nanosecondsJson(start),
				durationSeconds: secondsJson(duration),
				matchedSpans: matched,
				services: services.map(({ name, spans, errors }) => ({ name, spans, errors })),
			})),
		};
	},
};
