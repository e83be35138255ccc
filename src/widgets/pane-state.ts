import { formatAge, formatDuration } from '../analysis/format.ts';
import { sentenceOf } from '../model/failure.ts';
import { type Loadable, lastOf } from '../model/loadable.ts';
import type { Milliseconds } from '../model/time.ts';
import type { Surface } from '../terminal/surface.ts';
import { fit, widthOf } from '../terminal/width.ts';
import { type Segment, segment } from './line.ts';
import type { Role, Theme } from './theme.ts';
import { wrapText } from './wrap.ts';

/** Before this nothing is said: most answers are quicker than an eye. */
const patience: Milliseconds = 150;
/** An answer that is being asked again is called old after this. */
const staleness: Milliseconds = 2000;

/** A remark on a pane: something is missing, old, or on its way. */
export type Badge = { readonly text: string; readonly role: Role };

/** What must be said beside a pane's content; `undefined` when it is whole and fresh. */
export function badgeOf(pane: Loadable<unknown>, now: Milliseconds): Badge | undefined {
	const last = lastOf(pane);
	if (last === undefined) return undefined;
	if (pane.status === 'failed')
		return { text: `${formatAge(now - last.at)} old: ${sentenceOf(pane.failure)}`, role: 'error' };
	if (pane.status === 'waiting' && now - pane.since >= staleness) {
		return { text: `${formatAge(now - last.at)} old, asking`, role: 'dim' };
	}
	const [worst] = [...last.notes].sort((a, b) => rank[a.kind] - rank[b.kind]);
	if (worst === undefined || worst.kind === 'info') return undefined;
	const more = last.notes.filter(note => note.kind !== 'info').length - 1;
	return { text: more > 0 ? `${worst.text} (+${more})` : worst.text, role: 'warning' };
}

const rank = { partial: 0, warning: 1, info: 2 } as const;

export const badgeSegments = (badge: Badge | undefined, theme: Theme): readonly Segment[] =>
	badge === undefined ? [] : [segment(badge.text, theme.style(badge.role))];

/** Paints a badge at the right end of a row, or as much of it as there is room for. */
export function paintBadge(surface: Surface, badge: Badge | undefined, theme: Theme): void {
	if (badge === undefined) return;
	const text = fit(badge.text, Math.max(0, surface.width), { ellipsis: theme.glyph('ellipsis') });
	surface.put(surface.width - widthOf(text), 0, text, theme.style(badge.role));
}

type Waiting = {
	readonly theme: Theme;
	readonly now: Milliseconds;
	readonly whom: string;
	readonly isStoppable?: boolean;
};

/**
 * Paints what a pane without any answer has to say: that it waits, for whom and since when, or why it failed. Returns
 * the number of rows used; 0 when there is an answer to paint instead. `whom` is who is asked: `Loki`; `isStoppable`
 * whether `esc` ends the wait and does nothing else first, as when absent.
 */
export function paintPaneState(
	surface: Surface,
	pane: Loadable<unknown>,
	{ theme, now, whom, isStoppable = true }: Waiting,
): number {
	if (lastOf(pane) !== undefined) return 0;
	if (pane.status === 'failed') return paintFailures(surface, [sentenceOf(pane.failure)], theme);
	if (pane.status === 'waiting' && now - pane.since >= patience) {
		const waited = formatDuration(Math.floor((now - pane.since) / 100) * 100);
		const progress = pane.progress === undefined ? '' : `, ${pane.progress}`;
		const text = `asking ${whom} ${theme.glyph('ellipsis')} ${waited}${progress}${isStoppable ? '  esc stops' : ''}`;
		surface.put(0, 0, text, theme.style('dim'));
	}
	return 1;
}

/** Mark and blank before a sentence that says what failed. */
const markColumns = 2;

/** The rows of a sentence that says what failed, behind its mark. */
export const failureLines = (sentence: string, width: number): readonly string[] =>
	wrapText(sentence, width - markColumns);

/** Paints sentences that say what failed, each behind its mark. Returns the number of rows used. */
export function paintFailures(surface: Surface, sentences: readonly string[], theme: Theme): number {
	const lines = sentences
		.flatMap(sentence => failureLines(sentence, surface.width).map((line, index) => ({ line, index })))
		.slice(0, surface.height);
	lines.forEach(({ line, index }, y) => {
		surface.put(0, y, index === 0 ? theme.glyph('error') : '', theme.style('error'));
		surface.put(markColumns, y, line, theme.style(index === 0 ? 'error' : 'text'));
	});
	return lines.length;
}
