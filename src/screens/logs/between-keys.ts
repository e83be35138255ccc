import { indexAt } from '../../analysis/log-stretch.ts';
import type { LogsFindings } from '../../investigation/logs-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { LogsPlace } from '../../model/place.ts';
import { type Binding, stay } from '../screen.ts';
import { cursorOf, type LogsShown, type LogsState } from './state.ts';

/** True when the cursor stands among the older errors, where the lines between them were not read. */
export function isAmongErrors(shown: LogsShown): boolean {
	const page = lastValueOf(shown.findings.records);
	return page?.unread.older !== undefined && cursorOf(shown) < indexAt(page.records, page.unread.older);
}

/** Older errors are found without all that lies between: reading that as well is for the operator to ask. */
export const betweenKeys: readonly Binding<LogsPlace, LogsFindings, LogsState>[] = [
	{
		keys: ['m'],
		label: 'read between',
		help: 'Among the older errors: read every line from there on, page by page. esc stops.',
		idle: shown => (isAmongErrors(shown) ? undefined : 'No line is missing round this one.'),
		footer: 1.5,
		run: ({ state }) => stay({ ...state, readsBetween: true }),
	},
];

export const withoutReading = ({ readsBetween: _, ...rest }: LogsState): LogsState => rest;
