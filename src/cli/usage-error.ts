/** The command line or the configuration is wrong: told in one sentence on stderr, exit code 2. */
export class UsageError extends Error {
	constructor(what: string, next: string) {
		super(`${what} ${next}`);
		this.name = 'UsageError';
	}
}
