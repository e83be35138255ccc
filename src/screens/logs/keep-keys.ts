import type { LogsFindings } from '../../investigation/logs-findings.ts';
import type { LogsPlace } from '../../model/place.ts';
import { type Binding, copy, prompt, refuse } from '../screen.ts';
import { noRow } from './jump.ts';
import { type LogsState, recordsOf, selectedRecord } from './state.ts';

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
	{
		keys: ['s'],
		label: 'save',
		help: 'Save the lines on show in a file: JSON lines, CSV or text, by the ending of its name.',
		footer: 8,
		run: shown => (recordsOf(shown).length === 0 ? refuse('There are no lines to save.') : prompt('save')),
	},
];
