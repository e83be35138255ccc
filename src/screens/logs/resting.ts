import type { LogsFindings } from '../../investigation/logs-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import type { Nanoseconds } from '../../model/time.ts';
import type { LogsShown } from './state.ts';

/** Where the lines that are held leave off before the window does; the older end where both do. */
export function edgeOf({ records }: Pick<LogsFindings, 'records'>): Nanoseconds | undefined {
	const unread = lastValueOf(records)?.unread;
	return unread?.older ?? unread?.newer;
}

/** Where the operator has stopped the reading; `undefined` where nobody has, or where it has gone on since. */
export function stoppedAt({ findings, state }: Pick<LogsShown, 'findings' | 'state'>): Nanoseconds | undefined {
	const { records } = findings;
	const edge = edgeOf(findings);
	const wasStopped = records.status === 'failed' && records.failure.kind === 'cancelled';
	return wasStopped || (edge !== undefined && edge === state.restsAt) ? edge : undefined;
}

/** Pages are not read by themselves: reading was stopped, and nobody wants it to go on. */
export const isResting = (shown: Pick<LogsShown, 'findings' | 'state'>): boolean =>
	stoppedAt(shown) !== undefined && shown.state.readsOn !== true;
