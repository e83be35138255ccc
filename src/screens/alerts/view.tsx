import type { ReactNode } from 'react';
import { serviceOfAlert } from '../../analysis/alert-service.ts';
import { formatAge } from '../../analysis/format.ts';
import { formatComparison } from '../../analysis/format-unit.ts';
import { bridged, resampled } from '../../analysis/resample.ts';
import type { AlertSignal, AlertsFindings } from '../../investigation/alerts-findings.ts';
import type { Alert, AlertState, Severity } from '../../model/alert.ts';
import { lastOf, lastValueOf } from '../../model/loadable.ts';
import type { AlertsPlace } from '../../model/place.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, widthOf } from '../../terminal/width.ts';
import { Canvas } from '../../widgets/canvas.tsx';
import { paintFailures, paintPaneState } from '../../widgets/pane-state.ts';
import { offsetFor } from '../../widgets/scroll.ts';
import { paintSelected } from '../../widgets/selection.ts';
import { sparkline } from '../../widgets/sparkline.ts';
import type { GlyphName, Role } from '../../widgets/theme.ts';
import { wrapText } from '../../widgets/wrap.ts';
import type { ViewProps } from '../screen.ts';
import { paintDetail } from './detail.ts';
import { layoutOf } from './layout.ts';
import { type AlertsState, cursorOf, listedAlerts } from './state.ts';
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
	const alerts = listedAlerts(props);
	const cursor = cursorOf(alerts, props.state);
	const { list, detail } = layoutOf(props);
	const room = surface.within(0, 0, list.width, list.height);
	if (alerts.length === 0) paintEmpty(room, props);
	const offset = offsetFor(cursor - Math.floor(list.height / 2), cursor, alerts.length, list.height);
	alerts.slice(offset, offset + list.height).forEach((alert, y) => {
		paintAlert(room, y, alert, props);
		if (offset + y === cursor) paintSelected(room, y, room.width, theme);
	});
	paintBeside(surface.within(detail.x, detail.y, detail.width, detail.height), alerts[cursor], props, detail.x === 0);
}

/** Under the list, after a rule, or beside it: first what the list lacks, then the selected alert. */
function paintBeside(surface: Surface, alert: Alert | undefined, props: AlertsViewProps, ruled: boolean): void {
	const { theme, findings, now } = props;
	if (ruled) surface.put(0, 0, theme.glyph('horizontal').repeat(surface.width), theme.style('dim'));
	const start = ruled ? 1 : 0;
	const trouble = troubleOf(findings, now)
		.flatMap(({ text, role = 'text' }) => wrapText(text, surface.width).map(line => ({ line, role })))
		.slice(0, Math.max(1, Math.floor(surface.height / 2)));
	trouble.forEach(({ line, role }, index) => {
		surface.put(0, start + index, line, theme.style(role));
	});
	const used = start + trouble.length;
	if (alert === undefined) return;
	paintDetail(surface.within(0, used, surface.width, surface.height - used), alert, props, !ruled);
}

function paintEmpty(surface: Surface, props: AlertsViewProps): void {
	wrapText(emptyText(props), surface.width).forEach((line, y) => {
		surface.put(0, y, line, props.theme.style('dim'));
	});
}

/** Why the list is empty: nothing fires, nobody said so, or the filter lets nothing through. */
function emptyText({ findings, state, now }: AlertsViewProps): string {
	const all = lastOf(findings.alerts)?.value ?? [];
	if (state.filter !== '') return `None of ${all.length} alerts matches ${state.filter}. Press / and esc to see all.`;
	if (troubleOf(findings, now).length > 0) return 'Nothing is known to fire, but not everybody has answered.';
	return all.length === 0
		? 'Nothing fires, not even a Watchdog: check that rules are loaded. : goes to other places.'
		: 'Nothing fires. M shows meta alerts such as Watchdog.';
}

const marks: Readonly<Record<Severity, { readonly glyph: GlyphName; readonly role: Role }>> = {
	critical: { glyph: 'critical', role: 'critical' },
	error: { glyph: 'critical', role: 'error' },
	warning: { glyph: 'warning', role: 'warning' },
	info: { glyph: 'info', role: 'info' },
	none: { glyph: 'info', role: 'dim' },
};

/**
 *     ▲ crit LedgerErrors             ledger /transfer     12m  24.7 % > 5 %  ▁▁▁▆█
 */
function paintAlert(surface: Surface, y: number, alert: Alert, { findings, theme, now, range }: AlertsViewProps): void {
	const mark = marks[alert.severity];
	const style = alert.state === 'firing' ? theme.style(mark.role) : theme.style('dim');
	const columns = columnsFor(surface.width);
	const word = alert.state === 'firing' ? alert.severity : alert.state;
	surface.put(1, y, theme.glyph(mark.glyph), style);
	surface.put(3, y, columns.nameAt < roomyName ? shortWords[word] : word, style);
	const ellipsis = theme.glyph('ellipsis');
	surface.put(columns.nameAt, y, fit(alert.name, columns.name, { ellipsis }), theme.style('text'));
	surface.put(columns.target, y, fit(targetOf(alert), columns.targetWidth, { ellipsis }), theme.style('dim'));
	putRight(surface, columns.age, y, formatAge(now - alert.since));
	const signal = lastValueOf(findings.signals)?.get(alert.id);
	if (signal === undefined) return;
	surface.put(columns.figure, y, fit(figureOf(signal, columns.figureWidth), columns.figureWidth, { ellipsis }));
	const line = sparkline(bridged(resampled(signal.series, range, columns.spark), 2), theme.bars);
	surface.put(surface.width - columns.spark, y, line, style);
}

/** A thin column drops the blanks rather than the limit. */
function figureOf({ value, threshold, unit }: AlertSignal, columns: number): string {
	const text = formatComparison(value, threshold, unit);
	return widthOf(text) <= columns ? text : text.replaceAll(' ', '');
}

/** What the alert is about, in the words of its labels. */
function targetOf(alert: Alert): string {
	const found = serviceOfAlert(alert);
	if (found !== undefined) return [found.service, found.route].filter(Boolean).join(' ');
	return alert.labels.instance ?? alert.labels.namespace ?? '';
}

type Columns = {
	readonly nameAt: number;
	readonly name: number;
	readonly target: number;
	readonly targetWidth: number;
	readonly age: number;
	readonly figure: number;
	readonly figureWidth: number;
	readonly spark: number;
};

/** Where the name begins when severity and state are written out. */
const roomyName = 13;

const shortWords: Readonly<Record<Severity | AlertState, string>> = {
	critical: 'crit',
	error: 'err',
	warning: 'warn',
	info: 'info',
	none: 'none',
	firing: 'fire',
	pending: 'pend',
	silenced: 'sil',
	inhibited: 'inh',
	muted: 'mute',
	resolved: 'over',
};

/** Columns by what a narrow screen can bear: figures keep their room, name and target share the rest. */
function columnsFor(width: number): Columns {
	const nameAt = width >= 92 ? roomyName : 8;
	const spark = width >= 92 ? 16 : width >= 72 ? 6 : 0;
	const figureWidth = width >= 92 ? 18 : width >= 72 ? 13 : 0;
	const age = width - spark - figureWidth - (figureWidth > 0 ? 3 : 0);
	const rest = age - 5 - nameAt;
	const name = Math.ceil(rest * 0.55);
	return {
		nameAt,
		name: name - 1,
		target: nameAt + name,
		targetWidth: rest - name,
		age,
		figure: age + 2,
		figureWidth,
		spark,
	};
}

const putRight = (surface: Surface, end: number, y: number, text: string): number =>
	surface.put(end - widthOf(text), y, text);
