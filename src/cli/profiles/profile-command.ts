import { Command, CommanderError } from 'commander';
import { backendNames } from '../../model/failure.ts';
import { UsageError } from '../usage-error.ts';
import type { Profiles } from './profile.ts';
import { type AddOptions, defineAdd, profileOf } from './profile-add.ts';
import { correctionsText, takeBack, takeStreamsBack } from './profile-corrections.ts';
import { demoProfile } from './profile-name.ts';
import type { ProfileStore } from './profile-store.ts';
import { profileIn } from './read-profiles.ts';
import { shownProfile } from './shown-profile.ts';

/** `smokejumper profile …`. Returns what to print on stdout; throws a `UsageError` for what is wrong. */
export function runProfileCommand(words: readonly string[], store: ProfileStore): string {
	let printed = '';
	const print = (text: string) => {
		printed += text.endsWith('\n') ? text : `${text}\n`;
	};
	try {
		commandFor(store, print).parse(words.length === 0 ? ['--help'] : [...words], { from: 'user' });
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode !== 0) throw new UsageError(sentenceOf(error), 'Run smokejumper profile --help.');
	}
	return printed;
}

/** `error: unknown command 'ad'\n(Did you mean add?)` as a sentence. */
function sentenceOf({ message }: CommanderError): string {
	const words = message.replace(/^error: /, '').replaceAll('\n', ' ');
	return `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.)]$/.test(words) ? '' : '.'}`;
}

function commandFor(store: ProfileStore, print: (text: string) => void): Command {
	const command = new Command('smokejumper profile')
		.description('Saved connections. A profile joins the backends that are asked together.')
		.helpCommand(false)
		.exitOverride()
		.configureOutput({ writeOut: print, writeErr: () => {} });
	defineAdd(command).action((name: string, options: AddOptions) => print(add(store, name, options)));
	command
		.command('list')
		.description('their names, the current one marked')
		.action(() => print(listText(store.read())));
	command
		.command('show <name>')
		.description('one profile as JSON, without its secrets')
		.action((name: string) => print(shownProfile(saved(store, name))));
	command
		.command('use <name>')
		.description('make it the current one')
		.action((name: string) => {
			saved(store, name);
			store.write(profiles => ({ ...profiles, current: name }));
			print(`${name} is the current profile.`);
		});
	command
		.command('remove <name>')
		.description('forget it')
		.action((name: string) => {
			saved(store, name);
			store.write(profiles => without(profiles, name));
			print(`Removed ${name}.`);
		});
	command
		.command('corrections <name>')
		.description(
			'whom alerts are about by what you said with c, and in which streams services are by what you said with S',
		)
		.action((name: string) => {
			saved(store, name);
			print(correctionsText(store, name));
		});
	command
		.command('uncorrect <name> <alert> [taken]')
		.description("take that back, for those taken for one service alone ('': for none) or for all")
		.option('--streams', 'take back the streams of a service, named in place of the alert')
		.action((name: string, alert: string, taken: string | undefined, { streams }: { readonly streams?: true }) => {
			saved(store, name);
			print(streams ? takeStreamsBack(store, name, alert) : takeBack(store, name, alert, taken));
		});
	command
		.command('path')
		.description('where the profiles are kept')
		.action(() => print(store.path));
	return command;
}

function add(store: ProfileStore, name: string, options: AddOptions): string {
	if (name === demoProfile) throw new UsageError('demo is the embedded incident.', 'Choose another name.');
	if (!/^\w[\w.-]*$/.test(name) || name === '__proto__') {
		throw new UsageError(`${name} is no name for a profile.`, 'Use letters, digits, dots, dashes and underscores.');
	}
	const added = profileOf(options);
	const aside = store.write(({ current = name, profiles, ...rest }) => ({
		...rest,
		current,
		profiles: { ...profiles, [name]: { ...profiles[name], ...added } },
	}));
	const backends = backendNames.filter(backend => added[backend] !== undefined);
	const kept = aside === undefined ? '' : ` The old file could not be read and was kept as ${aside}.`;
	return `Saved ${name} (${backends.join(', ')}) in ${store.path}.${kept}`;
}

function saved(store: ProfileStore, name: string) {
	if (name === demoProfile) {
		throw new UsageError('demo is the embedded incident and not saved.', 'It is always there: smokejumper demo.');
	}
	const profile = profileIn(store.read(), name)?.profile;
	if (profile === undefined) throw new UsageError(`There is no profile called ${name}.`, 'Save it first.');
	return profile;
}

function listText({ current, profiles }: Profiles): string {
	const entries = Object.entries(profiles);
	if (entries.length === 0) return 'No profile is saved yet. demo is always there.';
	return entries
		.map(([name, profile]) => {
			const backends = backendNames.filter(backend => profile[backend] !== undefined).join(', ');
			return `${name === current ? '*' : ' '} ${name}  ${backends}${profile.readOnly === false ? '' : '  read-only'}`;
		})
		.join('\n');
}

function without({ current, profiles, ...rest }: Profiles, name: string): Profiles {
	const { [name]: _, ...others } = profiles;
	return { ...rest, profiles: others, ...(current === undefined || current === name ? {} : { current }) };
}
