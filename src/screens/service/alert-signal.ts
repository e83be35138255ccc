import { sentenceOf } from '../../model/failure.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { Surface } from '../../terminal/surface.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { paintSignal } from '../signal/signal-chart.ts';
import { verdictOf } from '../signal/verdict.ts';
import type { ServiceViewProps } from './view.tsx';

/** Of the page, the part that the chart may take: below it stands why there are no other panels, and where to go. */
const mostOfPage = 0.5;

/**
 * What the alert's rule measures, under its own name, where no requests are counted: the expression without its
 * comparison, how it stands to its limit, and its chart. Returns the rows used, with a blank one at the end.
 */
export function paintAlertSignal(surface: Surface, props: ServiceViewProps): number {
	const { findings, theme } = props;
	const alert = lastValueOf(findings.alert);
	const signal = lastValueOf(findings.signal);
	if (alert === undefined) return 0;
	if (signal === undefined) return paintFailure(surface, props);
	const lines = [
		...wrapText(signal.query, surface.width).map(text => ({ text, style: theme.style('strong') })),
		...wrapText(verdictOf(alert, signal, props), surface.width).map(text => ({ text, style: theme.style('text') })),
	];
	const most = Math.floor(surface.height * mostOfPage);
	lines.slice(0, most).forEach(({ text, style }, y) => {
		surface.put(0, y, text, style);
	});
	const used = Math.min(lines.length, most);
	const plot = surface.within(0, used, surface.width, most - used);
	return used + paintSignal(plot, alert, signal, props) + 1;
}

function paintFailure(surface: Surface, { findings: { signal }, theme }: ServiceViewProps): number {
	if (signal.status !== 'failed') return 0;
	const lines = wrapText(`What the alert's rule measures is not known. ${sentenceOf(signal.failure)}`, surface.width);
	lines.forEach((line, y) => {
		surface.put(0, y, line, theme.style('error'));
	});
	return lines.length + 1;
}
