import { addressFlags, addressKinds } from '../../analysis/address.ts';
import { expectedAfter, type NameKind } from '../../analysis/complete.ts';
import { outputFormats } from '../command-line.ts';
import { optionForms } from '../options.ts';
import { demoProfile } from '../profiles/profile-name.ts';
import { commandNames } from '../usage.ts';
import { shells } from './shell-scripts.ts';

/** What could stand at the cursor of a command line. */
export type Expected = {
	readonly words: readonly string[];
	/** Names besides, of a kind that is looked up; or files, which the shell knows best. */
	readonly names?: NameKind | 'profile' | 'file';
	/** What of the word is fixed: `--service=`. */
	readonly fixed?: string;
	/** The words behind `profile`, where it is one of those commands. */
	readonly profileWords?: readonly string[];
};

/** What the option's value is. */
const optionValues: Readonly<Record<string, Omit<Expected, 'fixed'>>> = {
	profile: { words: [demoProfile], names: 'profile' },
	output: { words: outputFormats },
	file: { words: [], names: 'file' },
};

/** The words of a command line that could follow these, of which `part` is there already. */
export function expectedWord(before: readonly string[], part: string): Expected {
	const [, name = '', value] = /^(--[\w-]+)=(.*)$/s.exec(part) ?? [];
	if (value !== undefined) return { ...expectedWord([...before, name], value), fixed: `${name}=` };
	const [command, ...behind] = before;
	if (command === 'profile') return { words: [], profileWords: behind };
	if (command === 'completion') return { words: behind.length === 0 ? shells : [] };
	if (command === 'man' || command === 'help') return { words: [] };
	const option = ownOption(before.at(-1));
	if (option !== undefined && optionForms[option]?.value !== undefined) return optionValues[option] ?? { words: [] };
	const words = addressWordsOf(before);
	const [first, second] = words;
	if (part.startsWith('-')) {
		const place = first === undefined ? ['alerts'] : words;
		return { words: [...expectedAfter(place, part).words, ...ownOptions(before)] };
	}
	if (first === undefined) return { words: before.includes(demoProfile) ? addressKinds : firstWords };
	if (first === 'trace' && second === undefined) return { words: [], names: 'file' };
	return expectedAfter(words, part);
}

const firstWords: readonly string[] = [...new Set([...addressKinds, ...commandNames])];

const ownOptions = (before: readonly string[]): readonly string[] =>
	Object.keys(optionForms)
		.map(name => `--${name}`)
		.filter(option => !before.includes(option));

/** The name of one of our own options, as `--profile` or `-p`. */
function ownOption(word = ''): string | undefined {
	const name = word.replace(/^--/, '');
	if (word.startsWith('--')) return Object.hasOwn(optionForms, name) ? name : undefined;
	return Object.keys(optionForms).find(
		each => optionForms[each]?.short !== undefined && word === `-${optionForms[each].short}`,
	);
}

/** Without our own options and their values, and without `demo` before the address: a place first. */
function addressWordsOf(before: readonly string[]): readonly string[] {
	const words = before.filter((word, at) => {
		const ahead = ownOption(before[at - 1]);
		const isValue = ahead !== undefined && optionForms[ahead]?.value !== undefined;
		return !isValue && ownOption(word.replace(/=.*$/s, '')) === undefined;
	});
	const rest = words[0] === demoProfile ? words.slice(1) : words;
	const kind = rest.findIndex((word, at) => !word.startsWith('-') && !takesNext(rest[at - 1]));
	const place = rest[kind];
	return place === undefined ? [] : [place, ...rest.slice(0, kind), ...rest.slice(kind + 1)];
}

const takesNext = (word = ''): boolean => /^--[\w-]+$/.test(word) && !addressFlags.includes(word.slice(2));
