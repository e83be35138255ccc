import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type BackendName, backendNames } from '../../model/failure.ts';
import { urlsIn } from '../connections.ts';
import { aboutUrl } from '../options.ts';
import { UsageError } from '../usage-error.ts';
import type { Auth, Connections, Profile, Secret } from './profile.ts';

/** The options of `profile add`, as commander names them. */
export type AddOptions = {
	readonly bearerEnv?: string;
	readonly bearerFile?: string;
	readonly bearerCommand?: string;
	readonly basicUser?: string;
	readonly basicPasswordEnv?: string;
	readonly basicPasswordFile?: string;
	readonly basicPasswordCommand?: string;
	readonly tenant?: string;
	readonly header?: readonly string[];
	readonly headerEnv?: readonly string[];
	readonly headerFile?: readonly string[];
	readonly headerCommand?: readonly string[];
	readonly label?: string;
	readonly readOnly?: boolean;
	readonly redactEmails?: boolean;
} & Readonly<Partial<Record<`${BackendName}Url`, string>>>;

const sources = { env: 'an environment variable', file: 'a file', command: 'what a command prints' } as const;
type Source = keyof typeof sources;
const sourceNames: readonly Source[] = ['env', 'file', 'command'];

/** Adds `add` with its options to `profile`; secrets are named here, never written. */
export function defineAdd(command: Command): Command {
	const add = command
		.command('add <name>')
		.description(
			'save a profile, or add backends to one; authorization, tenant and headers are for the backends of this call',
		);
	for (const backend of backendNames) {
		add.option(`--${backend}-url <url>`, aboutUrl(backend));
	}
	for (const source of sourceNames)
		add.option(`--bearer-${source} <${source}>`, `bearer token from ${sources[source]}`);
	add.option('--basic-user <user>', 'basic authorization');
	for (const source of sourceNames) {
		add.option(`--basic-password-${source} <${source}>`, `its password from ${sources[source]}`);
	}
	add.option('--tenant <id>', 'sent as X-Scope-OrgID, to Jaeger as x-tenant');
	add.addOption(repeatable('--header <name: value>', 'a header that is no secret; may be repeated'));
	for (const source of sourceNames) {
		add.addOption(
			repeatable(`--header-${source} <name: ${source}>`, `a header from ${sources[source]}; may be repeated`),
		);
	}
	return add
		.option('--label <word>', 'what the header of the screen calls it')
		.option('--read-only', 'nothing is silenced through it, as when absent')
		.option('--no-read-only', 'alerts may be silenced through it')
		.option('--redact-emails', 'e-mail addresses are masked as secrets are')
		.option('--no-redact-emails', 'they stay, as when absent');
}

const repeatable = (form: string, about: string): Option =>
	new Option(form, about).argParser((value: string, before: readonly string[] = []) => [...before, value]);

/** The part of a profile that the options describe. Throws a `UsageError` for what does not fit together. */
export function profileOf(options: AddOptions): Profile {
	const urls = backendNames.flatMap(backend => {
		const text = options[`${backend}Url`];
		return text === undefined ? [] : [[backend, urlsIn(backend, text, `--${backend}-url`)] as const];
	});
	if (urls.length === 0) {
		throw new UsageError(
			'No backend is named.',
			'Pass --prometheus-url, --alertmanager-url, --loki-url, --tempo-url or --jaeger-url, or --grafana-url for all of them.',
		);
	}
	const shared: Omit<Connections, 'url'> = {
		...optional('auth', authOf(options)),
		...optional('tenant', options.tenant),
		...optional('headers', headersOf(options)),
	};
	return {
		...Object.fromEntries(
			urls.map(([backend, [url = '', ...more]]): [string, Connections] => [
				backend,
				{ url: more.length === 0 ? url : [url, ...more], ...shared },
			]),
		),
		...optional('label', options.label),
		...optional('readOnly', options.readOnly),
		...optional('redactEmails', options.redactEmails),
	};
}

function authOf(options: AddOptions): Auth | undefined {
	const { basicUser: user } = options;
	const token = oneSecret('bearer token', [options.bearerEnv, options.bearerFile, options.bearerCommand]);
	const password = oneSecret('password', [
		options.basicPasswordEnv,
		options.basicPasswordFile,
		options.basicPasswordCommand,
	]);
	if (token !== undefined && (user !== undefined || password !== undefined)) {
		throw new UsageError('A backend has one authorization.', 'Pass a bearer token, or a user and a password.');
	}
	if (token !== undefined) return { type: 'bearer', token };
	if (user === undefined && password === undefined) return undefined;
	if (user !== undefined && password !== undefined) return { type: 'basic', user, password };
	throw new UsageError(
		'Basic authorization needs a user and a password.',
		'Pass --basic-user and one of --basic-password-env, --basic-password-file and --basic-password-command.',
	);
}

/** The one that was given, in the order of `sourceNames`. */
function oneSecret(what: string, values: readonly (string | undefined)[]): Secret | undefined {
	const secrets = values.flatMap((value, index) => {
		const source = sourceNames[index];
		return value === undefined || source === undefined ? [] : [secretFrom(source, value)];
	});
	if (secrets.length > 1) throw new UsageError(`A ${what} comes from one place.`, 'Use one of the options.');
	return secrets[0];
}

/**
 * A relative file would be another one in every folder that the program is started from. No shell has put the home
 * folder in place of the tilde of `--bearer-file=~/token`.
 */
function secretFrom(source: Source, value: string): Secret {
	if (source === 'env') return { env: value };
	return source === 'file' ? { file: resolve(value.replace(/^~(?=\/)/, homedir())) } : { command: ['sh', '-c', value] };
}

function headersOf(options: AddOptions): Readonly<Record<string, Secret>> | undefined {
	const { header = [], headerEnv = [], headerFile = [], headerCommand = [] } = options;
	const from = (source: Source, lines: readonly string[]) =>
		lines.map(line => {
			const [name, value] = headerParts(line, `--header-${source}`);
			return [name, secretFrom(source, value)] as const;
		});
	const entries = [
		...header.map(line => headerParts(line, '--header')),
		...from('env', headerEnv),
		...from('file', headerFile),
		...from('command', headerCommand),
	];
	return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** `X-Team: orders`: a token of RFC 9110 §5.6.2, and what is sent. The line is not told when it is wrong: it may be a secret. */
function headerParts(line: string, option: string): readonly [string, string] {
	const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):\s*(\S.*)$/.exec(line) ?? [];
	if (name !== undefined && value !== undefined) return [name, value.trim()];
	throw new UsageError(`What follows ${option} is no header.`, `Write it as ${option} 'Name: value'.`);
}

const optional = <Value>(name: string, value: Value | undefined) => (value === undefined ? {} : { [name]: value });
