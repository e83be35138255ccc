import type { LogRecord } from '../../model/log-entry.ts';
import { type Outcome, refuse, stay } from '../screen.ts';
import { layoutOf } from './layout.ts';
import { type LogsShown, type LogsState, movedTo, nearestRow, selectedRecord } from './state.ts';

export const noRow = 'There is no line under the cursor.';

/** Whether a row will do, seen from the one under the cursor; `undefined` when none can. */
export type RowTest = (from: LogRecord, shown: LogsShown) => ((record: LogRecord) => boolean) | undefined;

/** To the nearest other row that passes; round the ends. */
export const jump =
	(direction: 1 | -1, testFrom: RowTest, why: string) =>
	(shown: LogsShown): Outcome<LogsState> => {
		const from = selectedRecord(shown);
		if (from === undefined) return refuse(noRow);
		const test = testFrom(from, shown);
		const to = test === undefined ? undefined : nearestRow(shown, direction, test);
		return to === undefined ? refuse(why) : stay(movedTo(shown, to, layoutOf(shown).list.height));
	};
