import { parseLength } from '../../analysis/time-words.ts';
import { FailureError } from '../../model/failure.ts';
import { type Milliseconds, minute } from '../../model/time.ts';
import type { Secret } from '../profiles/profile.ts';
import { keep } from './kept.ts';
import { NoSecretError, type NoSecretHints } from './no-secret-error.ts';

/** Resolves a secret whenever it is needed. */
export type SecretReader = {
	/** `where` names it to the operator: `profile prod-eu: loki.auth.token`. */
	read(where: string): Promise<string>;
	/** True when something was kept that will be asked for anew. */
	forget(): boolean;
};

/** What of the machine secrets are read from. */
export type Surroundings = {
	readonly env: NodeJS.ProcessEnv;
	/** The clock by which what is kept runs out; that of the machine when absent. */
	readonly now?: () => Milliseconds;
	/** A command that takes longer is killed; 10 s when absent. */
	readonly longestRun?: Milliseconds;
};

/** What a command printed is used for this long before it is asked again. */
const commandLifetime = 5 * minute;

/** How to get at a secret; nothing is read before it is needed. Failures never carry what was read. */
export function secretReader(secret: Secret, surroundings: Surroundings): SecretReader {
	const { env, now = Date.now } = surroundings;
	if (typeof secret === 'string') return direct(async () => secret);
	if ('env' in secret) {
		return direct(async () =>
			present(env[secret.env], `the environment variable ${secret.env} is empty or not set`, {
				next: 'Set it, and start smokejumper again.',
			}),
		);
	}
	if ('file' in secret) {
		return direct(async () => {
			const { readSecretFile } = await import('./secret-file.ts');
			return present(await readSecretFile(secret.file, env), `the file ${secret.file} is empty`);
		});
	}
	const lifetime = ('command' in secret && secret.lifetime && parseLength(secret.lifetime)) || commandLifetime;
	const printed = keep(async () => ({ value: await print(secret, surroundings), until: now() + lifetime }), now);
	return { ...direct(printed.get), forget: printed.forget };
}

/** What a program tells. */
type Told = Extract<Secret, { command: unknown } | { keychain: unknown }>;

/** Commands are loaded when one is needed: with them come Node's sockets, and time at every start. */
async function print(secret: Told, surroundings: Surroundings): Promise<string> {
	if ('command' in secret) {
		const { inShell, runSecretCommand } = await import('./secret-command.ts');
		return present(
			await runSecretCommand(secret.command, surroundings),
			`the command ${secret.command[0]} printed nothing`,
			inShell,
		);
	}
	const { readKeychain } = await import('./keychain.ts');
	return readKeychain(secret.keychain, surroundings);
}

/** Says where it was missing, which who reads it does not know. */
const direct = (read: () => Promise<string>): SecretReader => ({
	forget: () => false,
	read: where =>
		read().catch(error => {
			throw error instanceof NoSecretError ? missing(where, error) : error;
		}),
});

function present(text: string | undefined, otherwise: string, hints?: NoSecretHints): string {
	const secret = text?.trim() ?? '';
	if (secret === '') throw new NoSecretError(otherwise, hints);
	return secret;
}

const missing = (where: string, { message, hints }: NoSecretError): FailureError =>
	new FailureError({
		kind: 'secret',
		// With a colon behind it, `auth.password` would be taken for a secret that is told.
		what: `There is no secret for ${where}, as ${message}.`,
		next: hints.next ?? 'Set it and press R.',
	});
