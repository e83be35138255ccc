import type { ReactNode } from 'react';
import { pathTo } from '../../analysis/compared-requests.ts';
import type { CompareFindings, NothingToCompare } from '../../investigation/compare-findings.ts';
import type { ComparePlace } from '../../model/place.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit } from '../../terminal/width.ts';
import { Canvas } from '../../widgets/canvas.tsx';
import { paintFlame } from '../../widgets/flame.ts';
import { paintLine, segment } from '../../widgets/line.ts';
import { badgeOf, badgeSegments, paintPaneState } from '../../widgets/pane-state.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { paintChipRow } from '../chip-row.ts';
import { ladderLines } from '../rung-line.ts';
import type { ViewProps } from '../screen.ts';
import { layoutOf, type Rows } from './layout.ts';
import { attributeChips, belowChips } from './narrowing.ts';
import { comparePictureOf } from './picture.ts';
import { answerOf, type CompareLook, type CompareState, lookAt } from './state.ts';
import { paintDifferences } from './table.ts';
import { pathWords, widthWords } from './words.ts';

export type CompareViewProps = ViewProps<ComparePlace, CompareFindings, CompareState>;

/** What slow requests do otherwise: in a sentence, as a flame graph and as a table. */
export function CompareView(props: CompareViewProps): ReactNode {
	return <Canvas width={props.size.width} height={props.size.height} paint={surface => paintCompare(surface, props)} />;
}

/** What both sides are restricted to, if anything, stands on top whatever is below. */
export function paintCompare(surface: Surface, props: CompareViewProps): void {
	const size = belowChips(props);
	const chips = props.size.height - size.height;
	const texts = attributeChips(props.place).map(text => ({ text }));
	paintChipRow(surface.within(0, 0, surface.width, chips), texts, props.theme);
	paintComparison(surface.within(0, chips, size.width, size.height), { ...props, size });
}

function paintComparison(surface: Surface, props: CompareViewProps): void {
	const { findings, theme, now } = props;
	if (paintPaneState(surface, findings.comparison, { theme, now, whom: 'for traces' }) > 0) return;
	const answered = answerOf(props);
	if (answered?.found === false) paintNothing(surface, answered, props);
	const look = lookAt(props);
	if (look === undefined) return;
	const layout = layoutOf(props.size, look, props.state.focus);
	const { sentence, sample, flame, meaning, table, strip } = layout;
	const rows = ({ y, height }: Rows) => surface.within(0, y, surface.width, height);
	sentence.forEach((line, y) => {
		surface.put(0, y, line, theme.style('strong'));
	});
	sample.forEach((line, index) => {
		surface.put(0, sentence.length + index, line, theme.style('dim'));
	});
	if (flame.height > 0) paintFlame(rows(flame), comparePictureOf(look, surface.width, flame.height), theme);
	if (meaning.height > 0) surface.put(0, meaning.y, fit(widthWords, surface.width), theme.style('dim'));
	if (table.height > 0) paintDifferences(rows(table), look, theme);
	paintStrip(rows(strip), look, props);
}

/** The whole path of the row under the cursor, and what is wrong with the answer. */
function paintStrip(surface: Surface, { selected }: CompareLook, { findings, theme, now }: CompareViewProps): void {
	surface.put(0, 0, theme.glyph('horizontal').repeat(surface.width), theme.style('dim'));
	const ellipsis = theme.glyph('ellipsis');
	const badge = badgeSegments(badgeOf(findings.comparison, now), theme);
	if (badge.length > 0) paintLine(surface, 0, [...badge, segment(' ')], [], ellipsis);
	const path = pathWords(pathTo(selected), theme.glyph('crumb'));
	surface.put(0, 1, fit(path, surface.width, { keep: 'end', ellipsis }));
}

/** Why there is nothing, and what can be done. */
function paintNothing(surface: Surface, { why, query }: NothingToCompare, props: CompareViewProps): void {
	const { theme, place, findings } = props;
	const widening = attributeChips(place).length === 0 ? '' : 'backspace takes a condition away, ';
	const lines = [
		...wrapText(why, surface.width).map(line => [segment(line, theme.style('strong'))]),
		...(query === undefined ? [] : wrapText(query, surface.width).map(line => [segment(line, theme.style('link'))])),
		[],
		...ladderLines(findings.ladder, surface.width, theme),
		...wrapText(`${widening}- searches a longer window, R asks again.`, surface.width).map(line => [
			segment(line, theme.style('dim')),
		]),
	];
	lines.slice(0, surface.height).forEach((line, y) => {
		paintLine(surface, y, line, [], theme.glyph('ellipsis'));
	});
}
