import type { ReactNode } from 'react';
import { formatClock } from '../../analysis/format-time.ts';
import { shapeNames } from '../../analysis/label-values.ts';
import type { CardinalityFindings } from '../../investigation/cardinality.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { CardinalityPlace } from '../../model/place.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, widthOf } from '../../terminal/width.ts';
import { Canvas } from '../../widgets/canvas.tsx';
import { type Marked, paintSegments, segment } from '../../widgets/line.ts';
import { badgeOf, paintPaneState } from '../../widgets/pane-state.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import { paintSelected } from '../../widgets/selection.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { rungLine } from '../rung-line.ts';
import type { ViewProps } from '../screen.ts';
import { headRows, listHeight, listWidth, wide } from './layout.ts';
import { type CardinalityState, type Counted, cursorOf, listedRows, lists, selectedRow } from './state.ts';

type CardinalityViewProps = ViewProps<CardinalityPlace, CardinalityFindings, CardinalityState>;

/** One of the lists, and what is to be known of the row under the cursor. */
export function CardinalityView(props: CardinalityViewProps): ReactNode {
	return (
		<Canvas width={props.size.width} height={props.size.height} paint={surface => paintCardinality(surface, props)} />
	);
}

export function paintCardinality(surface: Surface, props: CardinalityViewProps): void {
	const { findings, theme, now } = props;
	if (paintPaneState(surface, findings.status, { theme, now, whom: 'Prometheus' }) > 0) return;
	const { width, height } = surface;
	const beside = width >= wide;
	const listed = surface.within(0, headRows, beside ? listWidth : width, listHeight(surface));
	paintNames(surface, props);
	paintList(listed, props);
	const details = detailsOf(props);
	if (beside) {
		paintLines(surface.within(listWidth + 2, headRows, width - listWidth - 2, height - headRows), details, props);
		return;
	}
	const y = headRows + listed.height;
	surface.put(0, y, theme.glyph('horizontal').repeat(width), theme.style('dim'));
	paintLines(surface.within(0, y + 1, width, height - y - 1), details, props);
}

/** `[labels]  metrics  pairs  memory` */
function paintNames(surface: Surface, { state, theme }: CardinalityViewProps): void {
	const names = lists.map(name =>
		name === state.list ? segment(`[${name}] `, theme.style('strong')) : segment(` ${name}  `, theme.style('dim')),
	);
	paintSegments(surface, 0, 0, names, theme.glyph('ellipsis'));
}

const figureWidth = 14;
const lastWidth = 18;

function paintList(surface: Surface, props: CardinalityViewProps): void {
	const { state, theme } = props;
	const rows = listedRows(props);
	if (rows.length === 0) paintEmpty(surface, props);
	const cursor = cursorOf(rows, state);
	const offset = offsetFor(0, cursor, rows.length, surface.height);
	rows.slice(offset, offset + surface.height).forEach((row, y) => {
		paintRow(surface, y, row, props);
		if (offset + y === cursor) paintSelected(surface, y, surface.width, theme);
	});
}

/** `✗ session  412 values  UUIDs` */
function paintRow(
	surface: Surface,
	y: number,
	{ name, figure, share, finding }: Counted,
	props: CardinalityViewProps,
): void {
	const { theme } = props;
	const end = surface.width - lastWidth;
	const style = theme.style(finding?.unbounded === true ? 'error' : 'text');
	if (finding?.unbounded === true) surface.put(1, y, theme.glyph('error'), style);
	const room = end - figureWidth - 4;
	surface.put(3, y, fit(name, room, { keep: 'end', ellipsis: theme.glyph('ellipsis') }), style);
	surface.put(end - widthOf(figure), y, figure);
	const last = finding === undefined ? (share ?? '') : shapeNames[finding.shape];
	surface.put(end + 2, y, last, theme.style(finding?.unbounded === true ? 'error' : 'dim'));
}

/** Why the list is empty; where another one has what the filter lets through, the key to it. */
function paintEmpty(surface: Surface, props: CardinalityViewProps): void {
	const { theme } = props;
	const y = paintLines(surface, [{ text: emptyText(props), role: 'dim' }], props);
	const other = lists.map(list => ({ list, rows: listedRows({ ...props, state: { ...props.state, list } }).length }));
	const [found] = other.filter(({ rows }) => rows > 0);
	if (found === undefined) return;
	const count = `${found.rows} ${found.rows === 1 ? 'row' : 'rows'} of ${found.list}`;
	paintSegments(surface, 0, y, rungLine({ key: 'tab', found: count }, theme), theme.glyph('ellipsis'));
}

function emptyText({ state }: CardinalityViewProps): string {
	if (state.filter !== '')
		return `Of those that the server names none has ${state.filter} in it. / changes the filter, esc shows all.`;
	return state.list === 'memory'
		? 'This server does not count the memory of its labels.'
		: 'This server names none of them.';
}

function detailsOf(props: CardinalityViewProps): readonly Marked[] {
	const { findings, now } = props;
	const row = selectedRow(props);
	const badges = [badgeOf(findings.status, now), badgeOf(findings.labels, now)].flatMap(badge => badge ?? []);
	return [...badges, ...(row === undefined ? [] : rowDetails(row, props)), { text: headText(props), role: 'dim' }];
}

function rowDetails({ name, figure, share, finding, query }: Counted, props: CardinalityViewProps): readonly Marked[] {
	const what = [`${name}: ${figure}`, ...(share === undefined ? [] : [`${share} of all`])].join(', ');
	const counted: readonly Marked[] = query === undefined ? [] : [{ text: query, role: 'link' }];
	if (finding === undefined) {
		const waiting = props.state.list === 'labels' && props.findings.labels.status === 'waiting';
		return [{ text: waiting ? `${what}; its values are being looked at` : what, role: 'strong' }, ...counted];
	}
	const { unbounded, why, examples, metric } = finding;
	return [
		{ text: `${what}${unbounded ? ', without bound' : ''}`, role: unbounded ? 'error' : 'strong' },
		{ text: why },
		...(examples.length === 0 ? [] : [{ text: `for instance ${examples.join('  ')}` }]),
		...counted,
		...(metric === undefined
			? [{ text: 'Which metric has it is not known: this query reads every series that does.', role: 'dim' as const }]
			: []),
	];
}

/** `1003 series, 192 label pairs, 1003 chunks, since 02:12` */
function headText({ findings, timeFormat, now }: CardinalityViewProps): string {
	const status = lastValueOf(findings.status);
	if (status === undefined) return '';
	const { series, labelPairs, chunks, from } = status;
	const zone = timeFormat === 'local' ? 'local' : 'utc';
	const counts = [
		[series, 'series'],
		[labelPairs, 'label pairs'],
		[chunks, 'chunks'],
	] as const;
	return [
		...counts.flatMap(([count, what]) => (Number.isNaN(count) ? [] : [`${count} ${what}`])),
		...(Number.isNaN(from) ? [] : [`since ${formatClock(from, zone, 'minutes', now - from > 86_400_000)}`]),
	].join(', ');
}

/** Returns the number of rows used. */
function paintLines(surface: Surface, lines: readonly Marked[], { theme }: CardinalityViewProps): number {
	const wrapped = lines
		.flatMap(({ text, role = 'text' }) => wrapText(text, surface.width).map(line => ({ line, role })))
		.slice(0, surface.height);
	wrapped.forEach(({ line, role }, y) => {
		surface.put(0, y, line, theme.style(role));
	});
	return wrapped.length;
}
