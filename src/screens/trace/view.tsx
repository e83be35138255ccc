import type { ReactNode } from 'react';
import { flawSentences } from '../../analysis/span-words.ts';
import type { TraceFindings, TraceFound, TraceMissing } from '../../investigation/trace-findings.ts';
import type { TracePlace } from '../../model/place.ts';
import type { Surface } from '../../terminal/surface.ts';
import { widthOf } from '../../terminal/width.ts';
import { Canvas } from '../../widgets/canvas.tsx';
import { paintFlame } from '../../widgets/flame.ts';
import { paintLine, type Segment, segment, widthOfSegments } from '../../widgets/line.ts';
import { badgeOf, badgeSegments, paintPaneState } from '../../widgets/pane-state.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import { wrapText } from '../../widgets/wrap.ts';
import type { ViewProps } from '../screen.ts';
import { detailLines, paintDetails, paintStrip } from './details.ts';
import { type Area, detailsRoom, layoutOf, visibleRows } from './layout.ts';
import { flamePictureOf } from './picture.ts';
import { paintSpent } from './spent-table.ts';
import { answerOf, type Look, lookAt, shapeOf, type TraceState } from './state.ts';

export type TraceViewProps = ViewProps<TracePlace, TraceFindings, TraceState>;

/** The flame graph of a trace, the selected span, and where the time went. */
export function TraceView(props: TraceViewProps): ReactNode {
	return <Canvas width={props.size.width} height={props.size.height} paint={surface => paintTrace(surface, props)} />;
}

/** Paints the whole screen into the room it is given; print paints it on a grid of its own. */
export function paintTrace(surface: Surface, props: TraceViewProps): void {
	const { findings, theme, now } = props;
	if (paintPaneState(surface, findings.trace, { theme, now, whom: 'Tempo' }) > 0) return;
	const answered = answerOf(props);
	if (answered?.found === false) paintMissing(surface, answered, props);
	const look = lookAt(props);
	if (look === undefined) return;
	const { flame, table, strip, details, verdict } = layoutOf(props.size, props.state, shapeOf(props, look.reading));
	paintRows(part(surface, flame), look, props);
	if (table.height > 0) paintSpent(part(surface, table), look.reading.spent, theme);
	if (strip.height > 0) {
		paintRule(surface, strip, props);
		paintStrip(surface.within(0, strip.y + 1, strip.width, strip.height - 1), look, theme);
	}
	if (details.height > 0) paintDetailsPane(surface, details, look, props);
	paintVerdict(part(surface, verdict), look.reading, props);
}

const part = (surface: Surface, { x, y, width, height }: Area): Surface => surface.within(x, y, width, height);

function paintRows(surface: Surface, look: Look, { state, theme }: TraceViewProps): void {
	const { view, selected } = look;
	const area = { x: 0, y: 0, width: surface.width, height: surface.height };
	const rows = visibleRows(area, view.height);
	const top = offsetFor(state.top, view.rowOf(selected) ?? 0, view.height, rows);
	paintFlame(surface, flamePictureOf(look, { width: surface.width, rows, top, search: state.search }), theme);
}

function paintDetailsPane(surface: Surface, area: Area, look: Look, props: TraceViewProps): void {
	const isBeside = area.x > 0;
	const { x, y, width, height } = detailsRoom(area);
	if (!isBeside) paintRule(surface, area, props);
	else {
		for (let row = area.y; row < area.y + area.height; row++) {
			surface.put(area.x - 1, row, props.theme.glyph('vertical'), props.theme.style('dim'));
		}
	}
	const lines = detailLines(look, width);
	paintDetails(surface.within(x, y, width, height), lines, props.state.detailsTop, props.theme);
}

function paintRule(surface: Surface, { y, width }: Area, { theme }: TraceViewProps): void {
	surface.put(0, y, theme.glyph('horizontal').repeat(width), theme.style('dim'));
}

/** The sentence; beside it, or below it where the room is narrow, what is missing from the trace or wrong with it. */
function paintVerdict(surface: Surface, { spent, tree }: TraceFound, { findings, theme, now }: TraceViewProps): void {
	const flaws = flawSentences(tree.flaws).map(flaw => segment(flaw, theme.style('warning')));
	const notices = [...badgeSegments(badgeOf(findings.trace, now), theme), ...flaws].flatMap((notice, index) =>
		index === 0 ? [notice] : [segment('  '), notice],
	);
	const ellipsis = theme.glyph('ellipsis');
	const isNarrow = surface.height > 1;
	if (isNarrow) paintLine(surface, 1, notices, [], ellipsis);
	const right = isNarrow ? [] : notices;
	const fits = widthOf(spent.sentence) + widthOfSegments(right) < surface.width;
	const verdict = [segment(fits ? spent.sentence : spent.shortSentence, theme.style('strong'))];
	paintLine(surface, 0, verdict, right, ellipsis);
}

/** Why there is nothing to see, and what can be done. */
function paintMissing(surface: Surface, { id, tried, reasons }: TraceMissing, { theme }: TraceViewProps): void {
	const lines: readonly Segment[][] = [
		...wrapText(`Tempo does not have trace ${id}.`, surface.width).map(line => [segment(line, theme.style('strong'))]),
		...wrapText(`Looked in ${tried.join(', then in ')}.`, surface.width).map(line => [segment(line)]),
		[],
		...reasons.flatMap(reason =>
			wrapText(reason, surface.width - 2).map((line, index) => [
				segment(index === 0 ? `${theme.glyph('info')} ` : '  ', theme.style('dim')),
				segment(line),
			]),
		),
		[],
		...wrapText('L looks for its log lines, R asks Tempo again.', surface.width).map(line => [
			segment(line, theme.style('dim')),
		]),
	];
	lines.slice(0, surface.height).forEach((line, y) => {
		paintLine(surface, y, line, [], theme.glyph('ellipsis'));
	});
}
