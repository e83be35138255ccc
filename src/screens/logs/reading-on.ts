import { lastValueOf } from '../../model/loadable.ts';
import { second } from '../../model/time.ts';
import type { LogsShown } from './state.ts';

/** A shorter wait is not worth a word, nor a key to end it. */
const patience = 2 * second;

/** Whether older parts of a long window are still being read while the newest lines are on show. */
export const isReadingOn = ({ findings: { records }, now }: Pick<LogsShown, 'findings' | 'now'>): boolean =>
	records.status === 'waiting' && now - records.since >= patience && lastValueOf(records)?.unread.older !== undefined;

export const readingText = 'reading older  space stops';
