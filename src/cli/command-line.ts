import { Command, CommanderError, Option } from 'commander';
import { addressForms } from '../analysis/address.ts';
import { parseLength } from '../analysis/time-words.ts';
import { type BackendName, backendNames } from '../model/failure.ts';
import type { Milliseconds } from '../model/time.ts';
import { UsageError } from './usage-error.ts';

export type OutputFormat = 'text' | 'json' | 'markdown';

/** What the operator asked for, before anything was looked up. */
export type Invocation =
	| { readonly command: 'open'; readonly words: readonly string[]; readonly options: OpenOptions }
	| { readonly command: 'profile'; readonly words: readonly string[] }
	| { readonly command: 'told'; readonly text: string };

export type OpenOptions = {
	readonly profile?: string;
	readonly output?: OutputFormat;
	readonly urls: Partial<Readonly<Record<BackendName, string>>>;
	readonly timeout?: Milliseconds;
	readonly color: boolean;
	readonly ascii: boolean;
	readonly timeFormat: 'utc' | 'local';
};

const addressHelp = Object.entries(addressForms)
	.map(([kind, { argument, options, about }]) => {
		const form = [kind, argument, ...options.map(name => `[--${name}]`)].filter(Boolean).join(' ');
		return `  ${form}\n      ${about}`;
	})
	.join('\n');

const epilogue = `
Addresses:
${addressHelp}
  All take --since 1h, or --from TIME --to TIME (RFC 3339, unix seconds, or relative as -2h).

Commands:
  smokejumper                      the interface, on the current profile
  smokejumper ADDRESS              the interface, starting at that place
  smokejumper ADDRESS -o text      prints the place once; also when stdout is no terminal
  smokejumper demo [ADDRESS]       the embedded incident; nothing else is needed
  smokejumper profile --help       saved connections

Exit codes: 0 answered; 2 wrong usage or configuration; 3 no backend could answer; 4 answered in part; 130 interrupted.`;

/** Reads the command line. Throws a `UsageError` with the sentence to print. */
export function readCommandLine(words: readonly string[], version: string): Invocation {
	if (words[0] === 'profile') return { command: 'profile', words: words.slice(1) };
	let told = '';
	const command = createCommand(version, text => {
		told += text;
	});
	try {
		command.parse([...words], { from: 'user' });
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode === 0) return { command: 'told', text: told };
		const what = error.message.replace(/^error: /, '').replace(/\.?$/, '.');
		throw new UsageError(`${what.charAt(0).toUpperCase()}${what.slice(1)}`, 'Run smokejumper --help.');
	}
	const options = optionsOf(command.opts());
	const [first, ...rest] = command.args;
	return first === 'demo'
		? { command: 'open', words: rest, options: { ...options, profile: 'demo' } }
		: { command: 'open', words: command.args, options };
}

function createCommand(version: string, tell: (text: string) => void): Command {
	const command = new Command('smokejumper')
		.description('From the page to the span that caused it, in one terminal.')
		.usage('[options] [ADDRESS]')
		.argument('[address...]', 'where to begin; the alerts when absent')
		.allowUnknownOption()
		.exitOverride()
		.configureOutput({ writeOut: tell, writeErr: () => {} })
		.version(version)
		.option('-p, --profile <name>', 'a saved profile, or demo')
		.addOption(new Option('-o, --output <format>', 'print once and exit').choices(['text', 'json', 'markdown']))
		.option('--timeout <length>', 'how long a question may take', '30s')
		.option('--no-color', 'no colours (also: NO_COLOR)')
		.option('--ascii', 'plain ASCII only')
		.addOption(new Option('--utc', 'times in UTC (the default)').conflicts('local'))
		.option('--local', 'times in the zone of this machine')
		.addHelpText('after', epilogue);
	for (const backend of backendNames) {
		command.option(`--${backend}-url <url>`, `base URL of ${backend}, its prefix included`);
	}
	return command;
}

type Opts = Readonly<Record<string, string | boolean | undefined>>;

function optionsOf(opts: Opts): OpenOptions {
	const text = (name: string) => (typeof opts[name] === 'string' ? opts[name] : undefined);
	const profile = text('profile');
	const output = text('output');
	const timeout = parseLength(text('timeout') ?? '');
	if (timeout === undefined)
		throw new UsageError(`--timeout ${text('timeout')} is not a length of time.`, 'Write it as 30s.');
	const urls: Partial<Record<BackendName, string>> = {};
	for (const backend of backendNames) {
		const url = text(`${backend}Url`);
		if (url !== undefined) urls[backend] = url;
	}
	return {
		urls,
		timeout,
		color: opts.color !== false,
		ascii: opts.ascii === true,
		timeFormat: opts.local === true ? 'local' : 'utc',
		...(profile === undefined ? {} : { profile }),
		...(output === 'text' || output === 'json' || output === 'markdown' ? { output } : {}),
	};
}
