import type { ReactNode } from 'react';
import type { AlertsFindings } from '../../investigation/alerts-findings.ts';
import { lastOf } from '../../model/loadable.ts';
import type { AlertsPlace } from '../../model/place.ts';
import type { Surface } from '../../terminal/surface.ts';
import { Canvas } from '../../widgets/canvas.tsx';
import { paintSegments, segment } from '../../widgets/line.ts';
import { paintFailures, paintPaneState } from '../../widgets/pane-state.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import { paintSelected } from '../../widgets/selection.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { ladderLines } from '../rung-line.ts';
import type { ViewProps } from '../screen.ts';
import { paintRow } from './alert-row.ts';
import { paintDetail } from './detail.ts';
import { type AlertsLayout, layoutOf } from './layout.ts';
import { type AlertRow, type AlertsState, cursorOf, rowsOf } from './state.ts';
import { failuresOf, troubleOf } from './trouble.ts';

type AlertsViewProps = ViewProps<AlertsPlace, AlertsFindings, AlertsState>;

/** The list of alerts, and what is known of the one under the cursor. */
export function AlertsView(props: AlertsViewProps): ReactNode {
	return <Canvas width={props.size.width} height={props.size.height} paint={surface => paintAlerts(surface, props)} />;
}

export function paintAlerts(surface: Surface, props: AlertsViewProps): void {
	const { findings, theme, now } = props;
	if (lastOf(findings.alerts) === undefined) {
		if (findings.alerts.status === 'failed') paintFailures(surface, failuresOf(findings), theme);
		else paintPaneState(surface, findings.alerts, { theme, now, whom: 'Alertmanager and Prometheus' });
		return;
	}
	const rows = rowsOf(props);
	const cursor = cursorOf(rows, props.state);
	const layout = layoutOf(props, rows.length);
	const { list } = layout;
	const room = surface.within(0, 0, list.width, list.height);
	if (rows.length === 0) paintEmpty(room, props);
	const offset = offsetFor(cursor - Math.floor(list.height / 2), cursor, rows.length, list.height);
	rows.slice(offset, offset + list.height).forEach((row, y) => {
		paintRow(room, y, row, props);
		if (offset + y === cursor) paintSelected(room, y, room.width, theme);
	});
	const { x, y, width, height } = layout.beside;
	paintBeside(surface.within(x, y, width, height), rows[cursor], layout, props);
}

/** Under the list, after a rule, or beside it: first what the list lacks, then what is under the cursor. */
function paintBeside(
	surface: Surface,
	row: AlertRow | undefined,
	{ beside, trouble, detail }: AlertsLayout,
	props: AlertsViewProps,
): void {
	const { theme } = props;
	const ruled = beside.x === 0;
	if (ruled) surface.put(0, 0, theme.glyph('horizontal').repeat(surface.width), theme.style('dim'));
	trouble.forEach(({ text, role = 'text' }, index) => {
		surface.put(0, (ruled ? 1 : 0) + index, text, theme.style(role));
	});
	if (row !== undefined) paintDetail(surface.within(0, detail.y, detail.width, detail.height), row, props, !ruled);
}

function paintEmpty(surface: Surface, props: AlertsViewProps): void {
	const { theme, findings, state } = props;
	const words = wrapText(emptyText(props), surface.width).map(line => [segment(line, theme.style('dim'))]);
	const rungs = state.filter === '' ? ladderLines(findings.ladder, surface.width, theme) : [];
	[...words, ...rungs].forEach((line, y) => {
		paintSegments(surface, 0, y, line, theme.glyph('ellipsis'));
	});
}

/** Why the list is empty: nothing fires, nobody said so, or the filter lets nothing through. */
function emptyText({ findings, state, now }: AlertsViewProps): string {
	const all = lastOf(findings.alerts)?.value ?? [];
	if (state.filter !== '') return `No alert (of ${all.length}) matches ${state.filter}. esc shows all.`;
	if (troubleOf(findings, now).length > 0) return 'Nothing is known to fire, but not everything is known.';
	return all.length === 0
		? 'Nothing fires, not even a Watchdog: check that rules are loaded. : goes to other places.'
		: 'Nothing fires. M shows meta alerts such as Watchdog.';
}
