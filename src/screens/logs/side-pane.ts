import { formatCount } from '../../analysis/format.ts';
import { formatClock } from '../../analysis/format-time.ts';
import type { LogDigest } from '../../analysis/log-digest.ts';
import { lastOf, lastValueOf } from '../../model/loadable.ts';
import type { Milliseconds } from '../../model/time.ts';
import type { Surface } from '../../terminal/surface.ts';
import { paintLine, type Segment, segment } from '../../widgets/line.ts';
import { badgeOf, badgeSegments } from '../../widgets/pane-state.ts';
import type { Area } from './layout.ts';
import { fieldLine } from './side-fields.ts';
import { paintPatternDetail, patternLine } from './side-patterns.ts';
import { type SideRow, type SideState, sideCursorOf, sideOffsetOf, sideRowsOf } from './side-rows.ts';
import type { LogsViewProps } from './view.tsx';

/** Rows at the foot of the pane that say more of the pattern under its cursor. */
const footRows = ({ pane }: SideState, height: number): number => (pane === 'patterns' && height >= 9 ? 4 : 0);

/** Rows of the list in the pane: two are above it. */
export const sideListHeight = ({ height }: Pick<Area, 'height'>, side: SideState): number =>
	Math.max(0, height - 2 - footRows(side, height));

/** What the lines have in common: their fields, or what they say alike. The first row keeps it apart from the lines. */
export function paintSide(surface: Surface, props: LogsViewProps, beside: boolean): void {
	const { theme, findings, state } = props;
	const { side } = state;
	if (side === undefined || surface.height <= 0) return;
	if (beside) {
		for (let y = 0; y < surface.height; y++) surface.put(0, y, theme.glyph('vertical'), theme.style('dim'));
	}
	const [x, room] = beside ? [2, surface.width - 2] : [0, surface.width];
	const area = surface.within(x, 0, room, surface.height);
	const digest = lastValueOf(findings.digest);
	if (!beside) surface.put(0, 0, theme.glyph('horizontal').repeat(surface.width), theme.style('dim'));
	if (digest === undefined) {
		const text = `${side.pane}: taking the lines apart ${theme.glyph('ellipsis')}`;
		paintLine(area, 0, [segment(`${text} `, theme.style('dim'))], [], theme.glyph('ellipsis'));
		return;
	}
	paintHead(area, digest, side, props);
	const height = sideListHeight(surface, side);
	paintList(area.within(0, 2, area.width, height), side, props);
	const rows = sideRowsOf(props);
	const selected = rows[sideCursorOf(rows, side)];
	const foot = footRows(side, surface.height);
	if (foot > 0 && selected !== undefined) {
		paintPatternDetail(area.within(0, 2 + height, area.width, foot), selected, props);
	}
}

function paintHead(area: Surface, digest: LogDigest, side: SideState, props: LogsViewProps): void {
	const { theme } = props;
	const style = theme.style(side.focused ? 'strong' : 'dim');
	const title = segment(`${side.pane} of ${ofLines(digest, props)}`, style);
	paintLine(area, 0, [title, segment(' ')], [], theme.glyph('ellipsis'));
	paintLine(area, 1, remarks(digest, side, props), [], theme.glyph('ellipsis'));
}

/** `1000 of 4812 lines, 11:58:30–11:59:50`. */
function ofLines({ lines, planned, held, range }: LogDigest, { theme, timeFormat }: LogsViewProps): string {
	const clock = (at: Milliseconds): string => formatClock(at, timeFormat === 'local' ? 'local' : 'utc');
	const count =
		planned < held
			? `${formatCount(planned)} of ${formatCount(held)} lines held`
			: `${formatCount(lines)} ${lines === 1 ? 'line' : 'lines'}`;
	const reading = lines < planned ? `, ${formatCount(lines)} read so far` : '';
	return `${count}, ${clock(range.from)}${theme.glyph('dash')}${clock(range.to)}${reading}`;
}

/** What the pane does not show, and what `new` means. */
function remarks(digest: LogDigest, { pane }: SideState, props: LogsViewProps): readonly Segment[] {
	const { theme, timeFormat, findings, now } = props;
	const dim = (text: string): Segment => segment(`${text} `, theme.style('dim'));
	if (pane === 'fields') {
		const { leftOut } = digest.fields;
		return [
			dim('in how many of them, and how many values'),
			...(leftOut === 0 ? [] : [dim(`(${leftOut} rare fields left out)`)]),
		];
	}
	const { at, why } = digest.newSince;
	const clock = formatClock(at, timeFormat === 'local' ? 'local' : 'utc');
	const since = `new: no line before ${clock}, ${why === 'alert' ? 'when the alert began' : 'the middle'}`;
	const { patterns } = lastOf(findings.serverPatterns)?.value ?? {};
	return [
		dim(since),
		...(digest.otherLines === 0 ? [] : [dim(`(${formatCount(digest.otherLines)} lines are of rarer ones)`)]),
		...(patterns === undefined ? [] : [dim('(Loki: of the window)')]),
		...badgeSegments(badgeOf(findings.serverPatterns, now), theme),
	];
}

function paintList(surface: Surface, side: SideState, props: LogsViewProps): void {
	const { theme } = props;
	const rows = sideRowsOf(props);
	const cursor = sideCursorOf(rows, side);
	const offset = sideOffsetOf(rows, side, surface.height);
	rows.slice(offset, offset + surface.height).forEach((row, y) => {
		const { left, right } = lineOf(row, surface.width - 1, props);
		paintLine(surface.within(1, y, surface.width - 1, 1), 0, left, right, theme.glyph('ellipsis'));
		if (offset + y !== cursor || !side.focused) return;
		if (theme.level === 'none') surface.put(0, y, theme.glyph('selection'));
		surface.restyle(0, y, surface.width, 1, theme.style('selection'));
	});
}

type PaneLine = { readonly left: readonly Segment[]; readonly right?: readonly Segment[] };

const lineOf = (row: SideRow, width: number, props: LogsViewProps): PaneLine =>
	row.kind === 'pattern' || row.kind === 'server' ? patternLine(row, width, props) : fieldLine(row, width, props);
