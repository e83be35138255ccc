import { parseArgs } from 'node:util';
import {
	addressFlags,
	addressForms,
	addressKinds,
	openQuote,
	windowOptions,
	wordsOfLine,
} from '../analysis/address.ts';
import { nearestNames } from '../analysis/spelling.ts';
import { parseLength } from '../analysis/time-words.ts';
import { type BackendName, backendNames } from '../model/failure.ts';
import type { Milliseconds } from '../model/time.ts';
import type { LinkMode } from '../terminal/link.ts';
import { optionForms, urlOption } from './options.ts';
import { demoProfile } from './profiles/profile-name.ts';
import { UsageError } from './usage-error.ts';

export const outputFormats = ['text', 'json', 'markdown', 'svg', 'otlp'] as const;
export type OutputFormat = (typeof outputFormats)[number];
/** Those in which only a trace is printed. */
export const traceFormats: readonly OutputFormat[] = ['svg', 'otlp'];

/** What the operator asked for, before anything was looked up. */
export type Invocation =
	| { readonly command: 'open'; readonly words: readonly string[]; readonly options: OpenOptions }
	| { readonly command: 'profile'; readonly words: readonly string[] }
	| { readonly command: 'doctor'; readonly options: OpenOptions }
	| { readonly command: 'completion'; readonly words: readonly string[] }
	/** What a shell asks about a line that is being typed. */
	| { readonly command: '__complete'; readonly words: readonly string[] }
	| { readonly command: 'man' }
	| { readonly command: 'help' }
	| { readonly command: 'version' };

export type OpenOptions = {
	readonly profile?: string;
	readonly output?: OutputFormat;
	readonly urls: Partial<Readonly<Record<BackendName, string>>>;
	/** Columns of what is printed. */
	readonly width?: number;
	/** A file of traces; `-` is standard input. */
	readonly file?: string;
	readonly timeout?: Milliseconds;
	/** How many times as fast the demo's time passes. */
	readonly speed?: number;
	/** Lines of logs that are printed as JSON. */
	readonly limit?: number;
	readonly color: boolean;
	readonly ascii: boolean;
	/** How the link to the terminal is treated: by what is measured when absent. */
	readonly link?: Exclude<LinkMode, 'auto'>;
	/** False: neither bell nor title when alerts fire or resolve. */
	readonly bell: boolean;
	/** E-mail addresses are masked, whatever the profile says. */
	readonly redactEmails: boolean;
	/** Secrets in evidence are not masked, once that is confirmed. */
	readonly showSecrets: boolean;
	/** Confirms that what is printed holds secrets, wherever it goes. */
	readonly yes: boolean;
	readonly timeFormat: 'utc' | 'local';
};

/**
 * Reads the command line: our own options wherever they stand, the rest as the words of an address, its kind first.
 * Throws a `UsageError` with the sentence to print. Node's parser, since it is there already: a library costs 17 ms.
 */
export function readCommandLine(given: readonly string[]): Invocation {
	return readWords(withLinkNamed(given));
}

/** `--slow` is short for `--slow-link`, but where traces are searched for: there it is how long they took. */
const withLinkNamed = (words: readonly string[]): readonly string[] =>
	words.includes('traces') ? words : words.map(word => (word === '--slow' ? '--slow-link' : word));

function readWords(words: readonly string[]): Invocation {
	const [command, ...behind] = words;
	if (command === 'profile' || command === 'completion' || command === '__complete') return { command, words: behind };
	if (command === 'man' && behind.length === 0) return { command };
	const { tokens } = parseArgs({ args: [...words], options: parserOptions, strict: false, tokens: true });
	const { given, foreign, positionals } = sorted(tokens);
	if (given.has('help') || words[0] === 'help') return { command: 'help' };
	if (given.has('version')) return { command: 'version' };
	const [first, second] = positionals;
	const names = positionals.map(({ value }) => value);
	if (names[0] === 'doctor' || (names[0] === demoProfile && names[1] === 'doctor')) {
		const strange = words.find((word, at) => foreign.has(at) && !['doctor', demoProfile].includes(word));
		return doctorInvocation(strange, openOptionsOf(given, names.includes(demoProfile)));
	}
	const isDemo = first?.value === demoProfile;
	const kind = isDemo ? second : first;
	const rest = words.filter((_, at) => foreign.has(at) && at !== first?.index && at !== kind?.index);
	return {
		command: 'open',
		words: kind !== undefined ? [...wordsOfFirst(kind.value), ...rest] : rest.length > 0 ? ['alerts', ...rest] : [],
		options: openOptionsOf(given, isDemo),
	};
}

/** `doctor` is about backends and no place: what belongs to an address is refused. */
function doctorInvocation(strange: string | undefined, options: OpenOptions): Invocation {
	if (strange === undefined) return { command: 'doctor', options };
	throw new UsageError(
		`doctor takes no ${strange}.`,
		'It looks at every backend of a profile: smokejumper doctor -p NAME.',
	);
}

/** The kind of a place; or, in quotes as one word, a whole address. */
function wordsOfFirst(word: string): readonly string[] {
	const address = new RegExp(`^(?:smokejumper )?(?:${addressKinds.join('|')})\\s`);
	if (!address.test(word)) return [word];
	const words = wordsOfLine(word);
	if (words === undefined) throw new UsageError(openQuote.what, openQuote.next);
	return words;
}

type Tokens = NonNullable<ReturnType<typeof parseArgs>['tokens']>;
type Token = Tokens[number];

const addressOptions = [
	...new Set([...addressKinds.flatMap((kind): readonly string[] => addressForms[kind].options), ...windowOptions]),
];

/** Options of an address are named too, so that the word behind one is known to be its value. */
const parserOptions = Object.fromEntries([
	...addressOptions.map(name => [name, { type: addressFlags.includes(name) ? 'boolean' : 'string' } as const] as const),
	...Object.entries(optionForms).map(
		([name, { short, value }]) =>
			[
				name,
				{ type: value === undefined ? 'boolean' : 'string', ...(short === undefined ? {} : { short }) } as const,
			] as const,
	),
]);

/** Our own options with their values, where the other words stand, and those of them that are no options. */
function sorted(tokens: Tokens) {
	const given = new Map<string, string>();
	const foreign = new Set<number>();
	const positionals: { readonly index: number; readonly value: string }[] = [];
	for (const token of tokens) {
		if (token.kind === 'option' && Object.hasOwn(optionForms, token.name)) {
			given.set(token.name, checkedValue(token));
			continue;
		}
		foreign.add(token.index);
		if (token.kind === 'positional') positionals.push(token);
		if (token.kind !== 'option') continue;
		if (!addressOptions.includes(token.name)) throw unknownOption(token.rawName);
		if (token.value !== undefined && !token.inlineValue) foreign.add(token.index + 1);
	}
	return { given, foreign, positionals };
}

function checkedValue({ name, rawName, value }: Extract<Token, { kind: 'option' }>): string {
	const takesValue = optionForms[name]?.value !== undefined;
	if (takesValue && (value === undefined || value === '')) {
		throw new UsageError(`${rawName} needs a value.`, `Write it as ${rawName} ${optionForms[name]?.value}.`);
	}
	if (!takesValue && value !== undefined) throw new UsageError(`${rawName} takes no value.`, 'Leave it out.');
	return value ?? '';
}

function unknownOption(rawName: string): UsageError {
	const names = [...Object.keys(optionForms), ...addressOptions];
	const [nearest] = rawName.startsWith('--') ? nearestNames(rawName.slice(2), names, 1) : [];
	const hint = nearest === undefined ? '' : `The nearest is --${nearest}. `;
	return new UsageError(`There is no option ${rawName}.`, `${hint}smokejumper --help lists all.`);
}

function openOptionsOf(given: ReadonlyMap<string, string>, isDemo: boolean): OpenOptions {
	const profile = isDemo ? demoProfile : given.get('profile');
	const output = outputOf(given.get('output'));
	const timeout = timeoutOf(given.get('timeout'));
	const limit = limitOf(given.get('limit'));
	const width = widthOf(given.get('width'));
	const speed = speedOf(given.get('speed'));
	const file = given.get('file');
	if (given.has('utc') && given.has('local')) {
		throw new UsageError('--utc and --local exclude each other.', 'Use one of them.');
	}
	if (given.has('slow-link') && given.has('no-slow-link')) {
		throw new UsageError('--slow-link and --no-slow-link exclude each other.', 'Use one of them.');
	}
	if (given.has('yes') && !given.has('show-secrets')) {
		throw new UsageError('--yes answers nothing here.', 'It goes with --show-secrets.');
	}
	return {
		urls: Object.fromEntries(
			backendNames.flatMap(backend => {
				const url = given.get(urlOption(backend));
				return url === undefined ? [] : [[backend, url]];
			}),
		),
		color: !given.has('no-color'),
		ascii: given.has('ascii'),
		bell: !given.has('no-bell'),
		redactEmails: given.has('redact-emails'),
		showSecrets: given.has('show-secrets'),
		yes: given.has('yes'),
		timeFormat: given.has('local') ? 'local' : 'utc',
		...(given.has('slow-link') ? { link: 'slow' } : given.has('no-slow-link') ? { link: 'fast' } : {}),
		...(profile === undefined ? {} : { profile }),
		...(output === undefined ? {} : { output }),
		...(timeout === undefined ? {} : { timeout }),
		...(limit === undefined ? {} : { limit }),
		...(width === undefined ? {} : { width }),
		...(speed === undefined ? {} : { speed }),
		...(file === undefined ? {} : { file }),
	};
}

function outputOf(text: string | undefined): OutputFormat | undefined {
	const format = outputFormats.find(name => name === text);
	if (text === undefined || format !== undefined) return format;
	throw new UsageError(`There is no output format ${text}.`, `Formats are ${outputFormats.join(', ')}.`);
}

function limitOf(text: string | undefined): number | undefined {
	if (text === undefined || /^[1-9]\d{0,8}$/.test(text)) return text === undefined ? undefined : Number(text);
	throw new UsageError(`--limit ${text} is not a number of lines.`, 'Write it as 500 or 40000.');
}

/** Fewer columns hold no flame graph, more no eye. */
function widthOf(text: string | undefined): number | undefined {
	const width = Number(text);
	if (text === undefined || (/^\d+$/.test(text) && width >= 40 && width <= 500))
		return text === undefined ? undefined : width;
	throw new UsageError(`--width ${text} is not a number of columns.`, 'Write it as 80; from 40 to 500 are possible.');
}

function speedOf(text: string | undefined): number | undefined {
	const speed = Number(text);
	if (text === undefined || (/^\d+$/.test(text) && speed >= 1 && speed <= 1000))
		return text === undefined ? undefined : speed;
	throw new UsageError(`--speed ${text} is no number of times.`, 'Write it as 100; from 1 to 1000 are possible.');
}

function timeoutOf(text: string | undefined): Milliseconds | undefined {
	if (text === undefined) return undefined;
	const timeout = parseLength(text);
	if (timeout !== undefined) return timeout;
	throw new UsageError(`--timeout ${text} is not a length of time.`, 'Write it as 500ms, 30s or 2m.');
}
