import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { UsageError } from '../usage-error.ts';
import type { Secret } from './profile.ts';

/** Where a secret may come from on a command line, which itself must not hold one: others see it in the list of processes. */
export const secretSources = ['env', 'file', 'command', 'keychain'] as const;
export type SecretSource = (typeof secretSources)[number];

/** The secrets of `profile add`, as commander names their options without the source: `bearer` of `--bearer-env`. */
export type SecretOption =
	| 'bearer'
	| 'basicPassword'
	| 'oauth2ClientSecret'
	| 'sigv4AccessKey'
	| 'sigv4SecretKey'
	| 'sigv4SessionToken'
	| 'tlsPassphrase';

export type SecretOptions = Readonly<Partial<Record<`${SecretOption}${Capitalize<SecretSource>}`, string>>> & {
	/** How long what a command printed is used. */
	readonly commandLifetime?: string;
};

const capitals = { env: 'Env', file: 'File', command: 'Command', keychain: 'Keychain' } as const;

/** The secret of which one source was given; `undefined` without any. Throws a `UsageError` when there are several. */
export function secretOf(options: SecretOptions, name: SecretOption, what: string): Secret | undefined {
	const secrets = secretSources.flatMap(source => {
		const value = options[`${name}${capitals[source]}`];
		return value === undefined ? [] : [secretFrom(source, value, options)];
	});
	if (secrets.length > 1) throw new UsageError(`A ${what} comes from one place.`, 'Use one of the options.');
	return secrets[0];
}

/** A secret by its source and what was written behind it. Throws a `UsageError` for what names no entry of a keychain. */
export function secretFrom(source: SecretSource, value: string, { commandLifetime }: SecretOptions): Secret {
	switch (source) {
		case 'env':
			return { env: value };
		case 'file':
			return { file: absolutePath(value) };
		case 'command': {
			const command = ['sh', '-c', value];
			return commandLifetime === undefined ? { command } : { command, lifetime: commandLifetime };
		}
		case 'keychain': {
			const [, service, account] = /^(.+)\/([^/]+)$/.exec(value) ?? [];
			if (service !== undefined && account !== undefined) return { keychain: { service, account } };
			throw new UsageError('An entry of the keychain has a service and an account.', 'Write it as service/account.');
		}
	}
}

/**
 * A relative file would be another one in every folder that the program is started from. No shell has put the home
 * folder in place of the tilde of `--bearer-file=~/token`.
 */
export const absolutePath = (path: string): string => resolve(path.replace(/^~(?=\/)/, homedir()));
