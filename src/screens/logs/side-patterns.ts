import { formatCount, formatShare } from '../../analysis/format.ts';
import { formatClock } from '../../analysis/format-time.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { Milliseconds } from '../../model/time.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import type { Surface } from '../../terminal/surface.ts';
import { paintLine, type Segment, segment } from '../../widgets/line.ts';
import { sparkline } from '../../widgets/sparkline.ts';
import type { Theme } from '../../widgets/theme.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { levelLooks } from './level-look.ts';
import type { SideRow } from './side-rows.ts';
import type { LogsViewProps } from './view.tsx';

type OwnRow = Extract<SideRow, { readonly kind: 'pattern' }>;
type ServerRow = Extract<SideRow, { readonly kind: 'server' }>;
type Line = { readonly left: readonly Segment[] };

/** From this width on a row has the course of its lines over time. */
const roomForCourse = 50;

/** `new ✗    12   24 % ▁▁▁▁▁▁▁▁▂▆█▇ berth refused by <_>`; of Loki alone: `Loki    1.2k … berth lost`. */
export const patternLine = (row: OwnRow | ServerRow, width: number, props: LogsViewProps): Line =>
	row.kind === 'pattern' ? ownLine(row, width, props) : serverLine(row, width, props);

function ownLine({ pattern, isNew }: OwnRow, width: number, { theme, findings }: LogsViewProps): Line {
	const look = levelLooks[pattern.level];
	const lines = lastValueOf(findings.digest)?.lines ?? 0;
	const course = [
		segment(formatShare(pattern.lines / Math.max(1, lines)).padStart(8), theme.style('dim')),
		segment(` ${sparkline(inPairs(pattern.counts), theme.bars)}`, theme.style(look.role)),
	];
	return {
		left: [
			segment(isNew ? 'new ' : '    ', theme.style('warning')),
			segment(`${look.glyph === undefined ? ' ' : theme.glyph(look.glyph)} `, theme.style(look.role)),
			segment(formatCount(pattern.lines).padStart(5)),
			...(width >= roomForCourse ? course : []),
			segment(' '),
			...patternSegments(pattern.text, theme),
		],
	};
}

const serverLine = ({ pattern, counted }: ServerRow, width: number, { theme }: LogsViewProps): Line => ({
	left: [
		segment('Loki  ', theme.style('link')),
		segment(formatCount(counted).padStart(5), theme.style('dim')),
		segment(width >= roomForCourse ? ' in the window only  ' : ' ', theme.style('dim')),
		...patternSegments(pattern.pattern, theme),
	],
});

const inPairs = (counts: readonly number[]): readonly number[] =>
	Array.from({ length: counts.length / 2 }, (_, at) => (counts[2 * at] ?? 0) + (counts[2 * at + 1] ?? 0));

/** What differs from line to line is dimmed. */
function patternSegments(pattern: string, theme: Theme): readonly Segment[] {
	if (pattern === '') return [segment('(nothing)', theme.style('dim'))];
	return sanitize(pattern)
		.split(/(<(?:_|[a-z]{2,6}|\.\.\.)>)/)
		.map((part, index) => segment(part, theme.style(index % 2 === 0 ? 'text' : 'dim')));
}

/** The pattern under the cursor, whole as far as there is room, and when its lines were written. */
export function paintPatternDetail(surface: Surface, row: SideRow, props: LogsViewProps): void {
	const { theme } = props;
	if (row.kind !== 'pattern' && row.kind !== 'server') return;
	surface.put(0, 0, theme.glyph('horizontal').repeat(surface.width), theme.style('dim'));
	const text = row.kind === 'pattern' ? row.pattern.text : row.pattern.pattern;
	const lines = wrapText(sanitize(text), surface.width - 1);
	const shown = Math.min(lines.length, surface.height - 2);
	lines.slice(0, shown).forEach((line, y) => {
		surface.put(1, 1 + y, line, theme.style('text'));
	});
	const told =
		row.kind === 'pattern' ? timesOf(row, props) : `${formatCount(row.counted)} lines by Loki; none of them is held`;
	paintLine(surface.within(1, surface.height - 1, surface.width - 1, 1), 0, [segment(told, theme.style('dim'))]);
}

/** `11:58:30 to 11:59:50  1204 in the window by Loki`. */
function timesOf({ pattern, counted }: OwnRow, { timeFormat }: LogsViewProps): string {
	const clock = (at: Milliseconds): string => formatClock(at, timeFormat === 'local' ? 'local' : 'utc');
	const times =
		pattern.lines === 1
			? `once, ${clock(pattern.first)}`
			: `first ${clock(pattern.first)}, last ${clock(pattern.last)}`;
	return counted === undefined ? times : `${times}; ${formatCount(counted)} in the window by Loki`;
}
