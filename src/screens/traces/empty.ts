import { formatLength } from '../../analysis/format.ts';
import { traceqlLanguage } from '../../analysis/traceql-syntax.ts';
import type { TraceResults } from '../../investigation/traces-findings.ts';
import { lengthOf } from '../../model/time.ts';
import type { Surface } from '../../terminal/surface.ts';
import { paintSegments, type Segment, segment, segmentsOf } from '../../widgets/line.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { queryColours } from '../query-colours.ts';
import { ladderLines } from '../rung-line.ts';
import type { TracesViewProps } from './view.tsx';

/** Nothing was found: what was asked, what was tried besides, and the keys that would help. */
export function paintEmpty(surface: Surface, results: TraceResults, props: TracesViewProps): void {
	const { theme, state } = props;
	const width = surface.width - 2;
	const text = (words: string, dim = false) =>
		wrapText(words, width).map(line => [segment(line, theme.style(dim ? 'dim' : 'text'))]);
	const lines =
		results.traces.length > 0
			? text(
					`No trace (of ${results.traces.length}) holds ${state.filter}. Press / and empty the text to see all.`,
					true,
				)
			: nothingFound(results, props, width);
	lines.slice(0, surface.height).forEach((line, y) => {
		paintSegments(surface, 1, y, line, theme.glyph('ellipsis'));
	});
}

function nothingFound(
	{ query, parts }: TraceResults,
	{ theme, findings, range, place, now }: TracesViewProps,
	width: number,
): readonly (readonly Segment[])[] {
	const text = (words: string, dim = false) =>
		wrapText(words, width).map(line => [segment(line, theme.style(dim ? 'dim' : 'text'))]);
	const isSearched = parts.searched === parts.all;
	const asked = `0 traces in ${formatLength(lengthOf(range))}${isSearched ? '.' : ` so far, ${parts.searched} of ${parts.all} parts searched.`}`;
	const isRecent = place.window.kind === 'live' || now - range.to < recent;
	return [
		...text(asked),
		segmentsOf(queryColours(traceqlLanguage)(query), theme),
		[],
		...ladderLines(findings.ladder, width, theme),
		[],
		...(isRecent ? text('The newest traces may arrive half a minute late.', true) : []),
		...text('_ takes a longer window, backspace the last condition away, Q edits the query, R asks again.', true),
	];
}

/** What arrived last may not be there to be searched yet: Tempo waits until a trace is idle. */
const recent = 60_000;
