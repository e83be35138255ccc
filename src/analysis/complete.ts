import { comparisonNames, serviceViewNames } from '../model/place.ts';
import { addressForms, addressKinds, logLevels, windowOptions } from './address.ts';
import { splitWords } from './words.ts';

/** The line with what is certain added to it, and what could stand there. */
export type Completion = { readonly line: string; readonly choices: readonly string[] };

/** Options whose values are few. */
const optionValues: Readonly<Record<string, readonly string[]>> = {
	'--level': logLevels,
	'--view': serviceViewNames,
	'--compare': comparisonNames,
	'--rates': ['status'],
	'--durations': ['heat'],
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
	const kind = addressKinds.find(name => name === first);
	if (first === undefined) return profiles === undefined ? addressKinds : [...addressKinds, 'profile'];
	if (first === 'profile') return before.length === 1 ? (profiles ?? []) : [];
	if (kind === undefined) return [];
	const values = optionValues[before.at(-1) ?? ''];
	if (values !== undefined) return values;
	if (!part.startsWith('-')) return [];
	return [...addressForms[kind].options, ...windowOptions]
		.map(name => `--${name}`)
		.filter(name => !before.includes(name));
}

/** The longest text with which all of them begin. */
export function commonStart(choices: readonly string[]): string {
	const [first = '', ...rest] = choices;
	let length = first.length;
	for (const choice of rest) {
		while (!choice.startsWith(first.slice(0, length))) length--;
	}
	return first.slice(0, length);
}
