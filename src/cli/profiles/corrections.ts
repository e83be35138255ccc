import { correctedBy } from '../../analysis/corrected-by.ts';
import { chosenBy } from '../../analysis/stream-choices.ts';
import type { Kept } from '../../app/state.ts';
import type { Correction } from '../../model/alert.ts';
import type { StreamChoice } from '../../model/stream-choice.ts';
import { UsageError } from '../usage-error.ts';
import type { NamedProfile } from './read-profiles.ts';

/** What the operator says of this installation: it holds for this run at once, and for others when a saved profile is open. */
export type Remembered<Said> = {
	readonly all: () => readonly Said[];
	/** Says where it is kept, or why it is not. Never rejects for a file that cannot be read or written. */
	readonly keep: (said: Said) => Promise<Kept>;
};

/** Whom alerts are about. */
export type Corrections = Remembered<Correction>;

/** In which streams the lines of services are. */
export type StreamChoices = Remembered<StreamChoice>;

/** Puts one more of what was said into the profile; rejects with a `UsageError` when that cannot be. */
type Write<Said> = (said: Said) => Promise<void>;

/** The corrections of the open profile, or none to begin with where no saved one is open. */
export const openCorrections = (saved?: NamedProfile, write?: Write<Correction>): Corrections =>
	remembered(saved?.profile.conventions?.alertedServices ?? [], correctedBy, saved, write);

/** The same of the streams of services. */
export const openStreamChoices = (saved?: NamedProfile, write?: Write<StreamChoice>): StreamChoices =>
	remembered(saved?.profile.conventions?.logStreams ?? [], chosenBy, saved, write);

function remembered<Said>(
	before: readonly Said[],
	withOne: (all: readonly Said[], said: Said) => readonly Said[],
	saved: NamedProfile | undefined,
	write: Write<Said> | undefined,
): Remembered<Said> {
	let all = before;
	return {
		all: () => all,
		async keep(said) {
			all = withOne(all, said);
			if (saved === undefined || write === undefined) return {};
			try {
				await write(said);
				return { profile: saved.name };
			} catch (error) {
				if (error instanceof UsageError) return { why: error.message };
				throw error;
			}
		},
	};
}
