import type { ReactNode } from 'react';
import { traceChips } from '../../analysis/trace-conditions.ts';
import { traceqlLanguage } from '../../analysis/traceql-syntax.ts';
import type { TraceResults, TracesFindings } from '../../investigation/traces-findings.ts';
import { lastOf, lastValueOf } from '../../model/loadable.ts';
import type { TracesPlace } from '../../model/place.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, widthOf } from '../../terminal/width.ts';
import { Canvas } from '../../widgets/canvas.tsx';
import { paintLine, paintSegments, type Segment, segment, segmentsOf, widthOfSegments } from '../../widgets/line.ts';
import { badgeOf, badgeSegments, paintPaneState } from '../../widgets/pane-state.ts';
import type { Theme } from '../../widgets/theme.ts';
import { type Chip, paintChipRow } from '../chip-row.ts';
import { queryColours } from '../query-colours.ts';
import { paintRefusedQuery } from '../refused-query.ts';
import type { ViewProps } from '../screen.ts';
import { paintEmpty } from './empty.ts';
import { paintForm } from './form-view.ts';
import { type Area, layoutOf } from './layout.ts';
import { shownQuery } from './query-prompt.ts';
import { paintHeadings, paintRows } from './rows.ts';
import { paintScatter, paintTimes } from './scatter.ts';
import { choosingText } from './scatter-range.ts';
import { listedTraces, type TracesState } from './state.ts';

export type TracesViewProps = ViewProps<TracesPlace, TracesFindings, TracesState>;

/** The traces that a search found, with a bar for how long each took, and when that was above them. */
export function TracesView(props: TracesViewProps): ReactNode {
	return <Canvas width={props.size.width} height={props.size.height} paint={surface => paintTraces(surface, props)} />;
}

/** Paints the whole screen into the room it is given. */
export function paintTraces(surface: Surface, props: TracesViewProps): void {
	const { findings, place, theme, now, state, range } = props;
	const { scatter, times, chips, heading, list, form, summary } = layoutOf(props);
	const part = ({ x, y, width, height }: Area): Surface => surface.within(x, y, width, height);
	paintChipRow(part(chips), chipsIn(place, chips.width, theme), theme);
	const results = lastValueOf(findings.results);
	if (state.form !== undefined) paintForm(part(form), state.form, props);
	const body = { ...list, y: heading.y, height: heading.height + list.height };
	if (results === undefined) {
		const rows = paintPaneState(part(body), findings.results, { theme, now, whom: 'for traces' });
		const below = part({ ...body, y: body.y + rows + 1, height: body.height - rows - 1 });
		paintRefusedQuery(below, findings.results, { query: shownQuery(props), language: traceqlLanguage, theme });
		return;
	}
	paintScatter(part(scatter), props);
	paintTimes(part(times), range, props);
	if (listedTraces(props).length === 0) paintEmpty(part(body), results, props);
	else {
		paintHeadings(part(heading), theme);
		paintRows(part(list), props);
	}
	paintSummary(part(summary), results, props);
}

/** Half of the row at most for one of several, so that a long query hides no other condition. */
function chipsIn(place: TracesPlace, width: number, theme: Theme): readonly Chip[] {
	const chips = traceChips(place);
	const room = chips.length === 1 ? width : Math.max(20, Math.floor(width / 2));
	return chips.map(({ text }) => ({ text: fit(text, room, { ellipsis: theme.glyph('ellipsis') }) }));
}

/** What the server had to say, or how far the search has come; below it how many traces these are, in which order, and what was asked. */
function paintSummary(surface: Surface, results: TraceResults, props: TracesViewProps): void {
	const { theme, state } = props;
	const ellipsis = theme.glyph('ellipsis');
	paintLine(surface, 0, saidSegments(results, props), [], ellipsis);
	const left = [
		segment(`${countText(results, props)}, ${orderText(results, state)}  `),
		...segmentsOf(queryColours(traceqlLanguage)(results.query), theme),
	];
	// A query that is cut between two of its pieces would look whole.
	const cut = widthOfSegments(left) > surface.width ? [segment(ellipsis, theme.style('dim'))] : [];
	const room = surface.width - widthOfSegments(cut);
	paintSegments(surface.within(0, 1, room, 1), 0, 0, left, '');
	paintSegments(surface, room, 1, cut);
}

function saidSegments({ parts }: TraceResults, props: TracesViewProps): readonly Segment[] {
	const { theme, findings, state, now } = props;
	if (state.choosing !== undefined) return [segment(choosingText(props, state.choosing), theme.style('strong'))];
	const { searched, all, lost = 0 } = parts;
	const progress =
		searched + lost < all
			? [segment(`searching: ${searched} of ${all} parts of the window  `, theme.style('dim'))]
			: [];
	const notes = (lastOf(findings.results)?.notes ?? []).filter(({ kind }) => kind === 'info');
	const infos = notes.map(({ text }) => segment(`${text}  `, theme.style('dim')));
	const badge = badgeSegments(badgeOf(findings.results, now), theme).map(({ text, style }) =>
		segment(withParts(text, parts, props.size.width), style),
	);
	return [
		...progress,
		...badge,
		...(badge.length === 0 ? infos : infos.map(info => segment(`  ${info.text}`, info.style))),
	];
}

/** `Tempo stopped at 20, in each of 12 parts.`: a window is searched in slices, and each search ends by itself. */
function withParts(text: string, { all, cut }: TraceResults['parts'], width: number): string {
	if (cut === 0 || all === 1) return text;
	const where = cut === all ? `in each of ${all} parts` : `in ${cut} of ${all} parts`;
	const whole = text.endsWith('.') ? `${text.slice(0, -1)}, ${where}.` : `${text}  ${where}`;
	return widthOf(whole) <= width ? whole : text;
}

/** Of some that were found the slowest are not the slowest of all. */
const orderText = ({ parts }: TraceResults, { order }: TracesState): string =>
	order === 'slowest' && parts.cut > 0 ? 'slowest of these first' : `${order} first`;

/** `12 traces`, `50 of more traces` where Tempo stopped, `3 of 50 traces and more` with a filter. */
function countText({ traces, parts }: TraceResults, props: TracesViewProps): string {
	const listed = listedTraces(props).length;
	const word = traces.length === 1 ? 'trace' : 'traces';
	const isCut = parts.cut > 0;
	if (listed !== traces.length) return `${listed} of ${traces.length} ${word}${isCut ? ' and more' : ''}`;
	return isCut ? `${traces.length} of more ${word}` : `${traces.length} ${word}`;
}
