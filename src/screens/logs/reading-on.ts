import { lastValueOf } from '../../model/loadable.ts';
import type { LogsShown } from './state.ts';

/** Whether older parts of a long window are still being read while the newest lines are on show. */
export const isReadingOn = ({ findings: { records } }: Pick<LogsShown, 'findings'>): boolean =>
	records.status === 'waiting' && lastValueOf(records)?.unread.older !== undefined;

export const readingText = 'reading older  esc stops';
