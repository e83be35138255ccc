import type { FoundTarget } from '../../analysis/service-target.ts';
import { sentenceOf } from '../../model/failure.ts';
import { lastOf, lastValueOf } from '../../model/loadable.ts';
import type { Surface } from '../../terminal/surface.ts';
import { paintScrolled, type ScrolledText, wrappedSentences } from '../../widgets/scrolled-text.ts';
import { wrapText } from '../../widgets/wrap.ts';
import { paintBreakdown } from './breakdown.ts';
import { paintExemplars } from './exemplars.ts';
import { layoutOf } from './layout.ts';
import { paintMarkList } from './marks.ts';
import type { ServiceShown } from './state.ts';
import { targetWords } from './target.ts';
import { sharedFailure } from './told-once.ts';
import type { ServiceViewProps } from './view.tsx';

/** Below or beside the charts: the break-down, or how the metrics were found; the exemplars where there is room. */
export function paintSide(surface: Surface, props: ServiceViewProps, narrow: boolean): void {
	const told = toldOfTarget(props);
	if (told !== undefined) {
		paintDetails(surface, told, props);
		return;
	}
	const target = lastValueOf(props.findings.target);
	const trouble = paintTrouble(surface, props);
	const used = trouble + paintBreakdown(surface.within(0, trouble, surface.width, surface.height - trouble), props);
	if (narrow || target?.kind !== 'found') return;
	const y = used + 1;
	paintBeside(surface.within(0, y, surface.width, surface.height - y), target, props);
}

/** Rows of the exemplars and of the marks, whatever there is room for. */
const mostRows = 14;

/** Of the rows, the part that the text may take when it is what was asked for. */
const mostOfText = 0.6;

/** How the metrics were found, when the details are wanted. */
export function toldOfTarget(shown: ServiceShown): ScrolledText | undefined {
	const target = lastValueOf(shown.findings.target);
	if (!shown.state.details || target?.kind !== 'found') return undefined;
	const { side } = layoutOf(shown);
	const lines = wrappedSentences(targetWords(target), side.width);
	return { lines, height: Math.min(lines.length, Math.ceil(side.height * mostOfText)) };
}

/** How the metrics were found, then requests to follow and what was done to the service. */
function paintDetails(surface: Surface, { lines, height }: ScrolledText, props: ServiceViewProps): void {
	paintScrolled(surface.within(0, 0, surface.width, height), lines, props.state.scroll ?? 0, props.theme);
	paintFollowed(surface.within(0, height + 1, surface.width, surface.height - height - 1), props);
}

/** Requests to follow, what was done to the service, and how the metrics were found, one below the other. */
function paintBeside(surface: Surface, target: FoundTarget, props: ServiceViewProps): void {
	const y = paintFollowed(surface, props);
	const words = wrappedSentences(targetWords(target), surface.width);
	words.slice(0, Math.max(0, surface.height - y)).forEach(({ text, role }, index) => {
		surface.put(0, y + index, text, props.theme.style(role ?? 'text'));
	});
}

/** Requests to follow and what was done to the service, each in half of what is left. Returns the first free row. */
function paintFollowed(surface: Surface, props: ServiceViewProps): number {
	let y = 0;
	for (const paint of [paintExemplars, paintMarkList]) {
		const half = props.state.details ? surface.height - y : Math.floor((surface.height - y) / 2);
		const rows = paint(surface.within(0, y, surface.width, Math.min(mostRows, half)), props);
		y += rows === 0 ? 0 : rows + 1;
	}
	return y;
}

/** What no panel says for itself: what failed several of them, that the alert is gone, or that other metrics were asked for. Returns the rows used. */
function paintTrouble(surface: Surface, props: ServiceViewProps): number {
	const { alert, target, routes } = props.findings;
	const { theme } = props;
	const shared = sharedFailure(props);
	const told = routes.status === 'failed' ? sentenceOf(routes.failure) : '';
	const own = [alert, target].flatMap(pane => (pane.status === 'failed' ? [sentenceOf(pane.failure)] : []));
	const failures = [...(shared === undefined ? [] : [shared]), ...own.filter(sentence => sentence !== told)];
	const notes = [
		...(lastOf(alert)?.notes ?? []),
		...(lastOf(target)?.notes ?? []).filter(({ kind }) => kind === 'info'),
	];
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
