import { Command, CommanderError } from 'commander';
import { defineImport, type ImportOptions } from '../import/import-options.ts';
import { UsageError } from '../usage-error.ts';
import { type AddOptions, defineAdd } from './add-options.ts';
import { connectionKeys } from './connection-schema.ts';
import { misspeltIn } from './misspelt.ts';
import type { Operator } from './operator.ts';
import type { Profiles } from './profile.ts';
import { profileOf } from './profile-add.ts';
import { checkName, savedIn, withAdded, withCopy, withName, without } from './profile-changes.ts';
import { correctionsText, takeBack, takeStreamsBack } from './profile-corrections.ts';
import { editProfile } from './profile-edit.ts';
import { backendsOf, listText } from './profile-list.ts';
import type { ProfileStore, Written } from './profile-store.ts';
import { DamagedProfiles } from './profiles-file.ts';
import { shownProfile } from './shown-profile.ts';

/** `smokejumper profile …`. Resolves to what to print on stdout; rejects with a `UsageError` for what is wrong. */
export async function runProfileCommand(
	words: readonly string[],
	store: ProfileStore,
	operator: Operator,
): Promise<string> {
	const printed: string[] = [];
	const print: Print = text => printed.push(text.endsWith('\n') ? text : `${text}\n`);
	try {
		const command = commandFor({ store, operator, print });
		await command.parseAsync(words.length === 0 ? ['--help'] : [...words], { from: 'user' });
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode !== 0) throw new UsageError(sentenceOf(error), 'Run smokejumper profile --help.');
	}
	return printed.join('');
}

type Print = (text: string) => void;

type Desk = { readonly store: ProfileStore; readonly operator: Operator; readonly print: Print };

/** `error: unknown command 'ad'\n(Did you mean add?)` as a sentence. */
function sentenceOf({ message }: CommanderError): string {
	const words = message.replace(/^error: /, '').replaceAll('\n', ' ');
	return `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.)]$/.test(words) ? '' : '.'}`;
}

function commandFor(desk: Desk): Command {
	const command = new Command('smokejumper profile')
		.description('Saved connections. A profile joins the backends that are asked together.')
		.usage('<command>')
		.helpCommand(false)
		.configureHelp({ subcommandTerm })
		.exitOverride()
		.configureOutput({ writeOut: desk.print, writeErr: () => {} })
		.addHelpText('after', '\nsmokejumper profile <command> --help tells what a command takes.');
	defineLooks(command.commandsGroup('To look:'), desk);
	defineChanges(command.commandsGroup('To change:'), desk);
	defineConventions(command.commandsGroup('What was said with c and S:'), desk);
	return command;
}

/**
 * What could stand behind `smokejumper profile` and these words, for completion: its commands, or the names and the options
 * that one of them takes.
 */
export function profileWords(
	[name, ...behind]: readonly string[],
	desk: Omit<Desk, 'print'>,
): { readonly words: readonly string[]; readonly options: readonly string[] } {
	const { commands } = commandFor({ ...desk, print: () => {} });
	if (name === undefined) return { words: commands.map(command => command.name()), options: [] };
	const command = commands.find(each => each.name() === name);
	const takesName = behind.length === 0 && command?.registeredArguments[0]?.name() === 'name';
	return {
		words: takesName ? Object.keys(desk.store.read().profiles) : [],
		options: (command?.options ?? []).flatMap(({ long }) => long ?? []),
	};
}

/** Without `[options]`: the help of each tells them. */
const subcommandTerm = (command: Command): string =>
	[
		command.name(),
		...command.registeredArguments.map(each => (each.required ? `<${each.name()}>` : `[${each.name()}]`)),
	].join(' ');

function defineLooks(command: Command, { store, operator, print }: Desk): void {
	command
		.command('list')
		.description('their names, the current one marked')
		.option('-o, --output <format>', 'text or json')
		.action(({ output }: { readonly output?: string }) => print(listText(store.read(), output)));
	command
		.command('show <name>')
		.description('one profile as JSON, without its secrets')
		.action((name: string) => {
			const profile = savedIn(store.read(), name);
			print(shownProfile(profile));
			for (const sentence of misspeltIn(name, profile)) operator.tell?.(sentence);
		});
	command
		.command('path')
		.description('where the profiles are kept')
		.action(() => print(store.path));
}

function defineChanges(command: Command, { store, operator, print }: Desk): void {
	defineAdd(command).action(async (name: string, options: AddOptions) => print(await add(store, name, options)));
	defineImport(command).action(async (name: string, paths: readonly string[], options: ImportOptions) => {
		const { importProfile } = await import('../import/import-profile.ts');
		print(await importProfile({ name, paths, options }, { store, operator, keptText }));
	});
	command
		.command('use <name>')
		.description('make it the current one')
		.action(async (name: string) => {
			const written = await store.write(saved => {
				savedIn(saved, name);
				return { ...saved, current: name };
			});
			print(`${name} is the current profile.${keptText(written)}`);
		});
	command
		.command('edit <name>')
		.description('open it in $VISUAL or $EDITOR, and check it then')
		.action(async (name: string) => print(await editProfile(store, name, operator)));
	command
		.command('copy <name> <new>')
		.description('save it under another name too')
		.action(async (name: string, to: string) => {
			const written = await store.write(saved => withCopy(saved, name, to));
			print(`Copied ${name} to ${to}.${keptText(written)}`);
		});
	command
		.command('rename <name> <new>')
		.description('save it under another name')
		.action(async (name: string, to: string) => {
			const written = await store.write(saved => withName(saved, name, to));
			print(`${name} is called ${to} now.${keptText(written)}`);
		});
	command
		.command('remove <name>')
		.description('forget it, after a question')
		.option('--yes', 'without the question')
		.action(async (name: string, { yes = false }: { readonly yes?: boolean }) =>
			print(await remove({ store, operator, print }, name, yes)),
		);
}

function defineConventions(command: Command, { store, print }: Desk): void {
	command
		.command('corrections <name>')
		.description('whom alerts are about, and in which streams services are')
		.action((name: string) => {
			savedIn(store.read(), name);
			print(correctionsText(store, name));
		});
	command
		.command('uncorrect <name> <alert> [taken]')
		.description("take that back, for those taken for one service alone ('': for none) or for all")
		.option('--streams', 'take back the streams of a service, named in place of the alert')
		.action(async (name: string, alert: string, taken: string | undefined, options: { readonly streams?: true }) => {
			savedIn(store.read(), name);
			const done = options.streams ? takeStreamsBack(store, name, alert) : takeBack(store, name, alert, taken);
			print(await done);
		});
}

async function add(store: ProfileStore, name: string, options: AddOptions): Promise<string> {
	checkName(name);
	const added = profileOf(options);
	const backends = backendsOf(added);
	const { evenBroken = false } = options;
	const change = (saved: Profiles): Profiles => {
		if (backends.length === 0) savedIn(saved, name);
		return withAdded(saved, name, added, connectionKeys);
	};
	const written = await store.write(change, { evenBroken }).catch(error => {
		throw error instanceof DamagedProfiles ? new UsageError(error.what, beginAnew) : error;
	});
	const which = backends.length === 0 ? '' : ` (${backends.join(', ')})`;
	return `Saved ${name}${which} in ${store.path}.${keptText(written)}`;
}

async function remove({ store, operator }: Desk, name: string, isSure: boolean): Promise<string> {
	const backends = backendsOf(savedIn(store.read(), name)).join(', ');
	if (!isSure) {
		if (operator.ask === undefined) {
			throw new UsageError(`${name} is not removed without a question, which nobody is there to answer.`, 'Add --yes.');
		}
		const answer = await operator.ask(`Remove ${name}${backends === '' ? '' : ` (${backends})`}? y or n: `);
		if (!/^y(?:es)?$/i.test(answer?.trim() ?? '')) return `${name} stays.`;
	}
	const wasCurrent = store.read().current === name;
	const kept = keptText(await store.write(saved => without(saved, name)));
	const [other] = Object.keys(store.read().profiles);
	const next =
		wasCurrent && other !== undefined
			? ` No profile is the current one now: smokejumper profile use ${other} makes that one it.`
			: '';
	return `Removed ${name}.${kept}${next}`;
}

const beginAnew = 'Mend it, or begin a new file with --even-broken: this one is kept beside it. It was left as it is.';

/** What became of the file that was there, where that is worth a word. */
function keptText({ aside, backup, isNewer = false }: Written): string {
	if (aside !== undefined) return ` The old file could not be read and was kept as ${aside}.`;
	const newer = isNewer ? ' A newer smokejumper has written the file: all that it has was kept in it' : '';
	if (backup === undefined) return newer && `${newer}.`;
	return isNewer ? `${newer}, and as it was in ${backup}.` : ` The file of the earlier version was kept as ${backup}.`;
}
