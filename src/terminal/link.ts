import type { LinkFigures } from './link-meter.ts';

/** What decides whether a link is treated as a slow one: what is measured, or the operator. */
export type LinkMode = 'auto' | 'slow' | 'fast';

/** What stands between program and terminal and answers for it. */
export type Between = 'tmux' | 'screen' | 'mosh';

/** The link between program and terminal: its figures, and what follows from them. */
export type Link = {
	readonly mode: LinkMode;
	readonly figures: LinkFigures;
	/** False: only ASCII is written. */
	readonly unicode: boolean;
	/** Absent when nothing is known to stand there. */
	readonly between?: Between;
};

/** Whether less is sent than could be. */
export const isSlow = ({ mode, figures }: Pick<Link, 'mode' | 'figures'>): boolean =>
	mode === 'slow' || (mode === 'auto' && figures.slow !== undefined);

/** Whether that is so because of what was measured, which nobody has asked for. */
export const isFoundSlow = (link: Pick<Link, 'mode' | 'figures'>): boolean => link.mode === 'auto' && isSlow(link);
