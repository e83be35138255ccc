import { NoSecretError } from './no-secret-error.ts';
import type { Surroundings } from './secret.ts';
import { type Run, run } from './secret-command.ts';

export type KeychainEntry = { readonly service: string; readonly account: string };

/** A program that knows a keychain, and what its exit codes mean. */
type Keychain = {
	readonly program: string;
	readonly command: (entry: KeychainEntry) => readonly string[];
	/** Why there is nothing, and what to do about it. */
	readonly why: (run: Run) => readonly [why: string, next?: string];
	/** What to install where it is missing. */
	readonly missing: string;
};

const unlock = 'Unlock it, then press R.';
const noEntry = ['the keychain has no such entry', 'Save it there, then press R.'] as const;

/** `security(1)`; its exit codes are the last byte of the status: 44 is errSecItemNotFound, 36 errSecInteractionNotAllowed. */
const macKeychain: Keychain = {
	program: 'security',
	command: ({ service, account }) => ['security', 'find-generic-password', '-w', '-s', service, '-a', account],
	why: ({ code }) => {
		if (code === 44) return noEntry;
		return code === 36 ? ['the keychain is locked', unlock] : [`the keychain cannot be read (${code ?? 'killed'})`];
	},
	missing: 'there is no keychain here (security is missing)',
};

/** `secret-tool(1)` of libsecret: it ends with 1 in any case, and is silent when there is no such entry. */
const secretService: Keychain = {
	program: 'secret-tool',
	command: ({ service, account }) => ['secret-tool', 'lookup', 'service', service, 'account', account],
	why: ({ isComplaining }) =>
		isComplaining ? ['the keychain is locked, or no secret service runs in this session', unlock] : noEntry,
	missing: 'there is no keychain here (secret-tool is missing)',
};

/** The secret of that entry, from the keychain of macOS, or of the secret service of other desktops. */
export async function readKeychain(entry: KeychainEntry, surroundings: Surroundings): Promise<string> {
	const keychain = process.platform === 'darwin' ? macKeychain : secretService;
	const ended = await run(keychain.command(entry), surroundings).catch(error => {
		if (!(error instanceof NoSecretError)) throw error;
		throw error.hints.isMissing
			? new NoSecretError(keychain.missing, { next: 'Name the secret by env, file or command in place of keychain.' })
			: new NoSecretError(`the keychain gave no answer: ${error.message}`, { next: unlock });
	});
	const found = ended.stdout.trim();
	if (ended.code !== 0 || found === '') {
		const [why, next] = keychain.why(ended);
		const hints = next === undefined ? {} : { next };
		throw new NoSecretError(`${why} (service ${entry.service}, account ${entry.account})`, hints);
	}
	return found;
}
