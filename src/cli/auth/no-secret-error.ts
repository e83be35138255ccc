export type NoSecretHints = {
	/** A sentence: what the operator may do, where that is more than to set the secret. */
	readonly next?: string;
	/** The program that would have told it is not there. */
	readonly isMissing?: boolean;
};

/** Why there is no secret, without a stop and without anything that was read: `the file /x cannot be read (ENOENT)`. */
export class NoSecretError extends Error {
	readonly hints: NoSecretHints;

	constructor(why: string, hints: NoSecretHints = {}) {
		super(why);
		this.name = 'NoSecretError';
		this.hints = hints;
	}
}
