import { correctedBy } from '../analysis/corrected-by.ts';
import type { Kept } from '../app/state.ts';
import type { Correction } from '../model/alert.ts';
import type { NamedProfile } from './read-profiles.ts';
import { UsageError } from './usage-error.ts';

/** What the operator says of alerts: it holds for this run at once, and for others when a saved profile is open. */
export type Corrections = {
	readonly all: () => readonly Correction[];
	/** Says where it is kept, or why it is not. Never rejects for a file that cannot be read or written. */
	readonly keep: (correction: Correction) => Promise<Kept>;
};

/**
 * The corrections of the open profile, or none to begin with where no saved one is open. `write` puts another one into
 * the profile, and rejects with a `UsageError` when that cannot be.
 */
export function openCorrections(saved?: NamedProfile, write?: (correction: Correction) => Promise<void>): Corrections {
	let all: readonly Correction[] = saved?.profile.conventions?.alertedServices ?? [];
	return {
		all: () => all,
		async keep(correction) {
			all = correctedBy(all, correction);
			if (saved === undefined || write === undefined) return {};
			try {
				await write(correction);
				return { profile: saved.name };
			} catch (error) {
				if (error instanceof UsageError) return { why: error.message };
				throw error;
			}
		},
	};
}
