import type { FoundTarget } from '../../analysis/service-target.ts';
import { sentenceOf } from '../../model/failure.ts';
import { lastOf, lastValueOf } from '../../model/loadable.ts';
import type { Surface } from '../../terminal/surface.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { paintBreakdown } from './breakdown.ts';
import { paintExemplars } from './exemplars.ts';
import { paintMarkList } from './marks.ts';
import { paintTarget } from './target.ts';
import { sharedFailure } from './told-once.ts';
import type { ServiceViewProps } from './view.tsx';

/** Below or beside the charts: the break-down, or how the metrics were found; the exemplars where there is room. */
export function paintSide(surface: Surface, props: ServiceViewProps, narrow: boolean): void {
	const target = lastValueOf(props.findings.target);
	if (props.state.details && narrow && target?.kind === 'found') {
		paintBeside(surface, target, props);
		return;
	}
	const trouble = paintTrouble(surface, props);
	const used = trouble + paintBreakdown(surface.within(0, trouble, surface.width, surface.height - trouble), props);
	if (narrow || target?.kind !== 'found') return;
	const y = used + 1;
	paintBeside(surface.within(0, y, surface.width, surface.height - y), target, props);
}

/** Rows of the exemplars and of the marks, whatever there is room for. */
const mostRows = 14;

/** Requests to follow, what was done to the service, and how the metrics were found, one below the other. */
function paintBeside(surface: Surface, target: FoundTarget, props: ServiceViewProps): void {
	let y = 0;
	for (const paint of [paintExemplars, paintMarkList]) {
		const room = Math.min(mostRows, Math.floor((surface.height - y) / 2));
		const rows = paint(surface.within(0, y, surface.width, room), props);
		y += rows === 0 ? 0 : rows + 1;
	}
	paintTarget(surface.within(0, y, surface.width, surface.height - y), target, props.theme);
}

/** What no panel says for itself: what failed several of them, that the alert is gone, or that nobody knew. Returns the rows used. */
function paintTrouble(surface: Surface, props: ServiceViewProps): number {
	const { alert, target, routes } = props.findings;
	const { theme } = props;
	const shared = sharedFailure(props);
	const told = routes.status === 'failed' ? sentenceOf(routes.failure) : '';
	const own = [alert, target].flatMap(pane => (pane.status === 'failed' ? [sentenceOf(pane.failure)] : []));
	const failures = [...(shared === undefined ? [] : [shared]), ...own.filter(sentence => sentence !== told)];
	const notes = lastOf(alert)?.notes ?? [];
	const lines = [
		...[...new Set(failures)].map(text => ({ text, role: 'error' as const })),
		...notes.map(({ text }) => ({ text, role: 'dim' as const })),
	]
		.flatMap(({ text, role }) => wrapText(text, surface.width).map(line => ({ line, role })))
		.slice(0, Math.floor(surface.height / 2));
	lines.forEach(({ line, role }, y) => {
		surface.put(0, y, line, theme.style(role));
	});
	return lines.length;
}
