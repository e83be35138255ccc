import { lastValueOf } from '../../model/loadable.ts';
import { second } from '../../model/time.ts';
import { type Outcome, stop } from '../screen.ts';
import { pagesOf } from './asides.ts';
import { isAmongErrors, withoutReading } from './between-keys.ts';
import { edgeOf } from './resting.ts';
import type { LogsShown, LogsState } from './state.ts';

/** A shorter wait is not worth a word, nor a key to end it. */
const patience = 2 * second;

/** The page that is being read beside the place for so long, or on and on, that it may be stopped. */
function longPage(shown: LogsShown): ReturnType<typeof pagesOf>[number] | undefined {
	const page = lastValueOf(shown.findings.records);
	if (page === undefined) return undefined;
	return pagesOf(shown, page).find(({ key }) => {
		const since = shown.asking?.get(key);
		return since !== undefined && (shown.state.readsOn === true || shown.now - since >= patience);
	});
}

/** What is being read while lines are on show, and the key that stops it; `undefined` where that is nothing, or soon over. */
export function readingText(shown: LogsShown): string | undefined {
	const { findings } = shown;
	const isWaiting = shown.askedSince !== undefined && findings.records.status === 'waiting';
	const older = isWaiting && lastValueOf(findings.records)?.unread.older !== undefined;
	const kind = older ? 'older' : longPage(shown)?.kind;
	if (kind !== 'older' && kind !== 'newer') return undefined;
	return `reading ${kind}${isStoppable(shown) ? '  esc stops' : ''}`;
}

/** Whether `esc` would end what is being asked: not while it closes something else first, nor in the first moments, when it leaves. */
export function isStoppable(shown: LogsShown): boolean {
	const { choosing, picked, side } = shown.state;
	return choosing === undefined && picked === undefined && side === undefined && stopReading(shown) !== undefined;
}

/**
 * `esc` ends what has been read for long: what has come stays, and nothing more is read before the operator wants it.
 * `undefined` where nothing is read, or not for long.
 */
export function stopReading(shown: LogsShown): Outcome<LogsState> | undefined {
	const { findings, state } = shown;
	const edge = edgeOf(findings);
	const { goes: _, ...still } = withoutReading(state);
	if (shown.askedSince !== undefined) {
		const isCut = findings.records.status === 'waiting' && edge !== undefined;
		return stop(isCut ? 'Stopped reading. m reads on, R asks again.' : 'Stopped asking. R asks again.', still);
	}
	const page = longPage(shown);
	if (page === undefined) {
		return state.readsOn && isAmongErrors(shown) ? stop('Stopped reading. m reads on.', still) : undefined;
	}
	if (page.kind === 'start' || page.kind === 'end') return stop('Stopped reading. g and G ask again.', still);
	return stop('Stopped reading. m reads on.', edge === undefined ? still : { ...still, restsAt: edge });
}
