import type { BackendName } from './failure.ts';
import type { ProfileColour } from './profile-colour.ts';
import type { Milliseconds } from './time.ts';

/** What lets a message in; `kept`: whatever each connection has now, which does not fit into one line for all of them. */
export const draftAuths = ['none', 'bearer', 'basic', 'kept'] as const;
export type DraftAuth = (typeof draftAuths)[number];

/** What lets the operator in, alike for all backends of a draft. */
export type Credentials = {
	readonly auth: DraftAuth;
	readonly user: string;
	/** As typed: a secret, or where it is (`env:NAME`, `file:PATH`, `cmd:…`). Empty: the saved one stays. */
	readonly secret: string;
	/** `X-Scope-OrgID`; empty for none. */
	readonly tenant: string;
};

/** A profile as it is typed. */
export type ProfileDraft = Credentials & {
	readonly name: string;
	/** The saved profile that it began as: what the draft does not speak of stays as it is there. */
	readonly was?: string;
	/** Base URLs of the backends of which the draft speaks; an empty one takes its backend away. */
	readonly urls: Partial<Readonly<Record<BackendName, string>>>;
	/** The file of the authorities that are trusted by all of these; empty for the usual ones, absent: whatever each has now. */
	readonly ca?: string;
	readonly colour?: ProfileColour;
	/** Nothing may be silenced through it. */
	readonly readOnly: boolean;
};

/** What came of a look at one backend, in words for a person and without a secret. */
export type Checked = {
	readonly state: 'good' | 'warning' | 'bad';
	/** `Loki 3.4.6`, or one sentence that says what is wrong with whom. */
	readonly words: string;
	/** What to do about it; absent where all is well. */
	readonly next?: string;
	readonly roundTrip?: Milliseconds;
	/** Whoever signed its certificate is not trusted. */
	readonly isUntrusted?: true;
};

/** A saved profile as a list shows it, and as a form begins with it; no secret is in it. */
export type ListedProfile = {
	readonly name: string;
	/** What the header calls it. */
	readonly word: string;
	/** It is opened when none is named. */
	readonly isCurrent: boolean;
	/** Its backends with the hosts that they are at, as far as each can be told. */
	readonly reaches: readonly { readonly backend: BackendName; readonly host: string }[];
	readonly draft: ProfileDraft;
	/** A secret is saved that is not told: it stays unless another is typed. */
	readonly keepsSecret?: true;
};
