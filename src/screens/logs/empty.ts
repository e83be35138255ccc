import { formatId, formatLength } from '../../analysis/format.ts';
import { chipText } from '../../analysis/log-filters.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { LogFilter, LogsPlace } from '../../model/place.ts';
import { lengthOf } from '../../model/time.ts';
import type { Surface } from '../../terminal/surface.ts';
import { paintSegments, type Segment, segment } from '../../widgets/line.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { ladderLines } from '../rung-line.ts';
import { isFollowed } from './follow.ts';
import type { LogsViewProps } from './view.tsx';

/** Nothing was found: what was asked, what was tried besides, and the keys that would help. */
export function paintEmpty(surface: Surface, props: LogsViewProps): void {
	const { theme } = props;
	const lines = emptyLines(props, surface.width - 2);
	lines.slice(0, surface.height).forEach((line, y) => {
		paintSegments(surface, 1, y, line, theme.glyph('ellipsis'));
	});
}

function emptyLines(props: LogsViewProps, width: number): readonly (readonly Segment[])[] {
	const { theme, findings, place, range } = props;
	const target = lastValueOf(findings.target);
	const page = lastValueOf(findings.records);
	const text = (words: string, dim = false) =>
		wrapText(words, width).map(line => [segment(line, theme.style(dim ? 'dim' : 'text'))]);
	const { lower, unknown, other } = page?.hidden ?? { lower: 0, unknown: 0, other: 0 };
	const hidden = lower + unknown;
	const asked = `0 lines ${subjectOf(place, theme.glyph('ellipsis'))}in ${formatLength(lengthOf(range))}.`;
	return [
		...text(target?.queries.length === 0 ? target.reason : asked),
		...(hidden === 0 ? [] : text(`${hidden} lines were read and left out because of their level.`)),
		...(other === 0 ? [] : text(`${other} lines were read and left out by a filter that Loki cannot test.`)),
		...(place.filters ?? []).flatMap(regexAdvice).flatMap(words => text(words)),
		...(target?.filtered === undefined ? [] : text(target.filtered, true)),
		[],
		...ladderLines(findings.ladder, width, theme),
		...(target === undefined || target.near.length === 0
			? []
			: [[], ...text(`Services that log: ${target.near.join(', ')}.`)]),
		[],
		...(isFollowed(place) ? text('New lines appear here as they are written.') : []),
		...text('_ takes a longer window, ! shows the queries, R asks again.', true),
		...(target === undefined ? [] : target.queries.flatMap(query => text(query, true))),
	];
}

/** Text that was meant as an expression finds nothing but itself. */
const regexAdvice = ({ hide, test }: LogFilter): readonly string[] =>
	!hide && test.kind === 'text' && /[\\[\](){}*+?|^$]/.test(test.text)
		? [`Write /${test.text}/ for a regular expression.`]
		: [];

/** `with request 7f3c…9a01 of pier at error or worse `. */
function subjectOf({ request, trace, span, service, level, filters = [] }: LogsPlace, ellipsis: string): string {
	const parts = [
		request === undefined ? '' : `with request ${formatId(request, ellipsis)} `,
		trace === undefined ? '' : `${request === undefined ? 'with' : 'or'} trace ${formatId(trace, ellipsis)} `,
		span === undefined ? '' : `and span ${formatId(span, ellipsis)} `,
		service === undefined ? '' : `of ${service} `,
		level === undefined ? '' : `at ${level} or worse `,
		filters.length === 0 ? '' : `with ${filters.map(chipText).join(' and ')} `,
	];
	return parts.join('');
}
