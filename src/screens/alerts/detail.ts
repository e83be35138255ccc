import { serviceOfAlert } from '../../analysis/alert-service.ts';
import { formatDuration } from '../../analysis/format.ts';
import { formatInstant } from '../../analysis/format-time.ts';
import { formatComparison, formatUnit } from '../../analysis/format-unit.ts';
import type { Threshold } from '../../analysis/thresholds.ts';
import type { AlertSignal, AlertsFindings } from '../../investigation/alerts-findings.ts';
import type { Alert } from '../../model/alert.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { AlertsPlace } from '../../model/place.ts';
import { second } from '../../model/time.ts';
import type { Surface } from '../../terminal/surface.ts';
import { widthOf } from '../../terminal/width.ts';
import type { Role, Theme } from '../../widgets/theme.ts';
import { wrapText } from '../../widgets/wrap.ts';
import type { ViewProps } from '../screen.ts';
import { paintSignal } from './signal-chart.ts';
import type { AlertsState } from './state.ts';

type AlertsViewProps = ViewProps<AlertsPlace, AlertsFindings, AlertsState>;
type Line = { readonly text: string; readonly role: Role };

/**
 * The selected alert in sentences: what it says, since when and how bad, who keeps it quiet, and what it was made of.
 * What does not fit below the list is in the details; beside the list there is room for its chart.
 */
export function paintDetail(surface: Surface, alert: Alert, props: AlertsViewProps, charted: boolean): void {
	const { theme } = props;
	const lines = linesOf(alert, props).flatMap(({ text, role }) =>
		wrapText(text, surface.width).map(line => ({ line, role })),
	);
	lines.slice(0, surface.height).forEach(({ line, role }, y) => {
		surface.put(0, y, line, theme.style(role));
	});
	if (lines.length > surface.height) paintCut(surface, theme);
	const signal = lastValueOf(props.findings.signals)?.get(alert.id);
	if (signal === undefined || !charted) return;
	const rest = Math.max(0, surface.height - lines.length - 1);
	paintSignal(surface.within(0, lines.length + 1, surface.width, rest), alert, signal, props);
}

/** The end of the last row says that there is more; `d` makes room for it. */
function paintCut(surface: Surface, theme: Theme): void {
	const text = ` ${theme.glyph('ellipsis')}`;
	surface.put(surface.width - widthOf(text), surface.height - 1, text, theme.style('dim'));
}

function linesOf(alert: Alert, props: AlertsViewProps): readonly Line[] {
	const signal = lastValueOf(props.findings.signals)?.get(alert.id);
	return [
		{ text: alert.summary, role: 'strong' },
		...(signal === undefined ? [] : [{ text: verdictOf(alert, signal, props), role: 'text' as const }]),
		{ text: sinceOf(alert, props), role: 'text' },
		...quietOf(alert).map(text => ({ text, role: 'warning' as const })),
		...(alert.runbookUrl === undefined ? [] : [{ text: `runbook ${alert.runbookUrl}`, role: 'link' as const }]),
		...(alert.expression === undefined ? [] : [{ text: alert.expression, role: 'dim' as const }]),
		{ text: labelsText(alert), role: 'dim' },
		...annotationLines(alert),
		{ text: serviceOfAlert(alert)?.reason ?? 'Nothing in it names a service.', role: 'dim' },
		{ text: `known to ${alert.from.join(' and ')}${receiversText(alert)}`, role: 'dim' },
	];
}

/** `24.7 % > 5 % · crossed 03:00:41, 26 s before it fired · peak 27 % · not falling`. */
function verdictOf(alert: Alert, signal: AlertSignal, { timeFormat, now }: AlertsViewProps): string {
	const { value, threshold, unit, crossedAt, crossedBefore, peak, trend } = signal;
	const parts = [formatComparison(value, threshold, unit)];
	if (crossedAt !== undefined) {
		const at = formatInstant(crossedAt, timeFormat, now);
		const early = alert.since - crossedAt;
		const lag = early >= second ? `, ${formatDuration(Math.round(early / second) * second)} before it fired` : '';
		parts.push(crossedBefore ? `crossed before ${at}` : `crossed ${at}${lag}`);
	}
	if (peak !== undefined)
		parts.push(isFarther(value, peak.value, threshold) ? 'at its peak' : `peak ${formatUnit(peak.value, unit)}`);
	parts.push(trend === 'steady' ? 'not falling' : trend);
	return parts.join(' · ');
}

/** The rule looks more often than the chart: its newest figure may lie beyond all that is charted. */
const isFarther = (value: number, peak: number, { operator }: Threshold): boolean =>
	operator.startsWith('<') ? value < peak : value > peak;

function sinceOf(alert: Alert, { timeFormat, now }: AlertsViewProps): string {
	const age = formatInstant(alert.since, 'relative', now);
	const since = timeFormat === 'relative' ? age : `${formatInstant(alert.since, timeFormat, now)}, ${age}`;
	if (alert.state !== 'pending') return `fired ${since}`;
	const hold = alert.holdFor === undefined ? '' : `; it fires after ${formatDuration(alert.holdFor)}`;
	return `pending since ${since}${hold}`;
}

function quietOf(alert: Alert): readonly string[] {
	return [
		...(alert.silencedBy.length > 0 ? [`silenced by ${alert.silencedBy.join(', ')}`] : []),
		...(alert.inhibitedBy.length > 0 ? [`inhibited by alert ${alert.inhibitedBy.join(', ')}`] : []),
	];
}

const labelsText = ({ labels }: Alert): string =>
	Object.entries(labels)
		.map(([name, value]) => `${name}=${value}`)
		.join('  ');

const annotationLines = ({ annotations, summary, runbookUrl }: Alert): readonly Line[] =>
	Object.entries(annotations)
		.filter(([, value]) => value !== summary && value !== runbookUrl)
		.map(([name, value]) => ({ text: `${name}: ${value}`, role: 'text' }));

const receiversText = ({ receivers }: Alert): string =>
	receivers.length === 0 ? '' : `; goes to ${receivers.join(', ')}`;
