import { type HistoryCell, historyCells } from '../../analysis/firing-history.ts';
import type { AlertsFindings } from '../../investigation/alerts-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { AlertsPlace } from '../../model/place.ts';
import type { Surface } from '../../terminal/surface.ts';
import { widthOf } from '../../terminal/width.ts';
import { type Segment, segment } from '../../widgets/line.ts';
import { firstLine } from '../../widgets/scrolled-text.ts';
import type { Theme } from '../../widgets/theme.ts';
import type { ViewProps } from '../screen.ts';
import { paintSignal } from '../signal/signal-chart.ts';
import { severityMarks } from './alert-row.ts';
import { type DetailLine, detailLines } from './detail-lines.ts';
import type { AlertRow, AlertsState } from './state.ts';

type AlertsViewProps = ViewProps<AlertsPlace, AlertsFindings, AlertsState>;

/**
 * What is under the cursor, from the line to which it was scrolled. What does not fit below the list is in the details;
 * beside the list there is room for the alert's chart.
 */
export function paintDetail(surface: Surface, row: AlertRow, props: AlertsViewProps, charted: boolean): void {
	const { theme, state } = props;
	const all = detailLines(row, props, surface.width);
	const lines = all.slice(firstLine(state.scroll, all.length, surface.height));
	lines.slice(0, surface.height).forEach((line, y) => {
		if ('text' in line) surface.put(0, y, line.text, theme.style(line.role));
		else paintHistory(surface.within(0, y, surface.width, 1), line, theme);
	});
	if (lines.length > surface.height) paintCut(surface, theme);
	const signal = lastValueOf(props.findings.signals)?.get(row.id);
	if (row.kind === 'group' || signal === undefined || !charted) return;
	const rest = Math.max(0, surface.height - lines.length - 1);
	paintSignal(surface.within(0, lines.length + 1, surface.width, rest), row.alert, signal, props);
}

/** The end of the last row says that there is more; `d` makes room for it. */
function paintCut(surface: Surface, theme: Theme): void {
	const text = ` ${theme.glyph('ellipsis')}`;
	surface.put(surface.width - widthOf(text), surface.height - 1, text, theme.style('dim'));
}

/** Half an hour a cell. */
const historyColumns = 48;

/**
 *     24 h ago ▁▁▁▁▁▁█▁▁▁▁▁▁▁▁▄█ now
 */
function paintHistory(
	surface: Surface,
	{ history, severity }: Extract<DetailLine, { readonly history: unknown }>,
	theme: Theme,
): void {
	const [before, after] = ['24 h ago ', ' now'];
	const columns = Math.min(historyColumns, surface.width - before.length - after.length);
	if (columns <= 0) return;
	const dim = theme.style('dim');
	const [quiet = '', , , pending = '', , , , firing = ''] = theme.bars;
	const cells: Readonly<Record<HistoryCell, Segment>> = {
		quiet: segment(quiet, dim),
		pending: segment(pending, theme.style('warning')),
		firing: segment(firing, theme.style(severityMarks[severity].role)),
	};
	let x = surface.put(0, 0, before, dim);
	for (const cell of historyCells(history, columns)) x = surface.put(x, 0, cells[cell].text, cells[cell].style);
	surface.put(x, 0, after, dim);
}
