import { formatAge, formatDuration, formatId } from '../../analysis/format.ts';
import { formatClock } from '../../analysis/format-time.ts';
import { sentenceOf } from '../../model/failure.ts';
import { lastValueOf } from '../../model/loadable.ts';
import { type Milliseconds, minute } from '../../model/time.ts';
import type { Surface } from '../../terminal/surface.ts';
import { widthOf } from '../../terminal/width.ts';
import { paintSelected } from '../../widgets/selection.ts';
import type { Theme } from '../../widgets/theme.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { slowestExemplars, type TracedRequest, tracedRequests } from './state.ts';
import type { ServiceViewProps } from './view.tsx';

/**
 * The slowest requests that the histogram remembers by their traces; where it remembers none, the slow and failing
 * traces that a search found, those of the minute under the time cursor first. Returns the rows used.
 */
export function paintExemplars(surface: Surface, props: ServiceViewProps): number {
	const { theme, state, now } = props;
	const all = tracedRequests(props);
	if (all.length === 0) return paintNone(surface, props);
	const rows = nearCursorFirst(all, state.cursor).slice(0, Math.max(0, surface.height - 1));
	surface.put(0, 0, headingOf(props), theme.style('dim'));
	rows.forEach((request, index) => {
		const text = rowText(request, now, theme);
		surface.put(1, index + 1, text);
		if (request.key === state.exemplar) paintSelected(surface, index + 1, widthOf(text) + 2, theme);
	});
	return rows.length + 1;
}

function headingOf(props: ServiceViewProps): string {
	const { findings, theme, state, timeFormat } = props;
	if (slowestExemplars(props).length > 0) {
		return `slowest exemplars  ${theme.glyph('exemplar')} x selects, enter opens the trace`;
	}
	const isCut = lastValueOf(findings.slow)?.isCut === true;
	const zone = timeFormat === 'local' ? 'local' : 'utc';
	const near = state.cursor === undefined ? '' : ` from ${formatClock(state.cursor, zone, 'minutes')}`;
	return `slowest traces${near}${isCut ? ' of the newest' : ''}  x selects, enter opens`;
}

/** Of the minute under the cursor there may be none: then the order is that of all. */
const nearCursorFirst = (
	requests: readonly TracedRequest[],
	cursor: Milliseconds | undefined,
): readonly TracedRequest[] => {
	const isNear = ({ at }: TracedRequest): boolean => cursor !== undefined && Math.abs(at - cursor) <= minute;
	return [...requests.filter(isNear), ...requests.filter(request => !isNear(request))];
};

function rowText({ seconds, at, traceId, failed }: TracedRequest, now: Milliseconds, theme: Theme): string {
	const duration = formatDuration(seconds * 1000).padStart(8);
	const id = formatId(traceId, theme.glyph('ellipsis'));
	return `${duration}  ${formatAge(now - at).padStart(4)} ago  trace ${id}${failed ? ` ${theme.glyph('error')}` : ''}`;
}

/** Why there is no request to follow; nothing while it is still being asked. */
function paintNone(surface: Surface, { findings: { exemplars, slow }, theme }: ServiceViewProps): number {
	if (exemplars.status !== 'loaded') return 0;
	const why =
		slow.status === 'failed'
			? `These metrics carry no exemplars. ${sentenceOf(slow.failure)}`
			: slow.status === 'loaded'
				? 'These metrics carry no exemplars, and no slow or failing trace of this window was found.'
				: '';
	const lines = why === '' ? [] : wrapText(why, surface.width).slice(0, surface.height);
	lines.forEach((line, y) => {
		surface.put(0, y, line, theme.style('dim'));
	});
	return lines.length;
}
