import type { LogsFindings } from '../../investigation/logs-findings.ts';
import type { LogsPlace } from '../../model/place.ts';
import { type Binding, copy, refuse } from '../screen.ts';
import { noRow } from './jump.ts';
import { type LogsState, selectedRecord } from './state.ts';

/** What takes lines out of the program. */
export const keepKeys: readonly Binding<LogsPlace, LogsFindings, LogsState>[] = [
	{
		keys: ['y'],
		label: 'copy',
		help: 'Copy the line as it was written, without its secrets; in the pane, the value or pattern. Once more shows it plain.',
		run: shown => {
			const record = selectedRecord(shown);
			return record === undefined ? refuse(noRow) : copy(record.entry.line, 'the line');
		},
	},
];
