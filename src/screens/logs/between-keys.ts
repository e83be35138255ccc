import { indexAt } from '../../analysis/log-stretch.ts';
import type { LogsFindings } from '../../investigation/logs-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { LogsPlace } from '../../model/place.ts';
import { type Binding, stay } from '../screen.ts';
import { layoutOf } from './layout.ts';
import { isResting } from './resting.ts';
import { cursorOf, type LogsShown, type LogsState, movedTo } from './state.ts';

/** True when the cursor stands among the older errors, where the lines between them were not read. */
export function isAmongErrors(shown: LogsShown): boolean {
	const page = lastValueOf(shown.findings.records);
	return page?.unread.older !== undefined && cursorOf(shown) < indexAt(page.records, page.unread.older);
}

/**
 * Older errors are found without all that lies between, and what was stopped may be wanted after all: reading on is for the
 * operator to ask.
 */
export const betweenKeys: readonly Binding<LogsPlace, LogsFindings, LogsState>[] = [
	{
		keys: ['m'],
		label: 'read between',
		labelNow: shown => (isResting(shown) ? 'read on' : 'read between'),
		help: 'Read on where reading was stopped; among the older errors, every line from there on. esc stops.',
		idle: shown => (isResting(shown) || isAmongErrors(shown) ? undefined : 'No line is missing round this one.'),
		footer: 1.5,
		run: shown => stay({ ...movedTo(shown, cursorOf(shown), layoutOf(shown).list.height), readsOn: true }),
	},
];

export const withoutReading = ({ readsOn: _, ...rest }: LogsState): LogsState => rest;
