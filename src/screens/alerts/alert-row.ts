import { serviceOfAlert } from '../../analysis/alert-service.ts';
import { formatAge } from '../../analysis/format.ts';
import { formatComparison } from '../../analysis/format-unit.ts';
import { bridged, resampled } from '../../analysis/resample.ts';
import { isAcknowledgement } from '../../analysis/silence-words.ts';
import type { AlertSignal, AlertsFindings } from '../../investigation/alerts-findings.ts';
import type { Alert, AlertState, Severity } from '../../model/alert.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { AlertsPlace } from '../../model/place.ts';
import type { Surface } from '../../terminal/surface.ts';
import { fit, widthOf } from '../../terminal/width.ts';
import { paintSegments, segment } from '../../widgets/line.ts';
import { sparkline } from '../../widgets/sparkline.ts';
import type { GlyphName, Role } from '../../widgets/theme.ts';
import type { ViewProps } from '../screen.ts';
import { type AlertRow, type AlertsState, stateCountsOf } from './state.ts';

type AlertsViewProps = ViewProps<AlertsPlace, AlertsFindings, AlertsState>;

/** One row of the list. */
export function paintRow(surface: Surface, y: number, row: AlertRow, props: AlertsViewProps): void {
	if (row.kind === 'alert') paintAlert(surface, y, row.alert, props);
	else paintHead(surface, y, row, props);
}

/**
 *     ▾ ▲ ledger  2 firing  1 silenced
 */
function paintHead(
	surface: Surface,
	y: number,
	{ group, open }: Extract<AlertRow, { readonly kind: 'group' }>,
	{ theme }: AlertsViewProps,
): void {
	const [worst] = group.alerts;
	const mark = severityMarks[worst.severity];
	const segments = [
		segment(`${theme.glyph(open ? 'opened' : 'closed')} `, theme.style('dim')),
		segment(`${theme.glyph(mark.glyph)} `, theme.style(worst.state === 'firing' ? mark.role : 'dim')),
		segment(group.title, theme.style('strong')),
		segment(`  ${stateCountsOf(group.alerts).join('  ')}`, theme.style('dim')),
	];
	paintSegments(surface, 1, y, segments, theme.glyph('ellipsis'));
}

/** How severe, as a glyph and a colour. */
export const severityMarks: Readonly<Record<Severity, { readonly glyph: GlyphName; readonly role: Role }>> = {
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
	const mark = severityMarks[alert.severity];
	const style = alert.state === 'firing' ? theme.style(mark.role) : theme.style('dim');
	const columns = columnsFor(surface.width);
	const word = wordOf(alert, findings);
	surface.put(1, y, theme.glyph(mark.glyph), style);
	surface.put(3, y, columns.nameAt < roomyName ? shortWords[word] : word, style);
	const ellipsis = theme.glyph('ellipsis');
	const named = theme.style(alert.state === 'resolved' ? 'dim' : 'text');
	surface.put(columns.nameAt, y, fit(alert.name, columns.name, { ellipsis }), named);
	surface.put(columns.target, y, fit(targetOf(alert), columns.targetWidth, { ellipsis }), theme.style('dim'));
	if (alert.resolved !== undefined) {
		const age = formatAge(now - alert.resolved.gone);
		if (columns.figureWidth === 0) putRight(surface, columns.age, y, age);
		else surface.put(columns.figure, y, `resolved ${age} ago`, style);
		return;
	}
	putRight(surface, columns.age, y, formatAge(now - alert.since));
	const signal = lastValueOf(findings.signals)?.get(alert.id);
	if (signal === undefined) return;
	surface.put(columns.figure, y, fit(figureOf(signal, columns.figureWidth), columns.figureWidth, { ellipsis }));
	const line = sparkline(bridged(resampled(signal.series, range, columns.spark), 2), theme.bars);
	surface.put(surface.width - columns.spark, y, line, style);
}

/** How bad a firing alert is, and of another why it is not heard; an acknowledged one is in somebody's hands. */
function wordOf({ state, severity, silencedBy }: Alert, findings: AlertsFindings): Word {
	if (state === 'firing') return severity;
	if (state !== 'silenced') return state;
	const silences = lastValueOf(findings.silences) ?? [];
	const own = silences.filter(({ id }) => silencedBy.includes(id));
	return own.length > 0 && own.every(isAcknowledgement) ? 'acked' : 'silenced';
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

type Word = Severity | AlertState | 'acked';

const shortWords: Readonly<Record<Word, string>> = {
	critical: 'crit',
	error: 'err',
	warning: 'warn',
	info: 'info',
	none: 'none',
	firing: 'fire',
	pending: 'pend',
	silenced: 'sil',
	acked: 'ack',
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
