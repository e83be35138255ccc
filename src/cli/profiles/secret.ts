import { readFile } from 'node:fs';
import { promisify } from 'node:util';
import { FailureError } from '../../model/failure.ts';
import { minute, second } from '../../model/time.ts';
import type { Secret } from './profile.ts';

/** What a command printed is used for this long before it is asked again. */
const commandLifetime = 5 * minute;
const commandTimeout = 10 * second;

/** Resolves a secret whenever it is needed. `where` names it to the operator: `profile prod-eu: loki.auth`. */
export type SecretReader = (where: string) => Promise<string>;

/** How to get at a secret; nothing is read before it is needed. Failures never carry what was read. */
export function secretReader(secret: Secret, env: NodeJS.ProcessEnv): SecretReader {
	if (typeof secret === 'string') return async () => secret;
	if ('env' in secret) return async where => present(env[secret.env], where, `the environment variable ${secret.env}`);
	if ('file' in secret) return where => fileSecret(secret.file, where);
	return commandReader('command' in secret ? secret.command : keychainCommand(secret.keychain));
}

async function fileSecret(path: string, where: string): Promise<string> {
	const text = await promisify(readFile)(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
		throw missing(where, `the file ${path} cannot be read (${error.code ?? 'unknown error'})`);
	});
	return present(text, where, `the file ${path}`);
}

/** What prints an entry of the keychain of macOS, and of the secret service of other desktops. */
const keychainCommand = ({ service, account }: { readonly service: string; readonly account: string }) =>
	process.platform === 'darwin'
		? ['security', 'find-generic-password', '-w', '-s', service, '-a', account]
		: ['secret-tool', 'lookup', 'service', service, 'account', account];

function commandReader(command: readonly string[]): SecretReader {
	const [program = '', ...words] = command;
	let known: { readonly value: Promise<string>; readonly until: number } | undefined;
	return where => {
		const now = performance.now();
		if (known === undefined || now >= known.until) {
			const value = commandSecret(program, words, where);
			known = { value, until: now + commandLifetime };
			value.catch(() => {
				known = undefined;
			});
		}
		return known.value;
	};
}

async function commandSecret(program: string, words: readonly string[], where: string): Promise<string> {
	// Loaded when it is needed: with it come Node's sockets, and time at every start.
	const { execFile } = await import('node:child_process');
	const { stdout } = await promisify(execFile)(program, words, { timeout: commandTimeout, encoding: 'utf8' }).catch(
		(error: NodeJS.ErrnoException) => {
			throw missing(where, `the command ${program} failed (${error.code ?? 'killed'})`);
		},
	);
	return present(stdout, where, `the command ${program}`);
}

function present(text: string | undefined, where: string, source: string): string {
	const secret = text?.trim() ?? '';
	if (secret === '') throw missing(where, `${source} is empty or not set`);
	return secret;
}

const missing = (where: string, why: string): FailureError =>
	new FailureError({ kind: 'secret', what: `There is no secret for ${where}: ${why}.`, next: 'Set it and press R.' });
