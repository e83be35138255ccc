import { Command, CommanderError, Option } from 'commander';
import { type BackendName, backendNames } from '../model/failure.ts';
import { checkedUrl } from './connections.ts';
import { type Auth, type Connection, demoProfile, type Profile, type Secret, withoutSecrets } from './profile.ts';
import type { ProfileStore } from './profile-store.ts';
import { UsageError } from './usage-error.ts';

type AddOptions = {
	readonly bearerEnv?: string;
	readonly bearerFile?: string;
	readonly bearerCommand?: string;
	readonly basicUser?: string;
	readonly basicPasswordEnv?: string;
	readonly basicPasswordFile?: string;
	readonly tenant?: string;
	readonly header: readonly string[];
	readonly label?: string;
	readonly readOnly?: boolean;
} & Readonly<Partial<Record<`${BackendName}Url`, string>>>;

/** `smokejumper profile …`. Returns what to print on stdout; throws a `UsageError` for what is wrong. */
export function runProfileCommand(words: readonly string[], store: () => ProfileStore): string {
	let printed = '';
	const print = (text: string) => {
		printed += text.endsWith('\n') ? text : `${text}\n`;
	};
	const command = new Command('smokejumper profile')
		.description('Saved connections. A profile joins up to four backends.')
		.exitOverride()
		.configureOutput({ writeOut: print, writeErr: () => {} });
	addAdd(command, store, print);
	command
		.command('list')
		.description('the names, the current one marked')
		.action(() => print(listText(store())));
	command
		.command('show')
		.argument('<name>')
		.description('one profile, its secrets hidden')
		.action((name: string) => print(JSON.stringify(withoutSecrets(existing(store(), name)), undefined, 2)));
	command
		.command('use')
		.argument('<name>')
		.description('make it the current one')
		.action((name: string) => {
			existing(store(), name);
			store().write(profiles => ({ ...profiles, current: name }));
			print(`${name} is the current profile.`);
		});
	command
		.command('remove')
		.argument('<name>')
		.description('remove it')
		.action((name: string) => print(remove(store(), name)));
	command
		.command('path')
		.description('where the profiles are kept')
		.action(() => print(store().path));
	try {
		command.parse(words.length === 0 ? ['--help'] : [...words], { from: 'user' });
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode !== 0) {
			throw new UsageError(`${error.message.replace(/^error: /, '')}.`, 'Run smokejumper profile --help.');
		}
	}
	return printed;
}

function addAdd(command: Command, store: () => ProfileStore, print: (text: string) => void): void {
	const add = command
		.command('add')
		.argument('<name>')
		.description(
			'save a profile, or add backends to it; authorization and headers are for the backends named in this call',
		)
		.exitOverride()
		.configureOutput({ writeOut: print, writeErr: () => {} });
	for (const backend of backendNames)
		add.option(`--${backend}-url <url>`, `base URL of ${backend}, its prefix included`);
	add
		.option('--bearer-env <variable>', 'bearer token from an environment variable')
		.option('--bearer-file <path>', 'bearer token from a file')
		.option('--bearer-command <command>', 'bearer token from what a command prints')
		.option('--basic-user <user>', 'basic authorization')
		.option('--basic-password-env <variable>', 'its password from an environment variable')
		.option('--basic-password-file <path>', 'its password from a file')
		.option('--tenant <id>', 'sent as X-Scope-OrgID')
		.addOption(
			new Option('--header <name: value>', 'an extra header; may be given more than once')
				.default([])
				.argParser((value: string, before: readonly string[]) => [...before, value]),
		)
		.option('--label <word>', 'what the header of the screen says')
		.option('--read-only', 'nothing may be written through it')
		.action((name: string, options: AddOptions) => print(addProfile(store(), name, options)));
}

function addProfile(store: ProfileStore, name: string, options: AddOptions): string {
	if (name === demoProfile) throw new UsageError('demo is the embedded incident.', 'Choose another name.');
	const connections = connectionsOf(options);
	if (Object.keys(connections).length === 0) {
		throw new UsageError(
			'A profile needs a backend.',
			'Pass --prometheus-url, --alertmanager-url, --loki-url or --tempo-url.',
		);
	}
	const aside = store.write(profiles => {
		const before: Profile = profiles.profiles[name] ?? {};
		const profile: Profile = {
			...before,
			...connections,
			...(options.label === undefined ? {} : { label: options.label }),
			...(options.readOnly === undefined ? {} : { readOnly: options.readOnly }),
		};
		return { ...profiles, current: profiles.current ?? name, profiles: { ...profiles.profiles, [name]: profile } };
	});
	const kept = aside === undefined ? '' : ` The old file could not be read and was kept as ${aside}.`;
	return `Saved ${name} (${Object.keys(connections).join(', ')}) in ${store.path}.${kept}`;
}

function connectionsOf(options: AddOptions): Partial<Record<BackendName, Connection>> {
	const shared = {
		...optional('auth', authOf(options)),
		...optional('tenant', options.tenant),
		...optional('headers', headersOf(options.header)),
	};
	return Object.fromEntries(
		backendNames.flatMap(backend => {
			const url = options[`${backend}Url`];
			return url === undefined ? [] : [[backend, { url: checkedUrl(url, `--${backend}-url`), ...shared }]];
		}),
	);
}

function authOf(options: AddOptions): Auth | undefined {
	const token = secretOf(options.bearerEnv, options.bearerFile, options.bearerCommand);
	if (options.basicUser === undefined) return token === undefined ? undefined : { type: 'bearer', token };
	if (token !== undefined)
		throw new UsageError('A backend has one authorization.', 'Pass a bearer token or a basic user.');
	const password = secretOf(options.basicPasswordEnv, options.basicPasswordFile, undefined);
	if (password === undefined) {
		throw new UsageError(
			'Basic authorization needs a password.',
			'Pass --basic-password-env or --basic-password-file.',
		);
	}
	return { type: 'basic', user: options.basicUser, password };
}

function secretOf(env: string | undefined, file: string | undefined, command: string | undefined): Secret | undefined {
	if (env !== undefined) return { env };
	if (file !== undefined) return { file };
	return command === undefined ? undefined : { command: ['sh', '-c', command] };
}

function headersOf(lines: readonly string[]): Record<string, Secret> | undefined {
	if (lines.length === 0) return undefined;
	return Object.fromEntries(
		lines.map(line => {
			const [, name, value] = /^([\w-]+):\s*(.+)$/.exec(line) ?? [];
			if (name !== undefined && value !== undefined) return [name, value];
			throw new UsageError(`--header ${line} is no header.`, "Write it as 'Name: value'.");
		}),
	);
}

const optional = <Value>(name: string, value: Value | undefined) => (value === undefined ? {} : { [name]: value });

function existing(store: ProfileStore, name: string): Profile {
	const { profiles } = store.read();
	const profile = profiles[name];
	if (profile !== undefined) return profile;
	const names = Object.keys(profiles);
	throw new UsageError(
		`There is no profile called ${name}.`,
		names.length === 0 ? 'None is saved yet.' : `Profiles are ${names.join(', ')}.`,
	);
}

function listText(store: ProfileStore): string {
	const { current, profiles } = store.read();
	const names = Object.entries(profiles);
	if (names.length === 0) return 'No profile is saved yet. demo is always there.';
	return names
		.map(([name, profile]) => {
			const backends = backendNames.filter(backend => profile[backend] !== undefined).join(', ');
			return `${name === current ? '*' : ' '} ${name}  ${backends}${profile.readOnly ? '  read-only' : ''}`;
		})
		.join('\n');
}

function remove(store: ProfileStore, name: string): string {
	existing(store, name);
	store.write(({ current, ...profiles }) => {
		const { [name]: _, ...rest } = profiles.profiles;
		return { ...profiles, profiles: rest, ...(current === undefined || current === name ? {} : { current }) };
	});
	return `Removed ${name}.`;
}
