import { parseArgs } from 'node:util';
import { fixed, hour, live, type Milliseconds, type Window } from '../model/time.ts';
import { type Address, addressFlags, addressForms, addressLists, windowOptions } from './address-forms.ts';
import { formatLength } from './format.ts';
import { parseBytes } from './log-cost.ts';
import { parseInstant, parseLength } from './time-words.ts';

/** What is wrong with an address, and what to do: two sentences for a person. */
export type AddressProblem = { readonly what: string; readonly next: string };

/** Thrown by whatever reads a part of an address. */
export class Problem extends Error {
	readonly problem: AddressProblem;
	constructor(what: string, next: string) {
		super(what);
		this.problem = { what, next };
	}
}

/** The options of an address as they were given, not read yet. */
export type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/** The words behind a kind as its options and its argument. Throws a `Problem` for options that the kind does not have. */
export function readWords(
	kind: Address['kind'],
	words: readonly string[],
): { values: Values; argument: string | undefined } {
	const names = [...addressForms[kind].options, ...windowOptions] as readonly string[];
	const options = Object.fromEntries(
		names.map(name => [
			name,
			{
				type: addressFlags.includes(name) ? ('boolean' as const) : ('string' as const),
				multiple: addressLists.includes(name),
			},
		]),
	);
	try {
		const { values, positionals } = parseArgs({ args: glued(words), options, allowPositionals: true, strict: true });
		return { values, argument: positionals.length === 0 ? undefined : positionals.join(' ') };
	} catch (error) {
		const words = error instanceof Error ? error.message.split('. ')[0] : String(error);
		throw new Problem(`${words} (in ${kind}).`, `${kind} takes ${names.map(name => `--${name}`).join(', ')}.`);
	}
}

/** `--from -2h` as `--from=-2h`: a relative time looks like an option to a parser of options. */
const glued = (words: readonly string[]): string[] =>
	words.reduce<string[]>((done, word) => {
		const before = done.at(-1);
		if (/^-\d/.test(word) && before !== undefined && /^--(from|to)$/.test(before))
			done[done.length - 1] = `${before}=${word}`;
		else done.push(word);
		return done;
	}, []);

/** The window that the options name; the last hour without them. */
export function windowOf(values: Values, now: Milliseconds, usual: Milliseconds): Window {
	const since = textOf(values, 'since');
	const length = since === undefined ? undefined : parseLength(since);
	if (since !== undefined && length === undefined) {
		throw new Problem(`--since ${since} is not a length of time.`, 'Write it as 15m, 1h or 1h30m.');
	}
	const from = instantOf(values, 'from', now);
	const to = instantOf(values, 'to', now);
	if (length !== undefined && from !== undefined) {
		throw new Problem('--since and --from say the same thing twice.', 'Use one of them.');
	}
	const end = to ?? now;
	const start = from ?? (to === undefined ? undefined : end - (length ?? usual));
	if (start === undefined) return live(checkedLength(length ?? usual));
	if (start >= end) throw new Problem('The window ends before it begins.', 'Let --from be earlier than --to.');
	checkedLength(end - start);
	return to === undefined ? live(end - start) : fixed(start, end);
}

const longestWindow = 400 * 24 * hour;

function checkedLength(length: Milliseconds): Milliseconds {
	if (length <= longestWindow) return length;
	throw new Problem(`A window of ${formatLength(length)} is too long.`, 'Choose at most 400d.');
}

export function instantOf(
	values: Values,
	name: 'from' | 'to' | 'alert-began',
	now: Milliseconds,
): Milliseconds | undefined {
	const text = textOf(values, name);
	if (text === undefined) return undefined;
	const instant = parseInstant(text, now);
	if (instant !== undefined) return instant;
	throw new Problem(
		`--${name} ${text} is not a time.`,
		'Write it as 2026-11-22T03:12:00Z, as unix seconds, or relative as -2h.',
	);
}

export function lengthOf(values: Values, name: 'slow' | 'fast'): Milliseconds | undefined {
	const text = textOf(values, name);
	const length = text === undefined ? undefined : parseLength(text);
	if (text === undefined || length !== undefined) return length;
	throw new Problem(`--${name} ${text} is not a length of time.`, 'Write it as 500ms or 2s.');
}

export function bytesOf(text: string | undefined): number | undefined {
	const bytes = text === undefined ? undefined : parseBytes(text);
	if (text === undefined || bytes !== undefined) return bytes;
	throw new Problem(`--read-up-to ${text} is not a number of bytes.`, 'Write it as 50GB or 1.5TB.');
}

export function oneOf<Name extends string>(
	names: readonly Name[],
	what: string,
	text: string | undefined,
): Name | undefined {
	const name = names.find(each => each === text);
	if (text === undefined || name !== undefined) return name;
	throw new Problem(`There is no ${what} ${text}.`, `Choose ${names.join(' or ')}, or leave it out.`);
}

export function required(argument: string | undefined, kind: string, what: string): string {
	if (argument !== undefined && argument !== '') return argument;
	throw new Problem(`${kind} needs ${what}.`, 'Type :help or run smokejumper --help for every address.');
}

export const textOf = (values: Values, name: string): string | undefined => {
	const value = values[name];
	return typeof value === 'string' && value !== '' ? value : undefined;
};

/** All values of an option that may be given more than once. */
export const listOf = (values: Values, name: string): readonly string[] =>
	[values[name] ?? []].flat().filter(value => typeof value === 'string' && value !== '') as readonly string[];

/** Leaves out what is `undefined`, so that equal places have equal keys. */
export function optional<Fields extends Readonly<Record<string, unknown>>>(
	fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
		[Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
	};
}
