import { sentenceOf } from '../../model/failure.ts';
import { lastOf, lastValueOf } from '../../model/loadable.ts';
import type { Surface } from '../../terminal/surface.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { paintBreakdown } from './breakdown.ts';
import { paintExemplars } from './exemplars.ts';
import { paintTarget } from './target.ts';
import type { ServiceViewProps } from './view.tsx';

/** Below or beside the charts: the break-down, or how the metrics were found; the exemplars where there is room. */
export function paintSide(surface: Surface, props: ServiceViewProps, narrow: boolean): void {
	const target = lastValueOf(props.findings.target);
	if (props.state.details && narrow && target?.kind === 'found') {
		paintTarget(surface, target, props.theme);
		return;
	}
	const trouble = paintTrouble(surface, props);
	const used = trouble + paintBreakdown(surface.within(0, trouble, surface.width, surface.height - trouble), props);
	if (narrow || target?.kind !== 'found') return;
	const exemplars = paintExemplars(surface.within(0, used + 1, surface.width, 14), props);
	const y = used + exemplars + 2;
	paintTarget(surface.within(0, y, surface.width, surface.height - y), target, props.theme);
}

/** What no panel says for itself: that the alert is gone, or that nobody knew. Returns the rows used. */
function paintTrouble(surface: Surface, { findings: { alert, target, routes }, theme }: ServiceViewProps): number {
	const told = routes.status === 'failed' ? sentenceOf(routes.failure) : '';
	const failures = [alert, target].flatMap(pane => (pane.status === 'failed' ? [sentenceOf(pane.failure)] : []));
	const notes = lastOf(alert)?.notes ?? [];
	const lines = [
		...[...new Set(failures)].filter(sentence => sentence !== told).map(text => ({ text, role: 'error' as const })),
		...notes.map(({ text }) => ({ text, role: 'dim' as const })),
	]
		.flatMap(({ text, role }) => wrapText(text, surface.width).map(line => ({ line, role })))
		.slice(0, Math.floor(surface.height / 2));
	lines.forEach(({ line, role }, y) => {
		surface.put(0, y, line, theme.style(role));
	});
	return lines.length;
}
