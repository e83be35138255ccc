import type { RungKey } from '../../investigation/logs-findings.ts';
import { lastValueOf } from '../../model/loadable.ts';
import { climbed } from '../rung-keys.ts';
import { type Outcome, refuse } from '../screen.ts';
import { type LogsShown, type LogsState, recordsOf } from './state.ts';

type Run = (shown: LogsShown) => Outcome<LogsState>;

/** A rung of the ladder, when nothing was found; otherwise what the key does among lines. */
export const rung =
	(key: RungKey, otherwise: Run): Run =>
	shown =>
		recordsOf(shown).length > 0
			? otherwise(shown)
			: (climbed(shown, key, ({ findings }) => lastValueOf(findings.ladder) ?? []) ??
				refuse('That would find nothing either.'));
