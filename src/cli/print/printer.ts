import type { Panes } from '../../investigation/board.ts';
import type { Place } from '../../model/place.ts';
import type { Milliseconds, TimeRange } from '../../model/time.ts';
import type { Theme } from '../../widgets/theme.ts';
import type { Question } from './ask.ts';
import type { Block } from './document.ts';
import type { Json } from './json.ts';

/** What there is to print of one place. */
export type Printing<P extends Place, Findings extends Panes> = {
	readonly place: P;
	readonly findings: Findings;
	readonly range: TimeRange;
	readonly now: Milliseconds;
	readonly timeFormat: 'utc' | 'local';
	/** Columns for what is drawn. */
	readonly width: number;
	/** Without colours; Unicode or ASCII. */
	readonly theme: Theme;
};

/** How the findings of one kind of place become a document, and JSON with documented names. */
export type Printer<P extends Place, Findings extends Panes> = Question<P, Findings> & {
	readonly blocks: (printing: Printing<P, Findings>) => readonly Block[];
	readonly json: (printing: Printing<P, Findings>) => { readonly [name: string]: Json | undefined };
	/** The whole of it in a format that only this kind of place has; `undefined` when there is nothing to print so. */
	readonly only?: (format: 'svg' | 'otlp', printing: Printing<P, Findings>) => string | undefined;
};
