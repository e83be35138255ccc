import { contextPlaceOf } from '../../analysis/log-context.ts';
import type { LogsFindings } from '../../investigation/logs-findings.ts';
import type { LogsPlace } from '../../model/place.ts';
import { type Binding, go, type Outcome, refuse } from '../screen.ts';
import { noRow } from './jump.ts';
import { layoutOf } from './layout.ts';
import { cursorOf, type LogsShown, type LogsState, movedTo, selectedRecord } from './state.ts';

/** The line among those round it; `esc` comes back to it in the list as it was. */
function openContext(shown: LogsShown): Outcome<LogsState> {
	const record = selectedRecord(shown);
	if (record === undefined) return refuse(noRow);
	return go(contextPlaceOf(record), movedTo(shown, cursorOf(shown), layoutOf(shown).list.height));
}

export const contextKeys: readonly Binding<LogsPlace, LogsFindings, LogsState>[] = [
	{
		keys: ['c'],
		label: 'context',
		help: 'The lines before and after this one, of all that its pod wrote, without the filters.',
		footer: 4,
		run: openContext,
	},
];
