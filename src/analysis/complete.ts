import { comparisonNames, serviceViewNames } from '../model/place.ts';
import { type Address, addressFlags, addressForms, addressKinds, logLevels, windowOptions } from './address.ts';
import { splitWords } from './words.ts';

/** The line with what is certain added to it, and what could stand there. */
export type Completion = { readonly line: string; readonly choices: readonly string[] };

/** Names that only a server knows: of services, of alerts, or what LogQL is made of. */
export type NameKind = 'service' | 'alert' | 'logql';

/** What could stand as a word of an address: one of few words, or a name of a kind. */
export type ExpectedWord = { readonly words: readonly string[]; readonly names?: NameKind };

/** Options whose values are few. */
const optionValues: Readonly<Record<string, readonly string[]>> = {
	'--level': logLevels,
	'--view': serviceViewNames,
	'--compare': comparisonNames,
	'--rates': ['status'],
	'--durations': ['heat'],
};

/** Options whose values are names. */
const optionNames: Readonly<Record<string, NameKind>> = { '--service': 'service', '--alert': 'alert' };

/** What the word behind the kind of a place is. */
const argumentNames: Partial<Readonly<Record<Address['kind'], NameKind>>> = {
	service: 'service',
	compare: 'service',
	logs: 'logql',
	report: 'alert',
};

/**
 * Completes the last word of what is typed behind `:`: a kind of place, an option of it, one of few values; or the name of a
 * profile where those that are saved are given.
 */
export function completeAddress(line: string, profiles?: readonly string[]): Completion {
	const { words } = splitWords(line);
	const fresh = line === '' || /\s$/.test(line);
	const part = fresh ? '' : (words.at(-1) ?? '');
	const before = fresh ? words : words.slice(0, -1);
	const choices = choicesAfter(before, part, profiles).filter(choice => choice.startsWith(part) && choice !== part);
	const certain = commonStart(choices);
	const added = certain.slice(part.length);
	return { line: choices.length === 1 ? `${line}${added} ` : `${line}${added}`, choices };
}

function choicesAfter(
	before: readonly string[],
	part: string,
	profiles: readonly string[] | undefined,
): readonly string[] {
	const [first] = before;
	if (profiles !== undefined && first === undefined) return [...addressKinds, 'profile', 'link'];
	if (profiles !== undefined && first === 'profile') return before.length === 1 ? profiles : [];
	if (profiles !== undefined && first === 'link') return before.length === 1 ? ['slow', 'fast', 'auto'] : [];
	return expectedAfter(before, part).words;
}

/** What could stand behind these words of an address, of which `part` is there already. */
export function expectedAfter(before: readonly string[], part: string): ExpectedWord {
	const [first, ...rest] = before;
	const kind = addressKinds.find(name => name === first);
	if (first === undefined) return { words: addressKinds };
	if (kind === undefined) return { words: [] };
	const last = before.at(-1) ?? '';
	if (isOpenOption(last)) {
		const names = optionNames[last];
		return { words: optionValues[last] ?? [], ...(names === undefined ? {} : { names }) };
	}
	if (part.startsWith('-')) {
		const options = [...addressForms[kind].options, ...windowOptions].map(name => `--${name}`);
		return { words: options.filter(name => !before.includes(name)) };
	}
	const names = argumentNames[kind];
	return names === undefined || hasArgument(rest) ? { words: [] } : { words: [], names };
}

/** An option whose value is the next word. */
const isOpenOption = (word: string): boolean => /^--[\w-]+$/.test(word) && !addressFlags.includes(word.slice(2));

const hasArgument = (words: readonly string[]): boolean =>
	words.some((word, at) => !word.startsWith('-') && !isOpenOption(words[at - 1] ?? ''));

/** The longest text with which all of them begin. */
export function commonStart(choices: readonly string[]): string {
	const [first = '', ...rest] = choices;
	let length = first.length;
	for (const choice of rest) {
		while (!choice.startsWith(first.slice(0, length))) length--;
	}
	return first.slice(0, length);
}
