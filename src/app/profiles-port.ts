import type { BackendName } from '../model/failure.ts';
import type { Checked, ListedProfile, ProfileDraft } from '../model/profile-draft.ts';
import type { Milliseconds } from '../model/time.ts';
import type { Banner } from './state.ts';

/** What the header and the screens need to know of a connection that was opened. */
export type Opened = {
	/** The name of the saved profile; absent for the demo. */
	readonly profile?: string;
	readonly banner: Banner;
	readonly lacks: readonly BackendName[];
	/** How far back a place looks that does not say it, where the profile says so. */
	readonly since?: Milliseconds;
};

/** The saved profiles, and what is asked through; `cli` gives it. All of it rejects with a `FailureError`. */
export type ProfilesPort = {
	readonly list: () => Promise<readonly ListedProfile[]>;
	readonly save: (draft: ProfileDraft) => Promise<void>;
	readonly copy: (name: string, to: string) => Promise<void>;
	readonly rename: (name: string, to: string) => Promise<void>;
	readonly remove: (name: string) => Promise<void>;
	/** From then on everything is asked through this one; what failed leaves the one before. */
	readonly open: (name: string) => Promise<Opened>;
	/** Looks at one backend of a draft. Never rejects but when it is aborted. */
	readonly check: (draft: ProfileDraft, backend: BackendName, signal: AbortSignal) => Promise<Checked>;
	/** How long a line is left alone while it is being typed. */
	readonly rest: (length: Milliseconds, signal: AbortSignal) => Promise<unknown>;
};
